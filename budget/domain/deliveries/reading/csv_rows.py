"""Rows of a CSV file one by one, which finds everything that is wrong with them and says where."""

from operator import itemgetter
from typing import TextIO

from django.utils.translation import gettext as _

from budget.domain.deliveries.reading import amounts, checks, csv_text, kinds
from budget.domain.deliveries.reading.complaints import Complaints
from budget.domain.deliveries.reading.csv_heading import Columns
from budget.domain.deliveries.reading.csv_whose import Misplaced, Whose
from budget.domain.deliveries.reading.csv_written import Written
from budget.domain.deliveries.reading.gathering import EVERY, Bucket, Progress, twice
from budget.domain.deliveries.reading.sources import Source
from budget.domain.deliveries.rows import Figures, Row

_PLACE, _KEY = itemgetter(0), itemgetter(1, 2, 3, 4)


def read(
    source: Source,
    file: TextIO,
    divider: str,
    columns: Columns,
    asked: kinds.Asked,
    progress: Progress,
) -> list[Figures]:
    """The figures of all rows after the heading. Raises ``FiguresRefused`` with every row that is wrong."""
    reading, count = _Reading(source, columns, asked), 0
    for count, (place, row) in enumerate(csv_text.rows(source, file, divider), start=1):
        reading.take(place, row)
        if count % EVERY == 0:
            progress(count)
    if count % EVERY:
        progress(count)
    return reading.ended()


class _Reading:
    """One file while it is read: what stands where, and what was found so far."""

    def __init__(self, source: Source, columns: Columns, asked: kinds.Asked) -> None:
        self.width = columns.width
        self.complaints = Complaints(source.name)
        self.whose, self.written = Whose(columns, asked, self.complaints), Written(self.complaints)
        self.at_whose = [columns.at[name] for name in columns.whose]
        self.buckets: dict[tuple[str, ...], Bucket] = {}
        self.sides = [(columns.at[name], side, name) for name, side in columns.sides]
        self.at_task_field, self.at_category, self.at_programme = (
            columns.at.get(name, -1) for name in ("taakveld", "categorie", "programma")
        )

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
        if len(row) > self.width and csv_text.is_blank(row[self.width :]):
            del row[self.width :]
            return True
        self.complaints.add(place, "", None, csv_text.other_width(len(row), self.width))
        return False

    def _known_bucket(self, place: int, whose: tuple[str, ...]) -> Bucket | None:
        known = self.buckets
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

    def ended(self) -> list[Figures]:
        self.written.decide()
        self._check_unlike()
        self.complaints.check()
        return self.whose.named(self.whose.gathering.figures())

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
