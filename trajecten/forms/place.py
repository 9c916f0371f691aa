"""A place on the map."""

from django import forms


class PointForm(forms.Form):
    """A point in WGS84 degrees, within a wide margin around the Netherlands."""

    lat = forms.FloatField(min_value=50, max_value=54)
    lon = forms.FloatField(min_value=3, max_value=7.5)
