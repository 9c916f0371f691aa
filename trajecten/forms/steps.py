"""What coordinators and advisers fill in about steps: moving along them, and planning them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trajecten.domain.steps import Fault, tailoring
from trajecten.domain.steps.tailoring import PlannedStep
from trajecten.forms.days import NearDayField
from trajecten.method import Step
from trajecten.models import Trajectory


class StepForm(forms.Form):
    """``step`` is the step that the person saw."""

    step = forms.CharField(widget=forms.HiddenInput, max_length=30)


class StepCloseForm(StepForm):
    """The reason is asked when something is still missing."""

    override_reason = forms.CharField(
        label=_("Why do you go on all the same?"),
        required=False,
        max_length=1000,
        help_text=_("This stays with the trajectory, with your name. Officials and the adviser can read it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class StepSkipForm(StepForm):
    """Leaving an optional step without doing it."""

    reason = forms.CharField(
        label=_("Why do you skip this step?"),
        required=False,
        max_length=1000,
        help_text=_("This stays with the trajectory, with your name. Officials and the adviser can read it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class StepReopenForm(StepForm):
    """Going back to an earlier step."""

    reason = forms.CharField(
        label=_("Why do you open this step again?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write down why this step is opened again.")},
    )


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("This is not a date. Write it like 2026-12-04.")},
    )


class PlannedStepForm(forms.Form):
    """The planning of one step. Only of an optional one it is asked whether it is part of the trajectory."""

    on = forms.BooleanField(label=_("Part of this trajectory"), required=False)
    starts_on = _day(_("First day"))
    ends_on = _day(_("Ready on"))
    text = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=600,
        help_text=_("Residents read this with the step."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, step: Step, data: Any, own: PlannedStep) -> None:
        days = {"starts_on": own.starts_on, "ends_on": own.ends_on}
        super().__init__(data, prefix=step.key, initial={"on": own.on, "text": own.text, **days})
        self.step = step
        if not step.optional:
            del self.fields["on"]

    def planned(self) -> PlannedStep:
        given = self.cleaned_data
        return PlannedStep(
            self.step.key, given.get("on", True), given["starts_on"], given["ends_on"], given["text"]
        )

    def refuse(self, fault: Fault) -> None:
        self.add_error(fault.field if fault.field in self.fields else None, fault.message)


class PlanForm:
    """The planning of all steps of a trajectory: a form for each.

    ``planned`` is what is shown before anything was sent: the planning as it is, unless it is told otherwise.
    """

    def __init__(
        self, trajectory: Trajectory, data: Any = None, planned: Iterable[PlannedStep] | None = None
    ) -> None:
        shown = {own.key: own for own in planned or tailoring.of(trajectory).planned}
        self.forms = [PlannedStepForm(step, data, shown[step.key]) for step in trajectory.method.steps]
        self.refusal = ""

    @property
    def errors(self) -> list[str]:
        """Every reason why it was not kept, as the list on top of the page says it."""
        return [self.refusal] * bool(self.refusal) + [
            gettext("%(step)s: %(error)s") % {"step": form.step.name, "error": error}
            for form in self.forms
            for errors in form.errors.values()
            for error in errors
        ]

    def is_valid(self) -> bool:
        return all(form.is_valid() for form in self.forms)

    def planned(self) -> list[PlannedStep]:
        return [form.planned() for form in self.forms]

    def refuse(self, message: str, faults: Iterable[Fault]) -> None:
        """Say beside the fields what could not be kept, or on top when it is about none of them."""
        by_step = {form.step.key: form for form in self.forms}
        found = list(faults)
        self.refusal = "" if found else message
        for fault in found:
            by_step[fault.step].refuse(fault)


class SuggestForm(forms.Form):
    """From which day on a planning is to be suggested."""

    begin = NearDayField(label=_("First day of the trajectory"))
