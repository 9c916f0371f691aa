"""Who hears of a signal on adopted money: who keeps the promise and who leads the trajectory always; who takes part
in it or follows it when money stays unspent, for that is what the council promised them."""

from budget.domain.monitoring.following import Followed
from budget.enums import Signal
from budget.models import Alert
from trajecten.domain.promises import people
from trajecten.domain.staffing import people as staff
from trajecten.domain.telling import news, notify
from trajecten.models import Enrolment, Municipality, Participant, Trajectory, User

STAFF = "budget.money_signal"
RESIDENTS = "budget.money_left"


def tell(alert: Alert, one: Followed) -> None:
    """Owe each of them one message of this signal, in the transaction that notes it."""
    trajectory, municipality = one.about.round.trajectory, one.line.municipality
    key = f"budget.signal:{alert.pk}"
    keepers = _keepers(one, trajectory)
    for person in keepers:
        # Who keeps the promise and takes part hears it once: participants have one key for both messages.
        who = f"u{person.pk}" if isinstance(person, User) else person.pk
        notify.owe(key=STAFF, to=person, municipality=municipality, about=alert, delivery_key=f"{key}:{who}")
    if alert.signal == Signal.UNDER:
        _tell_residents(alert, trajectory, municipality, key)


def _tell_residents(alert: Alert, trajectory: Trajectory, municipality: Municipality, key: str) -> None:
    inside = Enrolment.objects.filter(trajectory=trajectory).active()
    to = Participant.objects.filter(pk__in=inside.values("participant"), email__isnull=False)
    notify.owe_each(key=RESIDENTS, to=to, municipality=municipality, about=alert, delivery_key=key)
    news.tell(key=RESIDENTS, about=alert, targets=[trajectory], delivery_key=key)


def _keepers(one: Followed, trajectory: Trajectory) -> list[User | Participant]:
    """Who keeps the promise, and the coordinator of the trajectory or else all of the municipality; each once."""
    found: list[User | Participant] = list(people.keepers(one.promise)) if one.promise else []
    own = trajectory.coordinator
    leads = [own] if own and own.is_active else list(staff.coordinators(one.line.municipality_id))
    return [*found, *(user for user in leads if user not in found)]
