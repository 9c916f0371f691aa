"""The core's jobs. A task calls domain, which finds in the database what is due."""

from celery import shared_task
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

from trajecten.domain.meetings import reminding
from trajecten.domain.photos import attachments
from trajecten.domain.promises import asking
from trajecten.domain.promises import reminding as promise_reminding
from trajecten.domain.retention import running as retention
from trajecten.domain.searching import vocabulary
from trajecten.domain.telling import delivering, digesting, fanning_out, waking
from trajecten.enums import Lane

HEARTBEAT_KEY = "worker-heartbeat"
HEARTBEAT_SECONDS = 90


@shared_task
def deliver_notifications() -> None:
    """Asked for after a commit, and by beat for what was missed."""
    delivering.deliver_due()


@shared_task
def deliver_bulk() -> None:
    """The same in the lane of messages to very many, by a worker of its own."""
    delivering.deliver_due(lane=Lane.BULK)


@shared_task
def fan_out() -> None:
    """Asked for after a commit, and by beat for what was missed."""
    fanning_out.fan_out_due()


@shared_task
def collect_digests() -> None:
    digesting.collect_due()
    waking.wake(Lane.BULK)


@shared_task
def heartbeat() -> None:
    """Show /gezond/klaar that beat, broker and worker pass work along."""
    cache.set(HEARTBEAT_KEY, timezone.now().isoformat(), HEARTBEAT_SECONDS)


@shared_task
def forget_unclaimed_attachments() -> None:
    attachments.forget_unclaimed()


@shared_task
def look_after_promises() -> None:
    """Remind of dates, and ask again after some weeks."""
    promise_reminding.remind()
    asking.ask_still()


@shared_task
def remind_of_meetings() -> None:
    """A run that was missed is caught up by the next."""
    reminding.remind()


@shared_task
def let_go_what_is_due() -> None:
    """Several times a night, so that a run that was missed or broke off is caught up."""
    retention.run()


@shared_task
def clear_sessions() -> None:
    """Let go of sessions that are over: they say who was signed in, and what a visitor did."""
    call_command("clearsessions")


@shared_task
def collect_words() -> None:
    vocabulary.collect_all()
