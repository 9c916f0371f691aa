"""What a visitor asks of the public list of reports."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from buurtschouw.domain.mapping.grid import EDGE, Box
from buurtschouw.forms.kinds import KIND_NAMES
from buurtschouw.models import Category, Schouw
from trajecten.domain import places
from trajecten.enums import AreaKind
from trajecten.forms.areas import AreaField, areas_to_choose
from trajecten.models import Area

STATES = [("", _("All")), ("open", _("Open")), ("closed", _("Finished"))]


class _ByDistrict(ModelChoiceIterator):
    """Each wijk as a group: the whole of it, and then its buurten. A wijk without buurten is a choice by itself."""

    def __iter__(self) -> Iterator[Any]:
        yield "", self.field.empty_label
        for _code, found in groupby(self.queryset, key=lambda area: _district(area).code):
            areas = list(found)
            name = _district(areas[0]).name
            if len(areas) == 1:
                yield (
                    self.field.prepare_value(areas[0]),
                    name if areas[0].kind == AreaKind.WIJK else areas[0].name,
                )
            else:
                yield name, [self.choice(area) for area in areas]


def _district(area: Area) -> Area:
    return area.parent or area


class DistrictField(AreaField):
    """Wijken and buurten, the buurten within their wijk, whose name they need not repeat."""

    iterator = _ByDistrict

    def label_from_instance(self, obj: Area) -> str:
        return super().label_from_instance(obj) if obj.kind == AreaKind.WIJK else obj.name


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


class PublicFilterForm(forms.Form):
    """State, kind, theme, area, walk and the part of the map in view; what does not exist asks nothing."""

    state = forms.ChoiceField(label=_("Status"), required=False, choices=STATES)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=KIND_NAMES)
    category = forms.ModelChoiceField(
        label=_("Theme"), required=False, queryset=Category.objects.none(), empty_label=_("All themes")
    )
    area = DistrictField(
        label=_("Neighbourhood"),
        required=False,
        queryset=Area.objects.none(),
        empty_label=_("All neighbourhoods"),
    )
    schouw = forms.ModelChoiceField(
        label=_("Walk"), required=False, queryset=Schouw.objects.none(), empty_label=_("All walks")
    )
    bbox = BoxField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, queryset in (
            ("category", Category.objects.all()),
            ("area", areas_to_choose(places.latest_areas())),
            ("schouw", Schouw.objects.select_related("trajectory")),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
            field.queryset = queryset

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
