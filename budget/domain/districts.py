"""In which wijk people are counted: on one level only, so that nobody finds a small buurt by subtracting."""

from django.db.models.functions import Coalesce


def name_of(area: str = "area") -> Coalesce:
    """The name of the wijk: that of the buurt is above it. ``area`` is the path to the area."""
    return Coalesce(f"{area}__parent__name", f"{area}__name")
