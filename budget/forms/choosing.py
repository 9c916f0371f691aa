"""What is filled in to choose themes: by residents, by who types over paper, and what they suggest themselves."""

import uuid
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from budget.domain.choosing import cards
from budget.domain.choosing.voting import Choice
from budget.forms.kinds import KindField
from budget.forms.neighbourhoods import NeighbourhoodField
from budget.models import Theme, ThemeBallot
from trajecten.forms.mail_address import MailAddressField
from trajecten.forms.names import NameField
from trajecten.models import Participant, Trajectory

MAX_SUGGESTION = 600


class ThemesField(forms.ModelMultipleChoiceField):
    """Themes, each as a card: its picture, title and what it is in plain words."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Theme) -> str:
        return render_to_string("budget/choosing/_card.html", {"theme": obj})


class ChoiceForm(forms.Form):
    """Which themes, where one lives, and as whom one chooses."""

    themes = ThemesField(
        label=_("Choose from these themes"),
        queryset=Theme.objects.none(),
        help_text=_("Choose as many as you like."),
        error_messages={
            "required": _("Choose at least one theme."),
            "invalid_choice": _("One of these themes can't be chosen any more. Look again."),
            "invalid_pk_value": _("One of these themes can't be chosen any more. Look again."),
        },
    )
    home_area = NeighbourhoodField(
        label=_("In which neighbourhood do you live?"),
        empty_label=_("I'd rather not say"),
        help_text=_("We count what people choose in each district. Small numbers are not shown."),
    )
    kind = KindField(label=_("As whom do you choose?"))

    def __init__(
        self,
        *args: Any,
        trajectory: Trajectory,
        ballot: ThemeBallot | None,
        who: Participant | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, initial=_known(ballot, who), **kwargs)
        themes = self.fields["themes"]
        assert isinstance(themes, ThemesField)  # noqa: S101
        themes.queryset = cards.shown(trajectory)

    def choice(self) -> Choice:
        """What was chosen, as the domain takes it."""
        given = self.cleaned_data
        return Choice(tuple(given["themes"]), given["home_area"], given["kind"])


def _known(ballot: ThemeBallot | None, who: Participant | None) -> dict[str, Any]:
    if ballot:
        themes = [vote.theme_id for vote in ballot.votes.all()]
        return {"themes": themes, "home_area": ballot.area_id, "kind": ballot.kind}
    return {"home_area": who.home_area_id, "kind": who.kind} if who else {}


class VoteForm(ChoiceForm):
    """Who is not known here leaves a mail address, which is asked to confirm the vote."""

    email = MailAddressField(
        help_text=_(
            "We mail you a link to confirm it: so each person counts once. Nobody else sees your address."
        )
    )

    def __init__(self, *args: Any, is_known: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_known:
            del self.fields["email"]


class PaperBallotForm(ChoiceForm):
    """A sheet of paper, typed over by an official. ``key`` is made with the page: sending it twice is harmless."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, trajectory: Trajectory, **kwargs: Any) -> None:
        super().__init__(*args, trajectory=trajectory, ballot=None, who=None, **kwargs)
        self.fields["themes"].label = _("What is ticked on this sheet")
        self.fields["home_area"].label = _("Neighbourhood on this sheet")
        self.fields["kind"].label = _("Filled in by")
        self.fields["home_area"].help_text = ""


class SuggestForm(forms.Form):
    """A theme that somebody misses."""

    title = NameField(
        label=_("Which theme do you miss?"),
        max_length=80,
        error_messages={"required": _("Write the theme in a few words.")},
    )
    text = forms.CharField(
        label=_("What is it about?"),
        max_length=MAX_SUGGESTION,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write in a few sentences what it is about.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="suggest_%s", **kwargs)
