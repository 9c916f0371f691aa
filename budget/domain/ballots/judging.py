"""Whether a project can be carried out and what it costs, as officials judge it."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from budget.domain.ballots import telling
from budget.domain.ballots.locking import lock_with_ballot
from budget.domain.ballots.proposing import check_cost, check_unopened
from budget.domain.ballots.refusals import BallotRefused
from budget.enums import ProjectJudgement
from budget.models import BallotProject
from trajecten.domain import activities
from trajecten.models import User


@dataclass(frozen=True)
class Judgement:
    """``cost`` is in whole euro; None for what can't be carried out."""

    level: str
    reason: str
    cost: int | None = None


@transaction.atomic
def judge(*, project: BallotProject, judged: Judgement, by: User) -> BallotProject:
    """Judge a project, with the reason; who proposed it hears it. The same again changes nothing and mails nobody.

    Refused (``BallotRefused``): once the vote has opened; one that its proposer did not confirm; without a reason;
    feasible without a cost, or with one above the amount that there is.
    """
    project = lock_with_ballot(project)
    check_unopened(project.ballot)
    _check(project, judged)
    feasible = judged.level == ProjectJudgement.FEASIBLE
    cost = judged.cost if feasible else None
    if (project.judgement, project.reason, project.cost) == (judged.level, judged.reason.strip(), cost):
        return project
    project.judgement, project.reason, project.cost = judged.level, judged.reason.strip(), cost
    project.judged_by, project.judged_at = by, timezone.now()
    project.save(update_fields=["judgement", "reason", "cost", "judged_by", "judged_at"])
    act = activities.record(verb="project_judged", target=project, by=by, is_public=True)
    telling.judged(project, act)
    return project


def _check(project: BallotProject, judged: Judgement) -> None:
    if project.confirmed_at is None:
        raise BallotRefused(_("Who proposed this has not confirmed it by mail yet."))
    if judged.level not in {ProjectJudgement.FEASIBLE, ProjectJudgement.NOT_FEASIBLE}:
        raise BallotRefused(_("Choose whether it can be carried out."), field="level")
    if not judged.reason.strip():
        raise BallotRefused(_("Write down why. Everybody can read this."), field="reason")
    if judged.level == ProjectJudgement.FEASIBLE:
        if judged.cost is None:
            raise BallotRefused(_("Fill in what it costs."), field="cost")
        check_cost(project.ballot, judged.cost)
