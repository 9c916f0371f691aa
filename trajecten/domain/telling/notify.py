"""The outbox: owing somebody a message.

The row is written in the transaction of what it tells about. After the commit a worker is woken, once for
all rows that came before it begins; when the broker is away or the worker dies, beat's sweep does the same.
"""

from collections.abc import Iterable
from functools import partial

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from structlog.contextvars import get_contextvars

from trajecten import registry
from trajecten.domain import writing
from trajecten.domain.telling import waking
from trajecten.enums import Lane
from trajecten.models import FanOut, Municipality, Notification, Participant, User

# To more people than this at once it goes in the lane of bulk, so many in one statement.
MANY = 200


def owe(
    *,
    key: str,
    to: Participant | User,
    municipality: Municipality,
    about: Model | None,
    delivery_key: str,
    context: dict[str, object] | None = None,
) -> None:
    """Write the outbox row; the same delivery key again changes nothing. Raises KeyError for an unknown message.

    ``context`` may hold keys, numbers and ISO dates: words of people stay in the rows they are from.
    """
    writing.insert(
        owed(
            key=key,
            to=to,
            municipality=municipality,
            about=about,
            delivery_key=delivery_key,
            context=context,
        )
    )


def owed(
    *,
    key: str,
    to: Participant | User,
    municipality: Municipality,
    about: Model | None,
    delivery_key: str,
    context: dict[str, object] | None = None,
) -> writing.New[Notification]:
    """The row behind ``owe``, for who inserts it with other rows in this transaction; the worker is woken after it."""
    row = outbox_row(
        key=key,
        to=to,
        municipality=municipality,
        about=about,
        delivery_key=delivery_key,
        context=context,
    )
    transaction.on_commit(waking.wake, robust=True)
    return writing.New(row, on_conflict="DO NOTHING")


def owe_each(
    *, key: str, to: Iterable[Participant], municipality: Municipality, about: Model | None, delivery_key: str
) -> None:
    """Owe the same message to many, in one statement per ``MANY`` of them.

    Each gets the delivery key with their own number behind it; what was owed before is not owed again. More than
    ``MANY`` of them are delivered in the lane of bulk. Raises KeyError for an unknown message.
    """
    rows = [
        outbox_row(
            key=key,
            to=participant,
            municipality=municipality,
            about=about,
            delivery_key=f"{delivery_key}:{participant.pk}",
        )
        for participant in to
    ]
    if not rows:
        return
    lane = Lane.BULK if len(rows) > MANY else Lane.SINGLE
    for row in rows:
        row.lane = lane
    Notification.objects.bulk_create(rows, batch_size=MANY, ignore_conflicts=True)
    transaction.on_commit(partial(waking.wake, lane) if lane == Lane.BULK else waking.wake, robust=True)


def owe_followers(
    *,
    key: str,
    target: Model,
    municipality: Municipality,
    about: Model | None,
    delivery_key: str,
    unless_told: str = "",
) -> None:
    """Owe the same message to everybody who follows ``target``, in one row, however many they are.

    A job of its own turns it into outbox rows (``fanning_out``). The same delivery key for several
    targets tells who follows more than one of them once. ``unless_told`` is the delivery key of another message about
    the same act: who gets that one, owed in person or by following its target, does not get this one. Raises KeyError
    for an unknown message.
    """
    registry.message(key)
    row = FanOut(
        municipality=municipality,
        key=key,
        target=target,
        about=about,
        delivery_key=delivery_key,
        unless_told=unless_told,
        request_id=str(get_contextvars().get("request_id", "")),
    )
    writing.insert(writing.New(row, on_conflict="DO NOTHING"))
    transaction.on_commit(partial(waking.ask, waking.FAN_OUT_TASK, "fanout-awake"), robust=True)


def outbox_row(
    *,
    key: str,
    to: Participant | User,
    municipality: Municipality,
    about: Model | None,
    delivery_key: str,
    context: dict[str, object] | None = None,
) -> Notification:
    """A row that has still to be inserted. Raises KeyError for an unknown message."""
    registry.message(key)
    return Notification(
        municipality=municipality,
        key=key,
        participant=to if isinstance(to, Participant) else None,
        user=to if isinstance(to, User) else None,
        about=about,
        delivery_key=delivery_key,
        context=context or {},
        request_id=str(get_contextvars().get("request_id", "")),
        due_at=timezone.now(),
    )
