"""The settings of a municipality, for its coordinator; and its logo, for everybody."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.generic import View

from trajecten.domain.house_style import keeping, theme
from trajecten.forms.house_style import ColoursForm, SettingsForm
from trajecten.views.access import StaffMixin

# The class of the part of the page that has the colours that are being tried.
TRIED = "kleurproef"


class SettingsView(StaffMixin, View):
    """All settings. "Try the colours" shows them without keeping anything; with JavaScript that happens by itself."""

    permission = "trajecten.manage_municipality"
    request: HttpRequest

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page(SettingsForm(municipality=request.municipality))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = SettingsForm(request.POST, request.FILES, municipality=request.municipality)
        is_valid = form.is_valid()
        if "preview" in request.POST:
            return self._page(form, status=200 if is_valid else 422)
        if is_valid and self._kept(form):
            messages.success(request, _("The settings have been kept. Everybody sees them within a minute."))
            return redirect("settings", gemeente=request.municipality.slug)
        return self._page(form, status=422)

    def _kept(self, form: SettingsForm) -> bool:
        """The logo first: when it is refused nothing is kept, and the page says so beside it."""
        here: dict[str, Any] = {"municipality": self.request.municipality, "by": self.request.user}
        logo = form.cleaned_data["logo"]
        try:
            if logo:
                keeping.change_logo(**here, upload=logo.file, name=logo.name, size=logo.size)
            elif form.cleaned_data.get("removes_logo"):
                keeping.remove_logo(**here)
            keeping.keep(**here, **form.chosen())
        except keeping.SettingRefused as refused:
            form.add_error(refused.field, refused.message)
        return not form.errors

    def _page(self, form: SettingsForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "parts": form.parts(), **tried(form["accent"].value(), form["sun"].value())}
        return render(self.request, "trajecten/settings/settings.html", context, status=status)


class ColoursView(StaffMixin, View):
    """The part of the page that shows the colours that are being tried, for htmx."""

    permission = "trajecten.manage_municipality"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = ColoursForm(request.GET)
        form.is_valid()
        context = {**tried(request.GET.get("accent"), request.GET.get("sun")), "refused": form.errors}
        return render(request, "trajecten/settings/_colours.html", context)


def tried(accent: Any, sun: Any) -> dict[str, Any]:
    """How the colours look and how well letters are read on them; what is no colour is the portal's own."""
    given = {"accent": str(accent or ""), "sun": str(sun or "")}
    wrong = {field for field, reason in theme.check_contrast(given) if not theme.is_colour(given[field])}
    shown = {
        name: theme.DEFAULTS[name] if name in wrong or not given[name] else given[name] for name in given
    }
    return {
        "tried_class": f"{TRIED}-theme",
        "tried_query": urlencode(shown),
        "ratios": [
            {
                "label": _("White letters on the main colour"),
                "ratio": theme.contrast(shown["accent"], theme.PAPER),
            },
            {
                "label": _("Dark letters on the second colour"),
                "ratio": theme.contrast(shown["sun"], theme.INK),
            },
        ],
        "needed": theme.TEXT_CONTRAST,
    }


@cache_control(private=True, max_age=3600)
def tried_stylesheet(request: HttpRequest, gemeente: str) -> HttpResponse:
    """The colours in the address as a stylesheet for the part of a page that tries them; safe for any input."""
    css = theme.stylesheet(TRIED, {name: request.GET.get(name, "") for name in ("accent", "sun")})
    return HttpResponse(css, content_type="text/css; charset=utf-8")


@cache_control(public=True, max_age=3600)
def logo(request: HttpRequest, gemeente: str) -> FileResponse:
    """The municipality's logo; 404 where it has none."""
    if not request.municipality.logo:
        raise Http404
    return FileResponse(request.municipality.logo.open("rb"), content_type="image/jpeg")
