"""What an adviser fills in to make a proposal, and what a municipality fills in to answer it."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trajecten.domain import places
from trajecten.domain.proposals import deciding, drafting
from trajecten.domain.proposals.drafting import Duty, PlannedSession, PriceLine
from trajecten.domain.steps.tailoring import PlannedStep
from trajecten.enums import VatRate
from trajecten.forms.amounts import AmountField
from trajecten.forms.areas import AreasField, areas_to_choose
from trajecten.forms.days import NearDayField
from trajecten.forms.names import NameField
from trajecten.method import Step
from trajecten.models import Area, Proposal
from trajecten.models.proposal import MAX_WORDS

BLANK_ROWS = 2
MAX_ROWS = 40


def _day(label: Any, **more: Any) -> forms.DateField:
    return NearDayField(label=label, **more)


class ConceptForm(forms.Form):
    """The words of a proposal."""

    title = NameField(
        label=_("Title"),
        max_length=120,
        help_text=_("The trajectory gets this title."),
        error_messages={"required": _("Give the proposal a title.")},
    )
    introduction = forms.CharField(
        label=_("Introduction"),
        required=False,
        max_length=MAX_WORDS,
        help_text=_("Why this approach fits the question of this municipality."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    changed = forms.CharField(
        label=_("What is different from the version before?"),
        required=False,
        max_length=MAX_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    areas = AreasField(
        label=_("Neighbourhoods"),
        required=False,
        queryset=Area.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    valid_until = _day(_("Can be accepted until and including"))
    contact_may_decide = forms.BooleanField(
        label=_("This contact may decide for the municipality"),
        required=False,
        help_text=_(
            "Then the link in the mail is enough to accept. Otherwise only a coordinator who is signed in can."
        ),
    )

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        names = ("title", "introduction", "changed", "valid_until", "contact_may_decide")
        initial = {name: getattr(proposal, name) for name in names}
        chosen = list(proposal.areas.values_list("pk", flat=True))
        super().__init__(*args, initial={**initial, "areas": chosen}, **kwargs)
        areas = self.fields["areas"]
        assert isinstance(areas, forms.ModelChoiceField)  # noqa: S101
        areas.queryset = areas_to_choose(places.latest_areas() | Q(pk__in=chosen))
        if proposal.version == 1:
            del self.fields["changed"]
        if not areas.queryset.exists():
            del self.fields["areas"]

    def words(self) -> dict[str, Any]:
        """As ``drafting.keep`` takes them."""
        return {"changed": "", "areas": [], **self.cleaned_data}


class StepForm(forms.Form):
    """One step of the method. A step that is not optional is always part of the proposal."""

    on = forms.BooleanField(label=_("Part of the proposal"), required=False)
    starts_on = _day(_("From"), required=False)
    ends_on = _day(_("Until and including"), required=False)
    text = forms.CharField(
        label=_("In this municipality"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, step: Step, planned: PlannedStep, **kwargs: Any) -> None:
        super().__init__(*args, initial=asdict(planned), prefix=f"step-{step.key}", **kwargs)
        self.step = step
        if not step.optional:
            del self.fields["on"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", _("This day is before the day on which the step begins."))
        return cleaned

    def planned(self) -> PlannedStep:
        return PlannedStep(self.step.key, **{"on": True, **self.cleaned_data})


class SessionForm(forms.Form):
    """A gathering; a row that is emptied goes away."""

    title = NameField(
        label=_("Gathering"), max_length=120, error_messages={"required": _("Say what gathering this is.")}
    )
    day = _day(_("Day"), required=False)
    begins = forms.TimeField(
        label=_("Time"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("This is not a time. Write it like 14:00.")},
    )
    place = forms.CharField(label=_("Place"), required=False, max_length=160)
    led_by = NameField(label=_("Led by"), required=False, max_length=120)


class DutyForm(forms.Form):
    """Who does what; a row that is emptied goes away."""

    who = NameField(label=_("Who"), max_length=120, error_messages={"required": _("Say who does this.")})
    does = forms.CharField(
        label=_("Does what"), max_length=300, error_messages={"required": _("Say what they do.")}
    )


class LineForm(forms.Form):
    """A price line; a row that is emptied goes away. A price below zero is a reduction."""

    description = forms.CharField(
        label=_("Description"),
        max_length=160,
        error_messages={"required": _("Say what the price is for.")},
    )
    quantity = AmountField(label=_("Quantity"), min_value=0, max_value=100_000)
    unit_price = AmountField(
        label=_("Price each, in euro, without VAT"), min_value=-1_000_000, max_value=10_000_000
    )
    vat_rate = forms.TypedChoiceField(
        label=_("VAT"), choices=VatRate.choices, coerce=int, initial=VatRate.HIGH.value
    )


class Rows(forms.BaseFormSet):
    """Rows that may all be emptied, with some blank ones to add: no script is needed for either."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.extra = len(self.initial or ()) + BLANK_ROWS

    def initial_form_count(self) -> int:
        return 0

    def filled(self) -> Iterator[dict[str, Any]]:
        """What stands in the rows that are not blank."""
        return (form.cleaned_data for form in self.forms if form.has_changed())


