"""What is counted of a round. Small groups are not shown (``trajecten.domain.dashboards.suppression``)."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from budget.domain import districts
from budget.enums import AlternativeState
from budget.models import Alternative, Round
from trajecten.charts import BarRow, BarTable, Series
from trajecten.domain.dashboards.suppression import suppress
from trajecten.enums import ParticipantKind


@dataclass(frozen=True)
class Counts:
    """How a round goes. ``by_area`` and ``by_kind`` are None while they are too few to be shown."""

    drafts: int
    finished: int
    unconfirmed: int
    by_area: BarTable | None
    by_kind: BarTable | None
    by_day: BarTable


def counted(found: Round) -> QuerySet[Alternative]:
    """What counts: finished, of somebody who is confirmed. In an order that tells nothing of who came when."""
    rows: QuerySet[Alternative] = Alternative.objects.filter(
        round=found, state=AlternativeState.FINISHED, confirmed_at__isnull=False
    )
    return rows.order_by("key")


def counts(found: Round) -> Counts:
    """Counted by the database, in four statements."""
    rows = Alternative.objects.filter(round=found).order_by()
    is_confirmed, is_finished = Q(confirmed_at__isnull=False), Q(state=AlternativeState.FINISHED)
    numbers = rows.aggregate(
        drafts=Count("pk", filter=is_confirmed & ~is_finished),
        finished=Count("pk", filter=is_confirmed & is_finished),
        unconfirmed=Count("pk", filter=~is_confirmed),
    )
    finished = counted(found).order_by()
    areas: dict[Hashable, int] = dict(
        finished.annotate(district=districts.name_of())
        .values_list("district")
        .annotate(n=Count("pk"))
        .values_list("district", "n")
    )
    kinds: dict[Hashable, int] = dict(
        finished.values_list("kind").annotate(n=Count("pk")).values_list("kind", "n")
    )
    shown = suppress(areas, kinds)
    by_area, by_kind = shown.tables if shown.total else (None, None)
    return Counts(
        **numbers,
        by_area=_areas(by_area) if by_area else None,
        by_kind=_kinds(by_kind) if by_kind else None,
        by_day=_days(finished),
    )


def _number(value: int | None) -> int | str:
    return _("fewer than 5, or kept back") if value is None else value


def _areas(numbers: Mapping[Hashable, int | None]) -> BarTable:
    rows = [
        BarRow(str(area or _("Not said")), [_number(n)])
        for area, n in sorted(numbers.items(), key=lambda item: (item[0] is None, str(item[0])))
    ]
    return BarTable("alternatives-area", _("By district"), _("District"), [_series()], rows)


def _kinds(numbers: Mapping[Hashable, int | None]) -> BarTable:
    rows = [
        BarRow(capfirst(str(ParticipantKind(str(kind)).label)), [_number(n)])
        for kind, n in sorted(numbers.items(), key=lambda item: str(item[0]))
    ]
    return BarTable("alternatives-kind", _("As whom"), _("As"), [_series()], rows)


def _days(finished: QuerySet[Alternative]) -> BarTable:
    """When they were finished: no more than a number a day, of everybody together."""
    found: list[tuple[date, int]] = list(
        finished.annotate(day=TruncDate("finished_at"))
        .values("day")
        .annotate(n=Count("pk"))
        .order_by("day")
        .values_list("day", "n")
    )
    rows = [BarRow(date_format(day, "j F Y"), [n]) for day, n in found]
    return BarTable("alternatives-day", _("Finished, by day"), _("Day"), [_series()], rows)


def _series() -> Series:
    return Series(_("Finished"), "good")
