"""What becomes of two alternatives in one round when a guest becomes an account that made one too."""

from budget.domain.rounds import locking
from budget.enums import AlternativeState
from budget.models import Alternative, Round
from trajecten.models import Participant


def unite_alternatives(*, key: int, into: Participant) -> None:
    """One person, one alternative: the finished one stays, else the one that was changed last."""
    found = locking.lock(Round.objects.get(alternatives=key))
    guests, mine = Alternative.objects.get(pk=key), Alternative.objects.get(round=found, author=into)

    def worth(row: Alternative) -> tuple[bool, object]:
        return row.state == AlternativeState.FINISHED, row.changed_at

    if worth(mine) >= worth(guests):
        guests.delete()
        return
    mine.delete()
    Alternative.objects.filter(pk=key).update(author=into)
