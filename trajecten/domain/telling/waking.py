"""Waking a worker for what is in the outbox."""

import structlog
from celery import current_app
from django.core.cache import cache
from kombu.exceptions import OperationalError
from redis import RedisError

from trajecten.enums import Lane

log = structlog.get_logger(__name__)


DELIVER_TASK = "trajecten.tasks.deliver_notifications"
BULK_TASK = "trajecten.tasks.deliver_bulk"
FAN_OUT_TASK = "trajecten.tasks.fan_out"
AWAKE_KEY = "outbox-awake"
AWAKE_SECONDS = 30
TASKS = {Lane.SINGLE: (DELIVER_TASK, AWAKE_KEY), Lane.BULK: (BULK_TASK, f"{AWAKE_KEY}-bulk")}


def wake(lane: str = Lane.SINGLE) -> None:
    """Ask a worker of this lane to deliver what is due, unless one was asked that has not begun yet."""
    task, awake_key = TASKS[Lane(lane)]
    ask(task, awake_key)


def ask(task: str, awake_key: str) -> None:
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
