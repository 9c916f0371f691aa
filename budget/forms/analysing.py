"""What is filled in to understand the budget: questions, their answers, and notes on programmes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from budget.domain.analysing.notes import Finding
from budget.domain.analysing.questions import Asked
from budget.domain.choosing import programmes
from budget.enums import Aspect
from budget.forms.choosing_desk import task_fields_to_choose
from budget.forms.kinds import KindField
from budget.forms.neighbourhoods import NeighbourhoodField
from budget.iv3 import codes, names
from budget.models import MAX_TEXT, Programme
from trajecten.enums import ParticipantKind
from trajecten.forms.mail_address import MailAddressField
from trajecten.models import Trajectory

MAX_SOURCE = 300
MAX_ANSWER = 5000
# Officials have a way of their own to write notes, with their name behind it.
AS = (
    ParticipantKind.RESIDENT,
    ParticipantKind.PROFESSIONAL,
    ParticipantKind.ENTREPRENEUR,
    ParticipantKind.ORGANISATION,
    ParticipantKind.COUNCILLOR,
)


def task_fields() -> list[tuple[str, Any]]:
    """The comparable task fields, which are the same in all years."""
    known = [code for code in names.TASK_FIELDS if codes.comparable(code) == code]
    return [("", _("Not about one task field")), *task_fields_to_choose(known)]


class QuestionForm(forms.Form):
    """A question, and what it is about; who is not known here leaves a mail address, which is asked to confirm it."""

    text = forms.CharField(
        label=_("What do you want to know?"),
        max_length=MAX_TEXT,
        help_text=_("One question at a time is answered best. Don't write names or other personal things."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write your question first.")},
    )
    programme = forms.ModelChoiceField(
        label=_("About which programme?"),
        required=False,
        queryset=Programme.objects.none(),
        empty_label=_("Not about one programme"),
    )
    task_field = forms.ChoiceField(label=_("About which task field?"), required=False, choices=task_fields)
    email = MailAddressField(
        help_text=_("We mail you a link to confirm it, and later the answer. Nobody else sees your address.")
    )

    def __init__(self, *args: Any, trajectory: Trajectory, is_known: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["programme"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        chosen = programmes.chosen(trajectory).order_by().values("programme")
        field.queryset = Programme.objects.filter(pk__in=chosen)
        if is_known:
            del self.fields["email"]

    def asked(self) -> Asked:
        """The question, as the domain takes it."""
        given = self.cleaned_data
        return Asked(given["text"], given["programme"], given["task_field"])


class AnswerForm(forms.Form):
    """The answer of an official."""

    text = forms.CharField(
        label=_("Your answer"),
        max_length=MAX_ANSWER,
        help_text=_(
            "Everybody can read it; who asked gets it by mail. Use plain words, and say where it is to be read."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write the answer.")},
    )


class NoteForm(forms.Form):
    """What somebody found of a programme, and where that is to be read."""

    aspect = forms.ChoiceField(
        label=_("What is it about?"),
        choices=Aspect,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is about.")},
    )
    text = forms.CharField(
        label=_("What did you find?"),
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write down what you found.")},
    )
    source = forms.CharField(
        label=_("Where is this to be read, or who told it?"),
        max_length=MAX_SOURCE,
        help_text=_("For example: programme budget 2026, page 34. Or: a talk with the food bank in October."),
        error_messages={"required": _("Say where this is to be read, or who told it.")},
    )
    area = NeighbourhoodField(
        label=_("Is it about one neighbourhood?"),
        empty_label=_("No, about the whole municipality"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="note_%s", **kwargs)

    def finding(self) -> Finding:
        """What was found, as the domain takes it."""
        return Finding(**{name: self.cleaned_data[name] for name in ("aspect", "text", "source", "area")})


class ResidentNoteForm(NoteForm):
    """The same, with as whom one writes."""

    kind = KindField(kinds=AS, label=_("You write this as"))
