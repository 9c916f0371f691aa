"""A council item as a clerk writes it down, and the small acts on it."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trajecten.domain import contributions
from trajecten.domain.council.items import Facts
from trajecten.domain.promises import promised
from trajecten.domain.promises.promised import PromiseFilter
from trajecten.enums import CouncilBody, CouncilKind
from trajecten.forms.names import NameField
from trajecten.forms.origins import Origin, OriginsForm
from trajecten.models import Commitment, CouncilItem, Trajectory

MAX_TEXT = 4000
MAX_LINES = 60
MAX_VERSION = 2**31 - 1


def capitalised(choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Choices as they stand in a list of their own: each with a capital."""
    return [(value, capfirst(label)) for value, label in choices]


def day_field(**options: Any) -> forms.DateField:
    """A day, by the browser's own calendar."""
    return forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Fill in a date."),
            "invalid": _("This is not a date. Write it like 2026-12-04."),
        },
        **options,
    )


class CouncilItemForm(OriginsForm):
    """The facts, the points, and what is behind it: contributions and promises that were found and ticked."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=MAX_VERSION)
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=capitalised(CouncilKind.choices),
        error_messages={"required": _("Choose what it is.")},
    )
    body = forms.ChoiceField(label=_("Who decides?"), choices=capitalised(CouncilBody.choices))
    title = NameField(
        label=_("Title"), max_length=200, error_messages={"required": _("Give the item a title.")}
    )
    summary = forms.CharField(
        label=_("What do residents ask, in plain words?"),
        required=False,
        max_length=MAX_TEXT,
        help_text=_("Everybody can read this. Short sentences, no names."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    lines = forms.CharField(
        label=_("The points that are decided on"),
        required=False,
        max_length=20_000,
        help_text=_("One on each line. Without points there is one decision on the whole."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    submitted_on = day_field(label=_("Submitted on"))
    trajectory = forms.ModelChoiceField(
        label=_("Trajectory"),
        required=False,
        queryset=Trajectory.objects.none(),
        empty_label=_("None"),
        help_text=_("A promise that follows from the decision belongs to this trajectory."),
    )
    url = forms.URLField(
        label=_("Page in the council information system"),
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": _("This is not the address of a page. It begins with https://.")},
    )
    external_id = forms.CharField(
        label=_("Number of the agenda item there"),
        required=False,
        max_length=60,
        help_text=_("Is filled in by itself when you match an imported agenda item."),
    )

    field_order = [
        "version", "kind", "body", "title", "summary", "lines", "submitted_on",
        "words", "origins", "trajectory", "url", "external_id",
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["trajectory"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = Trajectory.objects.order_by("title")
        self.fields["words"].label = _("Which reports or promises are behind it?")
        self.fields["words"].help_text = _("Search by a word or a number, and tick what belongs to it.")
        self.fields["origins"].label = _("Behind it")
        self.fields["origins"].help_text = _("Who said or supports it hears the decision.")

    def named(self, keys: Iterable[str]) -> list[Origin]:
        keys = list(keys)
        promise = ContentType.objects.get_for_model(Commitment).pk
        numbers = [key.removeprefix(f"{promise}-") for key in keys if key.startswith(f"{promise}-")]
        known = [int(number) for number in numbers if re.fullmatch(r"[0-9]{1,9}", number)]
        return [*super().named(keys), *_of_promises(Commitment.objects.filter(pk__in=known))]

    def search(self, words: str) -> list[Origin]:
        if not words.strip():
            return []
        found = promised.by_date(PromiseFilter(words=words))[: contributions.MOST]
        return [*super().search(words), *_of_promises(found)]

    @classmethod
    def initial_for(cls, said: Sequence[contributions.Found]) -> dict[str, Any]:
        """Of a new item with these contributions behind it."""
        return {
            "submitted_on": timezone.localdate(),
            "body": CouncilBody.COUNCIL,
            "trajectory": said[0].row.trajectory_id if said else None,
            "origins": [found.key for found in said],
        }

    @classmethod
    def initial_of(cls, item: CouncilItem) -> dict[str, Any]:
        """Of an item that is there."""
        names = ("version", "kind", "body", "title", "summary", "submitted_on", "url", "external_id")
        tied = item.origins.values_list("content_type_id", "object_id")
        return {
            **{name: getattr(item, name) for name in names},
            "trajectory": item.trajectory_id,
            "lines": "\n".join(item.lines.values_list("text", flat=True)),
            "origins": [f"{kind}-{key}" for kind, key in tied],
        }

    def clean_lines(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["lines"].splitlines()]
        lines = [line for line in lines if line]
        if len(lines) > MAX_LINES:
            raise ValidationError(gettext("These are more than %(n)s points.") % {"n": MAX_LINES})
        return lines

    def written(self) -> dict[str, Any]:
        """What ``items.submit`` and ``items.change`` take."""
        given = self.cleaned_data
        names = ("kind", "body", "title", "summary", "submitted_on", "trajectory", "url", "external_id")
        return {
            "facts": Facts(**{name: given[name] for name in names}),
            "lines": given["lines"],
            "origins": given["origins"],
        }

    def renewed(self, item: CouncilItem) -> "CouncilItemForm":
        """The same form with everything that was typed, for the item as it is now."""
        typed = self.data.copy()
        typed["version"] = item.version
        return CouncilItemForm(typed)


def _of_promises(found: Iterable[Commitment]) -> list[Origin]:
    words = gettext("%(text)s (promise %(number)s)")
    return [Origin(row, words % {"text": Truncator(row.text).chars(120), "number": row.pk}) for row in found]


class VersionForm(forms.Form):
    """An act of one button. ``version`` is that of the item the official was looking at."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MAX_VERSION)


class ScheduleForm(VersionForm):
    """On which day, in which meeting."""

    day = day_field(label=_("On the agenda of"))
    meeting_name = NameField(
        label=_("Meeting"),
        required=False,
        max_length=200,
        help_text=_("For example: Municipal council, or Committee of space."),
    )


class WithdrawForm(VersionForm):
    """Why it is withdrawn."""

    reason = forms.CharField(
        label=_("Why is it withdrawn?"),
        max_length=MAX_TEXT,
        help_text=_("Everybody can read this."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write down why it is withdrawn: people read this.")},
    )
