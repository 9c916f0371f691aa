"""Voting on projects: with an account, with a mail address that confirms it, and on paper.

The vote is secret. No page and no log tells what somebody chose, but to themselves by their own link.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from budget.domain import guests
from budget.domain.ballots import telling
from budget.domain.ballots.locking import lock
from budget.domain.ballots.refusals import BallotRefused
from budget.enums import VoteOrigin
from budget.models import BallotProject, ProjectBallot, ProjectVote
from trajecten.domain import activities
from trajecten.models import Area, Participant, User
from trajecten.models.tokens import new_token


@dataclass(frozen=True)
class Guest:
    """Who votes with a mail address: where it is, in which language they read, and where they live."""

    email: str
    language: str
    area: Area | None = None


@transaction.atomic
def vote(*, ballot: ProjectBallot, choices: Collection[int], by: Participant) -> ProjectVote:
    """Vote with an account; voting again changes it. ``choices`` are numbers of projects, as many as one wants.

    Refused (``BallotRefused``): while the vote is not open, an empty vote, and what is not on the ballot.
    """
    ballot = _open(ballot)
    wanted = _checked(ballot, choices)
    found = ProjectVote.objects.filter(ballot=ballot, participant=by).first() or _new(ballot, by)
    found.choices, found.confirmed_at = wanted, found.confirmed_at or timezone.now()
    found.area, found.kind = by.home_area or found.area, by.kind
    found.save()
    return found


@transaction.atomic
def ask_to_vote(*, ballot: ProjectBallot, choices: Collection[int], guest: Guest) -> ProjectVote:
    """Keep a vote until this address confirms it by the link in the mail: nobody votes for another.

    Who voted with it already is not changed by this; they get the link to their own page again. Another choice or
    area before that gets a link of its own, so that nobody confirms what was not there when they read it. Refused as
    ``vote``, and where one needs an account.
    """
    ballot = _open(ballot)
    if not ballot.allows_guests:
        raise BallotRefused(_("Sign in to vote."))
    wanted = _checked(ballot, choices)
    person = guests.asked(municipality=ballot.municipality, email=guest.email, language=guest.language)
    found = ProjectVote.objects.filter(ballot=ballot, participant=person).first() or _new(ballot, person)
    if found.confirmed_at is None:
        area = person.home_area or guest.area
        if (found.choices, found.area) != (wanted, area):
            found.token = new_token()
        found.choices, found.kind, found.area = wanted, person.kind, area
        found.save()
    telling.ask_to_confirm_vote(found, to=person)
    return found


@transaction.atomic
def confirm(*, vote: ProjectVote) -> ProjectVote:
    """Say by the link in the mail that it is one's vote. Twice is harmless. Refused (``BallotRefused``): too late."""
    found = _lock_own(vote)
    if found.confirmed_at is None:
        found.confirmed_at = timezone.now()
        found.save(update_fields=["confirmed_at"])
    return found


@transaction.atomic
def change(*, vote: ProjectVote, choices: Collection[int]) -> ProjectVote:
    """Change one's vote by one's own link, which confirms it too. Refused as ``vote``."""
    found = _lock_own(vote)
    found.choices = _checked(found.ballot, choices)
    found.confirmed_at = found.confirmed_at or timezone.now()
    found.save(update_fields=["choices", "confirmed_at"])
    return found


@transaction.atomic
def withdraw(*, vote: ProjectVote) -> None:
    """Take one's vote back: nothing of it stays. Refused (``BallotRefused``): once the vote is over."""
    _lock_own(vote).delete()


@transaction.atomic
def type_paper(*, ballot: ProjectBallot, paper: int, choices: Collection[int], by: User) -> ProjectVote:
    """Type a ballot paper, with the number that was written on it. One may be empty: it counts as a voter.

    It can be typed after the last day too, until the votes are counted. Refused (``BallotRefused``): before the vote
    has opened and after it was counted, a number that was typed already, and what is not on the ballot.
    """
    ballot = _uncounted(ballot)
    wanted = _checked(ballot, choices, may_be_empty=True)
    if ProjectVote.objects.filter(ballot=ballot, paper=paper).exists():
        message = _("The paper with number %(n)s has been typed already.")
        raise BallotRefused(message % {"n": paper}, field="paper")
    found = _new(ballot, None)
    found.origin, found.paper = VoteOrigin.PAPER, paper
    found.choices, found.confirmed_at = wanted, timezone.now()
    found.save()
    activities.record(verb="paper_vote_typed", target=ballot, by=by, details={"paper": paper})
    return found


@transaction.atomic
def remove_paper(*, ballot: ProjectBallot, paper: int, by: User) -> None:
    """Remove a ballot paper that was typed wrong, to type it again. Refused (``BallotRefused``): a number that was
    not typed, and once the votes were counted."""
    ballot = _uncounted(ballot)
    gone, _rows = ProjectVote.objects.filter(ballot=ballot, paper=paper).delete()
    if not gone:
        message = _("No paper with number %(n)s has been typed.")
        raise BallotRefused(message % {"n": paper}, field="paper")
    activities.record(verb="paper_vote_removed", target=ballot, by=by, details={"paper": paper})


def _open(ballot: ProjectBallot) -> ProjectBallot:
    ballot = lock(ballot)
    if ballot.opened_at is None:
        raise BallotRefused(_("You can't vote yet."), code="closed")
    if not ballot.takes_votes:
        raise BallotRefused(_("The vote is over. This vote was not counted any more."), code="closed")
    return ballot


def _uncounted(ballot: ProjectBallot) -> ProjectBallot:
    ballot = lock(ballot)
    if ballot.opened_at is None:
        raise BallotRefused(_("You can't vote yet."))
    if ballot.counted_at:
        raise BallotRefused(_("The votes have been counted already."))
    return ballot


def _lock_own(vote: ProjectVote) -> ProjectVote:
    """The newest row, its ballot locked and open. Raises ``ProjectVote.DoesNotExist`` for one that is gone."""
    ballot = _open(vote.ballot)
    found: ProjectVote = ProjectVote.objects.select_for_update(of=("self",)).get(pk=vote.pk)
    found.ballot = ballot
    return found


def _checked(ballot: ProjectBallot, choices: Collection[int], *, may_be_empty: bool = False) -> list[int]:
    wanted = set(choices)
    if not wanted and not may_be_empty:
        raise BallotRefused(_("Choose at least one project."), field="choices")
    there = BallotProject.objects.filter(ballot=ballot).on_ballot().values_list("number", flat=True)
    if not wanted <= set(there):
        raise BallotRefused(_("A project that you chose is not on the ballot any more."), field="choices")
    return sorted(wanted)


def _new(ballot: ProjectBallot, by: Participant | None) -> ProjectVote:
    return ProjectVote(municipality_id=ballot.municipality_id, ballot=ballot, participant=by)
