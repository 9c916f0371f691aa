"""Delivering what is in the outbox.

A row is locked while it is being sent, so two workers never send the same one, and a worker that is killed
lets go of its lock at once. What goes wrong with one row, in making its mail or in sending it, holds up no other.

Between "the mail server took it" and "the row says so" lies a commit: a kill exactly there means that the
message is offered again, with the same Message-ID, by which mail servers know it for the same one. Only when in
between it became one to hold (somebody chose a digest, or got many mails), it comes a second time, in that digest.

There are two lanes, each with a queue and workers of its own: a message to one person never waits for one that
goes to very many (docs/adr/0020).
"""

import random
import time
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import structlog
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import CharField, Func, Value
from django.utils import timezone
from django_scopes import scope, scopes_disabled
from structlog.contextvars import bound_contextvars

from trajecten import registry
from trajecten.domain.staffing import people
from trajecten.domain.telling import digesting, inbox, notify, preferences, texts, waking
from trajecten.domain.telling.composing import Shared, mail, recipient, words
from trajecten.enums import Frequency, Lane, NotificationState
from trajecten.models import MessageText, Notification, Participant, User
from trajecten.validators import is_email_address

log = structlog.get_logger(__name__)


MAX_ATTEMPTS = 12
MAX_BACKOFF = timedelta(hours=6)
BATCH = 200
SPREAD = 5
BUSY_SECONDS = 60


def deliver_due(*, lane: str = Lane.SINGLE) -> int:
    """Deliver what is due in this lane, the longest waiting first, for about ``BUSY_SECONDS``.

    Returns how many were tried. From its first moment on it lets itself be woken again, so a row that comes while it
    looks is not missed. A row that can't even be written down as failed is left for the next sweep, and the others
    go on. All of them go over one connection to the mail server.
    """
    cache.delete(waking.TASKS[Lane(lane)][1])
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
        waking.wake(lane)
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
    chosen = preferences.wanted(to=to, municipality=row.municipality, category=message.category)
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
        row.state, row.error = NotificationState.DROPPED, _why_not(to)
        return None
    held_until = digesting.held_until(row, chosen.mail)
    if held_until is None:
        return mail(row, made)
    row.state, row.due_at, row.attempts = NotificationState.HELD, held_until, 0
    row.title, row.text, row.path = short["title"], short["text"], short["path"]
    return None


def _why_not(to: Participant | User) -> str:
    """Why somebody gets no mail, as the row of the outbox keeps it."""
    if not to.email:
        return "no address"
    return "consent withdrawn" if preferences.is_closed(to) else "not wanted"


def _tell_broken(text: MessageText) -> None:
    """Tell the coordinators once of every version of their own words that could not be used."""
    for coordinator in people.coordinators(text.municipality_id):
        notify.owe(
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
