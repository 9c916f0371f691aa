"""Who hears what of choosing themes."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from budget.models import ThemeBallot
from trajecten.domain.telling import notify
from trajecten.enums import EnrolmentStatus
from trajecten.models import Activity, Enrolment, Participant, Trajectory

ASKED = "budget.theme_vote_asked"
CHOSEN = "budget.themes_chosen"


def ask(ballot: ThemeBallot, *, to: Participant) -> None:
    """Mail the link by which somebody confirms, or finds the own page again: once a day."""
    notify.owe(
        key=ASKED,
        to=to,
        municipality=ballot.trajectory.municipality,
        about=ballot,
        delivery_key=f"{ASKED}:{ballot.pk}:{ballot.token[:8]}:{ballot.is_confirmed}:{timezone.localdate()}",
    )


def audience(trajectory: Trajectory) -> QuerySet[Participant]:
    """Who voted on the themes of this trajectory or takes part in it, and can be told anything."""
    voted = ThemeBallot.objects.filter(
        trajectory=trajectory, confirmed_at__isnull=False, participant__isnull=False
    )
    inside = Enrolment.objects.filter(trajectory=trajectory, status=EnrolmentStatus.ACTIVE)
    found = Q(pk__in=voted.values("participant")) | Q(pk__in=inside.values("participant"))
    return Participant.objects.filter(found).filter(Q(email__isnull=False) | Q(user__isnull=False))


def chosen(act: Activity, *, trajectory: Trajectory) -> None:
    """Tell them which themes were chosen."""
    notify.owe_each(
        key=CHOSEN,
        to=audience(trajectory),
        municipality=trajectory.municipality,
        about=act,
        delivery_key=f"{CHOSEN}:{act.pk}",
    )
