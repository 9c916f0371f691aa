"""Which days of a council item can be written down: a slip of the pen in the year is said at once."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from trajecten.domain.council.refusals import CouncilRefused

YEARS_BACK = 30
YEARS_AHEAD = 5


def reach() -> tuple[int, int]:
    """The first and the last year of which days are taken in."""
    this_year = timezone.localdate().year
    return this_year - YEARS_BACK, this_year + YEARS_AHEAD


def is_in_reach(day: date) -> bool:
    first, last = reach()
    return first <= day.year <= last


def submitted(day: date) -> None:
    """Refuse (``CouncilRefused``) a day that is still to come, or so long ago that it must be a mistake."""
    _in_reach(day, "submitted_on")
    if day > timezone.localdate():
        raise CouncilRefused(_("This day is still to come."), field="submitted_on")


def scheduled(day: date, submitted_on: date) -> None:
    """Refuse (``CouncilRefused``) a day before it was submitted, or so far ahead that it must be a mistake."""
    _in_reach(day, "day")
    if day < submitted_on:
        raise CouncilRefused(_("This day is before the item was submitted."), field="day")


def _in_reach(day: date, field: str) -> None:
    if not is_in_reach(day):
        first, last = reach()
        message = _("Look at the year: it has to be from %(first)s to %(last)s.")
        raise CouncilRefused(message % {"first": first, "last": last}, field=field)
