"""What a delivery did, in words."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budget.enums import BudgetKind, Period, Side
from budget.iv3 import names
from budget.models import Delivery

MADE, UNCHANGED, CHANGED = "made", "unchanged", "changed"

SHOWN = 20  # changes of a budget that the command line shows


def title(did: dict[str, Any]) -> str:
    """Which figures of a year a budget of an outcome is: "budget 2026", "spent 2026, up to and including March"."""
    kind, year = BudgetKind(did["kind"]).label, did["year"]
    if did["kind"] == BudgetKind.REALISED:
        values = {"kind": kind, "year": year, "period": Period(did["period"]).label}
        return _("%(kind)s %(year)s, %(period)s") % values
    if did["base_year"]:
        values = {"kind": kind, "year": year, "base": did["base_year"]}
        return _("%(kind)s %(year)s, made in the budget of %(base)s") % values
    return f"{kind} {year}"


def change(one: dict[str, Any]) -> dict[str, Any]:
    """A change of an outcome as it is shown: name of the task field, side, old, new and difference in euro."""
    name = f"{one['task_field']} {names.name(one['task_field'])}"
    return {**one, "name": name, "side": Side(one["side"]).label, "difference": one["new"] - one["old"]}


def summary(outcome: Iterable[dict[str, Any]]) -> str:
    """ "2 made, 1 new version, 3 unchanged", without what there is none of."""
    count = {MADE: 0, CHANGED: 0, UNCHANGED: 0}
    for did in outcome:
        count[did["did"]] += 1
    parts = (
        ngettext("%(n)d budget made", "%(n)d budgets made", count[MADE]) % {"n": count[MADE]},
        ngettext("%(n)d new version", "%(n)d new versions", count[CHANGED]) % {"n": count[CHANGED]},
        ngettext("%(n)d unchanged", "%(n)d unchanged", count[UNCHANGED]) % {"n": count[UNCHANGED]},
    )
    return ", ".join(part for part, n in zip(parts, count.values(), strict=True) if n)


def lines(deliveries: Iterable[Delivery]) -> Iterator[str]:
    """The deliveries of a run as lines of text: each with its summary, and what changed."""
    for delivery in deliveries:
        rows = ngettext("%(n)d row", "%(n)d rows", delivery.rows or 0) % {"n": delivery.rows}
        yield f"{delivery.name} ({delivery.get_format_display()}, {rows}): {summary(delivery.outcome)}."
        yield from (f"  {note}" for note in delivery.notes)
        for did in delivery.outcome:
            if did["did"] == CHANGED:
                yield from _changed(did)


def _changed(did: dict[str, Any]) -> Iterator[str]:
    version = _("version %(n)d") % {"n": did["number"]}
    yield f"  {did['name']}, {title(did)}, {version}:"
    for one in map(change, did["changes"][:SHOWN]):
        amounts = {"old": _grouped(one["old"]), "new": _grouped(one["new"])}
        yield f"    {one['name']} ({one['side']}): " + _("from %(old)s to %(new)s euro") % amounts
    if (left := len(did["changes"]) - SHOWN) and left > 0:
        yield "    " + ngettext("and %(n)d other line", "and %(n)d other lines", left) % {"n": left}


def _grouped(euro: int) -> str:
    return number_format(euro, force_grouping=True)
