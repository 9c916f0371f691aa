"""What a coordinator fills in about the people who work here."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from trajecten.domain.logbook import VERBS, Asked
from trajecten.domain.lookups import LOOKED_UP
from trajecten.enums import Role
from trajecten.forms.mail_address import MailAddressField
from trajecten.forms.names import NameField
from trajecten.models import User


class InviteForm(forms.Form):
    """Whom to invite, and for which role."""

    email = MailAddressField(
        label=_("Mail address"),
        error_messages={"required": _("Fill in the mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email"}),
    )
    name = NameField(label=_("Name"), required=False, max_length=120)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Role.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a role.")},
    )


class RolesForm(forms.Form):
    """What somebody does here. Whether it may be so, the domain says."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, required=False, widget=forms.CheckboxSelectMultiple
    )


class PersonField(forms.ModelChoiceField):
    """An official of this municipality."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=User.objects.none(),
            error_messages={"invalid_choice": _("This person does not work here (any more).")},
            **kwargs,
        )


class RevokeForm(forms.Form):
    """Who takes over."""

    to = PersonField(label=_("Who takes over the open work?"), required=False, empty_label=_("Nobody"))

    def __init__(self, *args: Any, officials: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = officials


class TeamForm(forms.Form):
    """A team and who is in it."""

    name = NameField(
        label=_("Name of the team"), max_length=80, error_messages={"required": _("Give the team a name.")}
    )
    members = forms.ModelMultipleChoiceField(
        label=_("Members"),
        required=False,
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("This person does not work here (any more).")},
    )

    def __init__(self, *args: Any, officials: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["members"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101
        field.queryset = officials


class LogFilterForm(forms.Form):
    """The filter of the log, from the address of the page. What is not valid asks nothing."""

    act = forms.ChoiceField(
        label=_("What"), required=False, choices=[*VERBS.items(), ("all", _("Everything in this list"))]
    )
    official = PersonField(label=_("Official"), required=False, empty_label=_("Everybody"))
    first_day = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last_day = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, officials: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["official"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = officials

    def asked(self) -> Asked:
        """The valid part of the filter."""
        self.is_valid()
        given = self.cleaned_data
        act = given.get("act") or LOOKED_UP
        return Asked(
            verb="" if act == "all" else act,
            official=given.get("official"),
            first_day=given.get("first_day"),
            last_day=given.get("last_day"),
        )

    @property
    def query(self) -> str:
        """The valid part of the filter for an address."""
        given = {name: self.data.get(name) for name in self.fields if name not in self.errors}
        return urlencode({name: value for name, value in given.items() if value})
