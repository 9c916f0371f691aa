"""The stops of a walk."""

from typing import Any

from django import forms
from django.contrib.gis.geos import Point
from django.utils.translation import gettext_lazy as _

from buurtschouw.forms.reporting import LATITUDES, LONGITUDES
from buurtschouw.models import Category, Schouw, Stop
from trajecten.domain import geocoder
from trajecten.forms.names import NameField
from trajecten.forms.undoing import NoUndoForm


class StopForm(NoUndoForm):
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
        super().__init__(*args, now=self.initial_of(stop) if stop else None, **kwargs)
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
        cleaned = super().clean()
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
