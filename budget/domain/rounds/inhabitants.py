"""Over how many people a change is divided."""

from django.db.models import Sum

from budget.models import Round, YearSize
from trajecten.domain import places
from trajecten.enums import AreaKind
from trajecten.models import Area


def of(found: Round) -> int:
    """The inhabitants in the year of the budget, or the last year before it that is known; else those of the areas.

    0 when nothing is known.
    """
    sizes = YearSize.objects.filter(year__lte=found.budget.year).order_by("-year")
    size = sizes.first()
    if size:
        return int(size.inhabitants)
    areas = Area.objects.filter(places.latest_areas(), kind=AreaKind.WIJK)
    return areas.aggregate(all=Sum("inhabitants"))["all"] or 0
