"""Who is there."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trajecten.domain.meetings import attending
from trajecten.forms.names import NameField
from trajecten.models import Attendance
from trajecten.validators import without_directions

MOST_NAMES = 100


def said(row: Attendance) -> str:
    """Who it is on the list, with what they answered."""
    who = row.known_name or gettext("Without a name")
    if not row.answer:
        return who
    return gettext("%(who)s (said: %(answer)s)") % {"who": who, "answer": row.get_answer_display()}


class PresentField(forms.ModelMultipleChoiceField):
    """People on the list of a meeting, each with what they answered."""

    def label_from_instance(self, obj: Attendance) -> str:
        return said(obj)


class AttendanceForm(forms.Form):
    """Who is there: ticks on the list, and the names of who came without being on it.

    Who said to come without a name can't be found on a list of names: their name is asked, and who has it is there.
    """

    present = PresentField(
        label=_("Who is there?"),
        required=False,
        queryset=Attendance.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    walk_ins = forms.CharField(
        label=_("Who is not on the list?"),
        required=False,
        max_length=5000,
        help_text=_("One name on each line. A first name is enough."),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["present"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101
        field.queryset = attending.named(rows)
        asked = list(attending.nameless(rows)[:MOST_NAMES])
        self.nameless = {f"name_{row.pk}": row.pk for row in asked}
        for row in asked:
            self.fields[f"name_{row.pk}"] = NameField(
                label=said(row),
                required=False,
                max_length=80,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )
        self.order_fields(["present", *self.nameless, "walk_ins"])

    def clean_walk_ins(self) -> list[str]:
        """The names. Refuses a list as long as no hall is large."""
        typed = without_directions(self.cleaned_data["walk_ins"])
        names = [name for line in typed.splitlines() if (name := line.strip())]
        if len(names) > MOST_NAMES:
            raise ValidationError(
                _("These are %(n)s names. Add at most %(most)s at once."),
                params={"n": len(names), "most": MOST_NAMES},
            )
        return names

    def names(self) -> dict[int, str]:
        """The names that were filled in for who had none, by the key of their row."""
        return {key: name for field, key in self.nameless.items() if (name := self.cleaned_data[field])}

    def keys(self) -> list[int]:
        return [row.pk for row in self.cleaned_data["present"]]
