"""Taking over from an earlier walk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtschouw.models import Schouw


class EarlierForm(forms.Form):
    """From which earlier walk to take over."""

    earlier = forms.ModelChoiceField(
        label=_("Earlier walk"),
        queryset=Schouw.objects.none(),
        empty_label=None,
        error_messages={"required": _("Choose a walk.")},
    )

    def __init__(self, *args: Any, walks: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["earlier"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = walks
