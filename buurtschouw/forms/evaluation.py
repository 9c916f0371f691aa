"""What people fill in about a walk afterwards, and what officials do with it."""

import uuid
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtschouw.domain.evaluation.told import CHOICE_LABELS
from buurtschouw.enums import EvaluationGroup
from buurtschouw.method import SCORES, Question, questions_for
from buurtschouw.models import EvaluationReply

MAX_WORDS = 1500
OPEN_AT_MOST = timedelta(days=366)


class ReplyForm(forms.Form):
    """The questions to one group, to who walked along or not; every one may be left open."""

    def __init__(self, *args: Any, group: str, walked: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questions_for(group, walked=walked):
            self.fields[question.key] = _field(question)

    @staticmethod
    def initial_of(reply: EvaluationReply | None) -> dict[str, str]:
        """What somebody answered before."""
        if reply is None:
            return {}
        return {**reply.answers, **{words.question: words.text for words in reply.words.all()}}

    def given(self) -> dict[str, str]:
        """The cleaned answers by the key of their question."""
        return {name: value for name, value in self.cleaned_data.items() if name != "key"}


def _field(question: Question) -> forms.Field:
    if question.kind == "words":
        return forms.CharField(
            label=question.text,
            required=False,
            max_length=MAX_WORDS,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
    is_score = question.kind == "score"
    tiles = "portal-tiles portal-tiles--scale" if is_score else "portal-tiles portal-tiles--three"
    return forms.ChoiceField(
        label=question.text,
        required=False,
        choices=[(str(score), str(score)) for score in SCORES] if is_score else list(CHOICE_LABELS.items()),
        help_text=_("1 is not at all, 5 is very much.") if is_score else "",
        widget=forms.RadioSelect(attrs={"class": tiles}),
        error_messages={"invalid_choice": _("Choose one of the answers.")},
    )


class PaperReplyForm(ReplyForm):
    """A form on paper, typed over by an official. ``key`` is made with the page, so sending it twice is harmless."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class PaperGroupForm(forms.Form):
    """Whose form it is; a walker's when nothing that exists is asked."""

    group = forms.ChoiceField(label=_("Filled in by"), required=False, choices=EvaluationGroup.choices)

    def asked(self) -> str:
        """The group that was chosen."""
        return (self.cleaned_data["group"] if self.is_valid() else "") or EvaluationGroup.WALKER.value


class AskForm(forms.Form):
    """Until when people can answer."""

    closes_on = forms.DateField(
        label=_("Can be answered until and including"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose until when people can answer."),
            "invalid": _("This is not a date. Write it like 2026-12-04."),
        },
    )

    def clean_closes_on(self) -> date:
        """A year that was mistyped would keep it open, and known whose answers they are, for ages."""
        day: date = self.cleaned_data["closes_on"]
        if day > timezone.localdate() + OPEN_AT_MOST:
            raise forms.ValidationError(_("This date is more than a year away. Choose an earlier one."))
        return day


class WordsForm(forms.Form):
    """Whether others may read what somebody wrote."""

    publish = forms.TypedChoiceField(choices=[("yes", ""), ("no", "")], coerce=lambda value: value == "yes")
