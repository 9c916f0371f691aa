"""The rounds of a municipality for officials, how one goes, and what was finished in it, without names."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.generic import View

from budget.domain.alternatives import amounts, judging
from budget.domain.rounds import counting, inhabitants
from budget.forms.rounds import OpenForm
from budget.forms.trajectories import TrajectoryFilterForm
from budget.method import MAKE_ALTERNATIVE, METHOD
from budget.models import Alternative, Round
from budget.views.alternatives import lines
from trajecten.models import Trajectory
from trajecten.views.access import StaffMixin
from trajecten.views.paging import LongPaginator

ON_A_PAGE = 30


class RoundsView(StaffMixin, View):
    """All rounds; for an adviser those of one trajectory (``?trajectory=``)."""

    permission = "budget.view_round"

    def permission_object(self) -> Any:
        number = TrajectoryFilterForm(self.request.GET).number
        self.trajectory = None
        if number:
            self.trajectory = get_object_or_404(Trajectory, pk=number, method_key=METHOD.key)
        return self.trajectory or self.request.municipality

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        rows = Round.objects.select_related("trajectory", "budget")
        if self.trajectory:
            rows = rows.filter(trajectory=self.trajectory)
        context = {
            "rounds": list(rows),
            "trajectory": self.trajectory,
            "may_add": request.user.has_perm("budget.add_round", self.target),
        }
        return render(request, "budget/rounds/list.html", context)


class RoundMixin(StaffMixin, View):
    """One round. ``permission`` is asked of the round itself."""

    permission = "budget.view_round"

    def permission_object(self) -> Round:
        rows = Round.objects.select_related("trajectory", "budget")
        self.round = get_object_or_404(rows, pk=self.kwargs["pk"])
        self.round.municipality = self.request.municipality
        return self.round

    @property
    def may_change(self) -> bool:
        return bool(self.request.user.has_perm("budget.change_round", self.round))

    def round_page(self, *, status: int = 200, **forms: Any) -> HttpResponse:
        found = self.round
        rows = list(found.lines.all())
        totals = {
            name: amounts.euro(sum(getattr(line, name) for line in rows), found.unit)
            for name in ("baseline", "floor", "cap")
        }
        finished = counting.counted(found).prefetch_related("changes")
        paginator = LongPaginator(finished, ON_A_PAGE, self.request.GET.get("page"))
        context = {
            "round": found,
            "lines": rows,
            "totals": totals,
            "counts": counting.counts(found) if found.opened_at else None,
            "finished": paginator.shown(),
            "may_moderate": self.request.user.has_perm(
                "trajecten.moderate_municipality", self.request.municipality
            ),
            "may_change": self.may_change,
            "may_open": found.trajectory.allows(MAKE_ALTERNATIVE),
            "open_form": OpenForm(initial={"closes_on": found.closes_on}),
            **forms,
        }
        return render(self.request, "budget/rounds/round.html", context, status=status)


class RoundView(RoundMixin):
    """How it goes, and what can be done with it now."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.round_page()


class AlternativeView(RoundMixin):
    """One alternative that was finished, without who made it."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        found: Alternative = get_object_or_404(counting.counted(self.round), pk=kwargs["alternative"])
        moved = lines.moved(self.round, judging.of(found), inhabitants.of(self.round))
        context = {
            "round": self.round,
            "alternative": found,
            "moved": moved,
            "total": lines.total(moved, self.round.unit),
        }
        return render(request, "budget/rounds/alternative.html", context)
