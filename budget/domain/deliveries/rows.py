"""What a reader makes of a delivery, whatever its form: rows by municipality, year and kind, or what is wrong."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budget.enums import Side
from budget.iv3 import categories, names

MAX_ERRORS = 200  # of a delivery that are kept and shown; of the others only how many there are


class Row(NamedTuple):
    """One amount, in whole euro. ``place`` is the row in the file, of which the first line is 1.

    ``side`` is one of ``budget.enums.Side``. A tuple and no dataclass: a delivery has hundreds of thousands.
    """

    place: int
    side: str
    task_field: str
    category: str
    programme: str
    amount: int

    @property
    def task_field_name(self) -> str:
        return names.name(self.task_field)

    @property
    def category_name(self) -> str:
        """What the category is on this side; empty where the row has none, or one that is not known."""
        known = self.category and categories.is_known(self.side, self.category)
        return categories.name(self.side, self.category) if known else ""

    @property
    def side_name(self) -> str:
        return str(Side(self.side).label)


@dataclass(frozen=True)
class Figures:
    """All rows of one municipality (``code`` as "GM0361"), year, kind and period.

    ``name`` and ``inhabitants`` are what the delivery says of the municipality, "" and None where it says nothing.
    ``base_year`` is that of the budget in which an estimate was made, None for what is no estimate. ``are_unlike`` says
    that no two rows have the same side, task field, category and programme; where it is False they may have.
    """

    code: str
    name: str
    year: int
    kind: str
    period: int
    base_year: int | None
    inhabitants: int | None
    rows: Sequence[Row]
    are_unlike: bool = False

    @property
    def key(self) -> tuple[str, int, str, int, int | None]:
        return self.code, self.year, self.kind, self.period, self.base_year


@dataclass(frozen=True)
class Wrong:
    """Why a delivery is refused: at which row and column of which file, and what stands there.

    ``row`` is None and ``column`` "" for what is about all of the file.
    """

    file: str
    row: int | None
    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        where = [self.file]
        if self.row is not None:
            where.append(_("row %(n)d") % {"n": self.row})
        if self.column:
            where.append(_("column %(name)s") % {"name": self.column})
        found = f" ({self.value!r})" if self.value else ""
        return f"{', '.join(where)}: {self.reason}{found}"

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class FiguresRefused(Exception):
    """Nothing was kept. ``errors`` holds the first ``MAX_ERRORS`` reasons, ``more`` how many others there are."""

    def __init__(self, errors: Sequence[Wrong], more: int = 0) -> None:
        self.errors = tuple(errors[:MAX_ERRORS])
        self.more = more + max(0, len(errors) - MAX_ERRORS)
        super().__init__("\n".join(filter(None, [*map(str, self.errors), self.rest()])))

    def rest(self) -> str:
        """In words, how many mistakes are not listed; empty for none."""
        if not self.more:
            return ""
        return ngettext("and %(n)d other mistake", "and %(n)d other mistakes", self.more) % {"n": self.more}
