"""Where somebody lives."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trajecten.domain import places
from trajecten.forms.areas import AreaField, areas_to_choose
from trajecten.models import Area


class HomeAreaForm(forms.Form):
    """The own wijk or buurt; empty for who does not want to say it (any more)."""

    area = AreaField(
        label=_("Where do you live?"),
        required=False,
        queryset=Area.objects.none(),
        empty_label=_("I would rather not say"),
        error_messages={"invalid_choice": _("Choose a neighbourhood of this list.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["area"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = areas_to_choose(places.latest_areas())
