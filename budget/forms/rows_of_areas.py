"""Rows that are typed, pasted or sent in a file, each of which names an area."""

import csv
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from budget.domain.deliveries.reading import amounts
from trajecten.models import Area

MAX_ROWS = 2000
MAX_FILE = 500_000


class RowsField(forms.CharField):
    """Rows of a small table, typed or pasted: cells divided by semicolons, tabs or commas. Cleaned to lists of cells.

    With commas between cells an amount can't have one; semicolons and tabs go first.
    """

    widget = forms.Textarea(attrs={"rows": 10})

    def __init__(self, *, columns: int, **kwargs: Any) -> None:
        self.columns = columns
        super().__init__(**kwargs)

    def clean(self, value: Any) -> list[list[str]]:
        return list(self.rows(super().clean(value)))

    def rows(self, text: str) -> Iterator[list[str]]:
        """The rows that are not empty; refused is one with another number of cells, with its number."""
        lines = text.splitlines()
        if len(lines) > MAX_ROWS:
            raise ValidationError(
                _("These are too many rows. %(most)d is the most."), params={"most": MAX_ROWS}
            )
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            cells = _cells(line)
            if len(cells) != self.columns:
                message = _("Row %(row)d has %(found)d parts and needs %(needed)d.")
                params = {"row": number, "found": len(cells), "needed": self.columns}
                raise ValidationError(message, params=params)
            yield [str(number), *cells]


def _cells(line: str) -> list[str]:
    """None of a line that can't be divided: it is far too long."""
    cut = next((sign for sign in ";\t" if sign in line), ",")
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=cut))]
    except csv.Error:
        return []


class OfAreasForm(forms.Form):
    """A form whose rows name areas by their code, their name, or both. A file goes before what was typed."""

    file = forms.FileField(
        label=_("Or a file (CSV)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
    )

    def __init__(self, *args: Any, areas: list[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_name = {area.name.casefold(): area for area in areas} | {
            area.code.casefold(): area for area in areas
        }

    def rows(self) -> list[list[str]]:
        """Those of the file, else those that were typed, each with its number first."""
        given = self.cleaned_data.get("file")
        typed: list[list[str]] = self.cleaned_data.get("rows") or []
        if not given:
            return typed
        if given.size > MAX_FILE:
            raise ValidationError(_("This file is too large."))
        try:
            text = given.read().decode("utf-8-sig")
        except UnicodeDecodeError as wrong:
            raise ValidationError(_("This is no text file in UTF-8. Save it as CSV (UTF-8).")) from wrong
        field = self.fields["rows"]
        assert isinstance(field, RowsField)  # noqa: S101
        return list(field.rows(text))

    def area(self, row: str, named: str) -> Area:
        found = self.by_name.get(named.casefold())
        if found is None:
            message = _("Row %(row)s: there is no area “%(name)s”.")
            raise ValidationError(message, params={"row": row, "name": named})
        return found


def number(row: str, text: str) -> Decimal:
    """A number of a row: "1250", "1.250,50" or "1250.5". Refused (ValidationError): what is none, and what can be a
    thousand times more or less, such as "1.250"."""
    plain = text.replace("€", "").replace(" ", "").replace("\xa0", "")
    if amounts.is_open(plain):
        message = _("Row %(row)s: “%(text)s” can be read in two ways. Write it without points.")
        raise ValidationError(message, params={"row": row, "text": text})
    if amounts.is_dutch(plain):
        plain = plain.replace(".", "").replace(",", ".")
    try:
        found = Decimal("" if "_" in plain else plain)
    except InvalidOperation:
        found = Decimal("nan")
    if not found.is_finite():
        raise ValidationError(_("Row %(row)s: “%(text)s” is no number."), params={"row": row, "text": text})
    return found
