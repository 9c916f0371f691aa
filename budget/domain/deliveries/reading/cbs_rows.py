"""Rows of Statistics Netherlands, tables "Gemeenten JJJJ onbewerkte Iv3-data" (OData v3).

A page is ``{"value": [row, …]}``, with ``odata.nextLink`` when more follow; pages belong together, in one file as a
list or each in a file of its own. Without the last of them the figures would be those of a part (``breaks_off``).

Keys have spaces behind them. Amounts are in thousand euro: ``k_2ePlaatsing_2`` is the second publication, which goes
before ``k_1ePlaatsing_1``, the first; -99998 and nothing at all mean that there is none, and a row with neither has no
figure and is left out. Rows of the balance sheet (``A…`` and ``P…``) are no part of a budget and are left out too. The
number of a row counts on from page to page.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from budget.domain.deliveries.reading import amounts, checks, kinds
from budget.domain.deliveries.reading.complaints import Complaints, refused
from budget.domain.deliveries.reading.gathering import EVERY, Bucket, Gathering, Progress, Read, twice
from budget.domain.deliveries.rows import Row
from budget.enums import DeliveryFormat

NONE = -99998
_FOLLOWING = "odata.nextLink"
_PLACED = ("k_2ePlaatsing_2", "k_1ePlaatsing_1")
_NEEDED = ("Gemeenten", "TaakveldBalanspost", "Categorie", "Verslagsoort")


def rows_of(document: Any) -> Iterator[Any]:
    """The rows of a page, of a list of pages, or of a list of rows."""
    for part in document if isinstance(document, list) else [document]:
        if isinstance(part, dict) and isinstance(part.get("value"), list):
            yield from part["value"]
        else:
            yield part


def breaks_off(documents: Iterable[Any]) -> bool:
    """Whether there is no last page among these: each of them says that more rows follow."""
    pages = [part for one in documents for part in (one if isinstance(one, list) else [one])]
    return all(isinstance(page, dict) and _FOLLOWING in page for page in pages)


def read(
    name: str,
    pages: Iterable[tuple[str, Iterable[Any]]],
    *,
    asked: kinds.Asked,
    progress: Progress,
    names: Mapping[str, str] | None = None,
) -> Read:
    """All figures of pages, each the name of its file and its rows; ``names`` are those of municipalities by code.

    Raises ``FiguresRefused`` with every row that is wrong: its number in its own file.
    """
    reading, count = _Reading(name, asked), 0
    for file, rows in pages:
        reading.complaints.file = file
        for number, row in enumerate(rows, start=1):
            count += 1
            reading.take(count, number, row)
            if count % EVERY == 0:
                progress(count)
    reading.complaints.check()
    return reading.ended(names or {})


class _Reading:
    def __init__(self, name: str, asked: kinds.Asked) -> None:
        self.name, self.asked = name, asked
        self.complaints, self.gathering = Complaints(name), Gathering()
        self.buckets: dict[tuple[str, str], Bucket] = {}

    def take(self, place: int, number: int, row: Any) -> None:
        if not isinstance(row, dict) or not all(isinstance(row.get(key), str) for key in _NEEDED):
            reason = _("A row has the texts %(names)s.") % {"names": ", ".join(_NEEDED)}
            self.complaints.add(number, "", row, reason)
            return
        if row["TaakveldBalanspost"][:1] in ("A", "P"):
            return
        column = "Gemeenten"
        try:
            bucket = self._bucket(row["Gemeenten"], row["Verslagsoort"])
        except checks.NotACode as wrong:
            self.complaints.add(number, column, row[column], str(wrong))
        except kinds.NotAKind as wrong:
            self.complaints.add(number, "Verslagsoort", row["Verslagsoort"], str(wrong))
        else:
            self._take_amount(place, number, row, bucket)

    def _bucket(self, municipality: str, report: str) -> Bucket:
        found = self.buckets.get((municipality, report))
        if found is None:
            code = checks.municipality(municipality)
            year = kinds.year_from(report.strip()[:4])
            kind = kinds.settled(kinds.from_text(report.strip(), year), year=year, asked=self.asked)
            found = self.buckets[municipality, report] = self.gathering.bucket(code, year, kind)
        return found

    def _take_amount(self, place: int, number: int, row: dict[str, Any], bucket: Bucket) -> None:
        column = "TaakveldBalanspost"
        try:
            task_field = checks.task_field(row[column])
            column = "Categorie"
            side = checks.side(row[column])
            category = checks.category(row[column], side)
            column, value = _placed(row)
            if value is None:
                return
            amount = amounts.from_number(value, amounts.THOUSAND)
        except (checks.NotACode, amounts.NotAnAmount) as wrong:
            self.complaints.add(number, column, row.get(column), str(wrong))
            return
        first = bucket.seen.setdefault((side, task_field, category, ""), place)
        if first != place:
            self.complaints.add(number, "", task_field, twice(first))
        bucket.rows.append(Row(place, side, task_field, category, "", amount))

    def ended(self, names: Mapping[str, str]) -> Read:
        for bucket in self.buckets.values():
            bucket.name = checks.name(names.get(bucket.code, ""))
        found = self.gathering.figures()
        if not found:
            raise refused(self.name, _("There are no figures in this file."))
        return Read(self.name, DeliveryFormat.CBS, found)


def _placed(row: Mapping[str, Any]) -> tuple[str, Any]:
    """The newest publication that there is: its column and amount, or nothing at all."""
    for column in _PLACED:
        value = row.get(column)
        text = value.strip() if isinstance(value, str) else value
        if text not in (None, "", NONE, str(NONE), f"{NONE}.0", "."):
            return column, value
    return "", None
