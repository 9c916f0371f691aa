"""What a map needs to know, as data attributes of its container (templates/components/map.html)."""

from collections.abc import Mapping

from django import template
from django.conf import settings
from django.contrib.gis.db.models import Extent
from django.db.models import QuerySet
from django.templatetags.static import static
from django.urls import reverse

from trajecten.browser_texts import MAP_LABELS, as_json
from trajecten.models import Area, Municipality

register = template.Library()


@register.simple_tag(takes_context=True)
def map_data(context: template.Context, **more: object) -> Mapping[str, object]:
    """Attributes for any map of this municipality; ``more`` adds to them (``reports``, ``picker``, ``pin`` …)."""
    municipality: Municipality = context["municipality"]
    parts = {"gemeente": municipality.slug}
    return {
        "map": "",
        "boundaries": reverse("area-boundaries", kwargs=parts),
        "base": reverse("background", kwargs=parts) if municipality.background else "",
        "tiles": "" if municipality.background else settings.TILE_URL,
        "attribution": "" if municipality.background else settings.TILE_ATTRIBUTION,
        "sprite": static("dist/icons.svg"),
        "labels": as_json(MAP_LABELS),
        **{name: value for name, value in more.items() if value not in (None, "")},
    }


@register.filter
def extent(areas: QuerySet[Area]) -> str:
    """The box around these areas as the map's ``data-bounds``: west, south, east, north; empty without areas."""
    box = areas.aggregate(box=Extent("geometry"))["box"]
    return ",".join(f"{edge:.6f}" for edge in box) if box else ""


@register.filter
def pin(point: object) -> str:
    """A point (WGS84) as the map's ``data-pin``: latitude, longitude."""
    return f"{point.y:.6f},{point.x:.6f}" if point else ""  # type: ignore[attr-defined]
