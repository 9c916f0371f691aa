"""The outbox: owing somebody a message, and delivering it.

The row is written in the transaction of what it tells about. After the commit a worker is woken, once for
all rows that came before it begins; when the broker is away or the worker dies, beat's sweep does the same.
A row is locked while it is being sent, so two workers never send the same one, and a worker that is killed
lets go of its lock at once. What goes wrong with one row, in making its mail or in sending it, holds up no other.

Between "the mail server took it" and "the row says so" lies a commit: a kill exactly there means that the
message is offered again, with the same Message-ID, by which mail servers know it for the same one.

There are two lanes, each with a queue and workers of its own: a message to one person never waits for one that
goes to very many (docs/adr/0020).
"""

import random
import time
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import structlog
from celery import current_app
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import CharField, Func, Model, Value
from django.utils import timezone
from django_scopes import scope, scopes_disabled
from kombu.exceptions import OperationalError
from redis import RedisError
from structlog.contextvars import bound_contextvars, get_contextvars

from trajecten import registry
from trajecten.domain import digesting, inbox, preferences, texts, writing
from trajecten.domain.composing import Shared, compose, mail, message_id, recipient, words
from trajecten.enums import Frequency, Lane, NotificationState, Role
from trajecten.models import FanOut, MessageText, Municipality, Notification, Participant, User
from trajecten.validators import is_email_address

__all__ = [
    "compose",
    "deliver",
    "deliver_due",
    "message_id",
    "outbox_row",
    "owe",
    "owe_each",
    "owe_followers",
    "owed",
    "wake",
]

log = structlog.get_logger(__name__)

MAX_ATTEMPTS = 12
MAX_BACKOFF = timedelta(hours=6)
BATCH = 200
SPREAD = 5
BUSY_SECONDS = 60
DELIVER_TASK = "trajecten.tasks.deliver_notifications"
BULK_TASK = "trajecten.tasks.deliver_bulk"
FAN_OUT_TASK = "trajecten.tasks.fan_out"
AWAKE_KEY = "outbox-awake"
AWAKE_SECONDS = 30
TASKS = {Lane.SINGLE: (DELIVER_TASK, AWAKE_KEY), Lane.BULK: (BULK_TASK, f"{AWAKE_KEY}-bulk")}


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
    transaction.on_commit(wake, robust=True)
    return writing.New(row, on_conflict="DO NOTHING")


