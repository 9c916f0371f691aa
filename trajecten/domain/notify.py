"""The outbox: owing somebody a message, and delivering it.

The row is written in the transaction of what it tells about. After the commit a worker is woken, once for
all rows that came before it begins; when the broker is away or the worker dies, beat's sweep does the same.
A row is locked while it is being sent, so two workers never send the same one, and a worker that is killed
lets go of its lock at once. What goes wrong with one row, in making its mail or in sending it, holds up no other.

Between "the mail server took it" and "the row says so" lies a commit: a kill exactly there means that the
message is offered again, with the same Message-ID, by which mail servers know it for the same one.
"""

import hashlib
import time
from collections.abc import Iterable
from datetime import timedelta
from email.utils import formataddr, parseaddr
from smtplib import SMTPException, SMTPRecipientsRefused

import structlog
from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_scopes import scope, scopes_disabled
from kombu.exceptions import OperationalError
from redis import RedisError
from structlog.contextvars import bound_contextvars, get_contextvars

from trajecten import registry
from trajecten.domain import unsubscribing, writing
from trajecten.enums import NotificationState
from trajecten.models import Municipality, Notification, Participant, User
from trajecten.validators import is_email_address

log = structlog.get_logger(__name__)

MAX_ATTEMPTS = 12
MAX_BACKOFF = timedelta(hours=6)
BATCH = 200
BUSY_SECONDS = 60
DELIVER_TASK = "trajecten.tasks.deliver_notifications"
AWAKE_KEY = "outbox-awake"
AWAKE_SECONDS = 30


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

    Each gets the delivery key with their own number behind it; what was owed before is not owed again.
    Raises KeyError for an unknown message.
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
    if rows:
        Notification.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
        transaction.on_commit(wake, robust=True)


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


def wake() -> None:
    """Ask a worker to deliver what is due, unless one was asked that has not begun yet.

    Asking costs the resident's request as much as several statements, so a burst asks once. While Redis is
    away nothing is asked at all. What the request did is committed by now, so no fault of the broker is raised.
    """
    if not cache.add(AWAKE_KEY, 1, AWAKE_SECONDS):
        return
    try:
        current_app.send_task(DELIVER_TASK)
    except (OperationalError, RedisError, OSError) as error:
        cache.delete(AWAKE_KEY)
        log.warning("broker_away", task=DELIVER_TASK, error=type(error).__name__)


def deliver_due() -> int:
    """Deliver what is due, the longest waiting first, for about ``BUSY_SECONDS``. Returns how many were tried.

    From its first moment on it lets itself be woken again, so a row that comes while it looks is not missed. A row
    that can't even be written down as failed is left for the next sweep, and the others go on.
    """
    cache.delete(AWAKE_KEY)
    stop_at = time.monotonic() + BUSY_SECONDS
    with scopes_disabled():
        due = Notification.objects.filter(state=NotificationState.QUEUED, due_at__lte=timezone.now())
        waiting = list(due.order_by("due_at").values_list("pk", "delivery_key", "request_id")[:BATCH])
    tried = 0
    for pk, delivery_key, request_id in waiting:
        if time.monotonic() > stop_at:
            break
        with bound_contextvars(request_id=request_id):
            try:
                deliver(delivery_key=delivery_key)
            except Exception as error:
                log.warning("notification_not_handled", notification=pk, error=type(error).__name__)
        tried += 1
    if tried == BATCH or tried < len(waiting):
        wake()
    return tried


@transaction.atomic
def deliver(*, delivery_key: str) -> str:
    """Send the message if it is due. Returns the state it is in now; "busy" when another worker has it.

    A message that has lost its meaning is dropped; an address that is refused, or that no mail can be sent to, fails
    at once; any other fault is tried again later, with growing pauses, until ``MAX_ATTEMPTS``.
    """
    with scopes_disabled():
        rows = Notification.objects.select_for_update(skip_locked=True, of=("self",))
        row = (
            rows.select_related("municipality", "participant", "user")
            .defer("municipality__boundary")
            .filter(delivery_key=delivery_key, state=NotificationState.QUEUED, due_at__lte=timezone.now())
            .first()
        )
    if row is None:
        return "busy"
    with scope(municipality=row.municipality):
        _attempt(row)
    row.save(update_fields=["state", "attempts", "error", "due_at", "sent_at"])
    return row.state


