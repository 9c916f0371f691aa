"""What somebody with an account reads in the portal itself, per municipality."""

from django.db.models import QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone

from trajecten.domain import writing
from trajecten.enums import Channel, NotificationState
from trajecten.models import Municipality, Notification, Participant, User
from trajecten.rules import works_for

SUFFIX = "@inapp"
COUNTED = 99


def put(*, row: Notification, account: User, title: str, text: str, path: str) -> None:
    """Put a message that is being delivered in the inbox of this account, once, with the words that it has now."""
    now = timezone.now()
    item = Notification(
        municipality=row.municipality,
        key=row.key,
        channel=Channel.INAPP,
        user=account,
        content_type_id=row.content_type_id,
        object_id=row.object_id,
        delivery_key=f"{row.delivery_key}{SUFFIX}",
        lane=row.lane,
        request_id=row.request_id,
        state=NotificationState.SENT,
        due_at=now,
        sent_at=now,
        title=title,
        text=text,
        path=path,
    )
    writing.insert(writing.New(item, on_conflict="DO NOTHING"))


def of(*, user: User, municipality: Municipality) -> QuerySet[Notification]:
    """The newest first."""
    found: QuerySet[Notification] = Notification.objects.filter(
        municipality=municipality, user=user, channel=Channel.INAPP
    )
    return found.order_by("-created_at", "-id")


def of_participant(participant: Participant) -> QuerySet[Notification]:
    """What was told to somebody as who takes part here. For who works here too, without what is about the work."""
    if participant.user is None:
        none: QuerySet[Notification] = Notification.objects.none()
        return none
    rows = of(user=participant.user, municipality=participant.municipality)
    if not works_for(participant.user, participant.municipality_id):
        return rows
    told = Notification.objects.filter(participant=participant)
    return rows.filter(delivery_key__in=told.values_list(Concat("delivery_key", Value(SUFFIX))))


def unread(*, user: User, municipality: Municipality) -> int:
    """How many are not read; counted no further than one over ``COUNTED``."""
    rows = of(user=user, municipality=municipality).filter(read_at__isnull=True).order_by()
    return rows[: COUNTED + 1].count()


def mark(*, user: User, municipality: Municipality, number: int, read: bool = True) -> Notification:
    """Read, or unread again. Raises ``Notification.DoesNotExist`` for a message of somebody else."""
    rows = of(user=user, municipality=municipality)
    rows.filter(pk=number, read_at__isnull=read).update(read_at=timezone.now() if read else None)
    return rows.get(pk=number)


def mark_all(*, user: User, municipality: Municipality) -> int:
    """Read, all of them. Returns how many were not."""
    rows = of(user=user, municipality=municipality).order_by()
    return rows.filter(read_at__isnull=True).update(read_at=timezone.now())
