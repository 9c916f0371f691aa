"""What a list of council items is asked for, from the address of the page."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trajecten.domain.council.queries import CouncilFilter
from trajecten.enums import CouncilKind
from trajecten.forms.council.items import capitalised
from trajecten.models import CouncilItem, Trajectory

DESK_STATES = (
    ("", pgettext_lazy("group of council items", "All open")),
    ("enter", _("Outcome still to be entered")),
    ("coming", _("Coming")),
    ("undated", _("Without a date")),
    ("decided", _("Decided")),
    ("withdrawn", _("Withdrawn")),
    ("all", _("Open and closed")),
)
PUBLIC_STATES = (
    ("", pgettext_lazy("group of council items", "All")),
    ("open", _("Coming")),
    ("decided", _("Decided")),
    ("withdrawn", _("Withdrawn")),
)


class CouncilFilterForm(forms.Form):
    """State, kind, year and trajectory, and for officials words; what does not exist asks nothing."""

    state = forms.ChoiceField(label=_("Status"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", pgettext_lazy("kind", "All kinds")), *capitalised(CouncilKind.choices)],
    )
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)
    trajectory = forms.ModelChoiceField(
        label=_("Trajectory"),
        required=False,
        queryset=Trajectory.objects.none(),
        empty_label=_("All trajectories"),
    )

    def __init__(
        self,
        *args: Any,
        states: Sequence[tuple[str, Any]],
        otherwise: str,
        years: list[int],
        trajectories: QuerySet[Trajectory],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.otherwise = otherwise
        field = self.fields["trajectory"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = trajectories.order_by("title")
        self._offer("state", list(states))
        self._offer("year", [("", _("All years")), *((year, str(year)) for year in years)])

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = choices

    def asked(self) -> CouncilFilter:
        """The valid part of the filter."""
        self.is_valid()
        given = self.cleaned_data
        return CouncilFilter(
            state=given.get("state") or self.otherwise,
            kind=given.get("kind", ""),
            trajectory=given.get("trajectory"),
            year=given.get("year"),
            words=given.get("words", ""),
        )

    def query(self) -> str:
        """The valid part of the filter, for an address."""
        kept = {name: self.data.get(name) for name in self.fields if name not in self.errors}
        return urlencode({name: value for name, value in kept.items() if value})


class DeskFilterForm(CouncilFilterForm):
    """The filter of the clerk's list."""

    words = forms.CharField(label=_("Search"), required=False, max_length=100, widget=forms.SearchInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        trajectories = Trajectory.objects.all()
        super().__init__(*args, states=DESK_STATES, otherwise="open", trajectories=trajectories, **kwargs)


class PublicFilterForm(CouncilFilterForm):
    """The filter of the list that everybody sees, with the trajectories of which something went to the council."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        put = Trajectory.objects.filter(Exists(CouncilItem.objects.filter(trajectory=OuterRef("pk"))))
        super().__init__(*args, states=PUBLIC_STATES, otherwise="all", trajectories=put, **kwargs)
