"""The charts of figures, each with its equal table."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from budget.domain.explaining import Explained
from budget.domain.figures.areas import Division
from budget.domain.figures.sizes import Size
from budget.domain.figures.totals import Total
from budget.domain.figures.versions import is_partial
from budget.domain.figures.years import YearFigures
from budget.enums import BudgetKind
from budget.iv3 import names
from budget.models import Budget
from trajecten import money
from trajecten.charts import BarRow, BarTable, Series, Tag, Value
from trajecten.columns import ColumnChart, ColumnRow
from trajecten.models import Area
from trajecten.treemap import Block, Treemap

MILLION, THOUSAND = 1_000_000, 1_000


def url_of(code: str, *, gemeente: str, query: str) -> str:
    """The page of a main field or task field."""
    if "." in code:
        return reverse("budget:line", kwargs={"gemeente": gemeente, "code": code}) + query
    return reverse("budget:main-field", kwargs={"gemeente": gemeente, "code": int(code)}) + query


def treemap(totals: Iterable[Total], *, gemeente: str, query: str) -> Treemap:
    """What is spent, as rectangles that lead to their pages."""
    blocks = [
        Block(
            names.name(total.code),
            total.amounts.expenditure,
            money.about(total.amounts.expenditure),
            url_of(total.code, gemeente=gemeente, query=query),
        )
        for total in totals
    ]
    return Treemap(
        "spent", _("The larger a box, the more money goes there. Choose a box to read more."), blocks
    )


def bars(
    totals: Iterable[Total], explained: dict[str, Explained], *, size: Size | None, gemeente: str, query: str
) -> BarTable:
    """What is spent, received, and spent per inhabitant, the most expensive first, each with a plain sentence."""
    ordered = sorted(totals, key=lambda total: -total.amounts.expenditure)
    rows = [
        BarRow(
            names.name(total.code),
            amounts(total.amounts.expenditure, total.amounts.income, size),
            url=url_of(total.code, gemeente=gemeente, query=query),
            note=explained[total.code].what if total.code in explained else "",
        )
        for total in ordered
    ]
    caption = _("What is spent and received, in millions of euros, and in euros per inhabitant")
    return BarTable("spent", caption, _("What for"), amount_series(size), rows)


def amount_series(size: Size | None) -> Sequence[Series]:
    """Columns of what ``amounts`` gives."""
    return (
        Series(_("Spent (million euros)"), "plain", decimals=1),
        Series(_("Received (million euros)"), "plain", drawn=False, decimals=1),
        *([Series(_("Spent per inhabitant (euros)"), "plain", drawn=False)] if size else []),
    )


def amounts(spent: int, received: int, size: Size | None) -> list[Value]:
    """The numbers of one row. What is below zero, as a correction is, is told and not drawn."""
    per_head = [round(size.per_inhabitant(spent))] if size else []
    return [_value(spent / MILLION, 1), _value(received / MILLION, 1), *map(_value, per_head)]


def _value(number: float, decimals: int = 0) -> Value:
    """The number; in words below zero, which no bar can show."""
    rounded = round(number, decimals)
    if rounded >= 0:
        return rounded
    return f"{money.MINUS}{number_format(abs(rounded), decimal_pos=decimals, force_grouping=True)}"


def over_years(figures: Sequence[YearFigures]) -> ColumnChart:
    """Planned and realised over the years. What is known of a part of a year only is told, and not drawn."""
    rows = []
    for found in figures:
        partial = found.result is not None and is_partial(found.result)
        realised = (
            None if partial or found.realised is None else round(found.realised.expenditure / MILLION, 2)
        )
        planned = None if found.planned is None else round(found.planned.expenditure / MILLION, 2)
        rows.append(ColumnRow(str(found.year), (planned, realised), note=_note(found, partial=partial)))
    series = (Series(_("Planned"), "open", decimals=2), Series(_("Spent"), "good", decimals=2))
    return ColumnChart("years", _("Planned and spent, in millions of euros"), _("Year"), series, rows)


def _note(found: YearFigures, *, partial: bool) -> str:
    notes = []
    if found.plan and found.plan.kind == BudgetKind.ESTIMATE:
        notes.append(_("Estimate, made in %(year)d") % {"year": found.plan.base_year})
    if partial and found.realised and found.result:
        words = {
            "amount": money.about(found.realised.expenditure),
            "period": found.result.get_period_display(),
        }
        notes.append(_("Spent so far: %(amount)s, %(period)s") % words)
    return " · ".join(notes)


def areas(division: Division, budget: Budget, *, home: Area | None) -> BarTable:
    """What goes to each area, the own one marked."""
    mine = {home.pk, home.parent_id} if home else set()
    rows = [
        BarRow(
            area.name,
            [
                _value(amount / THOUSAND),
                _per_head(amount, area),
            ],
            tone="part" if area.pk in mine else None,
            tag=Tag(_("Your neighbourhood"), "success") if area.pk in mine else None,
        )
        for area, amount in division.shares
    ]
    series = (
        Series(_("Thousands of euros"), "plain"),
        Series(_("Per inhabitant (euros)"), "plain", drawn=False),
    )
    caption = _("What goes to each area in %(year)d") % {"year": budget.year}
    return BarTable("areas", caption, _("Area"), series, rows)


def _per_head(amount: int, area: Area) -> Value:
    return _value(amount / area.inhabitants) if area.inhabitants else _("not known")
