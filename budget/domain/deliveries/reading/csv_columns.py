"""Rows of a CSV file by the column: what stands in it is looked up for thousands of rows at once.

A text that was seen before is not checked again, and Python takes no step of its own for each row, which together needs
a third of the time of row by row. It is for rows that are in order: of rows among which one is not nothing is taken, so
that they can be read row by row to tell what is wrong with which.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import compress, groupby, repeat
from operator import concat
from typing import TypeVar

from budget.domain.deliveries.reading import amounts, checks
from budget.domain.deliveries.reading.gathering import Bucket
from budget.domain.deliveries.rows import Row

Cells = tuple[str, ...]
Key = TypeVar("Key")
Value = TypeVar("Value")

_REMEMBERED = 200_000  # amounts, of those that stand in a file
_made: Callable[..., Row] = tuple.__new__


class Columns:
    """``width`` is how many columns there are, ``at`` the place of each that is read, by its name. ``whose`` are those
    that tell of which budget a row is, ``sides`` those with amounts, each with its side. ``bucket`` finds the bucket
    of cells of ``whose`` that first stand in a row, and ``amount`` the amount of a text; both raise what a check
    raises, which is a ``ValueError``.
    """

    def __init__(
        self,
        width: int,
        at: Mapping[str, int],
        *,
        whose: Sequence[str],
        sides: Sequence[tuple[int, str]],
        bucket: Callable[[int, Cells], Bucket],
        amount: Callable[[str], int],
    ) -> None:
        self.width, self.at, self.sides = width, at, sides
        self.at_whose = [at[name] for name in whose]
        self.bucket, self.amount = bucket, amount
        self.task_fields: dict[str, str] = {}
        self.programmes: dict[str, str] = {}
        self.categories: dict[str, dict[str, str]] = {side: {} for _at, side in sides}
        self.amounts: dict[str, int] = {}
        self.buckets: dict[Cells, Bucket] = {}

    def take(self, places: Sequence[int], rows: Sequence[Sequence[str]]) -> bool:
        """Put all rows in their buckets; or none of them, and give False."""
        try:
            columns = list(zip(*rows, strict=True))
            if len(columns) != self.width or not self._have_amounts(columns):
                return False
            buckets = self._buckets(places, columns)
            found = [self._side(at, side, places, columns) for at, side in self.sides]
        except ValueError:  # rows of several lengths, or what a check raises
            return False
        for (at, _side), made in zip(self.sides, found, strict=True):
            _put(list(compress(buckets, columns[at])), made)
        return True

    def _have_amounts(self, columns: Sequence[Cells]) -> bool:
        """Whether each row has one, on whatever side."""
        written = [columns[at] for at, _side in self.sides]
        return all(written[0] if len(written) == 1 else map(concat, *written))

    def _buckets(self, places: Sequence[int], columns: Sequence[Cells]) -> list[Bucket]:
        """The bucket of each row; it is looked up once for rows after each other that are of the same one."""
        found: list[Bucket] = []
        for cells, run in groupby(zip(*(columns[at] for at in self.at_whose), strict=True)):
            if cells not in self.buckets:
                self.buckets[cells] = self.bucket(places[len(found)], cells)
            found += repeat(self.buckets[cells], len(list(run)))
        return found

    def _side(self, at: int, side: str, places: Sequence[int], columns: Sequence[Cells]) -> list[Row]:
        """The rows with an amount on this side."""
        texts = columns[at]
        here = list(compress(places, texts))
        if not here:
            return []
        euro = self._euro(list(filter(None, texts)))
        task_fields = self._codes("taakveld", columns, texts, self.task_fields, checks.task_field)
        own = self.categories[side]
        categories = self._codes("categorie", columns, texts, own, lambda text: checks.category(text, side))
        programmes = self._codes("programma", columns, texts, self.programmes, checks.programme)
        return list(
            map(_made, repeat(Row), zip(here, repeat(side), task_fields, categories, programmes, euro))
        )

    def _euro(self, texts: Sequence[str]) -> list[int]:
        signs = "".join(texts)
        if signs.isascii() and signs.replace("-", "").isdecimal():
            return amounts.from_whole(texts, amounts.THOUSAND)
        if len(self.amounts) > _REMEMBERED:
            self.amounts.clear()
        return _looked_up(self.amounts, texts, self.amount)

    def _codes(
        self,
        name: str,
        columns: Sequence[Cells],
        texts: Cells,
        known: dict[str, str],
        check: Callable[[str], str],
    ) -> Iterable[str]:
        """What stands in a column, in rows with a text; "" for a column that is not there."""
        if name not in self.at:
            return repeat("")
        return _looked_up(known, list(compress(columns[self.at[name]], texts)), check)


def _looked_up(known: dict[Key, Value], cells: Sequence[Key], make: Callable[[Key], Value]) -> list[Value]:
    """What each of the cells is; what is not known yet is made, in the order of the file."""
    try:
        return list(map(known.__getitem__, cells))
    except KeyError:
        for cell in dict.fromkeys(cells):
            if cell not in known:
                known[cell] = make(cell)
        return list(map(known.__getitem__, cells))


def _put(buckets: Sequence[Bucket], rows: Sequence[Row]) -> None:
    """Rows after each other that are of one budget go together."""
    start = 0
    for bucket, run in groupby(buckets):
        end = start + len(list(run))
        bucket.rows += rows[start:end]
        start = end
