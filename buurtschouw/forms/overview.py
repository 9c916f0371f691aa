"""What a visitor asks of the public list of reports."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtschouw.domain.mapping.grid import EDGE, Box
from buurtschouw.forms.filtering import ReportFilterForm
from buurtschouw.forms.kinds import KIND_NAMES

STATES = [("", _("All")), ("open", _("Open")), ("closed", _("Finished"))]


class BoxField(forms.CharField):
    """A part of the map as "west,south,east,north" in degrees (WGS84)."""

    def clean(self, value: Any) -> Box | None:
        parts = str(value or "").split(",")
        try:
            west, south, east, north = (float(part) for part in parts)
        except ValueError:
            return None
        inside = -180 <= west < east <= 180 and -EDGE <= south < north <= EDGE
        return Box(west, south, east, north) if inside else None


class PublicFilterForm(ReportFilterForm):
    """State, kind, theme, area, walk and the part of the map in view; what does not exist asks nothing."""

    state = forms.ChoiceField(label=_("Status"), required=False, choices=STATES)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=KIND_NAMES)
    bbox = BoxField(required=False, widget=forms.HiddenInput)

    field_order = ["state", "kind"]

    def asked(self) -> dict[str, Any]:
        """What ``public.reports`` takes; what is not valid is left out."""
        self.is_valid()
        given = self.cleaned_data
        return {
            "state": given.get("state") or "",
            "kind": given.get("kind") or "",
            "category": given.get("category"),
            "area": given.get("area"),
            "schouw": given.get("schouw"),
        }

    @property
    def box(self) -> Box | None:
        """The part of the map that the list is narrowed to."""
        self.is_valid()
        return self.cleaned_data.get("bbox")

    def query(self, **changes: str) -> str:
        """The filter as part of an address, to keep it in links, with ``changes``; an empty one leaves a part out."""
        kept = {name: self.data[name] for name in self.fields if self.data.get(name)}
        return urlencode({name: value for name, value in {**kept, **changes}.items() if value})


class ViewportForm(forms.Form):
    """Which part of the map is in view; without both of them, or with what is no part of the world, all of it is."""

    bbox = BoxField(required=False)
    zoom = forms.IntegerField(required=False, min_value=0, max_value=22)

    def asked(self) -> dict[str, Any]:
        """What ``viewport.look`` takes beside the filter."""
        self.is_valid()
        box, zoom = self.cleaned_data.get("bbox"), self.cleaned_data.get("zoom")
        return {"box": box, "zoom": zoom} if box and zoom is not None else {}
