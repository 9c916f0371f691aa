"""For officials: every adopted amount of the municipality, what asks for a look first, and reporting what was spent."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from budget.domain.monitoring import books, following, periods, reporting, shown, wording
from budget.domain.monitoring.books import Books
from budget.domain.monitoring.following import Followed
from budget.domain.monitoring.refusals import MonitorRefused
from budget.forms.monitor import FollowedFilterForm, SpendingForm
from budget.views.monitoring.cards import cards, year_note
from trajecten.domain.tables import Column
from trajecten.forms.refusing import refuse
from trajecten.views.access import StaffMixin
from trajecten.views.tables import TableFile

PER_PAGE = 50


class FollowedMixin(StaffMixin):
    """Reads the filter. An adviser sees the lines of the trajectory that is filtered on, if it is theirs."""

    permission = "budget.view_spendingreport"
    request: HttpRequest

    def permission_object(self) -> Any:
        self.form = FollowedFilterForm(self.request.GET)
        return self.form.asked or self.request.municipality

    def followed(self) -> tuple[list[Followed], Books]:
        """All adopted lines, signals first, and the books that they were read from."""
        rows = following.adopted(following.lines())
        if self.form.asked:
            rows = rows.filter(outcome_line__line__round__trajectory=self.form.asked)
        found = list(rows)
        read = books.read(self.request.municipality, {following.year_of(line) for line in found})
        return following.by_urgency(following.follow(found, self.request.municipality, known=read)), read


class FollowedView(FollowedMixin, TemplateView):
    template_name = "budget/monitoring/staff.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found, read = self.followed()
        page = Paginator(found, PER_PAGE).get_page(self.request.GET.get("page"))
        return {
            **super().get_context_data(**kwargs),
            "form": self.form,
            "query": self.form.query(),
            "page": page,
            "rows": [{"one": one, "tag": shown.signal_tag(one)} for one in page],
            "notes": [year_note(read, year) for year in shown.years(found)],
        }


def _of(name: str) -> Any:
    return lambda one: getattr(one.reckoned, name) if one.reckoned else None


def _expected(name: str) -> Any:
    """Empty where it is too early to expect anything."""
    return lambda one: getattr(one.reckoned, name) if one.reckoned and not one.reckoned.is_early else None


class FollowedFile(FollowedMixin, TableFile):
    """The same list, in the same order."""

    name = gettext_lazy("Adopted money that is followed")
    columns = (
        Column(gettext_lazy("Trajectory"), lambda one: one.about.round.trajectory.title),
        Column(gettext_lazy("Line"), lambda one: one.about.name),
        Column(gettext_lazy("Task field or programme"), lambda one: one.about.code),
        Column(gettext_lazy("Year"), lambda one: one.year),
        Column(gettext_lazy("Asked, in euro"), lambda one: one.point.amount),
        Column(gettext_lazy("Adopted, in euro"), lambda one: one.adopted),
        Column(gettext_lazy("Seen in"), lambda one: str(one.basis.label) if one.basis else ""),
        Column(gettext_lazy("Figures"), lambda one: str(one.reckoned.period.label) if one.reckoned else ""),
        Column(gettext_lazy("Plan, in euro"), _of("plan")),
        Column(gettext_lazy("Spent so far, in euro"), _of("spent")),
        Column(gettext_lazy("Expected for the whole year, in euro"), _expected("forecast")),
        Column(gettext_lazy("Difference from the plan, in euro"), _expected("deviation")),
        Column(gettext_lazy("Signal"), wording.signal),
        Column(gettext_lazy("Promise"), lambda one: one.promise.get_status_display() if one.promise else ""),
    )

    def rows(self) -> Iterable[Followed]:
        return self.followed()[0]


class LineView(StaffMixin, View):
    """One adopted amount: how it goes, what was reported, and the form to report what was spent."""

    permission = "budget.view_spendingreport"
    request: HttpRequest

    def permission_object(self) -> Any:
        self.line = following.lines().filter(pk=self.kwargs["pk"]).first()
        if self.line is None:
            raise Http404
        return self.line.outcome_line.line.round.trajectory

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(self._form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.may_report:
            raise PermissionDenied
        form = self._form(request.POST)
        if form.is_valid():
            try:
                reporting.report(line=self.line, by=request.user, spending=form.spending())
                messages.success(request, _("Thank you. Residents can read it now."))
                return redirect("budget:monitor-line", gemeente=request.municipality.slug, pk=self.line.pk)
            except MonitorRefused as refused:
                refuse(form, refused)
        return self.page(form, status=422)

    @property
    def may_report(self) -> bool:
        return self.request.user.has_perm("budget.add_spendingreport", self.target)

    def _form(self, data: Any = None) -> SpendingForm:
        over = periods.over(following.year_of(self.line), timezone.localdate())
        return SpendingForm(data, over=over, is_cut=(self.line.council_line.adopted_amount or 0) < 0)

    def page(self, form: SpendingForm, *, status: int = 200) -> HttpResponse:
        year = following.year_of(self.line)
        read = books.read(self.request.municipality, [year])
        (one,) = following.follow([self.line], self.request.municipality, known=read)
        shown_cards = cards([one], public=False)
        context = {
            "one": one,
            "card": shown_cards[0] if shown_cards else None,
            "note": year_note(read, year),
            "form": form,
            "may_report": self.may_report and one.is_followed,
            "can_report": bool(periods.over(year, timezone.localdate())),
            "trajectory": self.target,
        }
        return render(self.request, "budget/monitoring/line.html", context, status=status)
