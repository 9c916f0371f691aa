"""Delivering figures: a file, or a year of Statistics Netherlands."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from budget.domain.deliveries import receiving
from budget.domain.deliveries.reading.kinds import FIRST_YEAR, LAST_YEAR, Asked
from budget.enums import BudgetKind, Period

FIRST_TABLE = 2017  # since then Statistics Netherlands has figures by task field


class DeliveryForm(forms.Form):
    """A file, and what its figures are where the file doesn't say it."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, or a delivery of Iv3 as JSON or workbook. At most 50 MB."),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty. Choose it again.")},
    )
    kind = forms.ChoiceField(
        label=_("What are these figures?"),
        required=False,
        choices=[("", _("as the file says")), *BudgetKind.choices],
        help_text=_(
            "A file of Iv3 says whether it is a budget or what was spent, not whether it was changed since."
        ),
    )
    period = forms.TypedChoiceField(
        label=_("Spent up to when?"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("as the file says")), *((value, label) for value, label in Period.choices if value)],
        help_text=_("Only for what was spent."),
    )
    base_year = forms.IntegerField(
        label=_("In the budget of which year was it made?"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text=_("Only for a multi-year estimate. For example: 2026."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > receiving.MAX_BYTES:
            limit = {"n": receiving.MAX_BYTES // 1_000_000}
            raise forms.ValidationError(gettext("This is larger than %(n)s MB. Deliver it in parts.") % limit)
        return file

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        kind = given.get("kind")
        if kind == BudgetKind.ESTIMATE and "base_year" in given and not given["base_year"]:
            self.add_error(
                "base_year", gettext("An estimate needs the year of the budget in which it was made.")
            )
        if given.get("period") and kind != BudgetKind.REALISED:
            self.add_error(
                "period", gettext("Only what was spent has this. Choose that above, or leave this empty.")
            )
        if given.get("base_year") and kind != BudgetKind.ESTIMATE:
            self.add_error(
                "base_year", gettext("Only an estimate has this. Choose that above, or leave this empty.")
            )
        return given

    def asked(self) -> Asked:
        given = self.cleaned_data
        return Asked(kind=given["kind"], period=given["period"], base_year=given["base_year"])


class StatisticsForm(forms.Form):
    """A year of which Statistics Netherlands may have figures."""

    year = forms.IntegerField(
        label=_("Year"),
        min_value=FIRST_TABLE,
        error_messages={"required": _("Fill in a year.")},
    )

    def clean_year(self) -> int:
        year, next_year = self.cleaned_data["year"], timezone.localdate().year + 1
        if year > next_year:
            raise forms.ValidationError(gettext("There are no figures of this year yet."))
        return int(year)
