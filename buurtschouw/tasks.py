"""The buurtschouw's jobs. A task calls domain."""

from celery import shared_task

from buurtschouw.domain import digests, locating


@shared_task
def send_handler_digests() -> None:
    digests.owe_digests()


@shared_task
def locate_pending_reports() -> None:
    locating.locate_pending()
