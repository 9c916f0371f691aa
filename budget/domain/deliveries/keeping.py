"""Keeping the figures of one delivery: each budget that differs from its newest version becomes a new one.

Versions never change, so who reads one while a delivery comes in sees all of the old or, after the commit, the new.
Amounts in euro.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from budget.domain.deliveries import places
from budget.domain.deliveries.copying import copy_lines
from budget.domain.deliveries.reporting import CHANGED, MADE, UNCHANGED
from budget.domain.deliveries.rows import Figures, FiguresRefused, Row, Wrong
from budget.domain.deliveries.tallies import AMOUNTS, Amounts, LineKey, Tally, changes, tally
from budget.enums import DeliveryState
from budget.models import Budget, BudgetLine, Delivery, YearSize
from trajecten.models import Municipality

__all__ = ["Figures", "Row", "keep"]


@dataclass
class _Coming:
    """One budget of the delivery, beside the version that is the newest now."""

    figures: Figures
    tally: Tally
    municipality: Municipality
    current: Budget | None
    made: Budget | None = None

    @property
    def did(self) -> str:
        if self.made is None:
            return UNCHANGED
        return CHANGED if self.current else MADE


@transaction.atomic
def keep(*, delivery: Delivery, figures: Iterable[Figures]) -> list[dict[str, Any]]:
    """Keep all figures of a delivery or none, end the delivery, and give its outcome.

    Figures with the same rows as the newest version, in whatever order, change nothing; other figures become the
    newest version. The outcome has for each budget ``code``, ``name``, ``year``, ``kind``, ``period``,
    ``base_year``, ``budget`` (its key), ``number``, ``did`` (made, unchanged or changed) and ``changes``
    (``tallies.changes``). Two deliveries at once take their turns municipality by municipality.

    Refused (``FiguresRefused``): figures that are twice in it, and figures of another municipality in the delivery
    of an official.
    """
    coming = list(figures)
    _check(delivery, coming)
    with scopes_disabled():
        known = places.locked(_names(coming))
        budgets = _beside_current(coming, known)
        _make(
            delivery,
            [one for one in budgets if one.current is None or one.tally.digest != one.current.digest],
        )
        _keep_sizes(delivery, budgets)
        delivery.outcome = _outcome(budgets)
    delivery.state, delivery.ended_at = DeliveryState.DONE, timezone.now()
    delivery.rows = delivery.rows_read = sum(len(one.figures.rows) for one in budgets)
    delivery.save(update_fields=["outcome", "state", "ended_at", "rows", "rows_read"])
    return delivery.outcome


def _check(delivery: Delivery, coming: Sequence[Figures]) -> None:
    wrong, seen = [], set()
    own = delivery.municipality.code if delivery.municipality else None
    for one in coming:
        place = one.rows[0].place if one.rows else None
        if own and one.code != own:
            reason = _("These are figures of another municipality. You can only deliver those of your own.")
            wrong.append(Wrong(delivery.name, place, "", one.code, reason))
        if one.key in seen:
            reason = _("The same municipality, year and kind of figures is in the delivery twice.")
            wrong.append(Wrong(delivery.name, place, "", f"{one.code} {one.year}", reason))
        seen.add(one.key)
    if wrong:
        raise FiguresRefused(wrong)


def _names(coming: Iterable[Figures]) -> dict[str, str]:
    names: dict[str, str] = {}
    for one in coming:
        names[one.code] = names.get(one.code) or one.name
    return names


def _beside_current(coming: Sequence[Figures], known: dict[str, Municipality]) -> list[_Coming]:
    rows = Budget.objects.filter(is_current=True, municipality__in=known.values())
    rows = rows.filter(year__in={one.year for one in coming})
    codes = {municipality.pk: code for code, municipality in known.items()}
    current = {
        (codes[row.municipality_id], row.year, row.kind, row.period, row.base_year): row for row in rows
    }
    return [
        _Coming(one, tallied, known[one.code], current.get(one.key))
        for one, tallied in zip(coming, tally(coming), strict=True)
    ]


def _make(delivery: Delivery, new: Sequence[_Coming]) -> None:
    Budget.objects.filter(pk__in=[one.current.pk for one in new if one.current]).update(is_current=False)
    made = Budget.objects.bulk_create([_budget(delivery, one) for one in new])
    for one, budget in zip(new, made, strict=True):
        one.made = budget
    copy_lines([(budget.pk, one.tally.lines) for one, budget in zip(new, made, strict=True)])


def _budget(delivery: Delivery, one: _Coming) -> Budget:
    figures = one.figures
    return Budget(
        municipality=one.municipality,
        year=figures.year,
        kind=figures.kind,
        period=figures.period,
        base_year=figures.base_year,
        number=one.current.number + 1 if one.current else 1,
        delivery=delivery,
        digest=one.tally.digest,
        row_count=len(figures.rows),
        expenditure=one.tally.expenditure,
        income=one.tally.income,
    )


def _keep_sizes(delivery: Delivery, budgets: Sequence[_Coming]) -> None:
    """What the delivery says of numbers of inhabitants; the number of households stays."""
    said = {
        (one.municipality.pk, one.figures.year): one.figures.inhabitants
        for one in budgets
        if one.figures.inhabitants
    }
    sizes = [
        YearSize(municipality_id=place, year=year, inhabitants=n, source=delivery.name)
        for (place, year), n in said.items()
    ]
    YearSize.objects.bulk_create(
        sizes,
        update_conflicts=True,
        update_fields=["inhabitants", "source"],
        unique_fields=["municipality", "year"],
    )


def _outcome(budgets: Sequence[_Coming]) -> list[dict[str, Any]]:
    replaced = [one.current.pk for one in budgets if one.made and one.current]
    old = _lines_of(replaced)
    return [_did(one, old.get(one.current.pk, {}) if one.current else {}) for one in budgets]


def _lines_of(keys: Sequence[int]) -> dict[int, dict[LineKey, Amounts]]:
    found: dict[int, dict[LineKey, Amounts]] = {key: {} for key in keys}
    kept = BudgetLine.objects.filter(budget__in=keys)
    for key, code, programme, *amounts in kept.values_list("budget", "task_field", "programme", *AMOUNTS):
        found[key][code, programme] = amounts
    return found


def _did(one: _Coming, old: dict[LineKey, Amounts]) -> dict[str, Any]:
    budget: Any = one.made or one.current
    return {
        "code": one.municipality.code,
        "name": one.municipality.name,
        "year": budget.year,
        "kind": str(budget.kind),
        "period": int(budget.period),
        "base_year": budget.base_year,
        "budget": budget.pk,
        "number": budget.number,
        "did": one.did,
        "changes": changes(old, one.tally.amounts()) if one.did == CHANGED else [],
    }
