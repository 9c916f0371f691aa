"""Preparing a vote on projects, as coordinator or adviser."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from budget.domain.ballots.preparing import Plan
from budget.enums import BallotRule
from budget.forms.ballots.rules import RULES
from budget.models import ProjectBallot
from trajecten.forms.amounts import WholeAmountField
from trajecten.forms.days import NearDayField
from trajecten.forms.names import NameField

MAX_INTRODUCTION = 2000


class BallotForm(forms.Form):
    """What the vote is about, how much there is, how it is counted and when."""

    title = NameField(
        label=_("Name of the vote"),
        max_length=120,
        help_text=_("For example: 100.000 euro for De Linde"),
        error_messages={"required": _("Give the vote a name.")},
    )
    introduction = forms.CharField(
        label=_("Introduction"),
        required=False,
        max_length=MAX_INTRODUCTION,
        help_text=_("What is it about, and who can take part? Short sentences."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    budget = WholeAmountField(
        label=_("How much is there for all projects together?"),
        min_value=1,
        max_value=10**12,
        help_text=_("In whole euros. A project can't cost more than this."),
    )
    rule = forms.ChoiceField(
        label=_("How are the votes counted?"),
        choices=RULES,
        initial=BallotRule.EQUAL_SHARES,
        help_text=_(
            "Equal shares gives everybody's vote the same part of the money, so that smaller groups and areas get "
            "something too. With most votes first the largest group can decide on all of it."
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the votes are counted.")},
    )
    allows_guests = forms.BooleanField(
        label=_("Also without an account, with a mail address"), required=False, initial=True
    )
    proposals_until = NearDayField(
        label=_("Until which day can residents propose projects?"),
        required=False,
        help_text=_("That day included. Empty: only officials enter projects."),
    )
    opens_on = NearDayField(
        label=_("From which day can people vote?"),
        required=False,
        help_text=_("Everybody sees this day. You open the vote yourself, once all projects are judged."),
    )
    closes_on = NearDayField(
        label=_("Until which day can people vote?"),
        help_text=_("That day included."),
        error_messages={"required": _("Fill in the last day.")},
    )

    @staticmethod
    def initial_of(ballot: ProjectBallot) -> dict[str, Any]:
        """What stands in the form of one that is there."""
        return {name: getattr(ballot, name) for name in BallotForm.base_fields}

    def plan(self) -> Plan:
        return Plan(**self.cleaned_data)
