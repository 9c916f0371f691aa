"""What is looked at where: the statements of a walk at each of its stops."""

from dataclasses import dataclass

from buurtschouw.models import Schouw, Statement, Stop


@dataclass(frozen=True)
class StopList:
    """A stop with the statements that are scored there, in their order."""

    stop: Stop
    statements: tuple[Statement, ...]


def checklist(schouw: Schouw) -> list[StopList]:
    """Every stop along the route; one that names themes has the statements of those only. Three statements."""
    statements = list(schouw.statements.select_related("category"))
    stops = Stop.objects.filter(schouw=schouw).prefetch_related("themes").order_by("position")
    return [StopList(stop, _at(stop, statements)) for stop in stops]


def _at(stop: Stop, statements: list[Statement]) -> tuple[Statement, ...]:
    themes = {theme.pk for theme in stop.themes.all()}
    return tuple(each for each in statements if not themes or each.category_id in themes)
