"""A delivery of an official: put away, and read by a job that says how far it is.

A job that dies is noticed by its silence, and another takes the delivery up again; after ``MAX_TRIES`` it is refused.
Nothing is kept before all of it has been read, so nothing is ever half in. The file goes once it has been read or
refused: an Iv3 delivery has the name and telephone number of somebody in it.

What reads and keeps it is imported when it is needed: it brings Polars, which servers of pages can do without.
"""

import hashlib
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta

from django.core.files.base import File
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django_scopes import scope

from budget.domain.deliveries import collecting, statistics, telling
from budget.domain.deliveries.reading.complaints import refused, shown
from budget.domain.deliveries.reading.gathering import Read
from budget.domain.deliveries.reading.kinds import Asked
from budget.domain.deliveries.reading.sources import Source
from budget.domain.deliveries.rows import FiguresRefused, Wrong
from budget.domain.monitoring import watching
from budget.enums import DeliverySource, DeliveryState
from budget.models import Delivery
from trajecten.domain import activities
from trajecten.models import Municipality, User

MAX_BYTES = 50_000_000  # of an upload
MAX_TRIES = 3
# A job that has not been heard of for so long has died.
SILENT = timedelta(minutes=2)
MAX_NAME = 200


@transaction.atomic
def receive(*, municipality: Municipality, by: User, file: File, asked: Asked) -> Delivery:
    """Put a file away, to be read by a job. Its size and kind were looked at by the form."""
    name = shown(file.name or "")[:MAX_NAME]
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    delivery = Delivery(
        municipality=municipality,
        by=by,
        name=name,
        source=DeliverySource.UPLOAD,
        sha256=digest,
        asked=asdict(asked),
    )
    delivery.file.save("delivery", file, save=False)
    delivery.save()
    activities.record(verb="figures_delivered", target=delivery, by=by)
    return delivery


@transaction.atomic
def ask_statistics(*, municipality: Municipality, by: User, year: int) -> Delivery:
    """Ask for the figures of a year from Statistics Netherlands; one that is still being read is not asked twice."""
    Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)
    own = {"municipality": municipality, "source": DeliverySource.STATISTICS, "asked": {"year": year}}
    running = Delivery.objects.filter(**own, state__in=[DeliveryState.WAITING, DeliveryState.READING]).first()
    if running:
        return running
    delivery = Delivery.objects.create(**own, by=by, name=statistics.name_of(year))
    activities.record(verb="figures_asked", target=delivery, by=by, details={"year": year})
    return delivery


def take(number: int) -> None:
    """Read a delivery and keep it or refuse it. One that another job reads, or that has ended, is left alone.

    Who delivered a large one, or waited long for it, is told. With new figures the adopted money is looked at at once.
    """
    delivery = _claimed(number)
    if delivery is None:
        return
    try:
        _check_tries(delivery)
        with collecting.pause():
            _keep(delivery, _read(delivery))
    except FiguresRefused as error:
        _refuse(delivery, error)
    if delivery.file:
        delivery.file.delete(save=False)
        Delivery.objects.filter(pk=number).update(file="")
    if delivery.state == DeliveryState.DONE:
        _watch(delivery)


def _watch(delivery: Delivery) -> None:
    """Whatever goes wrong in it, the figures have been kept, and the daily job looks again."""
    assert delivery.municipality is not None  # noqa: S101  delivered by an official
    with scope(municipality=delivery.municipality):
        watching.watch(municipality=delivery.municipality)


def _check_tries(delivery: Delivery) -> None:
    if delivery.tries > MAX_TRIES:
        reason = _("Reading this broke off %(n)d times. Deliver it in smaller parts.") % {"n": MAX_TRIES}
        raise refused(delivery.name, reason)


@transaction.atomic
def _claimed(number: int) -> Delivery | None:
    rows = Delivery.objects.select_for_update(of=("self",), skip_locked=True).select_related("municipality")
    delivery = rows.filter(_to_take(), pk=number).first()
    if delivery is not None:
        delivery.state, delivery.heard_at = DeliveryState.READING, timezone.now()
        delivery.tries += 1
        delivery.save(update_fields=["state", "heard_at", "tries"])
    return delivery


def _to_take() -> Q:
    silent = timezone.now() - SILENT
    return Q(state=DeliveryState.WAITING) | Q(state=DeliveryState.READING, heard_at__lt=silent)


def _read(delivery: Delivery) -> Read:
    from budget.domain.deliveries.reading import recognising

    progress = _saying(delivery)
    if delivery.source == DeliverySource.STATISTICS:
        assert delivery.municipality is not None  # noqa: S101  asked by an official
        year, code = delivery.asked["year"], delivery.municipality.code
        return statistics.read(year=year, municipality=code, progress=progress)
    storage, kept = delivery.file.storage, str(delivery.file.name)
    source = Source(delivery.name, lambda: storage.open(kept), delivery.file.size)
    (found,) = recognising.read([source], asked=Asked(**delivery.asked), progress=progress)
    return found


def _saying(delivery: Delivery) -> Callable[[int], None]:
    """Says how many rows were read, outside any transaction, so that who waits sees it."""

    def say(rows: int) -> None:
        Delivery.objects.filter(pk=delivery.pk).update(rows_read=rows, heard_at=timezone.now())

    return say


@transaction.atomic
def _keep(delivery: Delivery, found: Read) -> None:
    """Unless another job did it meanwhile, because this one was thought to be dead."""
    from budget.domain.deliveries.keeping import keep

    if not Delivery.objects.select_for_update().filter(pk=delivery.pk, state=DeliveryState.READING).exists():
        return
    delivery.format, delivery.notes = found.format, found.notes
    delivery.save(update_fields=["format", "notes"])
    keep(delivery=delivery, figures=found.figures)
    telling.ended(delivery)


@transaction.atomic
def _refuse(delivery: Delivery, why: FiguresRefused) -> None:
    errors = [wrong.as_json() for wrong in why.errors]
    if why.more:
        errors.append(Wrong(delivery.name, None, "", "", why.rest()).as_json())
    reading = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.READING)
    if reading.update(state=DeliveryState.REFUSED, errors=errors, ended_at=timezone.now()):
        delivery.refresh_from_db()
        telling.ended(delivery)


def left_lying() -> list[int]:
    """Deliveries that nobody reads: the broker was away, or a worker died."""
    waited = Q(state=DeliveryState.WAITING, at__lt=timezone.now() - SILENT)
    silent = Q(state=DeliveryState.READING, heard_at__lt=timezone.now() - SILENT)
    return list(Delivery.objects.filter(waited | silent).order_by("pk").values_list("pk", flat=True))
