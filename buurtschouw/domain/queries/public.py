"""The reports as everybody sees them."""

from django.contrib.gis.geos import Polygon
from django.db.models import QuerySet

from buurtschouw.domain.narrowing import narrowed
from buurtschouw.domain.queries.queue import ORDERS
from buurtschouw.enums import ANSWERED, CLOSED
from buurtschouw.models import Category, Report, Schouw
from trajecten.enums import Moderation
from trajecten.models import Area


def reports(
    *,
    state: str = "",
    kind: str = "",
    category: Category | None = None,
    area: Area | None = None,
    schouw: Schouw | None = None,
    box: Polygon | None = None,
) -> QuerySet[Report]:
    """Reports for everybody, newest first; ``state`` is open, closed or empty for all, ``box`` a part of the map.

    A report that follows another is one with it: that one is here, with how many say the same.
    """
    rows = Report.objects.filter(merged_into__isnull=True)
    if state == "open":
        rows = rows.open()
    if state == "closed":
        rows = rows.filter(status__in=sorted(CLOSED))
    if box:
        rows = rows.filter(point__bboverlaps=box)
    found = narrowed(rows, kind=kind, category=category, area=area, schouw=schouw)
    return found.order_by(*ORDERS["newest"])


def closed() -> QuerySet[Report]:
    """Closed reports whose words everybody may read, the last closed first."""
    rows = Report.objects.filter(status__in=sorted(ANSWERED), moderation=Moderation.PUBLISHED)
    return rows.order_by("-closed_at")
