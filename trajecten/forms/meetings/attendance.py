"""Who is there."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from trajecten.models import Attendance

MOST_NAMES = 100


class PresentField(forms.ModelMultipleChoiceField):
    """People on the list of a meeting, each with what they answered."""

    def label_from_instance(self, obj: Attendance) -> str:
        return f"{obj.who} ({obj.get_answer_display()})" if obj.answer else obj.who


class AttendanceForm(forms.Form):
    """Who is there: ticks on the list, and the names of who came without being on it."""

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
        field.queryset = rows

    def clean_walk_ins(self) -> list[str]:
        """The names. Refuses a list as long as no hall is large."""
        names = [name for line in self.cleaned_data["walk_ins"].splitlines() if (name := line.strip())]
        if len(names) > MOST_NAMES:
            raise ValidationError(
                _("These are %(n)s names. Add at most %(most)s at once."),
                params={"n": len(names), "most": MOST_NAMES},
            )
        return names

    def keys(self) -> list[int]:
        return [row.pk for row in self.cleaned_data["present"]]
