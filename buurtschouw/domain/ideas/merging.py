"""What becomes of two joinings of one idea when a guest becomes an account that joined it too."""

from buurtschouw.domain.ideas import power
from buurtschouw.enums import JoiningRole
from buurtschouw.models import Joining, Report
from trajecten.models import Participant


def unite_joinings(*, key: int, into: Participant) -> None:
    """Make the guest's joining (``key``) and that of ``into`` one: the account's row, that pulls if either does.

    Where the account had not confirmed, the guest's confirmation counts: the address was proven by either.
    """
    report = Report.objects.select_for_update(of=("self",)).defer("search").get(joinings=key)
    guests, mine = Joining.objects.get(pk=key), Joining.objects.get(report=report, participant=into)
    mine.confirmed_at = mine.confirmed_at or guests.confirmed_at
    mine.can_do = mine.can_do or guests.can_do
    since = [row.pulls_since for row in (mine, guests) if row.pulls_since and row.is_confirmed]
    mine.pulls_since = min(since, default=None)
    mine.role = JoiningRole.PULLS if since else JoiningRole.JOINS
    guests.delete()
    mine.save()
    power.renew(report=report, is_active=False)
