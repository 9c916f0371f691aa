"""Narrowing what is counted or listed to a kind, a theme, a neighbourhood and a walk."""

from typing import Any

from django.db.models import QuerySet

from buurtschouw.models import Category, Schouw
from trajecten.domain import places
from trajecten.models import Area


def narrowed(
    rows: QuerySet[Any], *, kind: str, category: Category | None, area: Area | None, schouw: Schouw | None
) -> QuerySet[Any]:
    """Reports, or rows with the same columns; a wijk with its buurten. What is empty asks nothing."""
    if kind:
        rows = rows.filter(kind=kind)
    if category:
        rows = rows.filter(category=category)
    if area:
        rows = rows.filter(area_id__in=places.with_children(area))
    if schouw:
        rows = rows.filter(schouw=schouw)
    return rows
