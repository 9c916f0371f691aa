"""What is asked of a list of promises, from the address of the page."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trajecten.domain import places
from trajecten.domain.promises.promised import LATE, WAITING, PromiseFilter
from trajecten.domain.staffing import people
from trajecten.enums import CommitmentStatus
from trajecten.forms.areas import AreaField, areas_to_choose
from trajecten.models import Area, Municipality, Team, Trajectory, User

FIRST_YEAR = 2000
STATUSES = [
    ("", pgettext_lazy("promises", "All")),
    (WAITING, _("Open")),
    (LATE, _("Open and late")),
    (_("One status"), CommitmentStatus.choices),
]
EVERY = "all"
STAFF_STATUSES = [
    ("", _("All open")),
    (EVERY, _("Open and closed")),
    (_("One status"), CommitmentStatus.choices),
]
DUE = [
    ("", pgettext_lazy("term", "All")),
    ("overdue", _("Past the date")),
    ("week", _("The next seven days")),
    ("later", _("Later")),
]


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class FilterForm(forms.Form):
    """The parts that every list has; a value that does not exist asks nothing."""

    statuses: Sequence[Any] = STATUSES

    status = forms.ChoiceField(label=_("Status"), required=False)
    trajectory = forms.ModelChoiceField(
        label=_("Trajectory"),
        required=False,
        queryset=Trajectory.objects.none(),
        empty_label=_("All trajectories"),
    )
    area = AreaField(
        label=_("Neighbourhood"),
        required=False,
        queryset=Area.objects.none(),
        empty_label=_("All neighbourhoods"),
    )
    team = forms.ModelChoiceField(
        label=_("Team"), required=False, queryset=Team.objects.none(), empty_label=_("All teams")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "trajectory", Trajectory.objects.order_by("title"))
        choose(self, "area", areas_to_choose(places.latest_areas()))
        choose(self, "team", Team.objects.all())
        status = self.fields["status"]
        assert isinstance(status, forms.ChoiceField)  # noqa: S101
        status.choices = self.statuses

    def asked(self) -> PromiseFilter:
        """The valid part of the filter."""
        self.is_valid()
        known = {field for field in PromiseFilter.__dataclass_fields__ if field in self.fields}
        given = {name: self.cleaned_data.get(name) for name in known}
        return PromiseFilter(**{name: value for name, value in given.items() if value})

    def query(self, **changes: str) -> str:
        """The valid part of the filter for an address, to keep it in links; ``changes`` go instead of what stands."""
        kept = {name: self.data.get(name) for name in self.fields if name not in self.errors} | changes
        return urlencode({name: value for name, value in kept.items() if value})


def choose(form: forms.Form, name: str, queryset: Any) -> None:
    """Let a field of the form offer these rows."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
    field.queryset = queryset


class PublicFilterForm(FilterForm):
    """For everybody: also the days on which it was promised. A ``year`` in the address is all its days.

    What is no day asks nothing, days outside ``FIRST_YEAR`` and this year stand for those, and two that are turned
    round are turned back.
    """

    since = forms.DateField(label=_("Promised from"), required=False, widget=_day())
    until = forms.DateField(label=_("Promised until"), required=False, widget=_day())

    def __init__(self, data: QueryDict, **kwargs: Any) -> None:
        super().__init__(_with_days_of_year(data), **kwargs)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, last = date(FIRST_YEAR, 1, 1), date(timezone.localdate().year, 12, 31)
        days = {name: min(max(given[name], first), last) for name in ("since", "until") if given.get(name)}
        if len(days) == 2:
            days = dict(zip(days, sorted(days.values()), strict=True))
        return {**given, **days}


def _with_days_of_year(data: QueryDict) -> QueryDict:
    """The same, with the first and last day of its year where no days are asked for; a year to come is none."""
    year = data.get("year", "")
    is_known = re.fullmatch(r"2[0-9]{3}", year) and int(year) <= timezone.localdate().year
    if not is_known or data.get("since") or data.get("until"):
        return data
    asked = data.copy()
    asked["since"], asked["until"] = f"{year}-01-01", f"{year}-12-31"
    return asked


class StaffFilterForm(FilterForm):
    """For officials: also whose it is, when it is due, and words."""

    words = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=100,
        widget=forms.SearchInput(attrs={"placeholder": _("Word or number")}),
    )
    owner = forms.ModelChoiceField(
        label=_("Owner"), required=False, queryset=User.objects.none(), empty_label=_("Everybody")
    )
    due = forms.ChoiceField(label=_("By when"), required=False, choices=DUE)

    field_order = ["words", "status", "due", "owner", "team", "trajectory", "area"]
    statuses = STAFF_STATUSES

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "owner", people.answering_here(municipality))

    def keep_to(self, trajectories: QuerySet[Trajectory]) -> None:
        """For who may see the promises of these trajectories only: one of them is always chosen."""
        choose(self, "trajectory", trajectories.order_by("title"))
        field = self.fields["trajectory"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.empty_label = None

    def asked(self) -> PromiseFilter:
        """The valid part of the filter; open ones unless a status was asked for."""
        asked = super().asked()
        return replace(asked, status={"": WAITING, EVERY: ""}.get(asked.status, asked.status))
