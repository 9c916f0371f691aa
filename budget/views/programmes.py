"""Pages of the coordinator about the council's programmes and what falls under them."""

import io
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView, View

from budget.domain.deliveries.reading.complaints import shown
from budget.domain.deliveries.reading.sources import Source
from budget.domain.deliveries.rows import FiguresRefused, Wrong
from budget.domain.programmes import keeping, reading, removing
from budget.forms.programmes import ProgrammeForm, ProgrammesFileForm, RemoveProgrammeForm, SharesFormSet
from budget.iv3 import codes, names
from budget.models import Programme, ProgrammeShare
from trajecten.views.access import StaffMixin

PERMISSION = "budget.add_programme"


class ProgrammesView(StaffMixin, TemplateView):
    template_name = "budget/programmes/list.html"
    permission = PERMISSION

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        programmes = [
            {"programme": one, "shares": _shares(one)} for one in keeping.listed(self.request.municipality)
        ]
        return {**super().get_context_data(**kwargs), "rows": programmes}


def _sorted(programme: Programme) -> list[ProgrammeShare]:
    return sorted(programme.shares.all(), key=lambda share: codes.sort_key(share.task_field))


def _shares(programme: Programme) -> list[dict[str, Any]]:
    rows = _sorted(programme)
    return [
        {"name": f"{row.task_field} {names.name(row.task_field)}", "percent": _percent(row.share)}
        for row in rows
    ]


def _percent(share: Any) -> Any:
    """Without zeros behind the comma, and never as a power of ten."""
    return (share * 100).normalize() + 0 if share * 100 % 1 else int(share * 100)


class ProgrammeView(StaffMixin, View):
    """One programme, or a new one, with its parts of task fields."""

    permission = PERMISSION
    request: HttpRequest

    def permission_object(self) -> Any:
        number = self.kwargs.get("pk")
        self.programme = get_object_or_404(Programme, pk=number) if number else None
        return self.programme or self.request.municipality

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        start = {} if self.programme else {"from_year": timezone.localdate().year + 1}
        rows = _sorted(self.programme) if self.programme else []
        initial = [{"task_field": row.task_field, "percent": _percent(row.share)} for row in rows]
        return self._page(
            ProgrammeForm(instance=self.programme, initial=start), SharesFormSet(initial=initial)
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form, rows = ProgrammeForm(request.POST, instance=self.programme), SharesFormSet(request.POST)
        if form.is_valid() & rows.is_valid():
            try:
                kept = keeping.keep(
                    municipality=request.municipality,
                    by=request.user,
                    programme=self.programme,
                    wanted=form.wanted(rows.shares()),
                    version=form.cleaned_data["version"],
                )
            except keeping.ProgrammeChanged as changed:
                return self._changed(changed.programme)
            except keeping.ProgrammeRefused as refused:
                if "code" in refused.reasons:
                    form.add_error("code", refused.reasons["code"])
                rows.refuse(refused.reasons)
            else:
                messages.success(request, _("Programme %(name)s has been kept.") % {"name": kept})
                return redirect("budget:council-programmes", gemeente=request.municipality.slug)
        return self._page(form, rows, status=422)

    def _changed(self, newest: Programme) -> HttpResponse:
        """What was typed, to be sent again after what somebody else kept meanwhile has been read."""
        self.programme = newest
        typed = {**self.request.POST.dict(), "version": newest.version}
        form, rows = ProgrammeForm(typed, instance=newest), SharesFormSet(self.request.POST)
        stands = Programme.objects.prefetch_related("shares").get(pk=newest.pk)
        return self._page(form, rows, status=409, newest=stands, newest_shares=_shares(stands))

    def _page(self, form: ProgrammeForm, rows: Any, status: int = 200, **said: Any) -> HttpResponse:
        context = {"programme": self.programme, "form": form, "rows": rows, **said}
        if self.programme:
            context["needed_for"] = removing.needed_for(self.programme)
        return render(self.request, "budget/programmes/form.html", context, status=status)


class RemoveProgrammeView(StaffMixin, View):
    """Twice is harmless. A GET, such as after signing in again, shows the list."""

    permission = PERMISSION

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._to("council-programmes")

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = RemoveProgrammeForm(request.POST)
        programme = form.cleaned_data["programme"] if form.is_valid() else None
        if programme is None:
            return self._to("council-programmes")
        try:
            removing.remove(programme=programme, by=request.user)
        except removing.ProgrammeNeeded as needed:
            messages.warning(request, needed.message)
            return self._to("council-programme", pk=programme.pk)
        messages.success(request, _("Programme %(name)s has been removed.") % {"name": programme})
        return self._to("council-programmes")

    def _to(self, name: str, **parts: int) -> HttpResponse:
        return redirect(f"budget:{name}", gemeente=self.request.municipality.slug, **parts)


class ProgrammesFileView(StaffMixin, View):
    """All programmes from a file, or none; what is wrong is told row by row."""

    permission = PERMISSION

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page(ProgrammesFileForm(initial={"from_year": timezone.localdate().year + 1}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = ProgrammesFileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(form, status=422)
        content = form.cleaned_data["file"].read()
        source = Source(shown(form.cleaned_data["file"].name), lambda: io.BytesIO(content), len(content))
        try:
            kept = self._keep(source, form.cleaned_data["from_year"])
        except FiguresRefused as refused:
            return self._page(form, errors=refused.errors, rest=refused.rest(), status=422)
        words = ngettext("%(n)d programme has been kept.", "%(n)d programmes have been kept.", len(kept))
        messages.success(request, words % {"n": len(kept)})
        return redirect("budget:council-programmes", gemeente=request.municipality.slug)

    def _keep(self, source: Source, from_year: int) -> list[Programme]:
        wanted, places = reading.read(source, from_year=from_year)
        kept, refused = keeping.keep_all(
            municipality=self.request.municipality, by=self.request.user, wanted=wanted
        )
        if refused:
            wrong = [
                Wrong(
                    source.name,
                    reading.places(places, code, subject),
                    "aandeel",
                    f"{code}: {subject}",
                    reason,
                )
                for code, reasons in refused.items()
                for subject, reason in reasons.items()
            ]
            raise FiguresRefused(wrong)
        return kept

    def _page(self, form: ProgrammesFileForm, status: int = 200, **said: Any) -> HttpResponse:
        return render(self.request, "budget/programmes/file.html", {"form": form, **said}, status=status)
