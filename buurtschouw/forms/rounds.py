"""Putting reports in a round, and changing it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtschouw.forms.bulk import NumbersField
from buurtschouw.models import Report


class AddForm(forms.Form):
    """The reports to put in it."""

    numbers = NumbersField()

    def reports(self) -> list[Report]:
        """Those that exist here, in the order of their numbers."""
        numbers = [int(number) for number in self.cleaned_data["numbers"]]
        return list(Report.objects.filter(pk__in=numbers).defer("search").order_by("pk"))


class ChangeForm(forms.Form):
    """One change of one's own round."""

    ACTS = ("up", "down", "off", "order", "empty", "share", "hide")

    act = forms.ChoiceField(choices=[(act, act) for act in ACTS])
    report = forms.ModelChoiceField(queryset=Report.objects.none(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["report"].queryset = Report.objects.defer("search")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("act") in {"up", "down", "off"} and not given.get("report"):
            self.add_error("report", _("Choose a report."))
        return given
