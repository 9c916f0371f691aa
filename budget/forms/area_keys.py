"""Keys by which money is divided over areas, and what was really booked there."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from budget.enums import AreaKeyKind, BudgetKind
from budget.forms.rows_of_areas import OfAreasForm, RowsField, number
from budget.iv3 import names
from budget.models import AreaKey, Budget
from trajecten.forms.names import NameField
from trajecten.models import Area

# What fits in the columns: 14 figures of which 4 behind the point; a whole amount in euro.
MAX_WEIGHT = Decimal(10) ** 9
MAX_AMOUNT = 10**12


class AreaKeyForm(OfAreasForm):
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
                cleaned["weights"] = self._weights()
            except ValidationError as wrong:
                self.add_error("rows", wrong)
        return cleaned

    def _weights(self) -> dict[Area, Decimal]:
        found: dict[Area, Decimal] = {}
        for row, named, text in self.rows():
            area = self.area(row, named)
            if area in found:
                message = _("Row %(row)s: the area “%(name)s” is there twice.")
                raise ValidationError(message, params={"row": row, "name": named})
            found[area] = self._weight(row, text)
        return found

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


class AreaBookingForm(OfAreasForm):
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
            if not -MAX_AMOUNT <= amount <= MAX_AMOUNT:
                raise ValidationError(_("Row %(row)s: this amount is too large."), params={"row": row})
            key = (code, self.area(row, named))
            found[key] = found.get(key, 0) + round(amount)
        return found
