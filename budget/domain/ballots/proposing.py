"""Proposing a project: by residents while that is possible, and by officials until the vote opens."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from budget.domain import guests
from budget.domain.ballots import telling
from budget.domain.ballots.locking import lock, lock_with_ballot
from budget.domain.ballots.refusals import BallotRefused
from budget.enums import ProjectJudgement
from budget.models import BallotProject, ProjectBallot
from trajecten.domain import activities
from trajecten.domain.moderation import deciding
from trajecten.enums import Moderation
from trajecten.models import Area, Participant, User


@dataclass(frozen=True)
class Wording:
    """A project as it is written down. ``estimate`` is what the proposer thinks that it costs, in whole euro."""

    title: str
    text: str
    area: Area | None = None
    estimate: int | None = None


@transaction.atomic
def propose(*, ballot: ProjectBallot, wording: Wording, by: Participant) -> BallotProject:
    """Propose a project with an account. The same by the same person, as after a double press, is one project; what
    they asked to propose before by their mail address is confirmed with it.

    Refused (``BallotRefused``): when that is not possible now; without words; and what costs more than there is.
    """
    ballot = _for_residents(ballot, wording)
    known = _known(ballot, wording, author=by)
    if known:
        return known if known.confirmed_at else confirm(project=known)
    project = _new(ballot, wording)
    project.author, project.confirmed_at = by, timezone.now()
    project.save()
    activities.record(verb="project_proposed", target=project, by=by)
    return project


@transaction.atomic
def ask_to_propose(*, ballot: ProjectBallot, wording: Wording, email: str, language: str) -> BallotProject:
    """Keep a proposal until this address confirms it by the link in the mail; nobody else reads it before.

    The same of the same address is the one that is there; another day, while it is not confirmed, its link is mailed
    again. Refused as ``propose``, and where one needs an account.
    """
    ballot = _for_residents(ballot, wording)
    if not ballot.allows_guests:
        raise BallotRefused(_("Sign in to propose a project."))
    guest = guests.asked(municipality=ballot.municipality, email=email, language=language)
    project = _known(ballot, wording, author=guest)
    if project is None:
        project = _new(ballot, wording)
        project.author, project.moderation = guest, Moderation.PENDING
        project.save()
    telling.ask_to_confirm_project(project, to=guest)
    return project


@transaction.atomic
def confirm(*, project: BallotProject) -> BallotProject:
    """Say by the link in the mail that one proposes it. Twice is harmless. Refused (``BallotRefused``): once the
    vote has opened."""
    project = lock_with_ballot(project)
    if project.confirmed_at:
        return project
    if project.ballot.opened_at:
        raise BallotRefused(_("Projects can't be proposed any more: the vote has begun."))
    project.confirmed_at = timezone.now()
    if project.moderation == Moderation.PENDING:
        project.moderation = deciding.of_new(project.trajectory)
    project.save(update_fields=["confirmed_at", "moderation"])
    activities.record(verb="project_proposed", target=project, by=project.author)
    return project


@transaction.atomic
def enter(*, ballot: ProjectBallot, wording: Wording, cost: int, by: User) -> BallotProject:
    """Enter a project as an official: it can be carried out, and everybody can read it at once.

    The same by the same official, as after a double press, is one project. Refused (``BallotRefused``): once the vote
    has opened, without words, and what costs more than there is.
    """
    ballot = lock(ballot)
    check_unopened(ballot)
    _check(ballot, wording)
    check_cost(ballot, cost)
    known = _known(ballot, wording, author=None, judged_by=by, cost=cost)
    if known:
        return known
    project = _new(ballot, wording)
    project.moderation, project.judgement, project.cost = (
        Moderation.PUBLISHED,
        ProjectJudgement.FEASIBLE,
        cost,
    )
    project.confirmed_at = project.judged_at = timezone.now()
    project.judged_by = by
    project.save()
    activities.record(verb="project_entered", target=project, by=by)
    return project


@transaction.atomic
def reword(*, project: BallotProject, wording: Wording, by: User) -> BallotProject:
    """Change how a project is written down, as an official, with who proposed it. Refused as ``enter``."""
    project = lock_with_ballot(project)
    check_unopened(project.ballot)
    _check(project.ballot, wording)
    project.title, project.text, project.area = wording.title.strip(), wording.text.strip(), wording.area
    project.save(update_fields=["title", "text", "area"])
    activities.record(verb="project_reworded", target=project, by=by)
    return project


def check_unopened(ballot: ProjectBallot) -> None:
    """Refused (``BallotRefused``): once people can vote, what they vote on stays as it is."""
    if ballot.opened_at:
        raise BallotRefused(_("People are voting on this already, so its projects stay as they are."))


def check_cost(ballot: ProjectBallot, cost: int | None, *, field: str = "cost") -> None:
    """Refused (``BallotRefused``): a cost that is no amount, or more than there is."""
    if cost is not None and cost <= 0:
        raise BallotRefused(_("Fill in an amount above 0."), field=field)
    if cost is not None and cost > ballot.budget:
        raise BallotRefused(_("This is more than there is for all projects together."), field=field)


def _for_residents(ballot: ProjectBallot, wording: Wording) -> ProjectBallot:
    ballot = lock(ballot)
    if not ballot.takes_projects:
        raise BallotRefused(_("Projects can't be proposed here now."))
    _check(ballot, wording)
    return ballot


def _check(ballot: ProjectBallot, wording: Wording) -> None:
    if not wording.title.strip():
        raise BallotRefused(_("Give the project a name."), field="title")
    if not wording.text.strip():
        raise BallotRefused(_("Write down what the project is."), field="text")
    check_cost(ballot, wording.estimate, field="estimate")


def _said(wording: Wording) -> dict[str, object]:
    return {
        "title": wording.title.strip(),
        "text": wording.text.strip(),
        "area": wording.area,
        "estimate": wording.estimate,
    }


def _known(ballot: ProjectBallot, wording: Wording, **by: object) -> BallotProject | None:
    """The project in these words by the same person; the ballot is locked, so none comes meanwhile."""
    found: BallotProject | None = BallotProject.objects.filter(ballot=ballot, **_said(wording), **by).first()
    return found


def _new(ballot: ProjectBallot, wording: Wording) -> BallotProject:
    """A project with the next number; the ballot is locked, so no other gets it."""
    last = BallotProject.objects.filter(ballot=ballot).aggregate(last=Max("number"))["last"] or 0
    return BallotProject(
        municipality_id=ballot.municipality_id,
        ballot=ballot,
        trajectory=ballot.trajectory,
        number=last + 1,
        **_said(wording),
        moderation=deciding.of_new(ballot.trajectory),
    )
