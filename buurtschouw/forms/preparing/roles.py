"""Who does what during the walk."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from buurtschouw.enums import Duty
from buurtschouw.models import Schouw
from trajecten.models import Enrolment, Participant


class WalkerField(forms.ModelChoiceField):
    """Somebody who takes part, with the capacity in which they do."""

    def label_from_instance(self, obj: Participant) -> str:
        name = obj.display_name or gettext("Somebody without a name")
        return f"{name} ({obj.get_kind_display()})"


class RoleForm(forms.Form):
    """Who does what during the walk."""

    participant = WalkerField(
        label=_("Who?"),
        queryset=Participant.objects.none(),
        empty_label=_("Choose somebody"),
        error_messages={"required": _("Choose somebody who takes part.")},
    )
    duty = forms.ChoiceField(
        label=_("What does this person do?"),
        choices=Duty.choices,
        error_messages={"required": _("Choose a role.")},
    )

    def __init__(self, *args: Any, schouw: Schouw, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inside = Enrolment.objects.filter(trajectory=schouw.trajectory_id).active()
        field = self.fields["participant"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        rows = Participant.objects.filter(pk__in=inside.values("participant"))
        field.queryset = rows.order_by("display_name", "pk")
