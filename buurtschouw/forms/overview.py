"""What a visitor asks of the public list of reports."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtschouw.models import Category
from trajecten.models import Area

STATES = [("", _("All")), ("open", _("Being worked on")), ("closed", _("Finished"))]


class PublicFilterForm(forms.Form):
    """State, theme and area; a value that does not exist asks nothing."""

    state = forms.ChoiceField(label=_("Status"), required=False, choices=STATES)
    category = forms.ModelChoiceField(
        label=_("Theme"), required=False, queryset=Category.objects.none(), empty_label=_("All themes")
    )
    area = forms.ModelChoiceField(
        label=_("Neighbourhood"),
        required=False,
        queryset=Area.objects.none(),
        empty_label=_("All neighbourhoods"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, queryset in (
            ("category", Category.objects.all()),
            ("area", Area.objects.defer("geometry")),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
            field.queryset = queryset

    def asked(self) -> dict[str, Any]:
        """What ``queries.public_reports`` takes; what is not valid is left out."""
        self.is_valid()
        given = self.cleaned_data
        return {
            "state": given.get("state") or "",
            "category": given.get("category"),
            "area": given.get("area"),
        }

    def query(self) -> str:
        """The filter as part of an address, to keep it in links."""
        return urlencode({name: self.data[name] for name in self.fields if self.data.get(name)})
