"""Following the money: what somebody sees of it, what officials report, and which lines one wants to see."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from budget.domain.monitoring.observing import Sight
from budget.domain.monitoring.reporting import Spending
from budget.enums import Period, Seen
from budget.forms.neighbourhoods import NeighbourhoodField
from budget.method import METHOD
from budget.models import MAX_WORDS, Observation
from trajecten.forms.amounts import WholeAmountField
from trajecten.forms.mail_address import MailAddressField
from trajecten.models import Trajectory

# Above this no municipality spends; it keeps a typing error out of the database.
MOST = 10**12


class SightForm(forms.Form):
    """Whether somebody sees anything of an adopted amount, with words and a place if they like."""

    sees = forms.ChoiceField(
        label=_("Do you see anything of it?"),
        choices=Seen,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether you see anything of it.")},
    )
    text = forms.CharField(
        label=_("What do you see, or what not?"),
        required=False,
        max_length=MAX_WORDS,
        help_text=_("Others can read this, without your name. Write nothing about other people."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    area = NeighbourhoodField(
        label=_("In which neighbourhood?"),
        empty_label=_("I'd rather not say"),
    )

    def __init__(self, *args: Any, observation: Observation | None = None, **kwargs: Any) -> None:
        if observation:
            known = {"sees": observation.sees, "text": observation.text, "area": observation.area_id}
            kwargs.setdefault("initial", known)
        super().__init__(*args, **kwargs)

    def sight(self) -> Sight:
        """What was said, as the domain takes it."""
        given = self.cleaned_data
        return Sight(Seen(given["sees"]), given["text"], given["area"])


class ObserveForm(SightForm):
    """The same, of somebody who comes to say it; who is not signed in leaves a mail address, to confirm it by."""

    email = MailAddressField(
        help_text=_("We mail you a link to confirm it. Nobody else sees your e-mail address.")
    )

    def __init__(self, *args: Any, signed_in: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if signed_in:
            del self.fields["email"]


class SpendingForm(forms.Form):
    """What was spent so far of an adopted amount; of less money what was saved."""

    period = forms.TypedChoiceField(
        label=_("Up to and including when?"),
        coerce=lambda value: Period(int(value)),
        error_messages={
            "required": _("Choose up to when."),
            "invalid_choice": _("This period is not over yet."),
        },
    )
    spent = WholeAmountField(min_value=-MOST, max_value=MOST)
    text = forms.CharField(
        label=_("What was done with it?"),
        max_length=MAX_WORDS,
        help_text=_("Everybody can read this."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write in a few words what was done with it.")},
    )

    def __init__(self, *args: Any, over: Iterable[Period], is_cut: bool, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="spending_%s", **kwargs)
        self.is_cut = is_cut
        period, spent = self.fields["period"], self.fields["spent"]
        assert isinstance(period, forms.TypedChoiceField)  # noqa: S101
        period.choices = [(each.value, each.label) for each in sorted(over, reverse=True)]
        spent.label = (
            _("How much was saved of it so far?") if is_cut else _("How much was spent of it so far?")
        )
        spent.help_text = _("In whole euros, from the beginning of the year. Only of this amount itself.")

    def spending(self) -> Spending:
        """What was reported, as the domain takes it."""
        given = self.cleaned_data
        spent = -given["spent"] if self.is_cut else given["spent"]
        return Spending(given["period"], spent, given["text"])


class FollowedFilterForm(forms.Form):
    """One trajectory, or all of the municipality. What does not exist asks nothing."""

    trajectory = forms.ModelChoiceField(
        label=_("Trajectory"),
        required=False,
        queryset=Trajectory.objects.none(),
        empty_label=_("All trajectories together"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["trajectory"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = Trajectory.objects.filter(method_key=METHOD.key)
        self.is_valid()

    @property
    def asked(self) -> Trajectory | None:
        found: Trajectory | None = self.cleaned_data.get("trajectory")
        return found

    def query(self) -> str:
        """The valid part of the filter as part of an address."""
        return urlencode({"trajectory": self.asked.pk}) if self.asked else ""
