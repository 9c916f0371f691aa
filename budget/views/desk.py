"""All work on the budget on one page, for officials: what waits, each running trajectory, and the way to the rest."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from budget.method import METHOD
from budget.models import BudgetQuestion
from trajecten.enums import Moderation, TrajectoryStatus
from trajecten.models import Trajectory
from trajecten.views.access import StaffMixin

MOST = 50
MANAGE = "trajecten.manage_municipality"


@dataclass(frozen=True)
class Work:
    """A page of officials; ``permission`` is what who sees the way to it needs, in this municipality."""

    name: str
    label: str | Promise
    text: str | Promise
    permission: str = "trajecten.view_dashboard_municipality"


WORK = (
    Work("questions-desk", _("Questions about the budget"), _("Questions of residents, the oldest first.")),
    Work("monitor-desk", _("Adopted money"), _("What the council adopted, and where the money stands.")),
    Work("rounds", _("Alternative budgets"), _("Rounds in which residents shift money, and their outcome.")),
    Work(
        "desk-ballots", _("Votes on projects"), _("Projects within an amount: propose, judge, vote, count.")
    ),
    Work("line-answers", _("Answers about the budget"), _("Whether residents understand each line.")),
    Work("calendar", _("Calendar of planning and control"), _("When is decided about money.")),
    Work(
        "deliveries",
        _("Figures of the budget"),
        _("Deliver budgets and accounts."),
        "trajecten.manage_municipality",
    ),
    Work(
        "line-texts",
        _("Explanation of the budget"),
        _("Your own words for a line."),
        "trajecten.manage_municipality",
    ),
    Work(
        "area-keys",
        _("Budget per area"),
        _("How money is divided over areas."),
        "trajecten.manage_municipality",
    ),
)


class DeskView(StaffMixin, TemplateView):
    """Officials of the municipality, each with the ways that they may go."""

    template_name = "budget/desk.html"
    permission = "trajecten.view_dashboard_municipality"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, here = self.request.user, self.request.municipality
        may = {permission: user.has_perm(permission, here) for permission in {w.permission for w in WORK}}
        return {
            **super().get_context_data(**kwargs),
            "work": [(each, self._url(each)) for each in WORK if may[each.permission]],
            "questions": BudgetQuestion.objects.filter(
                answered_at__isnull=True, moderation=Moderation.PUBLISHED
            ).count(),
            "trajectories": _running(),
        }

    def _url(self, work: Work) -> str:
        return reverse(f"budget:{work.name}", kwargs={"gemeente": self.request.municipality.slug})


def _running() -> list[Trajectory]:
    """The trajectories that go on, the newest first, with how many alternatives are finished in them."""
    finished = Count(
        "alternatives", filter=Q(alternatives__state="finished", alternatives__confirmed_at__isnull=False)
    )
    rows = Trajectory.objects.filter(method_key=METHOD.key, status=TrajectoryStatus.RUNNING)
    return list(rows.annotate(finished=finished).order_by("-pk")[:MOST])
