"""Mail for handlers: what is new in their themes, at most once an hour."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django_scopes import scope

from buurtschouw.models import Report
from trajecten.domain import notify
from trajecten.enums import Role
from trajecten.models import Municipality, Notification, User

DIGEST = "buurtschouw.handler_digest"
PAUSE = timedelta(hours=1)
# Who has had no digest yet does not get a year of reports at once.
FIRST_WINDOW = timedelta(days=1)
# A report gets its moment before its transaction ends, on a server whose clock may differ a little: by now
# everything of this long ago is there.
SETTLED = timedelta(minutes=1)


def owe_digests() -> int:
    """Owe every handler with new reports a digest, if an hour has passed since the last. Returns how many.

    What came in while this job did not run is in the next digest: each begins where the last one ended. The same
    job in two workers at once owes the same digest, once.
    """
    owed = 0
    for municipality in Municipality.objects.participating():
        with scope(municipality=municipality):
            handlers = User.objects.filter(
                staff_roles__municipality=municipality, staff_roles__role=Role.HANDLER, is_active=True
            ).distinct()
            owed += sum(_owe(municipality, handler) for handler in handlers)
    return owed


def _owe(municipality: Municipality, handler: User) -> bool:
    until = timezone.now() - SETTLED
    last = _last_until(handler)
    if last and last > until - PAUSE:
        return False
    since = last or until - FIRST_WINDOW
    if not Report.objects.new_for(handler, since, until).exists():
        return False
    notify.owe(
        key=DIGEST,
        to=handler,
        municipality=municipality,
        about=None,
        delivery_key=f"{DIGEST}:{municipality.pk}:{handler.pk}:{last.isoformat() if last else 'first'}",
        context={"since": since.isoformat(), "until": until.isoformat()},
    )
    return True


def _last_until(handler: User) -> datetime | None:
    last = Notification.objects.filter(user=handler, key=DIGEST).order_by("-id").first()
    return parse_datetime(last.context["until"]) if last else None
