"""Counting a vote once, for good; and counting an election that was held elsewhere."""

from hashlib import sha256
from random import SystemRandom
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from budget.domain.ballots import counting, telling, turnout
from budget.domain.ballots.locking import lock
from budget.domain.ballots.refusals import BallotRefused
from budget.models import BallotProject, BallotResult, ProjectBallot, ProjectVote
from trajecten.domain import activities
from trajecten.domain.my_data import erasing
from trajecten.models import Participant, Trajectory, User


@transaction.atomic
def count(*, ballot: ProjectBallot, by: User) -> BallotResult:
    """Count a vote that is over, and forget who voted: what stays is the file without persons.

    Voters, members, followers and proposers hear it. Who counts at the same time gets the same result. Refused
    (``BallotRefused``): while people can vote, and without a vote.
    """
    ballot = lock(ballot)
    if ballot.counted_at:
        return BallotResult.objects.get(ballot=ballot)
    _check(ballot)
    votes = _votes(ballot)
    if not votes:
        raise BallotRefused(_("Nobody voted, so there is nothing to count."))
    result = _keep(ballot, votes, by)
    ballot.counted_at = timezone.now()
    ballot.save(update_fields=["counted_at"])
    activities.record(verb="project_ballot_counted", target=ballot, by=by, is_public=True)
    _tell_and_forget(ballot, result)
    return result


def _check(ballot: ProjectBallot) -> None:
    if ballot.opened_at is None:
        raise BallotRefused(_("This vote has not been opened yet."))
    if not ballot.is_over:
        raise BallotRefused(_("People can still vote. Count when the vote is over."))


def _votes(ballot: ProjectBallot) -> list[ProjectVote]:
    rows = ProjectVote.objects.filter(ballot=ballot, confirmed_at__isnull=False)
    related = rows.select_related("area__parent").defer("area__geometry", "area__parent__geometry")
    return list(related)


def _keep(ballot: ProjectBallot, votes: list[ProjectVote], by: User) -> BallotResult:
    projects = list(BallotProject.objects.filter(ballot=ballot).on_ballot())
    choices = [vote.choices for vote in votes]
    SystemRandom().shuffle(choices)
    election = counting.election(ballot, projects, choices, ballot.municipality.name)
    file = counting.written(election)
    return _freeze(
        trajectory=ballot.trajectory,
        ballot=ballot,
        title=ballot.title,
        rule=ballot.rule,
        file=file,
        sha256=sha256(file.encode()).hexdigest(),
        outcome=counting.counted(election, ballot.rule),
        turnout=turnout.of_votes(votes),
        made_by=by,
    )


def _freeze(*, trajectory: Trajectory, **fields: Any) -> BallotResult:
    """A result with the next number of the trajectory, which is locked for it."""
    Trajectory.objects.select_for_update(of=("self",)).get(pk=trajectory.pk)
    last = BallotResult.objects.filter(trajectory=trajectory).aggregate(last=Max("number"))["last"] or 0
    made: BallotResult = BallotResult.objects.create(
        municipality_id=trajectory.municipality_id, trajectory=trajectory, number=last + 1, **fields
    )
    return made


def _tell_and_forget(ballot: ProjectBallot, result: BallotResult) -> None:
    rows = ProjectVote.objects.filter(ballot=ballot)
    voters = Participant.objects.filter(
        telling.REACHED, project_votes__in=rows.filter(confirmed_at__isnull=False)
    )
    telling.counted(result, voters=list(voters.distinct()))
    unconfirmed = list(rows.filter(confirmed_at__isnull=True).values_list("participant", flat=True))
    rows.delete()
    erasing.forget_idle_guests(Participant.objects.filter(pk__in=unconfirmed))


@transaction.atomic
def count_file(
    *, trajectory: Trajectory, raw: bytes, name: str, rule: str, title: str, by: User
) -> BallotResult:
    """Count an election that was held elsewhere. Only what came of it is kept, no voters and no file.

    The same file by the same rule again gives the result that is there. Refused (``FileRefused``): what is wrong in
    the file, with line, column and reason.
    """
    found = counting.read(raw, file=name)
    digest = sha256(raw).hexdigest()
    Trajectory.objects.select_for_update(of=("self",)).get(pk=trajectory.pk)
    same = BallotResult.objects.filter(trajectory=trajectory, ballot=None, sha256=digest, rule=rule).first()
    if same:
        return same
    outcome = {**counting.counted(found.election, rule), "remarks": list(found.remarks)}
    result = _freeze(
        trajectory=trajectory,
        title=(title.strip() or dict(found.election.meta).get("description", "") or name)[:120],
        rule=rule,
        sha256=digest,
        outcome=outcome,
        made_by=by,
    )
    activities.record(verb="ballots_counted_from_file", target=result, by=by)
    return result