def owe_each(
    *, key: str, to: Iterable[Participant], municipality: Municipality, about: Model | None, delivery_key: str
) -> None:
    """Owe the same message to many, in one statement per ``BATCH`` of them.

    Each gets the delivery key with their own number behind it; what was owed before is not owed again. More than
    ``BATCH`` of them are delivered in the lane of bulk. Raises KeyError for an unknown message.
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
    lane = Lane.BULK if len(rows) > BATCH else Lane.SINGLE
    for row in rows:
        row.lane = lane
    Notification.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    transaction.on_commit(partial(wake, lane) if lane == Lane.BULK else wake, robust=True)


def owe_followers(
    *, key: str, target: Model, municipality: Municipality, about: Model | None, delivery_key: str
) -> None:
    """Owe the same message to everybody who follows ``target``, in one row, however many they are.

    A job of its own turns it into outbox rows (``trajecten.domain.fanning_out``). The same delivery key for several
    targets tells who follows more than one of them once. Raises KeyError for an unknown message.
    """
    registry.message(key)
    row = FanOut(
        municipality=municipality,
        key=key,
        target=target,
        about=about,
        delivery_key=delivery_key,
        request_id=str(get_contextvars().get("request_id", "")),
    )
    writing.insert(writing.New(row, on_conflict="DO NOTHING"))
    transaction.on_commit(partial(_ask, FAN_OUT_TASK, "fanout-awake"), robust=True)


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


def wake(lane: str = Lane.SINGLE) -> None:
    """Ask a worker of this lane to deliver what is due, unless one was asked that has not begun yet."""
    task, awake_key = TASKS[Lane(lane)]
    _ask(task, awake_key)


def _ask(task: str, awake_key: str) -> None:
    """Asking costs the resident's request as much as several statements, so a burst asks once.

    While Redis is away nothing is asked at all. What the request did is committed by now, so no fault of the broker
    is raised.
    """
    if not cache.add(awake_key, 1, AWAKE_SECONDS):
        return
    try:
        current_app.send_task(task)
    except (OperationalError, RedisError, OSError) as error:
        cache.delete(awake_key)
        log.warning("broker_away", task=task, error=type(error).__name__)


def deliver_due(*, lane: str = Lane.SINGLE) -> int:
    """Deliver what is due in this lane, the longest waiting first, for about ``BUSY_SECONDS``.

    Returns how many were tried. From its first moment on it lets itself be woken again, so a row that comes while it
    looks is not missed. A row that can't even be written down as failed is left for the next sweep, and the others
    go on. All of them go over one connection to the mail server.
    """
    cache.delete(TASKS[Lane(lane)][1])
    stop_at = time.monotonic() + BUSY_SECONDS
    with scopes_disabled():
        due = Notification.objects.filter(
            state=NotificationState.QUEUED, lane=lane, due_at__lte=timezone.now()
        )
        waiting = list(
            due.order_by("due_at").values_list("pk", "delivery_key", "request_id")[: _looked_at(lane)]
        )
    if len(waiting) > BATCH:
        waiting = random.sample(waiting, BATCH)  # so that several workers seldom want the same row
    tried = 0
    batch = Batch(lane)
    try:
        for pk, delivery_key, request_id in waiting:
            if time.monotonic() > stop_at:
                break
            with bound_contextvars(request_id=request_id):
                try:
                    deliver(delivery_key=delivery_key, batch=batch)
                except Exception as error:
                    log.warning("notification_not_handled", notification=pk, error=type(error).__name__)
            tried += 1
    finally:
        batch.hang_up()
    if tried == BATCH or tried < len(waiting):
        wake(lane)
    return tried


def _looked_at(lane: str) -> int:
    """How many rows a worker chooses its batch from: in the lane of one person it keeps to the order."""
    return BATCH * SPREAD if lane == Lane.BULK else BATCH


@transaction.atomic
def deliver(*, delivery_key: str, batch: "Batch | None" = None) -> str:
    """Send the message if it is due. Returns the state it is in now; "busy" when another worker has it.

    A message that has lost its meaning is dropped; an address that is refused, or that no mail can be sent to, fails
    at once; any other fault is tried again later, with growing pauses, until ``MAX_ATTEMPTS``. ``batch`` is what
    goes along from one message to the next.
    """
    batch = batch or Batch()
    with scopes_disabled():
        rows = Notification.objects.select_for_update(skip_locked=True, of=("self",))
        row = (
            rows.annotate(commits=batch.commits)
            .select_related("municipality", "participant__user", "user")
            .defer("municipality__boundary")
            .filter(delivery_key=delivery_key, state=NotificationState.QUEUED, due_at__lte=timezone.now())
            .first()
        )
    if row is None:
        return "busy"
    with scope(municipality=row.municipality):
        _attempt(row, batch)
        row.save(update_fields=["state", "attempts", "error", "due_at", "sent_at", "title", "text", "path"])
    return row.state


@dataclass
class Batch:
    """What goes along from one message to the next: the line to the mail server, and words that are the same."""

    lane: str = Lane.SINGLE
    line: Any = field(default_factory=get_connection)
    shared: Shared = field(default_factory=Shared)

    @property
    def commits(self) -> Func:
        """How the transaction will be committed, said in the statement that locks the row.

        In the lane of bulk the disk is not waited for: what a crash of the database takes back, is offered again.
        """
        how = "off" if self.lane == Lane.BULK else "on"
        return Func(
            Value("synchronous_commit"),
            Value(how),
            Value(True),
            function="set_config",
            output_field=CharField(),
        )

    def hang_up(self) -> None:
        try:
            self.line.close()
        except (SMTPException, OSError) as error:
            log.info("mail_server_gone", error=type(error).__name__)

    def send(self, made: EmailMultiAlternatives) -> None:
        """Over the line that is open, or a new one. A server that hung up between two mails is called again once."""
        is_new = self.line.open()
        made.connection = self.line
        try:
            made.send()
        except SMTPServerDisconnected:
            if is_new:
                raise
            self.hang_up()
            self.line.open()
            made.send()


def _attempt(row: Notification, batch: Batch) -> None:
    row.attempts += 1
    try:
        # So that a fault of the database in making the words can still be written down.
        with nullcontext() if batch.shared.has(row) else transaction.atomic():
            made = _prepare(row, batch.shared)
        if made is None:
            return
        batch.send(made)
    except registry.NothingToSay as reason:
        row.state, row.error = NotificationState.DROPPED, str(reason)[:200]
    except SMTPRecipientsRefused as error:
        _fail(row, error, final=all(code >= 500 for code, _text in error.recipients.values()))
    except (SMTPException, OSError) as error:
        batch.hang_up()
        _fail(row, error, final=False)
    except ValueError as error:
        _fail(row, error, final=not is_email_address(recipient(row).email))
    except Exception as error:
        _fail(row, error, final=False)
    else:
        row.state, row.error, row.sent_at = NotificationState.SENT, "", timezone.now()


def _prepare(row: Notification, shared: Shared) -> EmailMultiAlternatives | None:
    """Put the message in the inbox of who has an account, and make its mail.

    None when there is no address or no wish for a mail, or when a digest will tell it; the row's state says which.
    Raises ``NothingToSay`` when the message has lost its meaning.
    """
    message, to = registry.message(row.key), recipient(row)
    chosen = preferences.of(to=to, municipality=row.municipality, category=message.category)
    account = _account(row) if message.in_portal and chosen.inapp != Frequency.NEVER else None
    is_mailed = bool(to.email) and chosen.mail != Frequency.NEVER
    if is_mailed or account:
        made = words(row, shared)
        if made.broken:
            _tell_broken(made.broken)
        short = {"title": made.subject[:200], "text": made.short, "path": made.path[:400]}
        if account:
            inbox.put(row=row, account=account, **short)
    if not is_mailed:
        row.state, row.error = NotificationState.DROPPED, "not wanted" if to.email else "no address"
        return None
    held_until = digesting.held_until(row, chosen.mail)
    if held_until is None:
        return mail(row, made)
    row.state, row.due_at, row.attempts = NotificationState.HELD, held_until, 0
    row.title, row.text, row.path = short["title"], short["text"], short["path"]
    return None


def _tell_broken(text: MessageText) -> None:
    """Tell the coordinators once of every version of their own words that could not be used."""
    coordinators = User.objects.filter(
        staff_roles__municipality=text.municipality_id, staff_roles__role=Role.COORDINATOR, is_active=True
    )
    for coordinator in coordinators.distinct():
        owe(
            key=texts.BROKEN,
            to=coordinator,
            municipality=text.municipality,
            about=text,
            delivery_key=f"{texts.BROKEN}:{text.pk}:{coordinator.pk}:{text.changed_at:%Y%m%d%H%M%S%f}",
        )


def _account(row: Notification) -> User | None:
    return row.user or (row.participant.user if row.participant else None)


def _fail(row: Notification, error: Exception, *, final: bool) -> None:
    row.error = type(error).__name__
    if final or row.attempts >= MAX_ATTEMPTS:
        row.state = NotificationState.FAILED
        log.error("notification_failed", notification=row.pk, message=row.key, error=row.error)
        if row.key == digesting.DIGEST and not final:
            digesting.release(row)
    else:
        row.due_at = timezone.now() + min(timedelta(seconds=10 * 2**row.attempts), MAX_BACKOFF)
        log.warning("notification_postponed", notification=row.pk, message=row.key, error=row.error)
