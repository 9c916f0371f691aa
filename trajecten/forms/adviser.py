"""What an adviser asks of the own pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trajecten.method import Method
from trajecten.models import Municipality


class AdvisedForm(forms.Form):
    """Of which municipality an adviser wants to see the trajectories; what does not exist asks nothing."""

    gemeente = forms.ChoiceField(
        label=_("Municipality"),
        required=False,
        error_messages={"invalid_choice": _("This choice does not exist (any more). Choose another one.")},
    )

    def __init__(self, *args: Any, municipalities: list[Municipality], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["gemeente"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        named = [(municipality.slug, municipality.name) for municipality in municipalities]
        field.choices = [("", _("All municipalities")), *named]
        self.offers_choice = len(municipalities) > 1

    def asked(self) -> str:
        """The name in the address of the chosen municipality, empty for all."""
        return self.cleaned_data["gemeente"] if self.is_valid() else ""


class ComparisonForm(forms.Form):
    """Which way of working an adviser compares; the first one when nothing, or nothing that exists, is asked."""

    method = forms.ChoiceField(
        label=_("Way of working"),
        required=False,
        error_messages={"invalid_choice": _("This choice does not exist (any more). Choose another one.")},
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
