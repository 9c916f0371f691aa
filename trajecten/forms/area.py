"""Choosing a wijk or a buurt."""

from django import forms
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
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
