"""What an adviser asks of the own pages."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trajecten.domain.overview.pages import Advised
from trajecten.enums import HealthState
from trajecten.method import Method
from trajecten.models import Municipality

NO_SUCH_CHOICE = {"invalid_choice": _("This choice does not exist (any more). Choose another one.")}


class AdvisedForm(forms.Form):
    """Which of the own trajectories an adviser wants to see; what does not exist asks nothing."""

    gemeente = forms.ChoiceField(label=_("Municipality"), required=False, error_messages=NO_SUCH_CHOICE)
    health = forms.ChoiceField(
        label=_("How it goes"),
        required=False,
        choices=[("", pgettext_lazy("trajectories", "All")), *HealthState.choices],
        error_messages=NO_SUCH_CHOICE,
    )

    def __init__(self, *args: Any, municipalities: list[Municipality], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["gemeente"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        named = [(municipality.slug, municipality.name) for municipality in municipalities]
        field.choices = [("", _("All municipalities")), *named]
        if len(municipalities) < 2:
            del self.fields["gemeente"]

    def asked(self) -> dict[str, str]:
        """What was asked and exists."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrow(self, rows: Iterable[Advised]) -> list[Advised]:
        """Those that were asked for. Health is of what goes on: a trajectory that is over has none."""
        asked = self.asked()
        town, health = asked.get("gemeente"), asked.get("health")
        return [
            row
            for row in rows
            if (not town or row.trajectory.municipality.slug == town)
            and (not health or (row.trajectory.is_going and row.health.state == health))
        ]


class ComparisonForm(forms.Form):
    """Which way of working an adviser compares; the first one when nothing, or nothing that exists, is asked."""

    method = forms.ChoiceField(
        label=_("Way of working"),
        required=False,
        error_messages=NO_SUCH_CHOICE,
    )

    def __init__(self, *args: Any, methods: list[Method], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["method"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [(method.key, method.name) for method in methods]
        self.first = methods[0].key if methods else ""

    def asked(self) -> str:
        """The key of the method, empty without any trajectory."""
        return (self.cleaned_data["method"] if self.is_valid() else "") or self.first
