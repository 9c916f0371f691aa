"""The jobs of budgetmonitoring. A task calls domain."""

from celery import shared_task

from budget.domain.alternatives import reminding
from budget.domain.deliveries import receiving
from budget.domain.monitoring import watching
from budget.domain.planning import ahead


@shared_task
def read_delivery(number: int) -> None:
    receiving.take(number)


@shared_task
def finish_deliveries() -> None:
    """What a job that died left, and what was asked for while the broker was away."""
    for number in receiving.left_lying():
        receiving.take(number)


@shared_task
def remind_of_alternatives() -> None:
    reminding.remind()


@shared_task
def watch_money() -> None:
    watching.watch_all()


@shared_task
def warn_of_calendar() -> None:
    ahead.warn_all()
