"""A council item as a clerk writes it down, and the small acts on it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trajecten import registry
from trajecten.domain.contributions import Found
from trajecten.domain.council import behind
from trajecten.domain.council.items import Facts
from trajecten.enums import CouncilBody, CouncilKind
from trajecten.models import Commitment, CouncilItem, Trajectory

MAX_TEXT = 4000
MAX_LINES = 60
MAX_ORIGINS = 200
MAX_VERSION = 2**31 - 1
PROMISES = "promises"


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


class NumbersField(forms.CharField):
    """Numbers of things, with commas or spaces between them; gives the things, or says which number is none."""

    def __init__(self, *, load: Any, **options: Any) -> None:
        super().__init__(required=False, max_length=2000, **options)
        self.load = load

    def clean(self, value: Any) -> list[Model]:
        words = [word for word in re.split(r"[\s,;]+", super().clean(value)) if word]
        wrong = [word for word in words if not re.fullmatch(r"[0-9]{1,12}", word)]
        if wrong:
            raise ValidationError(gettext("This is not a number: %(words)s.") % {"words": ", ".join(wrong)})
        if len(words) > MAX_ORIGINS:
            raise ValidationError(gettext("These are more than %(n)s numbers.") % {"n": MAX_ORIGINS})
        keys = list(dict.fromkeys(int(word) for word in words))
        found = self.load(keys)
        missing = [str(key) for key in keys if key not in found]
        if missing:
            message = gettext("There is nothing here with this number: %(words)s.")
            raise ValidationError(message % {"words": ", ".join(missing)})
        return [found[key] for key in keys]


def _load_promises(keys: list[int]) -> Mapping[int, Commitment]:
    return Commitment.objects.in_bulk(keys)


class CouncilItemForm(forms.Form):
    """The facts, the points, and the numbers of what is behind it: of each kind of contribution, and of promises."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=MAX_VERSION)
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=capitalised(CouncilKind.choices),
        error_messages={"required": _("Choose what it is.")},
    )
    body = forms.ChoiceField(label=_("Who decides?"), choices=capitalised(CouncilBody.choices))
    title = forms.CharField(
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["trajectory"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = Trajectory.objects.order_by("title")
        for kind in registry.contribution_kinds():
            self.fields[_name(kind)] = NumbersField(
                load=kind.load,
                label=gettext("Behind it, numbers of: %(kind)s") % {"kind": kind.name},
                help_text=_("With commas in between. Who said or supports it hears the decision."),
            )
        self.fields[PROMISES] = NumbersField(
            load=_load_promises, label=_("Promises that are put to them, by number")
        )

    @classmethod
    def initial_for(cls, said: Sequence[Found]) -> dict[str, Any]:
        """Of a new item with these contributions behind it."""
        numbers: dict[str, list[str]] = {}
        for found in said:
            numbers.setdefault(_name(found.kind), []).append(str(found.row.pk))
        return {
            "submitted_on": timezone.localdate(),
            "body": CouncilBody.COUNCIL,
            "trajectory": said[0].row.trajectory_id if said else None,
            **{name: ", ".join(keys) for name, keys in numbers.items()},
        }

    @classmethod
    def initial_of(cls, item: CouncilItem) -> dict[str, Any]:
        """Of an item that is there."""
        names = ("version", "kind", "body", "title", "summary", "submitted_on", "url", "external_id")
        tied = [(origin.content_type.model_class(), origin.object_id) for origin in _origins(item)]
        numbers = {
            _name(kind): ", ".join(str(key) for model, key in tied if model is kind.model)
            for kind in registry.contribution_kinds()
        }
        return {
            **{name: getattr(item, name) for name in names},
            **numbers,
            "trajectory": item.trajectory_id,
            "lines": "\n".join(item.lines.values_list("text", flat=True)),
            PROMISES: ", ".join(str(promise.pk) for promise in behind.promises(item)),
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
        tied = [_name(kind) for kind in registry.contribution_kinds()]
        return {
            "facts": Facts(**{name: given[name] for name in names}),
            "lines": given["lines"],
            "origins": [origin for name in (*tied, PROMISES) for origin in given[name]],
        }

    def renewed(self, item: CouncilItem) -> "CouncilItemForm":
        """The same form with everything that was typed, for the item as it is now."""
        return CouncilItemForm({**self.data.dict(), "version": item.version})


def _origins(item: CouncilItem) -> Any:
    return item.origins.select_related("content_type")


def _name(kind: registry.ContributionKind) -> str:
    return f"said_{kind.model._meta.label_lower.replace('.', '_')}"


class VersionForm(forms.Form):
    """An act of one button. ``version`` is that of the item the official was looking at."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MAX_VERSION)


class ScheduleForm(VersionForm):
    """On which day, in which meeting."""

    day = day_field(label=_("On the agenda of"))
    meeting_name = forms.CharField(
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
