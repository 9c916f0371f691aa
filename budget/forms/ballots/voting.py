"""Voting on projects, in the portal and from paper."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from budget.forms.neighbourhoods import NeighbourhoodField
from budget.models import BallotProject
from trajecten.forms.mail_address import MailAddressField

MAX_PAPER = 999_999


class ChoicesField(forms.TypedMultipleChoiceField):
    """Numbers of projects, each a box that one can tick."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        messages = {
            "required": _("Choose at least one project."),
            "invalid_choice": _("A project that you chose is not on the ballot any more."),
        }
        super().__init__(coerce=int, error_messages=messages, **kwargs)


class ChooseForm(forms.Form):
    """The projects in the order in which they are shown."""

    choices = ChoicesField(label=_("Which projects do you want?"))

    def __init__(self, *args: Any, projects: Sequence[BallotProject], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.projects = projects
        field = self.fields["choices"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101
        field.choices = [(project.number, project.title) for project in projects]

    def ticked(self) -> list[BallotProject]:
        """What is ticked on the page, whether it was sent or is there to begin with."""
        chosen = {str(number) for number in self["choices"].value() or ()}
        return [project for project in self.projects if str(project.number) in chosen]

    def boxes(self) -> list[tuple[Any, BallotProject]]:
        """Each box with its project."""
        return list(zip(self["choices"].subwidgets, self.projects, strict=True))


class VoteForm(ChooseForm):
    """As a resident; who is not signed in gives a mail address, and a neighbourhood if they want."""

    email = MailAddressField(
        help_text=_("You get a mail to confirm your vote. Only then it counts. Each person votes once.")
    )
    area = NeighbourhoodField(
        label=_("In which neighbourhood do you live?"),
        empty_label=_("I'd rather not say"),
        help_text=_("We only count how many people vote per district."),
    )

    def __init__(self, *args: Any, signed_in: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if signed_in:
            del self.fields["email"], self.fields["area"]


class NumberField(forms.IntegerField):
    """What was written on a paper to tell it from the others."""

    def __init__(self, **options: Any) -> None:
        messages = {
            "required": _("Fill in the number that stands on the paper."),
            "invalid": _("Fill in a whole number, for example 2."),
        }
        super().__init__(
            label=_("Number on the paper"),
            min_value=1,
            max_value=MAX_PAPER,
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            error_messages=messages,
            **options,
        )


class PaperForm(ChooseForm):
    """A ballot paper, as an official types it. One on which nothing is ticked is a vote too."""

    field_order = ["paper", "choices"]
    paper = NumberField(
        help_text=_("Write a number on each paper: 1, 2, 3 and so on. So none is typed twice.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["choices"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101
        field.choices = [(each.number, f"{each.number}. {each.title}") for each in self.projects]
        field.required = False
        field.label = _("What is ticked on the paper")


class RemovePaperForm(forms.Form):
    """A ballot paper that was typed wrong."""

    paper = NumberField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="remove_%s", **kwargs)
