"""CSV: a row an amount, or two of them when both sides stand in it.

Columns, in any order and in capitals or not: ``gm_code``, ``jaar``, ``taakveld``, and ``lasten_x1000`` or
``baten_x1000`` or both, in thousand euro (``amounts`` says how these may be written). ``verslagsoort`` is "2026X000" or
a word of ``kinds``; without it who delivers says what the figures are. Also read: ``categorie``, ``programma``,
``inwoners``, ``gemeente``, and ``basisjaar`` for an estimate. ``naam`` is taken for the name of the municipality when
it is the same on rows of several task fields; otherwise it is that of the task field, and not used. Other columns are
left out, which is noted.

Comma, semicolon or tab; UTF-8 with or without byte order mark, UTF-16 with one, and else Windows-1252. The number of a
row is that of its line in the file, the first is 1.
"""

from collections.abc import Sequence
from operator import itemgetter

from django.utils.translation import gettext as _

from budget.domain.deliveries.reading import amounts, checks, csv_text, kinds
from budget.domain.deliveries.reading.complaints import Complaints, refused
from budget.domain.deliveries.reading.csv_columns import Cells, Columns
from budget.domain.deliveries.reading.gathering import EVERY, Bucket, Gathering, Progress, Read, twice
from budget.domain.deliveries.reading.sources import Source
from budget.domain.deliveries.rows import Figures, Row
from budget.enums import DeliveryFormat

_NEEDED = ("gm_code", "jaar", "taakveld")
_SIDES = (("lasten_x1000", "L"), ("baten_x1000", "B"))
_WHOSE = ("gm_code", "jaar", "verslagsoort", "basisjaar", "inwoners", "naam", "gemeente")
_KNOWN = frozenset({*_NEEDED, *_WHOSE, *(name for name, _side in _SIDES), "categorie", "programma"})

_AT_ONCE = 250  # rows; more of them no longer fit in the memory that is nearest to the processor
_PLACE, _KEY = itemgetter(0), itemgetter(1, 2, 3, 4)


class Misplaced(ValueError):
    """The message says why ``value`` can't stand in ``column``."""

    def __init__(self, column: str, value: str | None, reason: str) -> None:
        super().__init__(reason)
        self.column, self.value = column, value


def looks_like(columns: Sequence[str]) -> bool:
    """Whether a heading is that of figures."""
    return all(name in columns for name in _NEEDED) and any(name in columns for name, _side in _SIDES)


def read(source: Source, *, asked: kinds.Asked, progress: Progress) -> Read:
    """All figures of a file. Raises ``FiguresRefused`` with every row that is wrong."""
    with csv_text.opened(source) as file:
        heading = csv_text.heading(source, file)
        _check_heading(source, heading.columns)
        reading = _Reading(source, heading.columns, asked)
        told = 0
        for places, rows in csv_text.batches(source, file, heading.divider, min(_AT_ONCE, EVERY)):
            reading.take_some(places, rows)
            if reading.count - told >= EVERY:
                told = reading.count
                progress(told)
        if reading.count > told:
            progress(reading.count)
    return reading.ended()


def _check_heading(source: Source, columns: Sequence[str]) -> None:
    missing = [name for name in _NEEDED if name not in columns]
    if not any(name in columns for name, _side in _SIDES):
        missing.append("lasten_x1000")
    if missing:
        raise refused(source.name, _("There is no column %(names)s.") % {"names": ", ".join(missing)})
    if twice_there := sorted({name for name in columns if name in _KNOWN and columns.count(name) > 1}):
        raise refused(source.name, _("The column %(name)s is there twice.") % {"name": twice_there[0]})


