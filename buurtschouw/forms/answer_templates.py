"""Making answer templates, and choosing one."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from buurtschouw.models import AnswerTemplate, Category
from buurtschouw.models.answer_template import STATUSES
from trajecten.forms.names import NameField
from trajecten.forms.undoing import NoUndoForm

MAX_TEXT = 4000


class AnswerTemplateForm(NoUndoForm):
    """Its name, for which theme it is, and the words with their placeholders."""

    name = NameField(
        label=_("Name"), max_length=80, error_messages={"required": _("Give the template a name.")}
    )
    category = forms.ModelChoiceField(
        label=_("Theme"), required=False, queryset=Category.objects.none(), empty_label=_("Every theme")
    )
    status = forms.ChoiceField(
        label=_("Status that it suggests"), required=False, choices=[("", _("None")), *STATUSES]
    )
    text = forms.CharField(
        label=_("Text"),
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write the text of the answer.")},
    )
    is_active = forms.BooleanField(label=_("In use: it can be chosen with an answer"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = Category.objects.all()  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, template: AnswerTemplate) -> dict[str, Any]:
        return {name: getattr(template, name) for name in cls.base_fields if name != "seen"}


class ChooseTemplateForm(forms.Form):
    """A template to begin the answer with."""

    template = forms.ModelChoiceField(
        label=_("Begin with a template"),
        required=False,
        queryset=AnswerTemplate.objects.none(),
        empty_label=_("No template"),
    )

    def __init__(self, *args: Any, offered: QuerySet[AnswerTemplate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = offered  # type: ignore[attr-defined]

    def chosen(self) -> AnswerTemplate | None:
        """None for nothing, and for one that is out of use meanwhile."""
        return self.cleaned_data["template"] if self.is_valid() else None
