"""What is written about a lesson, and what the next walk does with it."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from buurtschouw.enums import LessonAdvice
from buurtschouw.models import Lesson
from trajecten.method import Step


class LessonForm(forms.Form):
    """A lesson. Only officials are asked whether everybody may read it."""

    advice = forms.ChoiceField(
        label=_("What is it?"),
        choices=[(value, capfirst(label)) for value, label in LessonAdvice.choices],
        widget=forms.RadioSelect(attrs={"class": "portal-tiles"}),
        error_messages={"required": _("Choose one of the two.")},
    )
    text = forms.CharField(
        label=_("What did you learn?"),
        max_length=500,
        help_text=_("So that somebody who was not there understands it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write down what you learnt.")},
    )
    who = forms.CharField(
        label=_("Who does it next time?"),
        required=False,
        max_length=80,
        help_text=_("For example: the core group. No names of people."),
    )
    step = forms.ChoiceField(label=_("At which step?"), required=False)
    is_public = forms.BooleanField(
        label=_("Everybody may read it, with the results of the walk"), required=False
    )

    def __init__(self, *args: Any, steps: tuple[Step, ...], for_official: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["step"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [("", _("Any step")), *((step.key, step.name) for step in steps)]
        if not for_official:
            del self.fields["is_public"]

    @staticmethod
    def initial_of(lesson: Lesson) -> dict[str, Any]:
        """The form's first values for a lesson that exists."""
        return {name: getattr(lesson, name) for name in ("advice", "text", "who", "step", "is_public")}


class LessonUseForm(forms.Form):
    """Whether a lesson is taken along."""

    taken = forms.TypedChoiceField(choices=[("yes", ""), ("no", "")], coerce=lambda value: value == "yes")
    reason = forms.CharField(label=_("Why not now?"), required=False, max_length=300)
