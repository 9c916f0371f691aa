"""What a municipality fills in to ask for a trajectory, and how lists of requests are filtered."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_scopes import scope

from trajecten import registry
from trajecten.domain import places
from trajecten.domain.proposals.queries import NEXT, PipelineFilter
from trajecten.enums import RequestStatus
from trajecten.forms.areas import AreasField, areas_to_choose
from trajecten.forms.mail_address import MailAddressField
from trajecten.forms.names import NameField
from trajecten.models import Area, Municipality, User
from trajecten.models.proposal import MAX_WORDS

STATES = [
    ("", pgettext_lazy("group of requests", "Open")),
    *RequestStatus.choices,
    ("all", pgettext_lazy("group of requests", "All")),
]


class RequestForm(forms.Form):
    """A request. A coordinator of one municipality asks for that one, and chooses among its neighbourhoods."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    municipality = forms.ModelChoiceField(
        label=_("Municipality"),
        queryset=Municipality.objects.none(),
        to_field_name="slug",
        empty_label=_("Choose your municipality"),
        error_messages={
            "required": _("Choose your municipality."),
            "invalid_choice": _("This choice does not exist (any more). Choose another one."),
        },
    )
    question = forms.CharField(
        label=_("What is your question?"),
        max_length=MAX_WORDS,
        help_text=_("What is going on, and what do you hope will be different?"),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write in a few sentences what you ask.")},
    )
    areas = AreasField(
        label=_("Neighbourhoods"),
        required=False,
        queryset=Area.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    places = forms.CharField(
        label=_("Which neighbourhoods or villages?"),
        required=False,
        max_length=300,
        help_text=_("In your own words. Not known yet? Leave it empty."),
    )
    wishes = forms.CharField(
        label=_("Wishes"),
        required=False,
        max_length=MAX_WORDS,
        help_text=_("For example: evenings only, a group that has to be there, a budget."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    period = forms.CharField(
        label=_("When would you like it?"),
        required=False,
        max_length=120,
        help_text=_("For example: to begin after the summer."),
    )
    contact_name = NameField(
        label=_("Your name"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Fill in your name.")},
    )
    contact_role = NameField(
        label=_("Your role at the municipality"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    email = MailAddressField(
        label=_("Your e-mail address at work"),
        help_text=_("The proposal comes to this address, with a link that only you get."),
    )
    contact_phone = forms.CharField(
        label=_("Your telephone number"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )

    def __init__(self, *args: Any, user: User | None, own: list[Municipality], **kwargs: Any) -> None:
        """``own`` are the municipalities of which the user is coordinator."""
        super().__init__(*args, **kwargs)
        field = self.fields["municipality"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = Municipality.objects.defer("boundary").order_by("name")
        if len(own) == 1:
            self._only(own[0], field)
        else:
            del self.fields["areas"]
        if user:
            self.initial.update(contact_name=user.name, email=user.email)

    def _only(self, municipality: Municipality, field: forms.ModelChoiceField) -> None:
        field.queryset = field.queryset.filter(pk=municipality.pk)
        self.initial["municipality"] = municipality.slug
        with scope(municipality=municipality):
            areas = areas_to_choose(places.latest_areas())
        choice = self.fields["areas"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101
        choice.queryset = areas


def _methods() -> list[tuple[str, Any]]:
    return [("", _("All methods")), *((method.key, method.name) for method in registry.methods())]


class StatusForm(forms.Form):
    """Requests of one status; a status that does not exist asks for what is open."""

    status = forms.ChoiceField(label=_("Status"), required=False, choices=STATES)

    def asked(self) -> str:
        return self.cleaned_data["status"] if self.is_valid() else ""

    def query(self) -> str:
        """The valid part of the filter, for the addresses of other pages of the list."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        return urlencode({name: "on" if value is True else value for name, value in given.items()})


class PipelineForm(StatusForm):
    """What an adviser asks of the pipeline; a value that does not exist asks nothing."""

    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[(NEXT, _("You are next")), *STATES]
    )
    method = forms.ChoiceField(label=_("Method"), required=False, choices=_methods)
    words = forms.CharField(
        label=_("Municipality or contact"), required=False, max_length=80, widget=forms.SearchInput
    )
    mine = forms.BooleanField(label=_("Only mine"), required=False)
    expiring = forms.BooleanField(label=_("Proposal expires soon"), required=False)

    def filter(self) -> PipelineFilter:
        """The valid part of what is asked."""
        self.is_valid()
        return PipelineFilter(**self.cleaned_data)


class ReasonForm(forms.Form):
    """Why one side does not go on; the other side reads it."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=MAX_WORDS,
        help_text=_("The other side reads this."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write down why.")},
    )
