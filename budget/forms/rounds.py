"""What a coordinator or adviser fills in about a round."""

import json
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from budget.domain.rounds import opening, proposing
from budget.domain.rounds.lines import Words, check, words_of
from budget.domain.rounds.preparing import Plan
from budget.domain.rounds.refusals import RoundRefused
from budget.enums import BudgetKind, LineKind
from budget.forms.amounts import AmountField
from budget.iv3 import names
from budget.method import SHIFT_PERCENT
from budget.models import Budget, Round, RoundLine
from trajecten.forms.names import NameField
from trajecten.models import Trajectory

UNITS = [(1000, _("thousands of euros")), (100, _("hundreds of euros")), (1, _("euros"))]


class LastDayField(forms.DateField):
    """A day that is still to come."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        messages = {
            "required": _("Choose until when people can make an alternative."),
            "invalid": _("This is not a date. Write it like 2026-12-04."),
        }
        super().__init__(
            label=_("Open until and including"), widget=widget, error_messages=messages, **options
        )

    def clean(self, value: Any) -> date | None:
        day = super().clean(value)
        if day is not None:
            try:
                opening.check_day(day)
            except RoundRefused as refused:
                raise ValidationError(refused.message) from refused
        return day


class RoundForm(forms.Form):
    """The words of a round, and until when it is open."""

    title = NameField(
        label=_("Title"),
        max_length=120,
        error_messages={"required": _("Give it a title.")},
        help_text=_("For example: What would you do with the budget of 2027?"),
    )
    introduction = forms.CharField(
        label=_("Introduction"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("In plain words: why we ask this, and what becomes of it."),
    )
    closes_on = LastDayField(required=False, help_text=_("You can also choose this when you open it."))
    allows_guests = forms.BooleanField(
        label=_("Also people without an account"),
        required=False,
        initial=True,
        help_text=_("With a mail address that they confirm; one person counts once."),
    )

    def plan(self) -> Plan:
        """As the domain takes it."""
        told = self.cleaned_data
        names = ("title", "introduction", "allows_guests", "closes_on")
        return Plan(**{name: told[name] for name in names}, unit=told.get("unit", 1000))


class NewRoundForm(RoundForm):
    """Also which budget it is about, in which unit, and how its lines are made."""

    trajectory = forms.ModelChoiceField(
        label=_("Trajectory"),
        queryset=Trajectory.objects.none(),
        error_messages={"required": _("Choose the trajectory.")},
    )
    budget = forms.ModelChoiceField(
        label=_("Which budget"),
        queryset=Budget.objects.none(),
        error_messages={"required": _("Choose a budget.")},
    )
    unit = forms.TypedChoiceField(label=_("Amounts in"), choices=UNITS, coerce=int, initial=1000)
    by = forms.ChoiceField(
        label=_("A line for each"),
        choices=[
            (proposing.FIELDS, _("task field")),
            (proposing.PROGRAMMES, _("programme of the municipality")),
        ],
        initial=proposing.FIELDS,
        widget=forms.RadioSelect,
    )
    only_chosen = forms.BooleanField(
        label=_("Only the themes that residents chose"),
        required=False,
        help_text=_("Otherwise the whole budget."),
    )
    percent = forms.IntegerField(
        label=_("How many percent can a line go down or up?"),
        min_value=1,
        max_value=100,
        initial=SHIFT_PERCENT,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=_("You can change this for each line afterwards."),
    )

    field_order = ["trajectory", "budget", "title", "introduction", "by", "only_chosen", "percent", "unit"]

    def __init__(self, *args: Any, trajectories: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        budgets = Budget.objects.filter(is_current=True).exclude(kind=BudgetKind.REALISED)
        for name, rows in (("trajectory", trajectories), ("budget", budgets)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
            field.queryset = rows
            first = list(rows[:2])
            if len(first) == 1:
                self.initial.setdefault(name, first[0].pk)

    def choice(self) -> proposing.Choice:
        """How lines are made."""
        return proposing.Choice(
            **{name: self.cleaned_data[name] for name in ("by", "only_chosen", "percent")}
        )


class ChangeRoundForm(RoundForm):
    """The words of a round that there is."""

    def __init__(self, *args: Any, found: Round, **kwargs: Any) -> None:
        names = ("title", "introduction", "closes_on", "allows_guests")
        super().__init__(*args, initial={name: getattr(found, name) for name in names}, **kwargs)


class OpenForm(forms.Form):
    """Opening or extending: until when."""

    closes_on = LastDayField()


class LineForm(forms.Form):
    """One line. Several stand in one form, each with its own prefix."""

    name = NameField(label=_("Name"), max_length=120, error_messages={"required": _("Give it a name.")})
    text = forms.CharField(
        label=_("In plain words"), required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 2})
    )
    baseline = AmountField(label=_("In the budget"))
    floor = AmountField(label=_("At least"))
    floor_reason = forms.CharField(label=_("Why not less"), required=False, max_length=300)
    cap = AmountField(label=_("At most"))
    cap_reason = forms.CharField(label=_("Why not more"), required=False, max_length=300)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not self.errors:
            try:
                check(self.words())
            except RoundRefused as refused:
                self.add_error(refused.field, refused.message)
        return told

    def words(self) -> Words:
        """As the domain takes it."""
        return Words(**{name: self.cleaned_data[name] for name in Words.__dataclass_fields__})


class KnownLineForm(LineForm):
    """A line that there is; it can be taken off."""

    remove = forms.BooleanField(label=_("Take this line off"), required=False)

    def __init__(self, *args: Any, line: RoundLine, **kwargs: Any) -> None:
        known = {name: getattr(line, name) for name in Words.__dataclass_fields__}
        super().__init__(*args, prefix=f"line-{line.pk}", initial=known, **kwargs)
        self.line = line

    @property
    def stands(self) -> str:
        """How the line stands now, to be sent along."""
        return json.dumps(vars(words_of(self.line)))

    @property
    def seen(self) -> Words:
        """How it stood when the page was made; where that was not sent along, as it stands now."""
        try:
            return Words(**json.loads(self.data[self.add_prefix("seen")]))
        except (KeyError, TypeError, ValueError):
            return words_of(self.line)

    @property
    def is_removed(self) -> bool:
        return self.is_bound and bool(self.data.get(self.add_prefix("remove")))


class AddLineForm(LineForm):
    """A new line, with the code by which files name it. ``kind`` is chosen unless somebody chooses otherwise."""

    kind = forms.ChoiceField(
        label=_("The code is of a"),
        choices=lambda: LineKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose of what the code is.")},
    )
    code = NameField(
        label=_("Code"),
        max_length=20,
        help_text=_("Of the task field or programme; each code once."),
        error_messages={"required": _("Fill in a code.")},
    )
    field_order = ["kind", "code", "name"]

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, prefix="new", initial={"kind": kind}, **kwargs)

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        code = told.get("code", "")
        is_of_field = code in names.MAIN_FIELDS or names.is_known(code)
        if code and told.get("kind") == LineKind.FIELD and not is_of_field:
            self.add_error("code", _("There is no task field with this code."))
        return told
