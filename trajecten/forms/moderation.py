"""What is filled in about whether others may read a contribution."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trajecten import registry
from trajecten.domain.moderation.queue import OBJECTED, PHOTOS, REPORTED, TODO, WAITING, Asked
from trajecten.enums import AbuseReason, HideReason, Moderation
from trajecten.forms.mail_address import MailAddressField
from trajecten.models import Attachment, Trajectory

MAX_WORDS = 2000
STATES = [
    (TODO, _("Everything to look at")),
    (WAITING, _("Not looked at yet")),
    (REPORTED, _("Reported as abuse")),
    (OBJECTED, _("The author does not agree")),
    (PHOTOS, _("Public, with photos nobody looked at")),
    (Moderation.HIDDEN.value, _("Hidden")),
    (Moderation.PUBLISHED.value, _("Public")),
    ("all", pgettext_lazy("contributions", "All")),
]


class ModerationFilterForm(forms.Form):
    """The filter of the queue, from the address of the page. What is not valid asks nothing."""

    state = forms.ChoiceField(label=_("Which"), required=False, choices=STATES)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    trajectory = forms.ModelChoiceField(
        label=_("Trajectory"),
        required=False,
        queryset=Trajectory.objects.none(),
        empty_label=_("All trajectories"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.model._meta.label_lower, kind.name) for kind in registry.contribution_kinds()]
        choice, trajectories = self.fields["kind"], self.fields["trajectory"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101
        assert isinstance(trajectories, forms.ModelChoiceField)  # noqa: S101
        choice.choices = [("", _("All kinds")), *kinds]
        trajectories.queryset = Trajectory.objects.order_by("title", "pk")

    def asked(self) -> Asked:
        """The valid part of the filter."""
        self.is_valid()
        given = self.cleaned_data
        kind = given.get("kind")
        return Asked(
            state=given.get("state") or TODO,
            kind=registry.contribution_kind_of(kind) if kind else None,
            trajectory=given.get("trajectory"),
        )

    @property
    def query(self) -> str:
        """The valid part of the filter for an address."""
        given = {name: self.data.get(name) for name in self.fields if name not in self.errors}
        return urlencode({name: value for name, value in given.items() if value})


class PublishForm(forms.Form):
    """Which photos the official saw who lets everybody read it, and what it was then."""

    seen = forms.ChoiceField(choices=Moderation.choices, required=False)
    photos = forms.ModelMultipleChoiceField(
        queryset=Attachment.objects.none(), to_field_name="uuid", required=False
    )

    def __init__(self, *args: Any, photos: QuerySet[Attachment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["photos"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101
        field.queryset = photos


class HideForm(forms.Form):
    """Why others may not read it. Whether the words are enough, the domain says."""

    reason = forms.ChoiceField(
        label=_("Why may others not read it?"),
        error_messages={
            "required": _("Choose why others may not read it: the author gets this reason."),
            "invalid_choice": _("Choose why others may not read it: the author gets this reason."),
        },
        choices=[
            ("", _("Choose a reason")),
            *(choice for choice in HideReason.choices if choice[0] != HideReason.AUTHOR),
        ],
    )
    words = forms.CharField(
        label=_("Explanation for the author"),
        required=False,
        max_length=MAX_WORDS,
        help_text=_("Short and friendly. What can the author do?"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ObjectionForm(forms.Form):
    """Why the author finds that others should be able to read it."""

    words = forms.CharField(
        label=_("Why should others be able to read it?"),
        error_messages={"required": _("Write why you do not agree.")},
        max_length=MAX_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ObjectionAnswerForm(forms.Form):
    """What the coordinator says to it."""

    outcome = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[("granted", _("Make it public again")), ("refused", _("It stays hidden"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you decide.")},
    )
    answer = forms.CharField(
        label=_("Your answer to the author"),
        error_messages={"required": _("Write your answer: the author reads this.")},
        max_length=MAX_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AbuseForm(forms.Form):
    """What a visitor finds wrong with it. An address is asked only of who is not signed in."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=AbuseReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong with it.")},
    )
    words = forms.CharField(
        label=_("Explanation"), required=False, max_length=MAX_WORDS, widget=forms.Textarea(attrs={"rows": 4})
    )
    email = MailAddressField(
        required=False, help_text=_("Only if you want to hear what we did with it. We do not pass it on.")
    )

    def __init__(self, *args: Any, is_guest: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_guest:
            del self.fields["email"]


class ReadFirstForm(forms.Form):
    """Of which trajectories an official reads first what people write."""

    trajectories = forms.ModelMultipleChoiceField(
        label=_("An official reads first"),
        required=False,
        queryset=Trajectory.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Without a tick what people write is public at once. Photos always wait for an official."
        ),
    )

    def __init__(self, *args: Any, trajectories: QuerySet[Trajectory], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["trajectories"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101
        field.queryset = trajectories
