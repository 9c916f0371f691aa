"""Mail for handlers: what is new in their themes, at most once an hour."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_scopes import scope

from buurtschouw.models import Report
from trajecten.domain.telling import notify
from trajecten.enums import Channel, NotificationState, Role
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

    What came in while this job did not run is in the next digest: each begins where the last one that was told
    ended. One that could not be sent yet is stretched instead of followed by another, and what one that failed
    had to tell is in the next. The same job in two workers at once owes the same digest, once.
    """
    owed = 0
    for municipality in Municipality.objects.participating():
        with scope(municipality=municipality):
            handlers = User.objects.filter(
                staff_roles__municipality=municipality, staff_roles__role=Role.HANDLER, is_active=True
            ).distinct()
            owed += sum(_owe(municipality, handler) for handler in handlers)
    return owed


@transaction.atomic
def _owe(municipality: Municipality, handler: User) -> bool:
    until = timezone.now() - SETTLED
    newest = _digests(handler).select_for_update(of=("self",)).order_by("-id").first()
    if newest and newest.state == NotificationState.QUEUED:
        _stretch(newest, until)
        return False
    if newest and _moment(newest, "until") > until - PAUSE:
        return False
    since = _told_until(handler) or until - FIRST_WINDOW
    if not Report.objects.new_for(handler, since, until).exists():
        return False
    after = newest.context["until"] if newest else "first"
    notify.owe(
        key=DIGEST,
        to=handler,
        municipality=municipality,
        about=None,
        delivery_key=f"{DIGEST}:{municipality.pk}:{handler.pk}:{after}",
        context={"since": since.isoformat(), "until": until.isoformat()},
    )
    return True


def _stretch(waiting: Notification, until: datetime) -> None:
    """Let the digest that could not be sent yet tell of everything up to now; its row is locked."""
    if until > _moment(waiting, "until"):
        waiting.context = {**waiting.context, "until": until.isoformat()}
        waiting.save(update_fields=["context"])


def _told_until(handler: User) -> datetime | None:
    """Up to when this handler was told what is new; None when nothing was tried. What failed told nothing."""
    told = _digests(handler).exclude(state=NotificationState.FAILED).order_by("-id").first()
    if told:
        return _moment(told, "until")
    first = _digests(handler).order_by("id").first()
    return _moment(first, "since") if first else None


def _digests(handler: User) -> QuerySet[Notification]:
    found: QuerySet[Notification] = Notification.objects.filter(
        user=handler, key=DIGEST, channel=Channel.EMAIL
    )
    return found


def _moment(row: Notification, name: str) -> datetime:
    return datetime.fromisoformat(row.context[name])
