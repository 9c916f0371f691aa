"""Keys by which money is divided over areas, and what was really booked there."""

import csv
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from budget.enums import AreaKeyKind, BudgetKind
from budget.iv3 import names
from budget.models import AreaKey, Budget
from trajecten.forms.names import NameField
from trajecten.models import Area

MAX_ROWS = 2000
MAX_FILE = 500_000
# What fits in the columns: 14 figures of which 4 behind the point; a whole amount in euro.
MAX_WEIGHT = Decimal(10) ** 9
MAX_AMOUNT = 10**12
# One point with three figures behind it: a thousand, or three decimals. More of them are thousands.
_BOTH = re.compile(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}")
_GROUPS = re.compile(r"[+-]?[1-9][0-9]{0,2}(\.[0-9]{3}){2,}")


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
            cut = next((sign for sign in ";\t" if sign in line), ",")
            cells = [cell.strip() for cell in next(csv.reader([line], delimiter=cut))]
            if len(cells) != self.columns:
                message = _("Row %(row)d has %(found)d parts and needs %(needed)d.")
                params = {"row": number, "found": len(cells), "needed": self.columns}
                raise ValidationError(message, params=params)
            yield [str(number), *cells]


class _OfAreas(forms.Form):
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
    """A number of a row: "1250", "1.250,50", "1.250.000" or "1250.5".

    Refused (ValidationError): what is none, and "1.250", which can be read in two ways.
    """
    plain = text.replace("€", "").replace(" ", "").replace("\xa0", "")
    if _BOTH.fullmatch(plain):
        message = _("Row %(row)s: “%(text)s” can be read in two ways. Write it without a point.")
        raise ValidationError(message, params={"row": row, "text": text})
    if "," in plain or _GROUPS.fullmatch(plain):
        plain = plain.replace(".", "").replace(",", ".")
    try:
        found = Decimal(plain)
    except InvalidOperation:
        found = Decimal("nan")
    if not found.is_finite():
        raise ValidationError(_("Row %(row)s: “%(text)s” is no number."), params={"row": row, "text": text})
    return found


class AreaKeyForm(_OfAreas):
    """Name, kind and source of a key, and the weights of one's own."""

    name = NameField(label=_("Name"), max_length=120, error_messages={"required": _("Give the key a name.")})
    kind = forms.ChoiceField(
        label=_("How does it divide?"), choices=AreaKeyKind.choices, widget=forms.RadioSelect
    )
    source = forms.CharField(
        label=_("Where do the figures come from?"),
        help_text=_("Residents see this beside the figure. Needed for a key of your own, and for bookings."),
        required=False,
        max_length=300,
    )
    rows = RowsField(
        columns=2,
        label=_("Weights of the areas, for a key of your own"),
        help_text=_(
            "One area in a row: its name or code, a semicolon, and the weight. For example: De Linde; 120"
        ),
        required=False,
    )
    field_order = ("name", "kind", "source", "rows", "file")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            try:
                cleaned["weights"] = {
                    self.area(row, named): self._weight(row, text) for row, named, text in self.rows()
                }
            except ValidationError as wrong:
                self.add_error("rows", wrong)
        return cleaned

    def _weight(self, row: str, text: str) -> Decimal:
        found = number(row, text)
        if not 0 <= found <= MAX_WEIGHT:
            raise ValidationError(_("Row %(row)s: a weight is 0 or more."), params={"row": row})
        return round(found, 4)


class TakeAwayForm(forms.Form):
    """The button with which a key is taken away."""

    take_away = forms.BooleanField()

    def is_meant(self) -> bool:
        return self.is_valid()


class AreaKeyUseForm(forms.Form):
    """For each line the key that divides it."""

    def __init__(self, *args: Any, codes: list[str], used: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = AreaKey.objects.all()
        for code in codes:
            self.fields[field_of(code)] = forms.ModelChoiceField(
                label=f"{code} {names.name(code)}",
                required=False,
                queryset=keys,
                empty_label=_("by inhabitants"),
                initial=used.get(code),
            )
        # One statement for the choices of all fields, and for what was chosen.
        choices = [("", _("by inhabitants")), *((key.pk, key.name) for key in keys)]
        for field in self.fields.values():
            field.choices = choices  # type: ignore[attr-defined]


def field_of(code: str) -> str:
    """The name of the field of a line."""
    return f"key_{code.replace('.', '_')}"


class AreaBookingForm(_OfAreas):
    """Of which figures, and the rows of what was booked. Without rows all of it goes, so that is asked for apart."""

    budget = forms.ModelChoiceField(label=_("Figures"), queryset=Budget.objects.none(), empty_label=None)
    rows = RowsField(
        columns=3,
        label=_("What was booked"),
        help_text=_(
            "In each row: the line, the area and the amount in euros, with semicolons. "
            "For example: 5.7; De Linde; 125000"
        ),
        required=False,
    )
    empties = forms.BooleanField(label=_("Remove all bookings of these figures"), required=False)
    field_order = ("budget", "rows", "file", "empties")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Budget.objects.filter(is_current=True).exclude(kind=BudgetKind.ESTIMATE)
        self.fields["budget"].queryset = found  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            try:
                cleaned["amounts"] = self._amounts()
            except ValidationError as wrong:
                self.add_error("rows", wrong)
            else:
                self._check_meant(cleaned)
        return cleaned

    def _check_meant(self, cleaned: dict[str, Any]) -> None:
        if cleaned["empties"] and cleaned["amounts"]:
            self.add_error("empties", _("You gave bookings too. Choose one of the two."))
        elif not cleaned["empties"] and not cleaned["amounts"]:
            self.add_error("rows", _("Fill in what was booked, or choose a file."))

    def _amounts(self) -> dict[tuple[str, Area], int]:
        found: dict[tuple[str, Area], int] = {}
        for row, code, named, text in self.rows():
            if not names.is_known(code):
                message = _("Row %(row)s: there is no line “%(code)s”.")
                raise ValidationError(message, params={"row": row, "code": code})
            amount = number(row, text)
            if abs(amount) > MAX_AMOUNT:
                raise ValidationError(_("Row %(row)s: this amount is too large."), params={"row": row})
            key = (code, self.area(row, named))
            found[key] = found.get(key, 0) + round(amount)
        return found
