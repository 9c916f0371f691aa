"""The outbox: owing somebody a message, and delivering it.

The row is written in the transaction of what it tells about. After the commit a task is asked to deliver
it; when the broker is away or the worker dies, ``sweep`` finds it. A row is locked while it is being sent,
so two workers never send the same one, and a worker that is killed lets go of its lock at once.

Between "the mail server took it" and "the row says so" lies a commit: a kill exactly there means that the
message is offered again, with the same Message-ID, by which mail servers know it for the same one.
"""

import hashlib
from datetime import timedelta
from functools import partial
from smtplib import SMTPException, SMTPRecipientsRefused

import structlog
from celery import current_app
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django_scopes import scope, scopes_disabled
from kombu.exceptions import OperationalError

from trajecten import registry
from trajecten.enums import NotificationState
from trajecten.models import Municipality, Notification, Participant, User

log = structlog.get_logger(__name__)

MAX_ATTEMPTS = 12
MAX_BACKOFF = timedelta(hours=6)
SWEEP_AFTER = timedelta(seconds=20)
SWEEP_BATCH = 500
DELIVER_TASK = "trajecten.tasks.deliver_notification"


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
    registry.message(key)
    row = Notification(
        municipality=municipality,
        key=key,
        participant=to if isinstance(to, Participant) else None,
        user=to if isinstance(to, User) else None,
        about=about,
        delivery_key=delivery_key,
        context=context or {},
        due_at=timezone.now(),
    )
    Notification.objects.bulk_create([row], ignore_conflicts=True)
    transaction.on_commit(partial(_ask_for_delivery, delivery_key))


def _ask_for_delivery(delivery_key: str) -> None:
    try:
        current_app.send_task(DELIVER_TASK, args=[delivery_key])
    except (OperationalError, OSError) as error:
        log.warning("broker_away", task=DELIVER_TASK, error=type(error).__name__)


def sweep() -> int:
    """Ask again for every delivery that is due and was not made. Returns how many."""
    with scopes_disabled():
        due = Notification.objects.filter(
            state=NotificationState.QUEUED, due_at__lte=timezone.now() - SWEEP_AFTER
        ).order_by("due_at")
        keys = list(due.values_list("delivery_key", flat=True)[:SWEEP_BATCH])
    for delivery_key in keys:
        _ask_for_delivery(delivery_key)
    return len(keys)


@transaction.atomic
def deliver(*, delivery_key: str) -> str:
    """Send the message if it is due. Returns the state it is in now; "busy" when another worker has it.

    A message that has lost its meaning is dropped, a refused address fails at once, any other fault is
    tried again later, with growing pauses, until ``MAX_ATTEMPTS``.
    """
    with scopes_disabled():
        rows = Notification.objects.select_for_update(skip_locked=True, of=("self",))
        row = (
            rows.select_related("municipality", "participant", "user")
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
        mail = compose(row)
        mail.send()
    except registry.NothingToSay as reason:
        row.state, row.error = NotificationState.DROPPED, str(reason)[:200]
    except SMTPRecipientsRefused as error:
        _fail(row, error, final=all(code >= 500 for code, _text in error.recipients.values()))
    except (SMTPException, OSError) as error:
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
    recipient = row.participant or row.user
    if recipient is None or not recipient.email:
        raise registry.NothingToSay("no address")
    if row.participant and message.category in row.participant.muted_categories:
        raise registry.NothingToSay("not wanted")
    with translation.override(recipient.language):
        context = {"municipality": row.municipality, "base_url": settings.BASE_URL, **message.context(row)}
        subject = " ".join(render_to_string(f"{message.template}.subject.txt", context).split())
        mail = EmailMultiAlternatives(
            subject=subject,
            body=render_to_string(f"{message.template}.txt", context),
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[recipient.email],
            reply_to=[row.municipality.contact_email] if row.municipality.contact_email else None,
            headers={"Message-ID": message_id(row.delivery_key), "Auto-Submitted": "auto-generated"},
        )
        mail.attach_alternative(render_to_string(f"{message.template}.html", context), "text/html")
    return mail


def message_id(delivery_key: str) -> str:
    """The same key always gives the same Message-ID, so that a message offered twice is known as one."""
    digest = hashlib.sha256(delivery_key.encode()).hexdigest()[:40]
    host = settings.BASE_URL.partition("://")[2].partition("/")[0].partition(":")[0]
    return f"<{digest}@{host}>"
