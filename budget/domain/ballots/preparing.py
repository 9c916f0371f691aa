"""Preparing a vote on projects, opening it and closing it."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from budget.domain.ballots import telling
from budget.domain.ballots.locking import lock
from budget.domain.ballots.refusals import BallotRefused
from budget.enums import BallotRule, ProjectJudgement
from budget.method import CHOOSE_PROJECTS, METHOD, BallotFacts, ballot_can_open
from budget.models import BallotProject, ProjectBallot
from trajecten.domain import activities
from trajecten.enums import Moderation
from trajecten.method import Unmet
from trajecten.models import Trajectory, User


@dataclass(frozen=True)
class Plan:
    """What a vote on projects is about, and when. ``budget`` is in whole euro."""

    title: str
    budget: int
    closes_on: date
    introduction: str = ""
    rule: str = BallotRule.EQUAL_SHARES
    allows_guests: bool = True
    proposals_until: date | None = None
    opens_on: date | None = None


@transaction.atomic
def prepare(*, trajectory: Trajectory, plan: Plan, by: User) -> ProjectBallot:
    """Make a vote on projects. The same again before it opened, as after a double press, is the one that was made.

    Refused (``BallotRefused``): in another method, without an amount, and days out of order.
    """
    if trajectory.method_key != METHOD.key:
        raise BallotRefused(_("Projects are chosen in budgetmonitoring."))
    _check(plan)
    Trajectory.objects.select_for_update(of=("self",), no_key=True).get(pk=trajectory.pk)
    same = {"trajectory": trajectory, **asdict(plan)}
    known: ProjectBallot | None = ProjectBallot.objects.filter(opened_at=None, **same).first()
    if known:
        return known
    made: ProjectBallot = ProjectBallot.objects.create(municipality_id=trajectory.municipality_id, **same)
    activities.record(verb="project_ballot_prepared", target=made, by=by)
    return made


@transaction.atomic
def change(*, ballot: ProjectBallot, plan: Plan, by: User) -> ProjectBallot:
    """Change it. Once it is open only the words and a later last day: who voted already did so on the rest.

    Refused (``BallotRefused``) as ``prepare``; another change of one that is open; any of one that is over.
    """
    ballot = lock(ballot)
    _check(plan)
    if ballot.is_over:
        raise BallotRefused(_("This vote is over, so it can't be changed any more."))
    if ballot.opened_at:
        _check_open(ballot, plan)
    for name, value in asdict(plan).items():
        setattr(ballot, name, value)
    ballot.save()
    activities.record(verb="project_ballot_changed", target=ballot, by=by)
    return ballot


def _check(plan: Plan) -> None:
    if plan.budget <= 0:
        raise BallotRefused(_("Fill in an amount above 0."), field="budget")
    if plan.opens_on and plan.closes_on < plan.opens_on:
        raise BallotRefused(_("The last day lies before the first day."), field="closes_on")
    if plan.proposals_until and plan.closes_on <= plan.proposals_until:
        message = _("Voting ends after the last day on which projects can be proposed.")
        raise BallotRefused(message, field="closes_on")
    if plan.proposals_until and plan.opens_on and plan.opens_on <= plan.proposals_until:
        message = _("Voting begins after the last day on which projects can be proposed.")
        raise BallotRefused(message, field="opens_on")


def _check_open(ballot: ProjectBallot, plan: Plan) -> None:
    for name in ("budget", "rule", "allows_guests"):
        if getattr(plan, name) != getattr(ballot, name):
            raise BallotRefused(_("People are voting on this already, so it stays as it is."), field=name)
    if plan.closes_on < ballot.closes_on:
        raise BallotRefused(_("People count on the last day. It can only become later."), field="closes_on")


def facts(ballot: ProjectBallot) -> BallotFacts:
    """What the gate of opening looks at."""
    confirmed = Q(confirmed_at__isnull=False)
    asked = BallotProject.objects.filter(confirmed, ballot=ballot).exclude(moderation=Moderation.HIDDEN)
    feasible = Q(judgement=ProjectJudgement.FEASIBLE)
    counted = asked.aggregate(
        projects=Count("id", filter=feasible),
        waiting=Count("id", filter=Q(judgement=ProjectJudgement.WAITING)),
        unread=Count("id", filter=feasible & Q(moderation=Moderation.PENDING)),
        dear=Count("id", filter=feasible & Q(cost__gt=ballot.budget)),
    )
    days_left = (ballot.closes_on - timezone.localdate()).days
    return BallotFacts(allowed=ballot.trajectory.allows(CHOOSE_PROJECTS), days_left=days_left, **counted)


def unmet(ballot: ProjectBallot) -> list[Unmet]:
    """Why it can't be opened yet; empty when it can."""
    return list(ballot_can_open(facts(ballot)))


@transaction.atomic
def open_vote(*, ballot: ProjectBallot, by: User) -> ProjectBallot:
    """Open the vote; members and followers hear it. Its projects stay as they are from now on. Twice is harmless.

    Refused (``BallotRefused``) with every reason of the gate.
    """
    ballot = lock(ballot)
    if ballot.opened_at:
        return ballot
    reasons = unmet(ballot)
    if reasons:
        raise BallotRefused(" ".join(str(reason) for reason in reasons))
    ballot.opened_at = timezone.now()
    ballot.save(update_fields=["opened_at"])
    activities.record(verb="project_ballot_opened", target=ballot, by=by, is_public=True)
    telling.opened(ballot)
    return ballot


@transaction.atomic
def close_vote(*, ballot: ProjectBallot, by: User) -> ProjectBallot:
    """End the vote before its last day. Twice is harmless. Refused (``BallotRefused``): what was never open."""
    ballot = lock(ballot)
    if ballot.opened_at is None:
        raise BallotRefused(_("This vote has not been opened yet."))
    if not ballot.is_over:
        ballot.closed_at = timezone.now()
        ballot.save(update_fields=["closed_at"])
        activities.record(verb="project_ballot_closed", target=ballot, by=by, is_public=True)
    return ballot
