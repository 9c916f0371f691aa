"""What is asked of a list of promises, from the address of the page."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trajecten.domain import places
from trajecten.domain.promises import promised
from trajecten.domain.promises.promised import LATE, WAITING, PromiseFilter
from trajecten.enums import CommitmentStatus
from trajecten.forms.areas import AreaField, areas_to_choose
from trajecten.models import Area, Municipality, Team, Trajectory, User

YEARS = 6
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

    def query(self) -> str:
        """The valid part of the filter for an address, to keep it in links."""
        kept = {name: self.data.get(name) for name in self.fields if name not in self.errors}
        return urlencode({name: value for name, value in kept.items() if value})


def choose(form: forms.Form, name: str, queryset: Any) -> None:
    """Let a field of the form offer these rows."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
    field.queryset = queryset


class PublicFilterForm(FilterForm):
    """For everybody: also the year in which it was promised."""

    year = forms.TypedChoiceField(label=_("Promised in"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = timezone.localdate().year
        year = self.fields["year"]
        assert isinstance(year, forms.ChoiceField)  # noqa: S101
        year.choices = [("", _("All years")), *((str(now - n), str(now - n)) for n in range(YEARS))]


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
        choose(self, "owner", promised.officials(municipality))

    def asked(self) -> PromiseFilter:
        """The valid part of the filter; open ones unless a status was asked for."""
        asked = super().asked()
        return replace(asked, status={"": WAITING, EVERY: ""}.get(asked.status, asked.status))