def _attempt(row: Notification) -> None:
    row.attempts += 1
    try:
        with transaction.atomic():  # so that a fault of the database can still be written down
            mail = compose(row)
        mail.send()
    except registry.NothingToSay as reason:
        row.state, row.error = NotificationState.DROPPED, str(reason)[:200]
    except SMTPRecipientsRefused as error:
        _fail(row, error, final=all(code >= 500 for code, _text in error.recipients.values()))
    except (SMTPException, OSError) as error:
        _fail(row, error, final=False)
    except ValueError as error:
        _fail(row, error, final=not is_email_address(_recipient(row).email))
    except Exception as error:
        _fail(row, error, final=False)
    else:
        row.state, row.error, row.sent_at = NotificationState.SENT, "", timezone.now()


def _fail(row: Notification, error: Exception, *, final: bool) -> None:
    row.error = type(error).__name__
    if final or row.attempts >= MAX_ATTEMPTS:
        row.state = NotificationState.FAILED
        log.error("notification_failed", notification=row.pk, message=row.key, error=row.error)
    else:
        row.due_at = timezone.now() + min(timedelta(seconds=10 * 2**row.attempts), MAX_BACKOFF)
        log.warning("notification_postponed", notification=row.pk, message=row.key, error=row.error)


def compose(row: Notification) -> EmailMultiAlternatives:
    """Make the mail in the recipient's language. Raises ``NothingToSay`` when there is no address or no point."""
    message = registry.message(row.key)
    recipient = _recipient(row)
    if not recipient.email:
        raise registry.NothingToSay("no address")
    if row.participant and unsubscribing.is_stopped(row.participant, message.category):
        raise registry.NothingToSay("not wanted")
    stop_url = _stop_url(row, message)
    with translation.override(recipient.language):
        context = {
            "municipality": row.municipality,
            "base_url": settings.BASE_URL,
            "unsubscribe_url": stop_url,
            **message.context(row),
        }
        subject = " ".join(render_to_string(f"{message.template}.subject.txt", context).split())
        body = render_to_string(f"{message.template}.txt", context)
        html = render_to_string(f"{message.template}.html", context)
        sender = _sender(row.municipality)
    mail = EmailMultiAlternatives(
        subject=subject,
        body=body,
        from_email=sender,
        to=[recipient.email],
        reply_to=[row.municipality.contact_email] if row.municipality.contact_email else None,
        headers=_headers(row, stop_url),
    )
    mail.attach_alternative(html, "text/html")
    return mail


def _recipient(row: Notification) -> Participant | User:
    recipient = row.participant or row.user
    assert recipient is not None  # noqa: S101  the database holds that there is one
    return recipient


def _sender(municipality: Municipality) -> str:
    """The municipality by name, at the portal's own address: only that is the portal's to send from."""
    name = _("Municipality of %(name)s") % {"name": municipality.name}
    return formataddr((name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


def _stop_url(row: Notification, message: registry.Message) -> str:
    if row.participant is None or not message.stops:
        return ""
    return unsubscribing.url(
        participant=row.participant, municipality=row.municipality, category=message.category
    )


def _headers(row: Notification, stop_url: str) -> dict[str, str]:
    """With RFC 8058's two, by which a mail program can offer a button of its own to stop these mails."""
    headers = {"Message-ID": message_id(row.delivery_key), "Auto-Submitted": "auto-generated"}
    if stop_url:
        headers["List-Unsubscribe"] = f"<{stop_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def message_id(delivery_key: str) -> str:
    """The same key always gives the same Message-ID, so that a message offered twice is known as one."""
    digest = hashlib.sha256(delivery_key.encode()).hexdigest()[:40]
    host = settings.BASE_URL.partition("://")[2].partition("/")[0].partition(":")[0]
    return f"<{digest}@{host}>"
