"""A municipality's own dates in the calendar."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction

from budget.enums import Moment
from budget.models import CalendarDate
from trajecten.domain import activities
from trajecten.models import Municipality, User


def of_year(municipality: Municipality, year: int) -> dict[str, date]:
    """By moment; a moment without one has its usual day."""
    rows = CalendarDate.objects.filter(municipality=municipality, year=year)
    return dict(rows.values_list("moment", "day"))


def of_years(pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], dict[str, date]]:
    """Of several municipalities (by key) and years at once, in one statement."""
    wanted = set(pairs)
    found: dict[tuple[int, int], dict[str, date]] = defaultdict(dict)
    rows = CalendarDate.objects.filter(
        municipality__in={key for key, _year in wanted}, year__in={year for _key, year in wanted}
    )
    for municipality, year, moment, day in rows.values_list("municipality", "year", "moment", "day"):
        found[municipality, year][moment] = day
    return found


@transaction.atomic
def choose(*, municipality: Municipality, year: int, days: Mapping[Moment, date | None], by: User) -> None:
    """Keep these dates for the budget of this year; None goes back to the usual day. Other moments stay as they are.

    Two at once end with the dates of one of them for each moment.
    """
    for moment, day in days.items():
        own = {"municipality": municipality, "year": year, "moment": moment}
        if day is None:
            CalendarDate.objects.filter(**own).delete()
        else:
            CalendarDate.objects.update_or_create(**own, defaults={"day": day})
    activities.record(verb="calendar_changed", target=municipality, by=by, details={"year": year})
