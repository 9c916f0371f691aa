"""Documents at a meeting, with a step, and on the shelf of an adviser."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trajecten.forms.links import LinkField
from trajecten.forms.names import NameField
from trajecten.models import Trajectory


class MaterialForm(forms.Form):
    """A file or a link, at a meeting or with a step, new or from the adviser's own shelf."""

    item = forms.ModelChoiceField(
        label=_("From your shelf"), required=False, queryset=None, empty_label=_("Nothing from the shelf")
    )
    step = forms.ChoiceField(label=_("Step"), required=False)
    title = NameField(label=_("Title"), required=False, max_length=160)
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("PDF, DOCX, ODT, XLSX, PPTX, PNG or JPG, at most 15 MB."),
    )
    link = LinkField(label=_("Or a link"))
    is_public = forms.BooleanField(
        label=_("Everybody may see it"),
        required=False,
        help_text=_("Otherwise only who takes part sees it."),
    )

    def __init__(self, *args: Any, trajectory: Trajectory, shelf: Any, of_step: bool, **kwargs: Any) -> None:
        """``shelf`` are the items that may be chosen; ``of_step`` asks with which step it belongs."""
        super().__init__(*args, **kwargs)
        item, step = self.fields["item"], self.fields["step"]
        assert isinstance(item, forms.ModelChoiceField)  # noqa: S101
        assert isinstance(step, forms.ChoiceField)  # noqa: S101
        item.queryset = shelf
        step.choices = [
            ("", _("Choose a step")),
            *((step.key, step.name) for step in trajectory.method.steps),
        ]
        if not of_step:
            del self.fields["step"]
        if not shelf.exists():
            del self.fields["item"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("item") and not cleaned.get("title") and "title" not in self.errors:
            self.add_error("title", _("Give the document a title."))
        return cleaned


class ShelfForm(forms.Form):
    """Something to keep for use again, with the step that it is for."""

    place = forms.ChoiceField(
        label=_("For which step?"),
        error_messages={"required": _("Choose a step."), "invalid_choice": _("Choose a step.")},
    )
    title = NameField(
        label=_("Title"), max_length=160, error_messages={"required": _("Give the document a title.")}
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("PDF, DOCX, ODT, XLSX, PPTX, PNG or JPG, at most 15 MB."),
    )
    link = LinkField(label=_("Or a link"))

    def __init__(self, *args: Any, methods: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.fields["place"]
        assert isinstance(place, forms.ChoiceField)  # noqa: S101
        place.choices = [
            ("", _("Choose a step")),
            *(
                (str(method.name), [(f"{method.key}:{step.key}", step.name) for step in method.steps])
                for method in methods
            ),
        ]

    def chosen(self) -> tuple[str, str]:
        """The keys of the method and the step that were chosen."""
        method, _colon, step = self.cleaned_data["place"].partition(":")
        return method, step
