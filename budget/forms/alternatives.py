"""What a resident fills in: the mail address, the lines, as whom; and a form on paper."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from budget.domain.alternatives import judging
from budget.domain.alternatives.finishing import About
from budget.domain.alternatives.judging import Change
from budget.forms.amounts import ChangeField
from budget.forms.kinds import KindField
from budget.forms.neighbourhoods import NeighbourhoodField
from budget.models import Alternative, RoundLine
from trajecten.forms.mail_address import MailAddressField
from trajecten.forms.names import NameField

MAX_REASON = 600
MAX_REVISION = 2**31 - 1


class BeginForm(forms.Form):
    """The mail address of who takes part without an account."""

    email = MailAddressField(
        help_text=_("We mail you a link. Only when you have opened it, your alternative can count."),
    )


class ChangesForm(forms.Form):
    """All lines of a round, each with an amount and a reason; and the revision that the page began with."""

    revision = forms.IntegerField(min_value=1, max_value=MAX_REVISION, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        lines: Sequence[RoundLine],
        unit: int,
        given: Mapping[int, Change],
        revision: int = 1,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines, self.unit = lines, unit
        self.initial["revision"] = revision
        for line in lines:
            mine = given.get(line.pk, Change())
            amount = line.baseline + mine.change
            self.fields[f"amount-{line.pk}"] = ChangeField(
                baseline=line.baseline, label=line.name, initial=amount
            )
            self.fields[f"reason-{line.pk}"] = forms.CharField(
                required=False,
                max_length=MAX_REASON,
                initial=mine.reason,
                label=_("Why? (you don't have to say)"),
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            self.fields[f"theirs-{line.pk}"] = forms.BooleanField(required=False)
        self.kept = given

    def given(self) -> dict[int, Change]:
        """What is valid of it, by the key of the line; a line that is as it was is left out.

        After a conflict somebody may have chosen for a line what was kept elsewhere.
        """
        found = {}
        for line in self.lines:
            if self.cleaned_data.get(f"theirs-{line.pk}"):
                found[line.pk] = self.kept.get(line.pk, Change())
                continue
            change = self.cleaned_data.get(f"amount-{line.pk}") or 0
            reason = (self.cleaned_data.get(f"reason-{line.pk}") or "").replace("\r\n", "\n")
            if change or reason:
                found[line.pk] = Change(change, reason)
        return found

    def check_bounds(self) -> bool:
        """Say beside each amount that it is under its floor or over its cap. Returns whether none is."""
        found = judging.beyond(self.lines, self.given(), self.unit)
        for key, text in found.items():
            self.add_error(f"amount-{key}", text)
        return not found


class AboutForm(forms.Form):
    """As whom somebody takes part, where they live, and what they want with it as a whole."""

    kind = KindField(
        label=_("As whom do you take part?"),
        error_messages={"required": _("Choose as whom you take part.")},
    )
    area = NeighbourhoodField(
        label=_("In which neighbourhood do you live?"),
        empty_label=_("I'd rather not say"),
        help_text=_("We only count by neighbourhood; nobody sees yours."),
    )
    text = forms.CharField(
        label=_("What do you want with it as a whole?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Others can read this, without your name. Please name no persons."),
    )

    @staticmethod
    def initial_of(alternative: Alternative) -> dict[str, Any]:
        """What was said before; else what is known of the person."""
        person, area = alternative.author, alternative.area_id
        if person and area is None and alternative.revision == 1:
            area = person.home_area_id
        return {"kind": alternative.kind, "area": area, "text": alternative.text}

    def about(self) -> About:
        """As the domain takes it."""
        return About(**{name: self.cleaned_data[name] for name in ("kind", "area", "text")})


class FinishForm(AboutForm):
    """Finishing what was looked at."""

    revision = forms.IntegerField(min_value=1, max_value=MAX_REVISION, widget=forms.HiddenInput)


class ShareForm(forms.Form):
    """Whether others see it, and with a name or without."""

    share = forms.TypedChoiceField(choices=[("yes", ""), ("no", "")], coerce=lambda value: value == "yes")
    is_named = forms.BooleanField(label=_("My name stands with it"), required=False)
    display_name = NameField(
        label=_("Your name, or a name you choose"),
        required=False,
        max_length=80,
        help_text=_("Otherwise we write “a resident”."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )


class ConfirmForm(forms.Form):
    """Which one somebody keeps who has one already."""

    use = forms.ChoiceField(choices=[("new", ""), ("old", "")], required=False)


class PaperForm(ChangesForm, AboutForm):
    """A form on paper, typed over by an official. ``key`` is made with the page, so sending it twice is harmless."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
