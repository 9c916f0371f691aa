"""Figures as tables and charts: for each theme, neighbourhood, month, kind and way in."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Min
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from buurtschouw.domain.statistics import counting, figures
from buurtschouw.domain.statistics.figures import Figures
from buurtschouw.domain.statistics.tally import MEDIAN, NINETY, Tally
from buurtschouw.enums import CountBy, Measure, ReportKind, ReportOrigin
from buurtschouw.models import Category, MonthCount, Schouw
from trajecten.charts import BarRow, BarTable, Series, Value
from trajecten.domain.dashboards.suppression import SMALL, suppress
from trajecten.models import Area

MONTH = "month"
ALL = (CountBy.THEME.value, CountBy.AREA.value, MONTH, CountBy.KIND.value, CountBy.ORIGIN.value)
# The way in says something of the municipality's own work, and little to residents.
FOR_EVERYBODY = (CountBy.THEME.value, CountBy.AREA.value, MONTH, CountBy.KIND.value)


@dataclass(frozen=True)
class Period:
    """Whole months, by the first days of the first and the last."""

    first: date
    last: date

    def months(self) -> list[date]:
        found, month = [], self.first
        while month <= self.last:
            found.append(month)
            month = counting.after(month)
        return found


@dataclass(frozen=True)
class Row:
    """One theme, neighbourhood, month, kind or way in. ``solved`` is None where it is not to be shown or known."""

    label: str
    tally: Tally
    solved: int | None


@dataclass(frozen=True)
class Table:
    """What figures are told apart by, with its rows; ``key`` is one of ``ALL``."""

    key: str
    subject: str
    rows: tuple[Row, ...]


def last_months(number: int) -> Period:
    """So many months up to and including this one."""
    this = timezone.localdate().replace(day=1)
    back = this.year * 12 + this.month - number
    return Period(date(back // 12, back % 12 + 1, 1), this)


def year(back: int) -> Period:
    """A calendar year, this one up to and including this month."""
    today = timezone.localdate()
    first = date(today.year - back, 1, 1)
    return Period(first, date(first.year, 12, 1) if back else today.replace(day=1))


def everything() -> Period:
    """From the first month of which anything was counted."""
    first = MonthCount.objects.aggregate(first=Min("month"))["first"]
    this = timezone.localdate().replace(day=1)
    return Period(first or this, this)


def of_period(period: Period) -> Figures:
    """The figures of the whole municipality in these months, from what is kept."""
    return figures.of_months(period.first, period.last)


def of_walk(schouw: Schouw) -> tuple[Figures, Period]:
    """The figures of one walk, counted now, with the months in which its reports came in."""
    found = figures.of_walk(schouw)
    this = timezone.localdate().replace(day=1)
    return found, Period(min(found.months, default=this), max(found.months, default=this))


def tables(found: Figures, period: Period, *, for_everybody: bool = False) -> list[Table]:
    """The tables, in two statements. For everybody shares are hidden that few verdicts make (``suppress``)."""
    names = {
        CountBy.THEME.value: _("Theme"),
        CountBy.AREA.value: _("Neighbourhood"),
        MONTH: _("Month"),
        CountBy.KIND.value: _("Kind"),
        CountBy.ORIGIN.value: _("Way in"),
    }
    return [
        Table(key, names[key], tuple(_rows(_labelled(key, found, period), for_everybody=for_everybody)))
        for key in (FOR_EVERYBODY if for_everybody else ALL)
    ]


def _labelled(key: str, found: Figures, period: Period) -> list[tuple[str, Tally]]:
    if key == MONTH:
        months = period.months()
        return [(capfirst(date_format(month, "F Y")), found.months.get(month) or Tally()) for month in months]
    tallies = found.of[key]
    if key == CountBy.KIND:
        return [(capfirst(str(kind.label)), tallies[kind]) for kind in ReportKind if kind in tallies]
    if key == CountBy.ORIGIN:
        return [
            (capfirst(str(origin.label)), tallies[origin]) for origin in ReportOrigin if origin in tallies
        ]
    names = _names(Category if key == CountBy.THEME else Area, tallies)
    named = [(names.get(each, _("not known")), tally) for each, tally in tallies.items()]
    return sorted(named, key=lambda row: (-row[1].received, row[0]))


def _names(model: type[Category] | type[Area], tallies: Mapping[str, Tally]) -> dict[str, str]:
    keys = [int(key) for key in tallies if key]
    return {str(pk): name for pk, name in model.objects.filter(pk__in=keys).values_list("pk", "name")}


def _rows(labelled: list[tuple[str, Tally]], *, for_everybody: bool) -> Iterable[Row]:
    verdicts: dict[Hashable, int] = {
        number: tally.verdicts for number, (_label, tally) in enumerate(labelled)
    }
    shown = suppress(verdicts).tables[0] if for_everybody and labelled else verdicts
    for number, (label, tally) in enumerate(labelled):
        yield Row(label, tally, tally.solved_share if shown[number] else None)


def is_told(tally: Tally, measure: Measure, *, for_everybody: bool) -> bool:
    """Whether times of these reports are shown: for everybody only those of ``SMALL`` reports or more."""
    return not for_everybody or tally.counts[measure].total() >= SMALL


def volume_chart(table: Table) -> BarTable:
    """How many came in, were answered and were done, and what reporters say of it."""
    series = (
        Series(_("received"), "plain"),
        Series(_("answered"), "plain", drawn=False),
        Series(_("done"), "plain", drawn=False),
        Series(_("solved, say reporters"), "plain", drawn=False),
    )
    rows = [
        BarRow(
            row.label,
            (
                row.tally.received,
                row.tally.answered,
                row.tally.done,
                "–" if row.solved is None else f"{row.solved}%",
            ),
        )
        for row in table.rows
    ]
    caption = _("%(subject)s: how much, and was it solved?") % {"subject": table.subject}
    return BarTable(f"volume-{table.key}", caption, table.subject, series, rows)


def time_chart(table: Table, *, for_everybody: bool = False) -> BarTable:
    """Working days to the first answer and to done."""
    series = (
        Series(_("first answer: half within"), "good", decimals=1),
        Series(_("nine in ten within"), "plain", drawn=False, decimals=1),
        Series(_("done: half within"), "plain", drawn=False, decimals=1),
        Series(_("nine in ten within"), "plain", drawn=False, decimals=1),
    )
    rows = [BarRow(row.label, tuple(_times(row.tally, for_everybody))) for row in table.rows]
    caption = _("%(subject)s: how fast, in working days?") % {"subject": table.subject}
    return BarTable(f"times-{table.key}", caption, table.subject, series, rows)


def _times(tally: Tally, for_everybody: bool) -> Iterable[Value]:
    for measure in (Measure.ANSWERED, Measure.DONE):
        for share in (MEDIAN, NINETY):
            told = is_told(tally, measure, for_everybody=for_everybody)
            days = tally.days(measure, share) if told else None
            yield "–" if days is None else days
