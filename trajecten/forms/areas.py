"""Fields with the wijken and buurten of a municipality."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext

from trajecten.enums import AreaKind
from trajecten.models import Area


class AreaField(forms.ModelChoiceField):
    """Wijken and buurten, each wijk before its buurten, and each buurt with the wijk it is part of."""

    def label_from_instance(self, obj: Area) -> str:
        if obj.kind == AreaKind.WIJK:
            return gettext("%(name)s, whole district") % {"name": obj.name}
        return f"{obj.name} ({obj.parent.name})" if obj.parent else obj.name


def areas_to_choose(wanted: Q) -> QuerySet[Area]:
    """These areas in the order in which ``AreaField`` shows them, without their boundaries, which are large."""
    rows = Area.objects.filter(wanted).select_related("parent").defer("geometry", "parent__geometry")
    return rows.order_by(Coalesce("parent__code", "code"), "-kind", "code", "-year")


class _ByWijk(ModelChoiceIterator):
    """The areas in groups: each wijk with its buurten. The queryset has them in that order (``areas_to_choose``)."""

    def __iter__(self) -> Iterator[Any]:
        for _code, areas in groupby(self.queryset, key=lambda area: (area.parent or area).code):
            group = list(areas)
            yield str((group[0].parent or group[0]).name), [self.choice(area) for area in group]


class AreasField(AreaField, forms.ModelMultipleChoiceField):
    """Several wijken and buurten, under the name of their wijk."""

    iterator = _ByWijk

    def label_from_instance(self, obj: Area) -> str:
        return gettext("The whole district") if obj.kind == AreaKind.WIJK else obj.name
