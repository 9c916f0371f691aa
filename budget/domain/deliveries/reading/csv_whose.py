"""Of which budget the rows of a CSV file are: municipality, year and kind, and what is told of the municipality."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from budget.domain.deliveries.reading import checks, kinds
from budget.domain.deliveries.reading.complaints import Complaints
from budget.domain.deliveries.reading.csv_columns import Cells
from budget.domain.deliveries.reading.gathering import Bucket, Gathering
from budget.domain.deliveries.rows import Figures

NAMES = ("gm_code", "jaar", "verslagsoort", "basisjaar", "inwoners", "naam", "gemeente")


class Misplaced(ValueError):
    """The message says why ``value`` can't stand in ``column``."""

    def __init__(self, column: str, value: str | None, reason: str) -> None:
        super().__init__(reason)
        self.column, self.value = column, value


class Whose:
    """``names`` are the columns of ``NAMES`` that the file has, ``places`` where they are."""

    def __init__(self, at: Mapping[str, int], asked: kinds.Asked, complaints: Complaints) -> None:
        self.asked, self.complaints = asked, complaints
        self.gathering = Gathering()
        self.names = [name for name in NAMES if name in at]
        self.places = [at[name] for name in self.names]
        self._called: dict[str, set[str]] = {}

    def bucket(self, place: int, found: Cells) -> Bucket:
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

    def figures(self) -> Sequence[Figures]:
        """All that was gathered, with the name of the municipality where ``naam`` is the same for several fields."""
        for bucket in self.gathering.buckets():
            called = self._called[bucket.code]
            if not bucket.name and len(called) == 1 and len({row.task_field for row in bucket.rows}) > 1:
                bucket.name = checks.name(next(iter(called)))
        return self.gathering.figures()
