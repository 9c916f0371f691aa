"""What who comes to a meeting fills in, and the filter of the list."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from trajecten.enums import Answer
from trajecten.forms.names import NameField
from trajecten.models import Trajectory


class AnswerForm(forms.Form):
    """Whether somebody comes."""

    answer = forms.ChoiceField(
        label=_("Do you come?"),
        choices=[(value, capfirst(label)) for value, label in Answer.choices],
        widget=forms.RadioSelect(attrs={"class": "portal-tiles portal-tiles--three"}),
        error_messages={"required": _("Choose an answer.")},
    )
    name = NameField(
        label=_("Your name"),
        required=False,
        max_length=80,
        help_text=_("For the list at the door. Only who organises the meeting sees it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class MeetingsFilterForm(forms.Form):
    """Which meetings somebody wants to see; what does not exist asks nothing."""

    wanneer = forms.ChoiceField(
        label=_("When"), required=False, choices=[("", _("Still to come")), ("geweest", _("Over"))]
    )
    traject = forms.ModelChoiceField(
        label=_("Trajectory"),
        required=False,
        queryset=Trajectory.objects.none(),
        empty_label=_("All trajectories"),
    )

    def __init__(self, *args: Any, trajectories: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["traject"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = trajectories
        self.is_valid()

    @property
    def is_past(self) -> bool:
        return self.cleaned_data.get("wanneer") == "geweest"

    @property
    def trajectory(self) -> Trajectory | None:
        found: Trajectory | None = self.cleaned_data.get("traject")
        return found

    def query(self) -> str:
        """The filter as part of an address, to keep it in links."""
        return urlencode({name: self.data[name] for name in self.fields if self.data.get(name)})
