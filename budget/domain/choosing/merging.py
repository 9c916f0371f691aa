"""What becomes of what a guest chose when they turn out to be somebody who chose already."""

from budget.models import ThemeBallot
from trajecten.models import Participant


def unite_ballots(*, key: int, into: Participant) -> None:
    """One person counts once: the choice of the account stays, that of the guest goes."""
    ThemeBallot.objects.filter(pk=key).delete()
