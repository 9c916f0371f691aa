"""Importing from the command line: files, or the tables of Statistics Netherlands."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from budget.domain.deliveries import collecting, statistics
from budget.domain.deliveries.keeping import keep
from budget.domain.deliveries.reading import recognising
from budget.domain.deliveries.reading.gathering import Read
from budget.domain.deliveries.reading.kinds import Asked
from budget.domain.deliveries.reading.sources import Source
from budget.domain.monitoring import watching
from budget.enums import DeliverySource, DeliveryState
from budget.models import Delivery


def import_files(*, paths: Sequence[str], asked: Asked) -> list[Delivery]:
    """Keep all files of a run or none of them; each is a delivery, pages of Statistics Netherlands one together.

    Raises ``FiguresRefused`` with what is wrong in all files, or what the same budget in two of them is.
    """
    with collecting.pause():
        found = recognising.read([Source.of(path) for path in paths], asked=asked)
        return _keep(found, DeliverySource.COMMAND)


def import_statistics(*, year: int, municipality: str | None) -> list[Delivery]:
    """The same from the table of this year, of all municipalities or one. Raises ``FiguresRefused``."""
    with collecting.pause():
        return _keep([statistics.read(year=year, municipality=municipality)], DeliverySource.STATISTICS)


@transaction.atomic
def _keep(found: Iterable[Read], source: str) -> list[Delivery]:
    deliveries = [(_delivery(one, source), one) for one in found]
    seen = dict[Any, str]()
    for delivery, one in deliveries:
        recognising.check_apart(seen, one)
        keep(delivery=delivery, figures=one.figures)
    transaction.on_commit(watching.watch_all, robust=True)
    return [delivery for delivery, _one in deliveries]


def _delivery(one: Read, source: str) -> Delivery:
    return Delivery.objects.create(
        name=one.name, format=one.format, source=source, state=DeliveryState.READING, notes=one.notes
    )
