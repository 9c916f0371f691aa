"""What the walkers of a walk found together, counted by the database.

Per statement at a stop every walker counts once, so the group's score is the mean of their scores. How far they are
apart is the standard deviation of the whole group (not of a sample: everybody who scored is in it) and the lowest and
highest score. On a scale of 1 to 5 it lies between 0, all the same, and 2, half of them 1 and half of them 5. A theme
or a stop has the mean over all scores of its statements, so a statement that more people scored weighs more.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Aggregate, Avg, Count, Max, Min, QuerySet, StdDev

from buurtschouw.models import Category, Schouw, Score, Statement, Stop

FIGURES: dict[str, Aggregate] = {
    "mean": Avg("value"),
    "spread": StdDev("value", sample=False),
    "lowest": Min("value"),
    "highest": Max("value"),
    "n": Count("id"),
}


@dataclass(frozen=True)
class StopScore:
    """The group on one statement at one stop; ``n`` is how many walkers scored it."""

    stop: Stop
    statement: Statement
    mean: float
    spread: float
    lowest: int
    highest: int
    n: int


@dataclass(frozen=True)
class ThemeScore:
    """The group on one theme over all stops; ``n`` is how many scores there are, ``walkers`` of how many people.

    Who was erased or forgotten since is in the mean and in ``n``, and no longer in ``walkers``.
    """

    category: Category
    mean: float
    spread: float
    lowest: int
    highest: int
    n: int
    walkers: int


def by_stop(schouw: Schouw) -> list[StopScore]:
    """Every statement that was scored at every stop, along the route; three statements to the database."""
    rows = _figures(schouw, "stop", "statement")
    stops = Stop.objects.in_bulk({row["stop"] for row in rows})
    found = Statement.objects.select_related("category").in_bulk({row["statement"] for row in rows})
    scored = [
        StopScore(stop=stops[row.pop("stop")], statement=found[row.pop("statement")], **row) for row in rows
    ]
    order = {statement.pk: _place(statement) for statement in found.values()}
    return sorted(scored, key=lambda score: (score.stop.position, order[score.statement.pk]))


def _place(statement: Statement) -> tuple[int, str, int, int]:
    """As ``Statement.Meta.ordering``."""
    category = statement.category
    return category.position, category.name, statement.position, statement.pk


def by_theme(schouw: Schouw) -> list[ThemeScore]:
    """Every theme that was scored, in the order of the themes; two statements to the database."""
    rows = _figures(schouw, "statement__category", walkers=Count("walker", distinct=True))
    themes = Category.objects.in_bulk({row["statement__category"] for row in rows})
    scored = [ThemeScore(category=themes[row.pop("statement__category")], **row) for row in rows]
    return sorted(scored, key=lambda score: (score.category.position, score.category.name))


def _figures(schouw: Schouw, *per: str, **more: Aggregate) -> list[dict[str, Any]]:
    return [dict(row) for row in _of(schouw).values(*per).annotate(**FIGURES, **more).order_by()]


def walkers(schouw: Schouw) -> int:
    """How many people scored anything on this walk."""
    return _of(schouw).values("walker").distinct().count()


def _of(schouw: Schouw) -> QuerySet[Score]:
    rows: QuerySet[Score] = Score.objects.filter(stop__schouw=schouw)
    return rows
