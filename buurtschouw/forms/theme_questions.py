"""What a coordinator fills in about one question of a theme."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtschouw.domain.questions import LONGEST_OPTION
from buurtschouw.enums import Datatype
from buurtschouw.forms.positions import PositionField
from buurtschouw.models import Question
from trajecten.forms.names import NameField
from trajecten.forms.undoing import NoUndoForm
from trajecten.validators import without_directions


class QuestionForm(NoUndoForm):
    """A question with the form of its answer, and the choices of a list each on a line."""

    text = NameField(
        label=_("Question"),
        max_length=160,
        help_text=_("For example: what number is on the lamp post?"),
        error_messages={"required": _("Write the question.")},
    )
    datatype = forms.ChoiceField(
        label=_("How is it answered?"), choices=Datatype.choices, widget=forms.RadioSelect
    )
    options = forms.CharField(
        label=_("Choices"),
        required=False,
        help_text=_("Only for a list: each choice on a line of its own."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    help = forms.CharField(
        label=_("Explanation"),
        required=False,
        max_length=300,
        help_text=_("One or two sentences below the question."),
    )
    is_required = forms.BooleanField(
        label=_("Has to be answered: nobody can report about this theme without"), required=False
    )
    position = PositionField()
    is_active = forms.BooleanField(label=_("In use"), required=False)

    def __init__(self, *args: Any, question: Question | None = None, **kwargs: Any) -> None:
        now = self.values_of(question) if question else None
        initial = {"options": "\n".join(now["options"])} if now else self.initial_of_new()
        super().__init__(*args, now=now, initial=initial, **kwargs)

    @classmethod
    def values_of(cls, question: Question) -> dict[str, Any]:
        """What a question that exists has, as the form cleans it."""
        names = ("text", "datatype", "help", "is_required", "position", "is_active")
        choices = tuple(option["name"] for option in question.options)
        return {**{name: getattr(question, name) for name in names}, "options": choices}

    @classmethod
    def initial_of_new(cls) -> dict[str, Any]:
        """The form's first values for a new one."""
        return {"datatype": Datatype.STRING, "position": 100, "is_active": True}

    def clean_options(self) -> tuple[str, ...]:
        lines = without_directions(self.cleaned_data["options"]).splitlines()
        names = tuple(line.strip() for line in lines if line.strip())
        if any(len(name) > LONGEST_OPTION for name in names):
            message = _("A choice has at most %(n)s characters.") % {"n": LONGEST_OPTION}
            raise forms.ValidationError(message)
        return names
