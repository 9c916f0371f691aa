"""By how many people and households figures are divided."""

from dataclasses import dataclass

from django.db.models import Max, Sum

from budget.models import YearSize
from trajecten.enums import AreaKind
from trajecten.models import Area


@dataclass(frozen=True)
class Size:
    """``is_of_areas`` tells that the year itself is not known, and these are the sums of the areas of ``year``."""

    year: int
    inhabitants: int
    households: int | None = None
    source: str = ""
    is_of_areas: bool = False

    def per_inhabitant(self, amount: int) -> float:
        """In euro."""
        return amount / self.inhabitants

    def per_household(self, amount: int) -> float | None:
        """In euro; None where households are not known."""
        return amount / self.households if self.households else None


def size(year: int) -> Size | None:
    """The size of the municipality in scope in a year; None where neither that nor its areas are known."""
    known = YearSize.objects.filter(year=year).first()
    if known:
        return Size(year, known.inhabitants, known.households, known.source)
    return _of_areas()


def _of_areas() -> Size | None:
    districts = Area.objects.filter(kind=AreaKind.WIJK)
    newest = districts.aggregate(year=Max("year"))["year"]
    sums = districts.filter(year=newest).aggregate(people=Sum("inhabitants"), homes=Sum("households"))
    if not sums["people"]:
        return None
    return Size(newest, sums["people"], sums["homes"], is_of_areas=True)
