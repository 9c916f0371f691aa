"""A task at a report."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from trajecten.forms.deadlines import DeadlineField
from trajecten.models import Team, User


class SubtaskForm(forms.Form):
    """What has to be done, by whom, and by when."""

    text = forms.CharField(
        label=_("What has to be done"),
        max_length=200,
        error_messages={"required": _("Write what has to be done.")},
    )
    owner = forms.ModelChoiceField(
        label=_("Who does it"), required=False, queryset=User.objects.none(), empty_label=_("Nobody yet")
    )
    team = forms.ModelChoiceField(
        label=_("Or which team"), required=False, queryset=Team.objects.none(), empty_label=_("No team")
    )
    due_on = DeadlineField(label=_("By which day"), required=False)

    def __init__(self, *args: Any, officials: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = officials  # type: ignore[attr-defined]
        self.fields["team"].queryset = Team.objects.all()  # type: ignore[attr-defined]


class TickForm(forms.Form):
    """Whether a task is done."""

    is_done = forms.BooleanField(required=False)
