"""What the heading of a CSV file with figures says: which of its columns are read, and where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from budget.domain.deliveries.reading.complaints import refused
from budget.domain.deliveries.reading.sources import Source
from budget.enums import Side

SIDES = (("lasten_x1000", Side.EXPENDITURE.value), ("baten_x1000", Side.INCOME.value))
# Of which budget a row is, and what is told of its municipality.
WHOSE = ("gm_code", "jaar", "verslagsoort", "basisjaar", "inwoners", "naam", "gemeente")

_NEEDED = ("gm_code", "jaar", "taakveld")
_KNOWN = frozenset({*_NEEDED, *WHOSE, *(name for name, _side in SIDES), "categorie", "programma"})


@dataclass(frozen=True)
class Columns:
    """``at`` is the place of each column that is read, ``width`` how many there are, and ``left_out`` the others."""

    width: int
    at: dict[str, int]
    left_out: list[str]

    @property
    def names(self) -> list[str]:
        """All columns, in their order; those that are left out are called by a number."""
        known = {place: name for name, place in self.at.items()}
        return [known.get(place, str(place)) for place in range(self.width)]

    @property
    def whose(self) -> list[str]:
        return [name for name in WHOSE if name in self.at]

    @property
    def sides(self) -> list[tuple[str, str]]:
        """The columns with amounts, each with its side."""
        return [(name, side) for name, side in SIDES if name in self.at]


def columns(source: Source, names: Sequence[str]) -> Columns:
    """Refused (``FiguresRefused``): a heading without a column that is needed, or with one that is there twice."""
    missing = [name for name in _NEEDED if name not in names]
    if not any(name in names for name, _side in SIDES):
        missing.append(SIDES[0][0])
    if missing:
        raise refused(source.name, _("There is no column %(names)s.") % {"names": ", ".join(missing)})
    if twice_there := sorted({name for name in names if name in _KNOWN and names.count(name) > 1}):
        raise refused(source.name, _("The column %(name)s is there twice.") % {"name": twice_there[0]})
    at = {name: place for place, name in enumerate(names) if name in _KNOWN}
    return Columns(len(names), at, [name for name in names if name and name not in _KNOWN])
