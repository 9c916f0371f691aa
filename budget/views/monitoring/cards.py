"""How lines are shown on the pages about following the money."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from budget.domain.monitoring import periods, shown, sightings, wording
from budget.domain.monitoring.books import Books
from budget.domain.monitoring.following import Followed
from budget.domain.monitoring.shown import Told
from budget.domain.monitoring.sightings import Sightings
from budget.method import LEAST_DEVIATION, SIGNAL_FROM
from budget.models import Alert
from trajecten.charts import Tag
from trajecten.views.council import showing


@dataclass(frozen=True)
class Card:
    """One line with all that is told of it. ``promise`` is of ``trajecten.views.council.showing.promises``."""

    one: Followed
    tag: Tag
    own: Told | None
    field: Told | None
    promise: dict[str, Any] | None
    seen: Sightings

    @property
    def untold(self) -> str:
        """Why nothing is known of it although figures are there."""
        return wording.untold()

    @property
    def past_signals(self) -> list[Alert]:
        """Signals that are over, the newest first."""
        return [alert for alert in self.one.alerts if alert.ended_at]


def cards(followed: Iterable[Followed], *, public: bool) -> list[Card]:
    """The lines of which something was adopted, in a fixed number of statements."""
    found = [one for one in followed if one.is_followed]
    made = showing.promises([one.promise for one in found if one.promise], public=public)
    promises = {row["promise"].pk: row for row in made}
    seen = sightings.of_lines([one.line.pk for one in found])
    return [_card(one, promises.get(one.point.commitment_id), seen[one.line.pk]) for one in found]


def _card(one: Followed, promise: dict[str, Any] | None, seen: Sightings) -> Card:
    own = one.own and shown.told(one.own, key=f"own-{one.line.pk}", about=_("This amount, in euro"))
    field = one.field and shown.told(
        one.field, key=f"field-{one.line.pk}", about=_("The whole line of the budget, in euro")
    )
    return Card(one, shown.signal_tag(one), own, field, promise, seen)


@dataclass(frozen=True)
class YearNote:
    """Which figures of a budget are in: up to when, by which plan, and what is missing; ``has_begun`` the year."""

    year: int
    newest: str
    is_amended: bool
    missing: str
    has_begun: bool


def year_note(books: Books, year: int) -> YearNote:
    """For the pages of one budget year."""
    today, newest = timezone.localdate(), books.newest(year)
    asked = periods.missing(year, newest, today)
    return YearNote(
        year,
        str(newest.label) if newest else "",
        books.is_amended(year),
        str(wording.MISSING[asked]) if asked else "",
        today.year >= year,
    )


def numbers() -> dict[str, Any]:
    """By which limits signals are given, for the page to tell."""
    thresholds = [
        (period.label, round(100 * part)) for period, part in SIGNAL_FROM.items() if part is not None
    ]
    return {"thresholds": thresholds, "least": LEAST_DEVIATION}
