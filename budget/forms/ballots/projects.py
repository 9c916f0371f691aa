"""Proposing a project, entering one, and judging it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from budget.domain.ballots.judging import Judgement
from budget.domain.ballots.proposing import Wording
from budget.enums import ProjectJudgement
from budget.forms.neighbourhoods import NeighbourhoodField
from budget.models import BallotProject
from trajecten.domain.staffing import people
from trajecten.forms.amounts import WholeAmountField
from trajecten.forms.deadlines import DeadlineField
from trajecten.forms.mail_address import MailAddressField
from trajecten.forms.names import NameField
from trajecten.models import Municipality, User

MAX_TEXT = 2000
MAX_REASON = 1000
MOST = 10**12


class WordingForm(forms.Form):
    """A project as it is written down."""

    title = NameField(
        label=_("Name of the project"),
        max_length=100,
        help_text=_("For example: a bench at the pond"),
        error_messages={"required": _("Give the project a name.")},
    )
    text = forms.CharField(
        label=_("What is it, and for whom?"),
        max_length=MAX_TEXT,
        help_text=_("Everybody can read this. So write no names or telephone numbers."),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write down what the project is.")},
    )
    area = NeighbourhoodField(
        label=_("In which neighbourhood?"),
        empty_label=_("For the whole municipality"),
    )

    def wording(self) -> Wording:
        given = self.cleaned_data
        return Wording(given["title"], given["text"], given["area"], given.get("estimate"))

    @staticmethod
    def initial_of(project: BallotProject) -> dict[str, Any]:
        return {"title": project.title, "text": project.text, "area": project.area_id}


class ProposeForm(WordingForm):
    """As a resident; who is not signed in gives a mail address."""

    estimate = WholeAmountField(
        label=_("What do you think that it costs?"),
        required=False,
        min_value=1,
        max_value=MOST,
        help_text=_("In whole euros. A guess is fine; the municipality works it out."),
    )
    email = MailAddressField(
        help_text=_("You get a mail to confirm your project. Nobody else sees your address.")
    )

    def __init__(self, *args: Any, signed_in: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if signed_in:
            del self.fields["email"]


class EnterForm(WordingForm):
    """As an official, with its cost."""

    cost = WholeAmountField(
        label=_("What does it cost?"), min_value=1, max_value=MOST, help_text=_("In whole euros.")
    )


class JudgeForm(forms.Form):
    """Whether a project can be carried out, what it costs, and why."""

    level = forms.ChoiceField(
        label=_("Can it be carried out?"),
        choices=[
            (ProjectJudgement.FEASIBLE, _("Yes, people can vote on it")),
            (ProjectJudgement.NOT_FEASIBLE, _("No")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether it can be carried out.")},
    )
    cost = WholeAmountField(
        label=_("What does it cost?"),
        required=False,
        min_value=1,
        max_value=MOST,
        help_text=_("In whole euros, all that it takes. Not needed where it can't be carried out."),
    )
    reason = forms.CharField(
        label=_("Why?"),
        max_length=MAX_REASON,
        help_text=_("Everybody can read this, and who proposed it gets it by mail."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write down why. Everybody can read this.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="judge_%s", **kwargs)

    @staticmethod
    def initial_of(project: BallotProject) -> dict[str, Any]:
        waiting = project.judgement == ProjectJudgement.WAITING
        cost = project.estimate if waiting else project.cost
        return {"level": "" if waiting else project.judgement, "cost": cost, "reason": project.reason}

    def judged(self) -> Judgement:
        return Judgement(**self.cleaned_data)


class PromiseForm(forms.Form):
    """Making a project that won a promise: what, who, and by when."""

    text = forms.CharField(
        label=_("What is promised"),
        max_length=4000,
        help_text=_("Short sentences that residents understand. Everybody can read this."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what is promised.")},
    )
    owner = forms.ModelChoiceField(
        label=_("Which official?"),
        queryset=User.objects.none(),
        empty_label=_("Choose a colleague"),
        error_messages={"required": _("Choose the official who does it.")},
    )
    deadline = DeadlineField(label=_("By when"))

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="promise_%s", **kwargs)
        field = self.fields["owner"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = people.answering_here(municipality)
