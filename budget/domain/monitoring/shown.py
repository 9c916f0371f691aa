"""What pages about following the money show: each line with its words, its bar and its promise; and all main fields."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from budget.domain.monitoring import wording
from budget.domain.monitoring.books import Books
from budget.domain.monitoring.following import Followed
from budget.domain.monitoring.reckoning import Reckoned
from budget.enums import Signal
from budget.iv3 import names
from trajecten import money
from trajecten.charts import BarRow, BarTable, Mark, Series, Tag, Value


@dataclass(frozen=True)
class Told:
    """How one amount goes: two sentences, by what that is reckoned, and the bars."""

    stands: str
    expected: str
    course: str
    chart: BarTable


def told(reckoned: Reckoned, *, key: str, about: str) -> Told:
    """``key`` is unique on the page; ``about`` says of what the bars are."""
    chart = _chart(reckoned, key=key, about=about)
    return Told(wording.stands(reckoned), wording.expected(reckoned), wording.course(reckoned), chart)


def _chart(reckoned: Reckoned, *, key: str, about: str) -> BarTable:
    """Plan, spent and forecast on one scale, with a line where it would be if it went as planned."""
    is_cut = reckoned.plan < 0
    spent = _("Saved so far") if is_cut else _("Spent so far")
    rows = [
        BarRow(_("Plan for the whole year"), [_length(reckoned.plan, is_cut)], tone="plain"),
        BarRow(spent, [_length(reckoned.spent, is_cut)], tone="good"),
    ]
    if reckoned.signal != Signal.EARLY:
        tone = {Signal.OVER: "bad", Signal.UNDER: "late"}.get(reckoned.signal, "part")
        forecast = _length(reckoned.forecast, is_cut)
        rows.append(BarRow(_("Expected for the whole year"), [forecast], tone=tone))  # type: ignore[arg-type]
    by_now = abs(reckoned.by_now)
    mark = Mark(_("If it went as planned: %(amount)s by now") % {"amount": money.whole(by_now)}, by_now)
    series = (Series(pgettext("column of amounts", "Euro"), "plain"),)
    return BarTable(key, about, _("What"), series, rows, mark if reckoned.plan else None)


def _length(amount: int, is_cut: bool) -> Value:
    """Its size; in words where it goes the other way, which no bar can show."""
    size = -amount if is_cut else amount
    return size if size >= 0 else money.whole(size)


def signal_tag(one: Followed) -> Tag:
    return Tag(wording.signal(one), wording.TONES.get(one.signal, "neutral"))


def whole_budget(books: Books, year: int) -> BarTable | None:
    """Plan and spent of every main field, at the newest period; None where one of both is not there."""
    if books.newest(year) is None:
        return None
    rows = [_main_field(books, year, main) for main in books.main_fields(year)]
    known = [row for row in rows if row]
    if not known:
        return None
    series = (
        Series(_("Spent"), "good"),
        Series(_("Not spent yet"), "open"),
        Series(_("Plan"), "plain", drawn=False),
    )
    caption = _("The whole budget of %(year)d, in euro") % {"year": year}
    return BarTable("whole-budget", caption, _("Main field"), series, known)


def _main_field(books: Books, year: int, main: str) -> BarRow | None:
    plan, spent = books.of_main_field(year, main)
    if plan is None or spent is None:
        return None
    note = _("%(more)s more than planned") % {"more": money.whole(spent - plan)} if spent > plan else ""
    left = max(0, plan - max(0, spent))
    return BarRow(names.name(main), [_length(spent, False), left, _length(plan, False)], note=note)


def years(followed: Iterable[Followed]) -> list[int]:
    """The budgets that these lines are of, the newest first."""
    return sorted({one.year for one in followed}, reverse=True)
