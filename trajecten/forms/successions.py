"""What is filled in about what is prepared for another method."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trajecten.enums import Along, SuccessionState
from trajecten.models import Trajectory


class SuccessionFilterForm(forms.Form):
    """State and trajectory; a value that does not exist asks nothing."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", pgettext_lazy("successions", "All")), *SuccessionState.choices],
    )
    trajectory = forms.ModelChoiceField(
        label=_("Trajectory"),
        required=False,
        queryset=Trajectory.objects.none(),
        empty_label=_("All trajectories"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keep_to(Trajectory.objects.all())

    def keep_to(self, trajectories: QuerySet[Trajectory]) -> None:
        """Offer these trajectories only."""
        field = self.fields["trajectory"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = trajectories.order_by("title")

    def asked(self) -> dict[str, Any]:
        """The valid part of the filter."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def query(self) -> str:
        """The valid part of the filter for an address, to keep it in links."""
        kept = {name: self.data.get(name) for name in self.fields if name not in self.errors}
        return urlencode({name: value for name, value in kept.items() if value})


class AlongForm(forms.Form):
    """Whether somebody goes along."""

    answer = forms.ChoiceField(
        label=_("Do you go along?"),
        choices=[
            (Along.YES, _("Yes, I go along: who leads it there may know my name and write to me")),
            (Along.NO, _("No, I don't go along")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
