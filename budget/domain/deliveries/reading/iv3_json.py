"""The Iv3 delivery in JSON, schema 2.1 of Statistics Netherlands: one municipality, year and period.

``data.lasten`` and ``data.baten`` are read; the balance sheet, key figures and indicators are no part of a budget. Rows
with the same task field and category differ in their ``details`` and all count. Amounts are in euro, not in thousands:
the schema names no unit and allows decimals, and the details are bookings; those who make JSON of the workbook, which
is in thousand euro, multiply it. ``periode`` 0 is a budget, 1 to 4 a quarter, 5 the annual accounts; ``status`` has to
agree with it. The number of a row counts through the rows of ``lasten`` and then those of ``baten``.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from budget.domain.deliveries.reading import amounts, checks, kinds
from budget.domain.deliveries.reading.complaints import Complaints, refused
from budget.domain.deliveries.reading.gathering import EVERY, Bucket, Progress, Read
from budget.domain.deliveries.rows import Row
from budget.enums import DeliveryFormat

_SIDES = (("lasten", "L"), ("baten", "B"))
_STATUS = {"begroting": False, "realisatie": True}


def read(name: str, document: Any, *, asked: kinds.Asked, progress: Progress) -> Read:
    """All figures of a delivery. Raises ``FiguresRefused`` with everything that is wrong."""
    complaints = Complaints(name)
    bucket = of_metadata(complaints, document.get("metadata"), asked=asked)
    complaints.check()
    assert bucket is not None  # noqa: S101  otherwise there was a complaint
    for place, side, where, row in _rows(complaints, document.get("data")):
        _take(complaints, bucket, place, side, where, row)
        if place % EVERY == 0:
            progress(place)
    complaints.check()
    if not bucket.rows:
        raise refused(name, _("There are no figures in this file."))
    return Read(name, DeliveryFormat.IV3_JSON, [bucket.figures()])


def of_metadata(complaints: Complaints, said: Any, *, asked: kinds.Asked) -> Bucket | None:
    """Whose figures these are and which, by ``overheidsnummer``, ``boekjaar``, ``periode`` and ``status``.

    None with complaints, each with the name of the field, when that is not clear.
    """
    said = said if isinstance(said, dict) else {}
    column = "overheidslaag"
    try:
        _check_layer(said.get(column))
        column = "overheidsnummer"
        code = checks.municipality(_code(said.get(column)))
        column = "boekjaar"
        year = kinds.year_from(_digits(said.get(column)))
        column = "periode"
        period = _period(said)
        kind = kinds.settled(kinds.from_period(period), year=year, asked=asked)
    except (checks.NotACode, kinds.NotAKind) as wrong:
        complaints.add(None, column, said.get(column), str(wrong))
        return None
    return Bucket(code, year, kind, name=checks.name(str(said.get("overheidsnaam") or "")))


def _check_layer(layer: object) -> None:
    if layer and str(layer).strip().casefold() != "gemeente":
        raise checks.NotACode(_("Only figures of municipalities are read."))


def _code(number: object) -> str:
    """ "0361", "361" and 361 are all GM0361."""
    text = _digits(number).removeprefix("GM")
    return f"GM{text:0>4}" if text else text


def _digits(number: object) -> str:
    if isinstance(number, float) and number.is_integer():
        number = int(number)
    return "" if isinstance(number, bool) else str(number if number is not None else "").strip()


def _period(said: dict[str, Any]) -> int:
    text = _digits(said.get("periode"))
    if not re.fullmatch("[0-5]", text):
        raise kinds.NotAKind(
            _("A period is a number from 0 (budget) up to and including 5 (annual accounts).")
        )
    status = _STATUS.get(str(said.get("status") or "").strip().casefold())
    if status is not None and status != bool(int(text)):
        raise kinds.NotAKind(_("The period and the status do not agree: only a budget has period 0."))
    return int(text)


def _rows(complaints: Complaints, data: Any) -> Iterator[tuple[int, str, str, Any]]:
    place = 0
    for name, side in _SIDES:
        rows = data.get(name) if isinstance(data, dict) else None
        if not isinstance(rows, list):
            complaints.add(None, f"data.{name}", None, _("This list is not there."))
            continue
        for number, row in enumerate(rows):
            place += 1
            yield place, side, f"{name}[{number}]", row


def _take(complaints: Complaints, bucket: Bucket, place: int, side: str, where: str, row: Any) -> None:
    if not isinstance(row, dict):
        complaints.add(place, where, row, _("This is not a row."))
        return
    column = "taakveld"
    try:
        task_field = checks.task_field(_text(row.get(column)))
        column = "categorie"
        category = checks.category(_text(row.get(column)), side)
        column = "bedrag"
        amount = amounts.from_number(row.get(column), 1)
    except (checks.NotACode, amounts.NotAnAmount) as wrong:
        complaints.add(place, f"{where}.{column}", row.get(column), str(wrong))
        return
    bucket.rows.append(Row(place, side, task_field, category, "", amount))


def _text(code: Any) -> str:
    """A code has to be a text: of the number 0.1 one can't say whether it is 0.1 or 0.10."""
    if not isinstance(code, str):
        raise checks.NotACode(_("A code is a text between quotation marks."))
    return code
