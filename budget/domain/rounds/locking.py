"""The newest row of a round, and whether one can make an alternative in it."""

from django.utils.translation import gettext as _

from budget.domain.rounds.refusals import RoundRefused
from budget.method import MAKE_ALTERNATIVE
from budget.models import Round


def lock(found: Round) -> Round:
    """The newest row, locked to the end of the transaction; who begins an alternative meanwhile does not wait."""
    rows = Round.objects.select_for_update(of=("self",), no_key=True)
    newest: Round = rows.select_related("trajectory", "budget", "municipality").get(pk=found.pk)
    return newest


def lock_unopened(found: Round) -> Round:
    """As ``lock``. Refused (``RoundRefused``) once it was opened: then people reckon with what it says."""
    newest = lock(found)
    if newest.opened_at is not None:
        raise RoundRefused(_("This round has been opened: its lines can't change any more."))
    return newest


def takes(found: Round) -> bool:
    """Whether people can make an alternative now, or change theirs: the round is open and so is its step."""
    return found.is_open and found.trajectory.allows(MAKE_ALTERNATIVE)
