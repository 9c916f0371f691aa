"""Of which budget the rows of a CSV file are: municipality, year and kind, and what is told of the municipality."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from budget.domain.deliveries.reading import checks, kinds
from budget.domain.deliveries.reading.complaints import Complaints
from budget.domain.deliveries.reading.csv_heading import Columns
from budget.domain.deliveries.reading.gathering import Bucket, Gathering
from budget.domain.deliveries.rows import Figures


class Misplaced(ValueError):
    """The message says why ``value`` can't stand in ``column``."""

    def __init__(self, column: str, value: str | None, reason: str) -> None:
        super().__init__(reason)
        self.column, self.value = column, value


class Whose:
    """The budgets of a file, each found by the cells of ``names`` in a row."""

    def __init__(self, columns: Columns, asked: kinds.Asked, complaints: Complaints) -> None:
        self.names, self.asked, self.complaints = columns.whose, asked, complaints
        self.gathering = Gathering()
        self._called: dict[str, set[str]] = {}

    def bucket(self, place: int, found: Sequence[str]) -> Bucket:
        """The budget of a row with these cells. Raises ``Misplaced`` for what can't be.

        A complaint when an earlier row gives the municipality another number of inhabitants.
        """
        cells = {name: cell.strip() for name, cell in zip(self.names, found, strict=True)}
        column = "gm_code"
        try:
            code = checks.municipality(cells["gm_code"])
            column = "jaar"
            year = kinds.year_from(cells["jaar"])
            column = "verslagsoort"
            kind = self._kind(cells, year)
            column = "inwoners"
            inhabitants = checks.inhabitants(cells.get("inwoners", ""))
        except (checks.NotACode, kinds.NotAKind) as wrong:
            raise Misplaced(column, cells.get(column), str(wrong)) from wrong
        bucket = self.gathering.bucket(code, year, kind)
        if inhabitants and bucket.inhabitants not in (None, inhabitants):
            reason = _("An earlier row says another number of inhabitants.")
            self.complaints.add(place, "inwoners", cells["inwoners"], reason)
        bucket.inhabitants = bucket.inhabitants or inhabitants
        bucket.name = bucket.name or checks.name(cells.get("gemeente", ""))
        self._called.setdefault(code, set()).add(cells.get("naam", ""))
        return bucket

    def _kind(self, cells: Mapping[str, str], year: int) -> kinds.Kind:
        text, base_year = cells.get("verslagsoort", ""), cells.get("basisjaar", "")
        said = kinds.from_text(text, year) if text else None
        made_in = kinds.year_from(base_year) if base_year else None
        return kinds.settled(said, year=year, asked=self.asked, base_year=made_in)

    def named(self, found: Iterable[Figures]) -> list[Figures]:
        """With the name of the municipality where ``naam`` is the same for several task fields."""
        return [replace(one, name=self._name(one)) if self._may_be_named(one) else one for one in found]

    def _may_be_named(self, one: Figures) -> bool:
        called = self._called[one.code]
        return not one.name and len(called) == 1 and "" not in called

    def _name(self, one: Figures) -> str:
        first, (name,) = one.rows[0].task_field, self._called[one.code]
        if one.rows[-1].task_field != first or any(row.task_field != first for row in one.rows):
            return checks.name(name)
        return ""
