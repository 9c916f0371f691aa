"""Which theme, neighbourhood and walk a list is about."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from buurtschouw.models import Category, Schouw
from trajecten.domain import places
from trajecten.enums import AreaKind
from trajecten.forms.areas import AreaField, areas_to_choose
from trajecten.models import Area


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


class ReportFilterForm(forms.Form):
    """Theme, neighbourhood and walk; a value that does not exist asks nothing."""

    category = forms.ModelChoiceField(
        label=_("Theme"), required=False, queryset=Category.objects.none(), empty_label=_("All themes")
    )
    area: AreaField = DistrictField(
        label=_("Neighbourhood"),
        required=False,
        queryset=Area.objects.none(),
        empty_label=_("All neighbourhoods"),
    )
    schouw = forms.ModelChoiceField(
        label=_("Walk"), required=False, queryset=Schouw.objects.none(), empty_label=_("All walks")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            "category": Category.objects.all(),
            "area": areas_to_choose(places.latest_areas()),
            "schouw": Schouw.objects.select_related("trajectory"),
        }
        for name, queryset in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
            field.queryset = queryset
