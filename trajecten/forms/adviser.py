"""What an adviser asks of the own pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

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
