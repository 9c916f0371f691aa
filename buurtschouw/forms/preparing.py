"""What is filled in to prepare a walk: tasks, the route, stops, statements, roles, and the words on paper."""

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.contrib.gis.geos import LineString, Point
from django.forms.models import ModelChoiceIterator
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from buurtschouw.domain.preparing import gpx as gpx_files
from buurtschouw.domain.preparing import owners
from buurtschouw.domain.preparing.tasks import NOBODY, Owner
from buurtschouw.enums import Duty
from buurtschouw.forms.handling import LATITUDES, LONGITUDES
from buurtschouw.models import Category, Schouw, Statement, Stop, WalkTask
from trajecten.domain import geocoder
from trajecten.forms.days import NearDayField
from trajecten.forms.names import NameField
from trajecten.models import Enrolment, Participant
from trajecten.refusals import Refused

# Of a line that was drawn by hand; a file is thinned afterwards.
MOST_DRAWN = 5000


def refuse(form: forms.Form, refused: Refused) -> None:
    """Say it beside the field that it is about, or above the form."""
    form.add_error(refused.field if refused.field in form.fields else None, refused.message)


class TaskForm(forms.Form):
    """What has to be done, by whom and when."""

    text = NameField(
        label=_("What has to be done?"),
        max_length=200,
        error_messages={"required": _("Write down what has to be done.")},
    )
    owner = forms.ChoiceField(label=_("Who does it?"), required=False)
    due_on = NearDayField(label=_("Ready on"), required=False)

    def __init__(self, *args: Any, schouw: Schouw, task: WalkTask | None = None, **kwargs: Any) -> None:
        """Who has the task already is offered too, also when they are not there any more."""
        super().__init__(*args, **kwargs)
        self.known = owners.known(schouw, task)
        field = self.fields["owner"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        groups = [(title, [(key, name) for key, name, _owner in rows]) for title, rows in self.known]
        field.choices = [("", _("Nobody yet")), *(group for group in groups if group[1])]

    @classmethod
    def initial_of(cls, task: WalkTask) -> dict[str, Any]:
        """The form's first values for a task that exists."""
        owner = Owner(task.owner, task.owner_participant)
        return {"text": task.text, "owner": owners.key_of(owner), "due_on": task.due_on}

    def task(self) -> dict[str, Any]:
        """As ``tasks.add`` and ``tasks.change`` take it."""
        chosen = self.cleaned_data["owner"]
        found = [owner for _title, rows in self.known for key, _name, owner in rows if key == chosen]
        return {**self.cleaned_data, "owner": found[0] if found else NOBODY}


class RouteForm(forms.Form):
    """The line as the map drew it, a JSON list of longitude and latitude, and what one should know of the route."""

    route = forms.CharField(required=False, widget=forms.HiddenInput)
    remarks = forms.CharField(
        label=_("What should people know of the route?"),
        required=False,
        max_length=1000,
        help_text=_(
            "For example for who comes with a wheelchair, a walker or a pushchair: kerbs, gravel, a toilet."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @classmethod
    def initial_of(cls, schouw: Schouw) -> dict[str, Any]:
        """The form's first values for a walk."""
        return {"route": written(schouw.route), "remarks": schouw.route_remarks}

    def clean_route(self) -> LineString | None:
        """None where nothing is drawn. What the map can't have made is refused."""
        text = self.cleaned_data["route"]
        if not text:
            return None
        try:
            points = [(float(lon), float(lat)) for lon, lat in json.loads(text)]
            is_drawn = len(points) <= MOST_DRAWN and all(_is_near(*point) for point in points)
        except (ValueError, TypeError, RecursionError):
            is_drawn = False
        if not is_drawn:
            raise forms.ValidationError(_("The line could not be read. Draw it again, or use a GPX file."))
        if len(points) == 1:
            raise forms.ValidationError(_("A route has at least two points. Add one more, or start again."))
        return LineString(points, srid=4326) if points else None


def _is_near(lon: float, lat: float) -> bool:
    return LONGITUDES[0] <= lon <= LONGITUDES[1] and LATITUDES[0] <= lat <= LATITUDES[1]


def written(route: LineString | None) -> str:
    """A line as ``RouteForm`` reads it."""
    if route is None:
        return ""
    return json.dumps([[round(lon, 6), round(lat, 6)] for lon, lat in route.coords])


class GpxForm(forms.Form):
    """A route from elsewhere."""

    gpx = forms.FileField(
        label=_("GPX file"),
        help_text=format_lazy(
            _("You get one from a walking app or site, often under “export” or “share”. At most {n} MB."),
            n=gpx_files.MAX_BYTES // (1024 * 1024),
        ),
        widget=forms.FileInput(attrs={"accept": ".gpx,application/gpx+xml,application/xml,text/xml"}),
        error_messages={"required": _("Choose a GPX file."), "empty": _("This file is empty.")},
    )
    with_stops = forms.BooleanField(
        label=_("Make stops of the marked places in the file as well"), required=False
    )

    def read(self) -> gpx_files.Track:
        """What is in the file, which is read no further than it may be. Refused as ``gpx.read``."""
        return gpx_files.read(self.cleaned_data["gpx"].read(gpx_files.MAX_BYTES + 1))


class StopForm(forms.Form):
    """A stop: where, what it is called, and what one looks at there."""

    name = NameField(
        label=_("Name"),
        max_length=80,
        help_text=_("As people would say it, for example: playground Lindepark."),
        error_messages={"required": _("Give the stop a name.")},
    )
    address = forms.CharField(
        label=_("Address"),
        required=False,
        max_length=200,
        help_text=_("Or put the pin on the map. The pin counts."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    lat = forms.FloatField(
        label=_("Latitude"),
        required=False,
        min_value=LATITUDES[0],
        max_value=LATITUDES[1],
        help_text=_("For example: 52.6324"),
    )
    lon = forms.FloatField(
        label=_("Longitude"),
        required=False,
        min_value=LONGITUDES[0],
        max_value=LONGITUDES[1],
        help_text=_("For example: 4.7534"),
    )
    remark = forms.CharField(
        label=_("What should people know here?"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    themes = forms.ModelMultipleChoiceField(
        label=_("Themes that are looked at here"),
        required=False,
        queryset=Category.objects.none(),
        help_text=_("Without a choice it is all themes of the walk."),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "portal-tiles"}),
    )

    def __init__(self, *args: Any, schouw: Schouw, stop: Stop | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.schouw = schouw
        offered = schouw.categories.all()
        field = self.fields["themes"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101
        field.queryset = (offered | stop.themes.all()).distinct() if stop else offered

    @classmethod
    def initial_of(cls, stop: Stop) -> dict[str, Any]:
        """The form's first values for a stop that exists."""
        return {
            "name": stop.name,
            "lat": round(stop.point.y, 6),
            "lon": round(stop.point.x, 6),
            "remark": stop.remark,
            "themes": [theme.pk for theme in stop.themes.all()],
        }

    def clean(self) -> dict[str, Any]:
        """The point by the pin, or else by the address, which is looked up."""
        cleaned = super().clean() or {}
        lat, lon = cleaned.get("lat"), cleaned.get("lon")
        if lat is not None and lon is not None:
            cleaned["point"] = Point(lon, lat, srid=4326)
        elif not {"lat", "lon"} & set(self.errors):
            cleaned["point"] = self._found(cleaned.get("address", ""))
        return cleaned

    def _found(self, address: str) -> Point | None:
        if not address:
            self.add_error("address", _("Put the pin on the map, or fill in an address."))
            return None
        try:
            found = geocoder.search(address, municipality_name=self.schouw.municipality.name, rows=1)
        except geocoder.GeocoderUnavailable:
            self.add_error("address", _("Addresses can't be looked up now. Put the pin on the map."))
            return None
        if not found:
            self.add_error("address", _("This address was not found. Put the pin on the map."))
            return None
        return Point(found[0].lon, found[0].lat, srid=4326)

    def stop(self) -> dict[str, Any]:
        """As ``stops.add`` and ``stops.change`` take it."""
        names = ("name", "point", "remark", "themes")
        return {name: self.cleaned_data[name] for name in names}


class EarlierForm(forms.Form):
    """From which earlier walk to take over."""

    earlier = forms.ModelChoiceField(
        label=_("Earlier walk"),
        queryset=Schouw.objects.none(),
        empty_label=None,
        error_messages={"required": _("Choose a walk.")},
    )

    def __init__(self, *args: Any, walks: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["earlier"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = walks


class _BySet(ModelChoiceIterator):
    """Statements in groups: each set with its statements. The queryset has them in that order."""

    def __iter__(self) -> Iterator[Any]:
        for _key, rows in groupby(self.queryset, key=lambda statement: statement.set_id):
            group = list(rows)
            yield group[0].set.name, [self.choice(statement) for statement in group]


class StatementsField(forms.ModelMultipleChoiceField):
    """Statements to score, by set."""

    iterator = _BySet

    def label_from_instance(self, obj: Statement) -> str:
        words = f"{obj.category.name}: {obj.text}"
        return words if obj.is_active else gettext("%(words)s (out of use)") % {"words": words}


class StatementsForm(forms.Form):
    """What is scored during the walk."""

    statements = StatementsField(
        label=_("What do you score at the stops?"),
        required=False,
        queryset=Statement.objects.none(),
        help_text=_("Eight to twelve is enough: people walk and look, they don't fill in forms."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["statements"]
        assert isinstance(field, StatementsField)  # noqa: S101
        field.queryset = offered


class WalkerField(forms.ModelChoiceField):
    """Somebody who takes part, with the capacity in which they do."""

    def label_from_instance(self, obj: Participant) -> str:
        name = obj.display_name or gettext("Somebody without a name")
        return f"{name} ({obj.get_kind_display()})"


class RoleForm(forms.Form):
    """Who does what during the walk."""

    participant = WalkerField(
        label=_("Who?"),
        queryset=Participant.objects.none(),
        empty_label=_("Choose somebody"),
        error_messages={"required": _("Choose somebody who takes part.")},
    )
    duty = forms.ChoiceField(
        label=_("What does this person do?"),
        choices=Duty.choices,
        error_messages={"required": _("Choose a role.")},
    )

    def __init__(self, *args: Any, schouw: Schouw, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inside = Enrolment.objects.filter(trajectory=schouw.trajectory_id).active()
        field = self.fields["participant"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        rows = Participant.objects.filter(pk__in=inside.values("participant"))
        field.queryset = rows.order_by("display_name", "pk")


class PaperForm(forms.Form):
    """What the poster and the letter say beside date, place, themes and route."""

    invitation = forms.CharField(
        label=_("Your invitation"),
        required=False,
        max_length=600,
        help_text=_("A few sentences: why do you walk, and what is there for who comes?"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    contact = NameField(
        label=_("Whom can people ask something?"),
        required=False,
        max_length=160,
        help_text=_("A name or department with a telephone number or mail address that may be on a poster."),
    )


class SetForm(forms.Form):
    """A set of statements."""

    name = NameField(label=_("Name"), max_length=80, error_messages={"required": _("Give the set a name.")})
    summary = NameField(
        label=_("What is it for?"),
        required=False,
        max_length=200,
        help_text=_("For example: for parks and playgrounds."),
    )
    is_active = forms.BooleanField(label=_("In use: it can be chosen for a walk"), required=False)


class StatementForm(forms.Form):
    """One statement, with a picture if one says more than words."""

    text = NameField(
        label=_("Statement"),
        max_length=200,
        help_text=_(
            "Something that one can agree with more or less, for example: the pavement is wide enough."
        ),
        error_messages={"required": _("Write the statement.")},
    )
    category = forms.ModelChoiceField(
        label=_("Theme"),
        queryset=Category.objects.none(),
        empty_label=_("Choose a theme"),
        error_messages={"required": _("Choose a theme.")},
    )
    explanation = NameField(
        label=_("What should people look at?"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_("A photo of how it should look. People and number plates may not be recognisable."),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    removes_picture = forms.BooleanField(label=_("Remove the picture"), required=False)
    picture_alt = NameField(
        label=_("What does the picture show?"),
        required=False,
        max_length=200,
        help_text=_("For who can't see it. Needed with a picture."),
    )
    position = forms.IntegerField(
        label=_("Place in the list"),
        min_value=0,
        max_value=32_000,
        help_text=_("A lower number comes first."),
        error_messages={"required": _("Fill in a number.")},
    )
    is_active = forms.BooleanField(label=_("In use: it can be chosen for a walk"), required=False)

    def __init__(self, *args: Any, statement: Statement | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["category"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        offered = Category.objects.filter(is_active=True)
        field.queryset = offered | Category.objects.filter(pk=statement.category_id) if statement else offered
        if not (statement and statement.picture):
            del self.fields["removes_picture"]

    @classmethod
    def initial_of(cls, statement: Statement) -> dict[str, Any]:
        """The form's first values for a statement that exists."""
        names = ("text", "explanation", "picture_alt", "position", "is_active")
        return {**{name: getattr(statement, name) for name in names}, "category": statement.category_id}
