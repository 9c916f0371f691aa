"""What coordinators and advisers fill in: the plan of a schouw, its steps, and the themes."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtschouw.enums import Icon
from buurtschouw.forms.positions import PositionField
from buurtschouw.models import Category, Schouw
from trajecten.domain import places
from trajecten.forms.areas import AreasField, areas_to_choose
from trajecten.forms.names import NameField
from trajecten.forms.undoing import NoUndoForm
from trajecten.models import Area, Municipality, Team, User

# How far from today the date of a walk may lie.
WALKED_AGO = timedelta(days=366)
PLANNED_AHEAD = timedelta(days=5 * 366)


def _day_of(schouw: Schouw) -> date | None:
    return timezone.localtime(schouw.walk_at).date() if schouw.walk_at else None


class SchouwForm(NoUndoForm):
    """The plan of a schouw. What is in ``later`` may still be open: the step "preparation" asks for it."""

    later = ("areas", "walk_date", "walk_time", "categories")
    overtaken = _(
        "Somebody else changed this plan while you were writing. Nothing you typed is lost. Look at the "
        "plan in another window, change yours if needed, and keep it again."
    )
    title = NameField(
        label=_("Title"), max_length=120, error_messages={"required": _("Give the walk a title.")}
    )
    summary = forms.CharField(
        label=_("In short"),
        required=False,
        max_length=1000,
        help_text=_("One or two sentences for residents: what is it for?"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    areas = AreasField(
        label=_("Neighbourhoods"),
        required=False,
        queryset=Area.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    walk_date = forms.DateField(
        label=_("Date of the walk"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("This is not a date. Write it like 2026-12-04.")},
    )
    walk_time = forms.TimeField(
        label=_("Time"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("This is not a time. Write it like 14:00.")},
    )
    meeting_point = forms.CharField(
        label=_("Where you meet"),
        required=False,
        max_length=160,
        help_text=_("For example: community centre De Linde, Meent 2."),
    )
    categories = forms.ModelMultipleChoiceField(
        label=_("Themes"),
        required=False,
        queryset=Category.objects.none(),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "portal-tiles"}),
    )
    service_level_days = forms.IntegerField(
        label=_("Working days within which people hear something"),
        min_value=1,
        max_value=90,
        help_text=_("Everyone who reports something reads this as a promise."),
        error_messages={"required": _("Fill in a number of working days.")},
    )
    keeps_reporting_open = forms.BooleanField(
        label=_("Reports are welcome before and after the walk too"), required=False
    )
    adviser = forms.ModelChoiceField(
        label=_("Adviser"), required=False, queryset=User.objects.none(), empty_label=_("No adviser")
    )

    def __init__(self, *args: Any, schouw: Schouw | None = None, **kwargs: Any) -> None:
        """``schouw`` keeps its choices, also when they are not offered to new ones any more."""
        super().__init__(*args, now=self.initial_of(schouw) if schouw else None, **kwargs)
        self.schouw = schouw
        areas = places.latest_areas()
        in_use, advising = Q(is_active=True), Q(is_adviser=True, is_active=True)
        if schouw:
            areas |= Q(pk__in=schouw.trajectory.areas.values("pk"))
            in_use |= Q(pk__in=schouw.categories.values("pk"))
            advising |= Q(pk=schouw.trajectory.adviser_id)
        self.fields["areas"].queryset = areas_to_choose(areas)
        self.fields["categories"].queryset = Category.objects.filter(in_use)
        self.fields["adviser"].queryset = User.objects.filter(advising).order_by("name")

    @staticmethod
    def initial_of(schouw: Schouw) -> dict[str, Any]:
        """The form's first values for a schouw that exists."""
        trajectory = schouw.trajectory
        walk_at = timezone.localtime(schouw.walk_at) if schouw.walk_at else None
        return {
            "title": trajectory.title,
            "summary": trajectory.summary,
            "areas": sorted(trajectory.areas.values_list("pk", flat=True)),
            "walk_date": walk_at.date() if walk_at else None,
            "walk_time": walk_at.time() if walk_at else None,
            "meeting_point": schouw.meeting_point,
            "categories": sorted(schouw.categories.values_list("pk", flat=True)),
            "service_level_days": schouw.service_level_days,
            "keeps_reporting_open": schouw.keeps_reporting_open,
            "adviser": trajectory.adviser_id,
        }

    @classmethod
    def initial_for(cls, municipality: Municipality) -> dict[str, Any]:
        """The form's first values for a new schouw: the municipality's term, and all themes in use."""
        return {
            "service_level_days": municipality.service_level_days,
            "categories": list(Category.objects.filter(is_active=True).values_list("pk", flat=True)),
        }

    def clean_walk_date(self) -> date | None:
        """A year that was mistyped is refused; the date that a walk has already may stay."""
        day = self.cleaned_data["walk_date"]
        today = timezone.localdate()
        is_within_reach = day is None or today - WALKED_AGO <= day <= today + PLANNED_AHEAD
        if not is_within_reach and not (self.schouw and day == _day_of(self.schouw)):
            raise forms.ValidationError(
                _("This date is more than a year ago or more than five years ahead. Is the year right?")
            )
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        day, hour = cleaned.get("walk_date"), cleaned.get("walk_time")
        if day and not hour and "walk_time" not in self.errors:
            self.add_error("walk_time", _("Fill in the time as well."))
        if hour and not day and "walk_date" not in self.errors:
            self.add_error("walk_date", _("Fill in the date as well."))
        return cleaned

    def plan(self) -> dict[str, Any]:
        """The cleaned plan as ``schouwen.make`` and ``schouwen.plan`` take it."""
        given = dict(self.cleaned_data)
        day, hour = given.pop("walk_date"), given.pop("walk_time")
        walk_at = timezone.make_aware(datetime.combine(day, hour)) if day and hour else None
        return {**given, "walk_at": walk_at}


class CategoryForm(NoUndoForm):
    """A theme: how it looks and who answers it. Its questions have pages of their own."""

    name = NameField(label=_("Name"), max_length=60, error_messages={"required": _("Give the theme a name.")})
    icon = forms.ChoiceField(
        label=_("Icon"),
        choices=Icon.choices,
        widget=forms.RadioSelect(attrs={"class": "portal-tiles portal-tiles--icons"}),
        error_messages={"required": _("Choose an icon.")},
    )
    team = forms.ModelChoiceField(
        label=_("Team that answers"),
        required=False,
        queryset=Team.objects.none(),
        empty_label=_("No team yet"),
        help_text=_("Without a team nobody gets a mail about new reports."),
    )
    position = PositionField()
    is_active = forms.BooleanField(
        label=_("In use: residents can choose it in the walks that have it"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = Team.objects.all()

    @classmethod
    def initial_of(cls, category: Category) -> dict[str, Any]:
        """The form's first values for a theme that exists."""
        names = ("name", "icon", "position", "is_active")
        return {**{name: getattr(category, name) for name in names}, "team": category.team_id}
