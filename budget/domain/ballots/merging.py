"""What becomes of two ballot papers of one vote when a guest becomes an account that voted too."""

from budget.models import ProjectVote
from trajecten.models import Participant


def unite_votes(*, key: int, into: Participant) -> None:
    """One person, one ballot paper: the account's stays and the guest's (``key``) goes, unless only the guest's was
    confirmed: then its choices are the account's."""
    guests = ProjectVote.objects.select_for_update(of=("self",)).get(pk=key)
    mine = ProjectVote.objects.select_for_update(of=("self",)).get(ballot=guests.ballot_id, participant=into)
    if guests.confirmed_at and not mine.confirmed_at:
        mine.choices, mine.confirmed_at = guests.choices, guests.confirmed_at
        mine.save(update_fields=["choices", "confirmed_at"])
    guests.delete()
