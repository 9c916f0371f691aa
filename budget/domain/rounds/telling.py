"""Who hears that a round was opened: the members of the trajectory, and who follows it."""

from django.db.models import Q

from budget.models import Round
from trajecten.domain.telling import news, notify
from trajecten.models import Enrolment, Participant

OPENED = "budget.round_opened"
FOLLOWED = "budget.followed_round"


def opened(found: Round) -> None:
    """Tell both; who is a member and follows it too hears it once."""
    members = Enrolment.objects.filter(trajectory=found.trajectory_id).active().values("participant")
    reached = Q(email__isnull=False) | Q(user__isnull=False)
    to = Participant.objects.filter(reached, pk__in=members, erased_at__isnull=True)
    key = f"{OPENED}:{found.pk}"
    notify.owe_each(key=OPENED, to=to, municipality=found.municipality, about=found, delivery_key=key)
    news.tell(key=FOLLOWED, about=found, targets=[found.trajectory], delivery_key=key)
