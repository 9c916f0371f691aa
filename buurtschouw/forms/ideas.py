"""What is filled in about an idea: joining it, the own page of who joins, and what officials do with it.

Several of these forms stand on one page, so each gives its fields ids of its own.
"""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtschouw.domain.ideas.joining import Introduction, Offer
from buurtschouw.domain.ideas.listing import ANSWER, JUDGEMENT, PULLER, IdeaFilter
from buurtschouw.enums import Feasibility, JoiningRole
from buurtschouw.forms.filtering import ReportFilterForm
from buurtschouw.forms.handling import MAX_MESSAGE, MAX_VERSION
from buurtschouw.method import JOIN_HOURS
from buurtschouw.models import Joining, Report
from trajecten import registry
from trajecten.domain import places
from trajecten.forms.areas import AreaField, areas_to_choose
from trajecten.forms.deadlines import DeadlineField
from trajecten.forms.mail_address import MailAddressField
from trajecten.forms.names import NameField
from trajecten.models import Area

MAX_CAN_DO = 300
MAX_LETTER = 2000


class OfferForm(forms.Form):
    """How many hours a month somebody offers, and what they can do."""

    hours = forms.IntegerField(
        label=_("How many hours a month do you have for it?"),
        min_value=JOIN_HOURS[0],
        max_value=JOIN_HOURS[-1],
        help_text=_("About. You can change it later, and stop at any moment."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("Fill in a number of hours, for example 2."),
            "invalid": _("Fill in a whole number, for example 2."),
            "min_value": _("Fill in at least %(limit_value)d hour."),
            "max_value": _("Fill in at most %(limit_value)d hours."),
        },
    )
    can_do = forms.CharField(
        label=_("What can you do?"),
        required=False,
        max_length=MAX_CAN_DO,
        help_text=_(
            "For example: carpentry, or asking neighbours. Who pulls the idea and the municipality read this."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def offer(self) -> Offer:
        """What was offered, as the domain takes it."""
        return Offer(self.cleaned_data["hours"], self.cleaned_data["can_do"])


class JoinForm(OfferForm):
    """Joining or pulling an idea; who is not signed in leaves a mail address, which is asked to confirm it."""

    role = forms.ChoiceField(choices=JoiningRole, required=False, widget=forms.HiddenInput)
    email = MailAddressField(
        help_text=_("We mail you a link to confirm it. Nobody else sees your e-mail address.")
    )

    def __init__(self, *args: Any, signed_in: bool, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="join_%s", **kwargs)
        if signed_in:
            del self.fields["email"]

    @property
    def pulls(self) -> bool:
        return self.cleaned_data["role"] == JoiningRole.PULLS


class JoiningForm(OfferForm):
    """The own page of who joins: also the name, where one lives, and whether others may see the name."""

    display_name = NameField(
        label=_("Your name, or a name you choose"),
        required=False,
        max_length=80,
        help_text=_("The municipality and who pulls the idea see this name."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    is_named = forms.BooleanField(
        label=_("Everybody may see this name with the idea"),
        required=False,
        help_text=_("Otherwise we write “a resident”."),
    )
    home_area = AreaField(
        label=_("In which neighbourhood do you live?"),
        required=False,
        queryset=Area.objects.none(),
        empty_label=_("I'd rather not say"),
        help_text=_("We only count from how many neighbourhoods people join; nobody sees yours."),
    )

    field_order = ["hours", "can_do", "display_name", "is_named", "home_area"]

    def __init__(self, *args: Any, joining: Joining, **kwargs: Any) -> None:
        person = joining.participant
        known = {"hours": joining.hours, "can_do": joining.can_do, "is_named": joining.is_named}
        if person:
            known |= {"display_name": person.display_name, "home_area": person.home_area_id}
        super().__init__(*args, initial=known, **kwargs)
        field = self.fields["home_area"]
        assert isinstance(field, AreaField)  # noqa: S101
        field.queryset = areas_to_choose(places.latest_areas())

    def about(self) -> Introduction:
        """What was told of oneself, as the domain takes it."""
        given = self.cleaned_data
        return Introduction(given["display_name"], given["home_area"], given["is_named"])


class LetterForm(forms.Form):
    """What who pulls an idea writes to who joins it."""

    text = forms.CharField(
        label=_("Your message to everybody who joins"),
        max_length=MAX_LETTER,
        help_text=_("They get it by mail. You don't see their addresses; say how they can reach you."),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write your message first.")},
    )


class IdeaFilterForm(ReportFilterForm):
    """Theme, neighbourhood and walk; a value that does not exist asks nothing."""

    def asked(self) -> IdeaFilter:
        """The valid part of the filter."""
        self.is_valid()
        return IdeaFilter(**{name: value for name, value in self.cleaned_data.items() if value})

    def query(self, **changes: str) -> str:
        """The valid part of the filter for an address, with ``changes``; an empty one leaves a part out."""
        kept = {name: self.data.get(name) for name in self.fields if name not in self.errors}
        return urlencode({name: value for name, value in {**kept, **changes}.items() if value})


class DeskFilterForm(IdeaFilterForm):
    """For officials: also what an idea needs next."""

    needs = forms.ChoiceField(
        label=_("What is needed"),
        required=False,
        choices=[
            ("", _("Everything")),
            (JUDGEMENT, _("A judgement whether it is feasible")),
            (PULLER, _("Somebody who pulls it")),
            (ANSWER, _("A first answer to who pulls it")),
        ],
    )

    field_order = ["needs"]


class JudgeForm(forms.Form):
    """Whether an idea is feasible, and why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="judge_%s", **kwargs)

    level = forms.ChoiceField(
        label=_("Is this idea feasible?"),
        choices=[
            (Feasibility.EASY, _("Easy: without permit, for little money")),
            (Feasibility.POSSIBLE, _("Possible: with some help or money")),
            (Feasibility.HARD, _("Hard: needs much money, time or a decision")),
            (Feasibility.NOT_POSSIBLE, _("Not possible: a law or other plans stand in the way")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how feasible it is.")},
    )
    reason = forms.CharField(
        label=_("Why?"),
        max_length=MAX_MESSAGE,
        help_text=_("Everybody can read this, and who joins gets it by mail. Say what would make it easier."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write down why. Everybody can read this.")},
    )


class IdeaPromiseForm(forms.Form):
    """Making an idea a promise: what is done, and by when. ``version`` is that of the report on the page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="promise_%s", **kwargs)

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MAX_VERSION)
    text = forms.CharField(
        label=_("What is promised"),
        max_length=MAX_MESSAGE,
        help_text=_("Who had the idea and who joins get these words by mail; everybody can read them."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write down what is promised.")},
    )
    deadline = DeadlineField(label=_("By when"))


class PrepareForm(forms.Form):
    """What an idea becomes in another method, and the words with which it begins there."""

    target = forms.ChoiceField(
        label=_("What does it become?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it becomes.")},
    )
    title = NameField(
        label=_("Title"),
        max_length=200,
        error_messages={"required": _("Give it a title.")},
    )
    text = forms.CharField(
        label=_("What is it about?"),
        max_length=MAX_MESSAGE,
        help_text=_("Who is asked to go along reads this, and with these words it begins there."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write in a few words what it is about.")},
    )

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"title": report.title.rstrip("…"), "text": report.text})
        super().__init__(*args, auto_id="prepare_%s", **kwargs)
        field = self.fields["target"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        offered = registry.successors()
        field.choices = [(each.key, f"{each.name}: {each.becomes}") for each in offered]
        if len(offered) == 1:
            self.initial["target"] = offered[0].key
