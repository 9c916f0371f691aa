"""The buurtschouw's jobs. A task calls domain."""

from celery import shared_task
from django_scopes import scope, scopes_disabled

from buurtschouw.domain import bulk, digests, locating, waiting
from buurtschouw.domain.forwarding import polling, sending
from buurtschouw.domain.ideas import power
from buurtschouw.domain.mapping import folding
from buurtschouw.domain.open311 import photos
from buurtschouw.domain.statistics import keeping
from buurtschouw.models import Bulk


@shared_task
def send_handler_digests() -> None:
    digests.owe_digests()


@shared_task
def locate_pending_reports() -> None:
    locating.locate_pending()


@shared_task
def fold_map_changes() -> None:
    folding.fold_all()


@shared_task
def count_reports() -> None:
    keeping.bring_up_to_date()


@shared_task
def reckon_initiative_power() -> None:
    power.reckon_due()


@shared_task
def tell_silent_reporters() -> None:
    waiting.tell_silence()


@shared_task
def send_forwards() -> None:
    sending.send_due()


@shared_task
def poll_forwards() -> None:
    polling.poll_due()


@shared_task
def fetch_open311_photos() -> None:
    photos.fetch_due()


@shared_task
def run_bulk(number: int) -> None:
    with scopes_disabled():
        found = Bulk.objects.select_related("municipality").get(pk=number)
    with scope(municipality=found.municipality):
        bulk.run(found)


@shared_task
def finish_bulk() -> None:
    for number in bulk.left_lying():
        run_bulk(number)
