"""CSV: a row an amount, or two of them when both sides stand in it.

Columns, in any order and in capitals or not: ``gm_code``, ``jaar``, ``taakveld``, and ``lasten_x1000`` or
``baten_x1000`` or both, in thousand euro (``amounts`` says how these may be written). ``verslagsoort`` is "2026X000" or
a word of ``kinds``; without it who delivers says what the figures are. Also read: ``categorie``, ``programma``,
``inwoners``, ``gemeente``, and ``basisjaar`` for an estimate. ``naam`` is taken for the name of the municipality when
it is the same on rows of several task fields; otherwise it is that of the task field, and not used. Other columns are
left out, which is noted.

Comma, semicolon or tab; UTF-8 with or without byte order mark, UTF-16 with one, and else Windows-1252. The number of a
row is that of the line in which it begins, the first is 1.
"""

from collections.abc import Mapping, Sequence
from operator import itemgetter

from django.utils.translation import gettext as _

from budget.domain.deliveries.reading import amounts, checks, csv_text, kinds
from budget.domain.deliveries.reading.complaints import Complaints, refused
from budget.domain.deliveries.reading.csv_columns import Cells, Columns
from budget.domain.deliveries.reading.csv_whose import NAMES, Misplaced, Whose
from budget.domain.deliveries.reading.csv_written import Written
from budget.domain.deliveries.reading.gathering import EVERY, Bucket, Progress, Read, twice
from budget.domain.deliveries.reading.sources import Source
from budget.domain.deliveries.rows import Row
from budget.enums import DeliveryFormat

_NEEDED = ("gm_code", "jaar", "taakveld")
_SIDES = (("lasten_x1000", "L"), ("baten_x1000", "B"))
_KNOWN = frozenset({*_NEEDED, *NAMES, *(name for name, _side in _SIDES), "categorie", "programma"})

_AT_ONCE = 250  # rows; more of them no longer fit in the memory that is nearest to the processor
_PLACE, _KEY = itemgetter(0), itemgetter(1, 2, 3, 4)


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
        self.source, self.width, self.count = source, len(columns), 0
        at = {name: place for place, name in enumerate(columns) if name in _KNOWN}
        self.complaints = Complaints(source.name)
        self.whose, self.written = Whose(at, asked, self.complaints), Written(self.complaints)
        self.sides = [(at[name], side, name) for name, side in _SIDES if name in at]
        self.at_task_field, self.at_category, self.at_programme = (
            at.get(name, -1) for name in ("taakveld", "categorie", "programma")
        )
        self.columns = self._columns(at)
        left_out = ", ".join(name for name in columns if name and name not in _KNOWN)
        self.notes = [_("Columns that were left out: %(names)s.") % {"names": left_out}] if left_out else []

    def _columns(self, at: Mapping[str, int]) -> Columns:
        return Columns(
            self.width,
            at,
            whose=self.whose.names,
            sides=[(place, side) for place, side, _name in self.sides],
            bucket=self.whose.bucket,
            amount=self.written.euro,
        )

    def take_some(self, places: Sequence[int], rows: Sequence[list[str]]) -> None:
        """By the column where all is in order, else row by row without those that are empty."""
        if not self.columns.take(places, rows):
            for place, row in zip(places, rows, strict=True):
                if not csv_text.is_blank(row):
                    self.take(place, row)
        self.count += len(rows)

    def take(self, place: int, row: list[str]) -> None:
        if len(row) != self.width and not self._fits(place, row):
            return
        bucket = self._known_bucket(place, tuple(row[at] for at in self.whose.places))
        try:
            task_field = checks.task_field(row[self.at_task_field])
        except checks.NotACode as wrong:
            self.complaints.add(place, "taakveld", row[self.at_task_field], str(wrong))
            return
        if bucket:
            self._take_sides(place, row, bucket, task_field)

    def _fits(self, place: int, row: list[str]) -> bool:
        """Whether a row has all columns, or only empty ones too many, which are taken off."""
        if len(row) > self.width and csv_text.is_blank(row[self.width :]):
            del row[self.width :]
            return True
        self.complaints.add(place, "", None, csv_text.other_width(len(row), self.width))
        return False

    def _known_bucket(self, place: int, whose: Cells) -> Bucket | None:
        known = self.columns.buckets
        try:
            if whose not in known:
                known[whose] = self.whose.bucket(place, whose)
        except Misplaced as wrong:
            self.complaints.add(place, wrong.column, wrong.value, str(wrong))
            return None
        return known[whose]

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
            amount = self.written.euro_of_next(bucket, text, column)
        except amounts.NotAnAmount as wrong:
            self.complaints.add(place, column, text, str(wrong))
            return
        except checks.NotACode as wrong:
            if not (_is_nothing(text) and self._is_of_other_side(row, side)):
                self.complaints.add(place, *self._code_at_fault(row, side), str(wrong))
            return
        bucket.rows.append(Row(place, side, task_field, category, programme, amount))

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
        self.written.decide()
        self._check_unlike()
        self.complaints.check()
        found = self.whose.figures()
        if not found:
            raise refused(self.source.name, _("There are no figures in this file."))
        return Read(self.source.name, DeliveryFormat.CSV, list(found), self.notes)

    def _check_unlike(self) -> None:
        """Put the rows in the order of the file, and complain of those that stand in it twice."""
        for bucket in self.whose.gathering.buckets():
            if len(self.sides) > 1:
                bucket.rows.sort(key=_PLACE)
            bucket.are_unlike = len(set(map(_KEY, bucket.rows))) == len(bucket.rows)
            for row in () if bucket.are_unlike else bucket.rows:
                first = bucket.seen.setdefault(_KEY(row), row.place)
                if first != row.place:
                    self.complaints.add(row.place, "", row.task_field, twice(first))


def _is_nothing(text: str) -> bool:
    try:
        return amounts.from_text(text, 1) == 0
    except amounts.NotAnAmount:
        return False