SessionRows = forms.formset_factory(SessionForm, formset=Rows, max_num=MAX_ROWS, validate_max=True)
DutyRows = forms.formset_factory(DutyForm, formset=Rows, max_num=MAX_ROWS, validate_max=True)
LineRows = forms.formset_factory(LineForm, formset=Rows, max_num=MAX_ROWS, validate_max=True)


class ConceptForms:
    """All parts of the page on which a proposal is written: its words, its steps, and its rows."""

    def __init__(self, data: Any = None, *, proposal: Proposal) -> None:
        plan = drafting.plan_of(proposal)
        self.words = ConceptForm(data, proposal=proposal)
        self.steps = [StepForm(data, step=step, planned=plan.of(step.key)) for step in plan.method.steps]
        sessions = proposal.sessions.values("title", "day", "begins", "place", "led_by")
        lines = proposal.lines.values("description", "quantity", "unit_price", "vat_rate")
        self.sessions = SessionRows(data, prefix="sessions", initial=None if data else list(sessions))
        self.duties = DutyRows(data, prefix="duties", initial=None if data else proposal.roles)
        self.lines = LineRows(data, prefix="lines", initial=None if data else list(lines))

    @property
    def parts(self) -> list[Any]:
        return [self.words, *self.steps, self.sessions, self.duties, self.lines]

    def is_valid(self) -> bool:
        """Looks at every part, so that all that is wrong is told at once."""
        return False not in {part.is_valid() for part in self.parts}

    def content(self) -> dict[str, Any]:
        """As ``drafting.keep`` takes it."""
        return {
            **self.words.words(),
            "steps": [form.planned() for form in self.steps],
            "sessions": [PlannedSession(**row) for row in self.sessions.filled()],
            "duties": [Duty(**row) for row in self.duties.filled()],
            "lines": [PriceLine(**row) for row in self.lines.filled()],
        }


class RenewForm(forms.Form):
    """A later last day."""

    valid_until = _day(_("Can be accepted until and including"))

    def clean_valid_until(self) -> Any:
        day = self.cleaned_data["valid_until"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day has passed."))
        return day


class AnswerForm(forms.Form):
    """``version`` is the one that stood on the page."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=32_000)


class AcceptForm(AnswerForm):
    name = NameField(
        label=_("Your name"),
        max_length=120,
        help_text=_("By typing your name you accept this version of the proposal for the municipality."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Type your name to accept.")},
    )

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not deciding.is_name(name):
            raise forms.ValidationError(_("Type your own name, in letters."))
        return name


class ChangesForm(AnswerForm):
    wanted = forms.CharField(
        label=_("What would you like to see changed?"),
        max_length=MAX_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write down what you would like to see changed.")},
    )
