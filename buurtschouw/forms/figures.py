"""Which figures somebody wants to see."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtschouw.domain.statistics import tables
from buurtschouw.domain.statistics.tables import Period
from buurtschouw.models import Schouw

PERIODS = [
    ("", _("The last twelve months")),
    ("year", _("This year")),
    ("last-year", _("Last year")),
    ("three-years", _("The last three years")),
    ("all", _("From the beginning")),
]


class FiguresForm(forms.Form):
    """Period, or one walk, whose figures are of its whole time. What does not exist asks nothing."""

    period = forms.ChoiceField(label=_("Period"), required=False, choices=PERIODS)
    schouw = forms.ModelChoiceField(
        label=_("Walk"), required=False, queryset=Schouw.objects.none(), empty_label=_("All walks together")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["schouw"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = Schouw.objects.select_related("trajectory")
        self.is_valid()

    @property
    def walk(self) -> Schouw | None:
        found: Schouw | None = self.cleaned_data.get("schouw")
        return found

    def asked(self) -> Period:
        """The months that were asked for."""
        return {
            "year": lambda: tables.year(0),
            "last-year": lambda: tables.year(1),
            "three-years": lambda: tables.last_months(36),
            "all": tables.everything,
        }.get(self.cleaned_data.get("period") or "", lambda: tables.last_months(12))()

    def query(self, **more: str) -> str:
        """The valid part of the filter as part of an address, with ``more`` added."""
        kept = {name: self.data.get(name) for name in self.fields if name not in self.errors}
        return urlencode({name: value for name, value in {**kept, **more}.items() if value})
