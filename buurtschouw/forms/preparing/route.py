"""The route: the line as it is drawn on the map, or a file from elsewhere."""

import json
from typing import Any

from django import forms
from django.contrib.gis.geos import LineString
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from buurtschouw.domain.preparing import gpx as gpx_files
from buurtschouw.forms.reporting import LATITUDES, LONGITUDES
from buurtschouw.models import Schouw

# Of a line that was drawn by hand; a file is thinned afterwards.
MOST_DRAWN = 5000


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
