"""What was chosen, as bars and tables: numbers of less than five voters in a group are not shown."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budget.domain.choosing import counting
from budget.domain.choosing.counting import Counted, Group, Results
from budget.method import SMALLEST_GROUP
from trajecten.charts import BarRow, BarTable, Series, Tag
from trajecten.models import Trajectory

# A larger number can be hidden too, from which a small one could be worked out.
HIDDEN = gettext_lazy("not shown")


@dataclass(frozen=True)
class Table:
    """Votes by group: a column a group, a row a theme; the first row is how many voted."""

    key: str
    caption: str
    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[str]]]


def shown(trajectory: Trajectory) -> dict[str, Any]:
    """What the page of the results needs: the number of voters, the chart and the tables."""
    counted = counting.results(trajectory)
    if counted.voters < SMALLEST_GROUP:
        return {"voters": counted.voters, "least": SMALLEST_GROUP, "chosen": _chosen(counted)}
    return {
        "voters": counted.voters,
        "chart": _chart(counted),
        "tables": _tables(counted),
        "chosen": _chosen(counted),
    }


def _chosen(counted: Results) -> list[Any]:
    return [row.theme for row in counted.rows if row.theme.is_chosen]


def _chart(counted: Results) -> BarTable:
    rows = [
        BarRow(
            row.theme.title,
            [row.votes],
            tag=Tag(_("chosen"), "success") if row.theme.is_chosen else None,
            note=_("suggested by a resident") if row.theme.is_suggested else "",
        )
        for row in counted.rows
    ]
    caption = _("How many people find each theme important")
    return BarTable("themes", caption, _("Theme"), (Series(_("Votes"), "plain"),), rows)


def _tables(counted: Results) -> list[Table]:
    by_area = _table(
        "areas", _("By district"), counted, counted.areas, lambda row: row.by_area, counted.voters_by_area
    )
    by_kind = _table(
        "kinds",
        _("By kind of voter"),
        counted,
        counted.kinds,
        lambda row: row.by_kind,
        counted.voters_by_kind,
    )
    return [by_area, by_kind]


def _table(
    key: str,
    caption: str,
    counted: Results,
    groups: tuple[Group, ...],
    cells: Callable[[Counted], Mapping[Hashable, int | None]],
    voters: Mapping[Hashable, int | None],
) -> Table:
    rows = [(_("All voters"), _told(voters, groups))]
    rows += [(row.theme.title, _told(cells(row), groups)) for row in counted.rows]
    columns = [capfirst(group.name) if group.name else _("Not told") for group in groups]
    return Table(key, caption, columns, rows)


def _told(cells: Mapping[Hashable, int | None], groups: tuple[Group, ...]) -> list[str]:
    return [str(HIDDEN) if cells[group.key] is None else str(cells[group.key]) for group in groups]
