"""Who hears what of a vote on projects. No message tells that somebody voted, once they did: the result goes to
members, followers and voters alike. Rows of the outbox by which one could reckon it go after a month
(``my_data.ballots``)."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from budget.models import BallotProject, BallotResult, ProjectBallot, ProjectVote
from trajecten.domain.telling import news, notify
from trajecten.enums import EnrolmentStatus
from trajecten.models import Activity, Participant, Trajectory

VOTE_ASKED = "budget.vote_asked"
PROJECT_ASKED = "budget.project_asked"
JUDGED = "budget.project_judged"
OPENED = "budget.ballot_opened"
COUNTED = "budget.ballot_counted"
PROJECT_COUNTED = "budget.project_counted"

REACHED = Q(email__isnull=False) | Q(user__isnull=False)


def members(trajectory: Trajectory) -> QuerySet[Participant]:
    """Who takes part and can be told anything."""
    active = {"enrolments__trajectory": trajectory, "enrolments__status": EnrolmentStatus.ACTIVE}
    return Participant.objects.filter(REACHED, **active).distinct()


def ask_to_confirm_vote(vote: ProjectVote, *, to: Participant) -> None:
    """Mail the link by which somebody confirms the vote, or finds the own page again: once a day."""
    notify.owe(
        key=VOTE_ASKED,
        to=to,
        municipality=vote.ballot.municipality,
        about=vote,
        delivery_key=f"{VOTE_ASKED}:{vote.pk}:{vote.token[:8]}:{vote.confirmed_at is not None}:{timezone.localdate()}",
    )


def ask_to_confirm_project(project: BallotProject, *, to: Participant) -> None:
    """Mail the link by which somebody confirms a proposal: once a day."""
    notify.owe(
        key=PROJECT_ASKED,
        to=to,
        municipality=project.ballot.municipality,
        about=project,
        delivery_key=f"{PROJECT_ASKED}:{project.pk}:{timezone.localdate()}",
    )


def judged(project: BallotProject, act: Activity) -> None:
    """Tell who proposed it what was judged of it."""
    if project.author and project.author.can_be_told:
        notify.owe(
            key=JUDGED,
            to=project.author,
            municipality=project.ballot.municipality,
            about=project,
            delivery_key=f"{JUDGED}:{act.pk}",
        )


def opened(ballot: ProjectBallot) -> None:
    """Tell members, followers and proposers that they can vote."""
    key = f"{OPENED}:{ballot.pk}"
    people = {person.pk: person for person in (*members(ballot.trajectory), *_proposers(ballot))}
    notify.owe_each(
        key=OPENED, to=people.values(), municipality=ballot.municipality, about=ballot, delivery_key=key
    )
    news.tell(key=OPENED, about=ballot, targets=[ballot.trajectory], delivery_key=key)


def counted(result: BallotResult, *, voters: list[Participant]) -> None:
    """Tell members, followers and voters the result; who proposed something hears what became of that."""
    assert result.ballot is not None  # noqa: S101
    key = f"{COUNTED}:{result.pk}"
    people = {person.pk: person for person in (*members(result.trajectory), *voters)}
    municipality = result.ballot.municipality
    notify.owe_each(
        key=COUNTED, to=people.values(), municipality=municipality, about=result, delivery_key=key
    )
    news.tell(key=COUNTED, about=result, targets=[result.trajectory], delivery_key=key)
    projects = BallotProject.objects.filter(ballot=result.ballot).on_ballot().select_related("author")
    for project in projects:
        if project.author and project.author.can_be_told:
            notify.owe(
                key=PROJECT_COUNTED,
                to=project.author,
                municipality=municipality,
                about=project,
                delivery_key=f"{PROJECT_COUNTED}:{project.pk}",
            )


def _proposers(ballot: ProjectBallot) -> QuerySet[Participant]:
    rows = BallotProject.objects.filter(ballot=ballot, confirmed_at__isnull=False, author__isnull=False)
    return Participant.objects.filter(REACHED, pk__in=rows.values("author"))
