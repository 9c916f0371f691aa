"""How money is divided over areas, kept by the coordinator."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from budget.domain import area_keys
from budget.domain.area_keys import KeyRefused
from budget.forms.area_keys import AreaBookingForm, AreaKeyForm, AreaKeyUseForm, TakeAwayForm, field_of
from budget.iv3 import codes, names
from budget.models import AreaBooking, AreaKey, AreaKeyUse
from trajecten.domain import places
from trajecten.models import Area
from trajecten.views.access import StaffMixin


def areas_to_name() -> list[Area]:
    """The areas of the newest division."""
    return list(Area.objects.filter(places.latest_areas()).defer("geometry").order_by("code"))


class AreaKeyListView(StaffMixin, TemplateView):
    """All keys, with how many lines each divides."""

    template_name = "budget/areas/keys.html"
    permission = "budget.change_areakey"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        keys = AreaKey.objects.annotate(lines=Count("uses")).order_by("name")
        return {**super().get_context_data(**kwargs), "keys": keys}


class AreaKeyFormView(StaffMixin, View):
    """Make a key, or change or take away the one in the address."""

    permission = "budget.change_areakey"

    def permission_object(self) -> Any:
        number = self.kwargs.get("pk")
        self.key = get_object_or_404(AreaKey, pk=number) if number else None
        return self.key or self.request.municipality

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page(AreaKeyForm(areas=areas_to_name(), initial=self._now()))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.key and TakeAwayForm(request.POST).is_meant():
            return self._take_away(self.key)
        form = AreaKeyForm(request.POST, request.FILES, areas=areas_to_name())
        if not form.is_valid():
            return self._page(form, status=422)
        kept = {name: form.cleaned_data[name] for name in ("name", "kind", "source", "weights")}
        key = self.key or AreaKey(municipality=request.municipality)
        try:
            area_keys.keep(key=key, by=request.user, **kept)
        except KeyRefused as refused:
            form.add_error(refused.field, refused.message)
            return self._page(form, status=422)
        messages.success(request, _("The key has been kept."))
        return redirect("budget:area-keys", gemeente=request.municipality.slug)

    def _take_away(self, key: AreaKey) -> HttpResponse:
        area_keys.remove(key=key, by=self.request.user)
        messages.success(self.request, _("The key is gone. What it divided is divided by inhabitants now."))
        return redirect("budget:area-keys", gemeente=self.request.municipality.slug)

    def _now(self) -> dict[str, Any]:
        if self.key is None:
            return {"kind": "own"}
        weights = self.key.weights.select_related("area").defer("area__geometry").order_by("area__code")
        rows = [f"{one.area.code}; {one.weight.normalize():f}".replace(".", ",") for one in weights]
        own = {name: getattr(self.key, name) for name in ("name", "kind", "source")}
        return {**own, "rows": "\n".join(rows)}

    def _page(self, form: AreaKeyForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "key": self.key, "areas": areas_to_name()}
        return render(self.request, "budget/areas/key.html", context, status=status)


class AreaKeyUseView(StaffMixin, View):
    """Which key divides each line."""

    permission = "budget.change_areakey"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page(self._form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self._form(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        keys = {code: form.cleaned_data[field_of(code)] for code in self.codes}
        area_keys.use(municipality=request.municipality, by=request.user, keys=keys)
        messages.success(request, _("It has been kept how each line is divided."))
        return redirect("budget:area-keys", gemeente=request.municipality.slug)

    def _form(self, data: Any = None) -> AreaKeyUseForm:
        used = dict(AreaKeyUse.objects.values_list("task_field", "key"))
        standing = {codes.comparable(code) for code in names.TASK_FIELDS} - codes.BELOW_MAIN
        self.codes = sorted({*standing, *used}, key=codes.sort_key)
        return AreaKeyUseForm(data, codes=self.codes, used=used)

    def _page(self, form: AreaKeyUseForm, status: int = 200) -> HttpResponse:
        return render(self.request, "budget/areas/uses.html", {"form": form}, status=status)


class AreaBookingView(StaffMixin, View):
    """What was really booked in areas, for keys that go by that. It replaces what was kept of the same figures."""

    permission = "budget.change_areakey"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page(AreaBookingForm(areas=areas_to_name()))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = AreaBookingForm(request.POST, request.FILES, areas=areas_to_name())
        if not form.is_valid():
            return self._page(form, status=422)
        amounts = form.cleaned_data["amounts"]
        area_keys.book(budget=form.cleaned_data["budget"], by=request.user, amounts=amounts)
        messages.success(request, _("The bookings have been kept."))
        return redirect("budget:area-bookings", gemeente=request.municipality.slug)

    def _page(self, form: AreaBookingForm, status: int = 200) -> HttpResponse:
        kept = AreaBooking.objects.order_by().values("budget__year", "budget__kind").annotate(n=Count("pk"))
        context = {"form": form, "kept": kept.order_by("-budget__year"), "areas": areas_to_name()}
        return render(self.request, "budget/areas/bookings.html", context, status=status)
