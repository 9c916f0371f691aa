"""Who hears of a signal on adopted money.

Who keeps the promise and who leads the trajectory hear all of them. Who takes part in it or follows it hears when money
stays unspent, for that is what the council promised them; a resident who keeps the promise is told as they are.
"""

from budget.domain.monitoring.following import Followed
from budget.enums import Signal
from budget.models import Alert
from trajecten.domain.staffing import people as staff
from trajecten.domain.telling import news, notify
from trajecten.models import Enrolment, Municipality, Participant, Trajectory, User

STAFF = "budget.money_signal"
RESIDENTS = "budget.money_told"


def tell(alert: Alert, one: Followed) -> None:
    """Owe each of them one message of this signal, in the transaction that notes it."""
    trajectory, municipality = one.about.round.trajectory, one.line.municipality
    key = f"budget.signal:{alert.pk}"
    for user in _staff(one, trajectory):
        notify.owe(
            key=STAFF, to=user, municipality=municipality, about=alert, delivery_key=f"{key}:u{user.pk}"
        )
    keeper = one.promise.owner_participant if one.promise else None
    if keeper and keeper.email:
        notify.owe_each(key=RESIDENTS, to=[keeper], municipality=municipality, about=alert, delivery_key=key)
    if alert.signal == Signal.UNDER:
        _tell_residents(alert, trajectory, municipality, key)


def _tell_residents(alert: Alert, trajectory: Trajectory, municipality: Municipality, key: str) -> None:
    inside = Enrolment.objects.filter(trajectory=trajectory).active()
    to = Participant.objects.filter(pk__in=inside.values("participant"), email__isnull=False)
    notify.owe_each(key=RESIDENTS, to=to, municipality=municipality, about=alert, delivery_key=key)
    news.tell(key=RESIDENTS, about=alert, targets=[trajectory], delivery_key=key)


def _staff(one: Followed, trajectory: Trajectory) -> list[User]:
    """The official who keeps the promise, and the coordinator of the trajectory or else all of the municipality."""
    owner, own = one.promise.owner if one.promise else None, trajectory.coordinator
    leads = [own] if own and own.is_active else list(staff.coordinators(one.line.municipality_id))
    return [*([owner] if owner and owner.is_active and owner not in leads else []), *leads]
