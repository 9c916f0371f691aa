"""The residents' alternative for officials and the adviser: freeze it, read the reasons, and begin the amendment."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.generic import View

from budget.domain.amendments import drafting
from budget.domain.outcomes import freezing, reasons
from budget.domain.outcomes.refusals import OutcomeRefused, SummaryChanged
from budget.enums import AlternativeState
from budget.forms.outcomes import SummaryForm
from budget.method import SMALLEST_GROUP
from budget.models import Outcome, OutcomeLine, Round
from budget.views import shifts
from budget.views.buttons import Button
from budget.views.outcomes import lines_of
from trajecten.forms.refusing import refuse
from trajecten.views.access import StaffMixin


class RoundMixin(StaffMixin):
    """The round of a page; an adviser has only those of their own trajectories."""

    permission = "budget.view_outcome"
    request: HttpRequest

    def permission_object(self) -> Round:
        rows = Round.objects.select_related("trajectory", "budget")
        self.round = get_object_or_404(rows, pk=self.kwargs["round"])
        return self.round


class DeskView(RoundMixin, View):
    """The numbers so far, and of the newest which lines have no summary yet."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page()

    def page(self, *, status: int = 200, refused: str = "") -> HttpResponse:
        outcomes = list(self.round.outcomes.select_related("frozen_by", "amendment"))
        finished = self.round.alternatives.filter(state=AlternativeState.FINISHED, confirmed_at__isnull=False)
        context = {
            "round": self.round,
            "outcomes": outcomes,
            "newest": outcomes[0] if outcomes else None,
            "drawn": self._lines(outcomes),
            "finished": finished.count(),
            "least": SMALLEST_GROUP,
            "refused": refused,
            "may_freeze": self.request.user.has_perm("budget.add_outcome", self.round),
        }
        return render(self.request, "budget/outcomes/desk.html", context, status=status)

    def _lines(self, outcomes: list[Outcome]) -> list[shifts.Drawn]:
        if not outcomes:
            return []
        newest = outcomes[0]
        newest.round = self.round
        return [each for each in shifts.drawn(lines_of(newest)) if each.change]


class FreezeView(DeskView):
    permission = "budget.add_outcome"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return redirect("budget:outcome-desk", gemeente=kwargs["gemeente"], round=self.round.pk)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        before = self.round.outcomes.values_list("pk", flat=True).first()
        try:
            outcome = freezing.freeze(round=self.round, by=request.user)
        except OutcomeRefused as refused:
            return self.page(status=422, refused=refused.message)
        if outcome.pk == before:
            said = _("This was counted already: number %(n)s stands.") % {"n": outcome.number}
            messages.info(request, said)
        else:
            messages.success(request, _("Counted and frozen as number %(n)s.") % {"n": outcome.number})
        return self.get(request, **kwargs)


class OutcomeMixin(RoundMixin):
    """An outcome of the round."""

    def permission_object(self) -> Round:
        found = super().permission_object()
        self.outcome = get_object_or_404(Outcome, round=found, number=self.kwargs["number"])
        self.outcome.round = found
        return found


class SummaryView(OutcomeMixin, View):
    """All reasons of one line, and the summary of who read them."""

    permission = "budget.change_outcomeline"

    def permission_object(self) -> Round:
        found = super().permission_object()
        rows = OutcomeLine.objects.select_related("line")
        self.line = get_object_or_404(rows, outcome=self.outcome, pk=self.kwargs["line"])
        self.line.outcome = self.outcome
        return found

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(SummaryForm(initial={"summary": self.line.summary, "seen": self.line.summary}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = SummaryForm(request.POST)
        if not form.is_valid():
            return self.page(form, status=422)
        try:
            reasons.summarise(
                line=self.line,
                by=request.user,
                text=form.cleaned_data["summary"],
                seen=form.cleaned_data["seen"],
            )
        except SummaryChanged as changed:
            typed = SummaryForm({**form.data.dict(), "seen": changed.now})
            refuse(typed, changed)
            return self.page(typed, status=409)
        except OutcomeRefused as refused:
            refuse(form, refused)
            return self.page(form, status=422)
        messages.success(request, _("Your summary has been kept."))
        return redirect("budget:outcome-desk", gemeente=kwargs["gemeente"], round=self.round.pk)

    def page(self, form: SummaryForm, *, status: int = 200) -> HttpResponse:
        given = [
            {"change": reason.change * self.round.unit, "words": reason.words}
            for reason in reasons.of_line(self.line)
        ]
        context = {"round": self.round, "row": self.line, "form": form, "reasons": given}
        return render(self.request, "budget/outcomes/summary.html", context, status=status)


class DraftView(Button, OutcomeMixin, View):
    """Begin the amendment of an outcome, or go on with it."""

    permission = "budget.add_amendment"

    def act(self) -> HttpResponse:
        made = drafting.draft(outcome=self.outcome, by=self.request.user)
        return redirect("budget:amendment", gemeente=self.request.municipality.slug, pk=made.pk)

    def back(self) -> HttpResponse:
        slug = self.request.municipality.slug
        return redirect("budget:outcome-desk", gemeente=slug, round=self.round.pk)
