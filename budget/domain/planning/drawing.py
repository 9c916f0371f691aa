"""The calendar of a trajectory as a line with its moments on it, and the same as a list."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budget.domain.planning.ahead import Ahead
from budget.domain.planning.dates import Due, Planned
from budget.method import METHOD


@dataclass(frozen=True)
class Drawn:
    """``passed`` and ``marks`` are in percent of the line, from its first moment to its last. ``entries`` are steps
    for ``components/steps.html``."""

    passed: float
    marks: tuple[float, ...]
    entries: list[dict[str, Any]]


def shown(ahead: Ahead, today: date) -> Drawn:
    """The calendar as it stands on a day."""
    days = [planned.day for planned in ahead.planned]
    coming = next((planned for planned in ahead.planned if planned.day >= today), None)
    dues = {due.planned.moment: due for due in ahead.dues}
    entries = [_entry(one, dues.get(one.moment), is_next=one is coming, today=today) for one in ahead.planned]
    return Drawn(_at(today, days), tuple(_at(day, days) for day in days), entries)


def _at(day: date, days: list[date]) -> float:
    """Where a day is on the line, from 0 to 99 so that a mark of one percent stays on it."""
    whole = max(1, (days[-1] - days[0]).days)
    return round(min(99.0, max(0.0, 99 * (day - days[0]).days / whole)), 2)


def _entry(planned: Planned, due: Due | None, *, is_next: bool, today: date) -> dict[str, Any]:
    state = "done" if planned.day < today else "now" if is_next else "todo"
    return {
        "title": capfirst(str(planned.moment.label)),
        "state": state,
        "dates": date_format(planned.day, "j F Y"),
        "detail": _ready(due) if due else "",
        "late": _late(due) if due and due.state == "late" else "",
    }


def _ready(due: Due) -> str:
    step, day = METHOD.step(due.step).name, date_format(due.ready_on, "j F Y")
    if due.state == "done":
        return _("“%(step)s” had to be ready on %(day)s for this. It is.") % {"step": step, "day": day}
    return _("“%(step)s” has to be ready on %(day)s to matter for this.") % {"step": step, "day": day}


def _late(due: Due) -> str:
    return ngettext("%(n)d day late", "%(n)d days late", due.late) % {"n": due.late}
