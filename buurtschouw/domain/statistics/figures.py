"""Reading figures: of a municipality over months from what is kept, of one walk counted now."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from buurtschouw.domain.statistics import counting
from buurtschouw.domain.statistics.tally import Tally
from buurtschouw.enums import CountBy
from buurtschouw.models import MonthCount, Schouw


@dataclass(frozen=True)
class Figures:
    """Tallies of reports: ``of`` has by what they are told apart, then by its key; ``months`` by the month."""

    of: Mapping[str, Mapping[str, Tally]]
    months: Mapping[date, Tally]

    @property
    def all(self) -> Tally:
        return self.of[CountBy.ALL].get("") or Tally()


def of_walk(schouw: Schouw) -> Figures:
    """The figures of one walk, as they are now."""
    return _made(
        (count.month, count.by, count.key, count.measure, count.value, count.reports)
        for count in counting.of_walk(schouw)
    )


def of_months(first: date, last: date) -> Figures:
    """The figures of what came in from the first month to the last (their first days), in two statements."""
    rows = MonthCount.objects.filter(month__gte=first, month__lte=last).order_by()
    apart = rows.exclude(by=CountBy.ALL).values_list("by", "key", "measure", "value").annotate(Sum("reports"))
    months = rows.filter(by=CountBy.ALL).values_list("month", "by", "key", "measure", "value", "reports")
    return _made([*((first, *row) for row in apart), *months])


def _made(rows: Iterable[tuple[date, str, str, str, int, int]]) -> Figures:
    of: dict[str, dict[str, Tally]] = {by: defaultdict(Tally) for by in CountBy}
    months: dict[date, Tally] = defaultdict(Tally)
    for month, by, key, measure, value, reports in rows:
        of[by][key].add(measure, value, reports)
        if by == CountBy.ALL:
            months[month].add(measure, value, reports)
    return Figures(of, months)