class _Reading:
    """One file while it is read: what stands where, and what was found so far."""

    def __init__(self, source: Source, columns: Sequence[str], asked: kinds.Asked) -> None:
        self.source, self.asked = source, asked
        self.complaints, self.gathering = Complaints(source.name), Gathering()
        self.width = len(columns)
        at = {name: place for place, name in enumerate(columns) if name in _KNOWN}
        self.whose_names = [name for name in _WHOSE if name in at]
        self.at_whose = [at[name] for name in self.whose_names]
        self.sides = [(at[name], side, name) for name, side in _SIDES if name in at]
        self.at_task_field, self.at_category, self.at_programme = (
            at.get(name, -1) for name in ("taakveld", "categorie", "programma")
        )
        self.columns = Columns(
            self.width,
            at,
            whose=self.whose_names,
            sides=[(at, side) for at, side, _name in self.sides],
            bucket=self._bucket,
            amount=self._euro,
        )
        self.count = 0
        self.names: dict[str, set[str]] = {}
        self.written: set[str] = set()
        self.open: list[tuple[Bucket, int, str, str]] = []
        left_out = [name for name in columns if name and name not in _KNOWN]
        self.notes = (
            [_("Columns that were left out: %(names)s.") % {"names": ", ".join(left_out)}] if left_out else []
        )

    def take_some(self, places: Sequence[int], rows: Sequence[list[str]]) -> None:
        """By the column where all is in order, else row by row without those that are empty."""
        if not self.columns.take(places, rows):
            for place, row in zip(places, rows, strict=True):
                if any(row):
                    self.take(place, row)
        self.count += len(rows)

    def take(self, place: int, row: list[str]) -> None:
        if len(row) != self.width and not self._fits(place, row):
            return
        bucket = self._known_bucket(place, tuple(row[at] for at in self.at_whose))
        try:
            task_field = checks.task_field(row[self.at_task_field])
        except checks.NotACode as wrong:
            self.complaints.add(place, "taakveld", row[self.at_task_field], str(wrong))
            return
        if bucket:
            self._take_sides(place, row, bucket, task_field)

    def _fits(self, place: int, row: list[str]) -> bool:
        """Whether a row has all columns, or only empty ones too many, which are taken off."""
        if len(row) > self.width and not any(cell.strip() for cell in row[self.width :]):
            del row[self.width :]
            return True
        reason = _("This row has %(n)d columns, and the heading %(of)d.") % {"n": len(row), "of": self.width}
        self.complaints.add(place, "", None, reason)
        return False

    def _known_bucket(self, place: int, whose: Cells) -> Bucket | None:
        known = self.columns.buckets
        try:
            if whose not in known:
                known[whose] = self._bucket(place, whose)
        except Misplaced as wrong:
            self.complaints.add(place, wrong.column, wrong.value, str(wrong))
            return None
        return known[whose]

    def _bucket(self, place: int, whose: Cells) -> Bucket:
        cells = {name: cell.strip() for name, cell in zip(self.whose_names, whose, strict=True)}
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
        self.names.setdefault(code, set()).add(cells.get("naam", ""))
        return bucket

    def _kind(self, cells: dict[str, str], year: int) -> kinds.Kind:
        text, base_year = cells.get("verslagsoort", ""), cells.get("basisjaar", "")
        said = kinds.from_text(text, year) if text else None
        made_in = kinds.year_from(base_year) if base_year else None
        return kinds.settled(said, year=year, asked=self.asked, base_year=made_in)

    def _take_sides(self, place: int, row: list[str], bucket: Bucket, task_field: str) -> None:
        is_empty = True
        for at, side, column in self.sides:
            text = row[at].strip()
            if text:
                is_empty = False
                self._take_amount(place, row, bucket, (side, task_field, text, column))
        if is_empty:
            reason = _("There is no amount in this row. Write 0 when it is nothing.")
            self.complaints.add(place, self.sides[0][2], None, reason)

    def _take_amount(
        self, place: int, row: list[str], bucket: Bucket, what: tuple[str, str, str, str]
    ) -> None:
        side, task_field, text, column = what
        try:
            category, programme = self._divided(row, side)
            amount = self._amount(bucket, text, column)
        except amounts.NotAnAmount as wrong:
            self.complaints.add(place, column, text, str(wrong))
            return
        except checks.NotACode as wrong:
            if not (_is_nothing(text) and self._is_of_other_side(row, side)):
                self.complaints.add(place, *self._code_at_fault(row, side), str(wrong))
            return
        bucket.rows.append(Row(place, side, task_field, category, programme, amount))

    def _amount(self, bucket: Bucket, text: str, column: str) -> int:
        """In euro; of an amount that can be read in two ways nothing yet, that is decided at the end of the file."""
        try:
            return self._euro(text)
        except amounts.TwoWays:
            self.open.append((bucket, len(bucket.rows), text, column))
            return 0

    def _euro(self, text: str) -> int:
        text = text.strip()
        if not text.isdecimal():
            self.written.add(text)
        return amounts.from_text(text, amounts.THOUSAND)

    def _divided(self, row: list[str], side: str) -> tuple[str, str]:
        category = ""
        if self.at_category >= 0:
            category = checks.category(row[self.at_category], side)
        return category, checks.programme(row[self.at_programme]) if self.at_programme >= 0 else ""

    def _is_of_other_side(self, row: list[str], side: str) -> bool:
        try:
            return bool(checks.category(row[self.at_category], "B" if side == "L" else "L"))
        except checks.NotACode:
            return False

    def _code_at_fault(self, row: list[str], side: str) -> tuple[str, str]:
        try:
            checks.category(row[self.at_category], side)
        except checks.NotACode:
            return "categorie", row[self.at_category]
        return "programma", row[self.at_programme]

    def ended(self) -> Read:
        self._decide()
        self._check_unlike()
        self.complaints.check()
        found = self.gathering.figures()
        if not found:
            raise refused(self.source.name, _("There are no figures in this file."))
        self._name(found)
        return Read(self.source.name, DeliveryFormat.CSV, self.gathering.figures(), self.notes)

    def _decide(self) -> None:
        if not self.open:
            return
        is_dutch = any(map(amounts.is_dutch, self.written))
        is_decided = is_dutch != any(map(amounts.has_decimal_point, self.written))
        for bucket, number, text, column in self.open:
            row = bucket.rows[number]
            if is_decided:
                amount = amounts.decided(text, amounts.THOUSAND, dutch=is_dutch)
                bucket.rows[number] = row._replace(amount=amount)
            else:
                self.complaints.add(row.place, column, text, amounts.two_ways())

    def _check_unlike(self) -> None:
        """Put the rows in the order of the file, and complain of those that stand in it twice."""
        for bucket in self.gathering.buckets():
            if len(self.sides) > 1:
                bucket.rows.sort(key=_PLACE)
            bucket.are_unlike = len(set(map(_KEY, bucket.rows))) == len(bucket.rows)
            for row in () if bucket.are_unlike else bucket.rows:
                first = bucket.seen.setdefault(_KEY(row), row.place)
                if first != row.place:
                    self.complaints.add(row.place, "", row.task_field, twice(first))

    def _name(self, found: Sequence[Figures]) -> None:
        """Names of municipalities, where ``naam`` is the same for several task fields."""
        for one in found:
            names = self.names[one.code]
            bucket = self.gathering.bucket(
                one.code, one.year, kinds.Kind(one.kind, one.period, one.base_year)
            )
            if not bucket.name and len(names) == 1 and len({row.task_field for row in one.rows}) > 1:
                bucket.name = checks.name(next(iter(names)))


def _is_nothing(text: str) -> bool:
    try:
        return amounts.from_text(text, 1) == 0
    except amounts.NotAnAmount:
        return False
