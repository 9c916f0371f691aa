"""What coordinators and advisers fill in about themes and programmes."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import lazystr
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from budget.enums import ThemeIcon
from budget.iv3 import codes, names
from budget.models import Theme
from trajecten.forms.names import NameField

MAX_REASON = 1000
MAX_PLACE = 999


class CodesField(forms.CharField):
    """Codes of task fields with a comma or space between them, each known in a list of any year."""

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value) or ""
        return list(dict.fromkeys(typed.replace(",", " ").replace(";", " ").split()))

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def validate(self, value: Any) -> None:
        super().validate(value)
        unknown = [code for code in value if not names.is_known(code)]
        if unknown:
            message = _("These task fields are not known: %(codes)s. Write for example 6.3.")
            raise forms.ValidationError(message, params={"codes": ", ".join(unknown)})

    def run_validators(self, value: Any) -> None:
        """Lists have no length of characters."""


class ThemeForm(forms.Form):
    """The card of a theme. What a resident suggested keeps its words."""

    title = NameField(label=_("Title"), max_length=80, error_messages={"required": _("Give it a title.")})
    text = forms.CharField(
        label=_("In plain words"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences that everybody understands."),
        error_messages={"required": _("Write in one or two sentences what it is about.")},
    )
    icon = forms.ChoiceField(label=_("Picture"), choices=ThemeIcon)
    task_fields = CodesField(
        label=_("Task fields"),
        required=False,
        help_text=_(
            "The numbers of Iv3, with a comma between them, for example 6.3, 6.71. By these the money is found."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    position = forms.IntegerField(
        label=_("Place in the list"),
        required=False,
        min_value=0,
        max_value=MAX_PLACE + 1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, theme: Theme | None = None, **kwargs: Any) -> None:
        if theme:
            kwargs.setdefault("initial", {name: getattr(theme, name) for name in self.base_fields})
        super().__init__(*args, **kwargs)
        if theme is None:
            del self.fields["position"]
        elif theme.is_suggested:
            self.fields["title"].disabled = self.fields["text"].disabled = True


class ChooseThemesForm(forms.Form):
    """For each theme whether it is chosen, and why. ``rows`` has the fields of each theme."""

    def __init__(self, *args: Any, themes: Sequence[Theme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.themes = themes
        for theme in themes:
            self.fields[f"chosen_{theme.pk}"] = forms.BooleanField(
                label=lazystr(theme.title), required=False, initial=theme.is_chosen
            )
            self.fields[f"reason_{theme.pk}"] = forms.CharField(
                label=format_lazy(_("Why “{theme}”?"), theme=theme.title),
                required=False,
                max_length=MAX_REASON,
                initial=theme.choice_reason,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def rows(self) -> list[tuple[Theme, forms.BoundField, forms.BoundField]]:
        return [(theme, self[f"chosen_{theme.pk}"], self[f"reason_{theme.pk}"]) for theme in self.themes]

    def reasons(self) -> Mapping[int, str]:
        """The reason by the key of each chosen theme."""
        given = self.cleaned_data
        return {theme.pk: given[f"reason_{theme.pk}"] for theme in self.themes if given[f"chosen_{theme.pk}"]}


class ChooseProgrammeForm(forms.Form):
    """Whether a programme is looked at further, and why."""

    is_chosen = forms.TypedChoiceField(
        label=_("Do we look at it further?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
    reason = forms.CharField(
        label=_("Why?"),
        max_length=MAX_REASON,
        help_text=_("Everybody can read this."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write down why. Everybody can read this.")},
    )


def task_fields_to_choose(known: Sequence[str]) -> list[tuple[str, str]]:
    """Task fields by their number, with their names, in the order of the list."""
    return [(code, f"{code} {names.name(code)}") for code in sorted(known, key=codes.sort_key)]
