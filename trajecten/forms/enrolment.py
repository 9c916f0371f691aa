"""What is filled in to take part, and to leave."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trajecten.domain import places
from trajecten.domain.enrolment.joining import Introduction
from trajecten.enums import ParticipantKind
from trajecten.forms.areas import AreaField, areas_to_choose
from trajecten.forms.mail_address import MailAddressField
from trajecten.forms.names import NameField
from trajecten.models import Area, Participant


class JoinForm(forms.Form):
    """Who somebody is, as far as they want to say. ``asks_address`` is for who is not known yet by an account or link.

    ``known`` is the participant as far as that is the visitor: what is known of them is filled in already.
    """

    email = MailAddressField(
        help_text=_("We mail you a link to your own page. Nobody else sees your e-mail address."),
    )
    display_name = NameField(
        label=_("Your name, or a name you choose"),
        required=False,
        max_length=80,
        help_text=_("Who leads the group sees this name. It is not on the website."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    home_area = AreaField(
        label=_("In which neighbourhood do you live?"),
        required=False,
        queryset=Area.objects.none(),
        empty_label=_("I'd rather not say"),
        help_text=_(
            "With this we see which neighbourhoods are not heard yet. We only count; nobody sees yours."
        ),
    )
    kind = forms.ChoiceField(
        label=_("As what do you take part?"),
        required=False,
        choices=ParticipantKind,
        help_text=_("With this we see who is not at the table yet."),
    )

    def __init__(
        self, *args: Any, asks_address: bool = True, known: Participant | None = None, **kwargs: Any
    ) -> None:
        if known:
            names = ("display_name", "home_area", "kind")
            kwargs["initial"] = {name: getattr(known, name) for name in names} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        if not asks_address:
            del self.fields["email"]
        area = self.fields["home_area"]
        assert isinstance(area, forms.ModelChoiceField)  # noqa: S101
        area.queryset = areas_to_choose(places.latest_areas())

    def about(self) -> Introduction:
        """What was told, as the domain takes it."""
        given = self.cleaned_data
        return Introduction(given["display_name"], given["kind"], given["home_area"])


class CodeForm(forms.Form):
    """The code of a poster, typed over."""

    code = forms.CharField(
        label=_("The code on the poster"),
        max_length=20,
        help_text=_("Eight letters and numbers, for example: 7KMR 4TWX."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Type the code that is on the poster.")},
    )
