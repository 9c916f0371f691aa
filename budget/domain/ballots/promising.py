"""A project that won becomes a promise, so that everybody can follow it."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from budget.domain.ballots.locking import lock_with_ballot
from budget.domain.ballots.outcome import told
from budget.domain.ballots.refusals import BallotRefused
from budget.models import BallotProject, BallotResult
from trajecten.domain.promises import finding, making
from trajecten.models import Commitment, User


@transaction.atomic
def promise(*, project: BallotProject, text: str, deadline: date, owner: User, by: User) -> Commitment:
    """Promise to carry out a project that won. Refused (``BallotRefused``): before it was counted, one that was not
    on the ballot or did not win, and one that is promised already; and as ``making.promise_for``."""
    project = lock_with_ballot(project)
    result = BallotResult.objects.filter(ballot=project.ballot).first()
    if result is None:
        raise BallotRefused(_("The votes have not been counted yet."))
    counted = told(result).of_number(project.number)
    if counted is None:
        raise BallotRefused(_("This project was not on the ballot."))
    if not counted.won:
        raise BallotRefused(_("This project did not win."))
    if finding.standing(project).exists():
        raise BallotRefused(_("This has been promised already."))
    return making.promise_for(
        trajectory=project.trajectory,
        origins=[project],
        text=text,
        deadline=deadline,
        owner=owner,
        by=by,
        area=project.area,
    )
