"""The newest row of an alternative. Who needs its round locked too locks that first."""

from django.utils.translation import gettext as _

from budget.domain.alternatives.refusals import AlternativeRefused
from budget.domain.rounds import locking
from budget.models import Alternative, Round

CLOSED = "closed"
GONE = "gone"


def lock(alternative: Alternative) -> Alternative:
    """Refused (``AlternativeRefused``, code ``GONE``) when it was taken back meanwhile."""
    rows = Alternative.objects.select_for_update(of=("self",), no_key=True)
    found: Alternative | None = (
        rows.select_related("round__trajectory", "author", "municipality").filter(pk=alternative.pk).first()
    )
    if found is None:
        raise AlternativeRefused(_("This alternative is not there any more: it was taken back."), code=GONE)
    return found


def lock_with_round(alternative: Alternative) -> Alternative:
    """The newest row in a round that can't be closed before this transaction ends. Refused as ``lock``."""
    found_round = locking.lock(alternative.round)
    found = lock(alternative)
    found.round = found_round
    return found


def check_takes(found: Round) -> None:
    """Refuse (``AlternativeRefused``, code ``CLOSED``) when no alternatives are taken (any more)."""
    if not locking.takes(found):
        raise AlternativeRefused(_("This round is closed: nothing can be changed any more."), code=CLOSED)
