"""What walkers found of the statements: per stop, per statement at a stop, and per theme.

Mean and spread as in ``domain.scores``; those of a stop are of all scores there. How many walkers scored at a stop is
how many scored the statement that most people scored, so that who was erased since goes on counting.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from django.utils.translation import gettext as _

from buurtschouw.domain import scores
from buurtschouw.domain.scores import StopScore
from buurtschouw.method import FEW_WALKERS, SCORES
from buurtschouw.models import Category, Schouw, Statement, Stop
from trajecten.charts import BarRow, BarTable, Mark, Series, Value

# Where bars of scores begin.
LOWEST = float(SCORES[0])
# A spread above this is said in words: people do not see the same.
DIFFER = 1.25


@dataclass(frozen=True)
class Figures:
    """Scores of several people of one thing. ``walkers`` is how many gave them."""

    mean: float
    spread: float
    lowest: int
    highest: int
    walkers: int

    @property
    def is_few(self) -> bool:
        """Whether so few scored that it says little."""
        return self.walkers < FEW_WALKERS

    @property
    def in_words(self) -> str:
        """What to know of it: that few scored, or that they differ much; nothing otherwise."""
        if self.is_few:
            return _("Fewer than 3 walkers scored here, so this says little.")
        return _("Walkers differ much.") if self.spread > DIFFER else ""


@dataclass(frozen=True)
class OfStop:
    """A stop with what was found of it; None where nobody scored. ``statements`` are those that were scored here."""

    stop: Stop
    figures: Figures | None
    statements: tuple[tuple[Statement, Figures], ...]


@dataclass(frozen=True)
class Scores:
    """All scores of a walk."""

    stops: tuple[OfStop, ...]
    themes: tuple[tuple[Category, Figures], ...]

    @property
    def are_there(self) -> bool:
        return bool(self.themes)


def of_walk(schouw: Schouw) -> Scores:
    """Counted by the database, in six statements however many scored."""
    of_each: dict[int, list[StopScore]] = defaultdict(list)
    for score in scores.by_stop(schouw):
        of_each[score.stop.pk].append(score)
    stops = Stop.objects.filter(schouw=schouw).order_by("position")
    return Scores(
        stops=tuple(_of_stop(stop, of_each[stop.pk]) for stop in stops),
        themes=tuple(
            (each.category, Figures(float(each.mean), each.spread, each.lowest, each.highest, each.walkers))
            for each in scores.by_theme(schouw)
        ),
    )


def _of_stop(stop: Stop, found: Sequence[StopScore]) -> OfStop:
    """Mean and spread of all scores at a stop, from those of its statements."""
    if not found:
        return OfStop(stop, None, ())
    number = sum(score.n for score in found)
    mean = sum(score.n * score.mean for score in found) / number
    squares = sum(score.n * (score.spread**2 + score.mean**2) for score in found) / number
    figures = Figures(
        mean,
        sqrt(max(0.0, squares - mean**2)),
        min(score.lowest for score in found),
        max(score.highest for score in found),
        max(score.n for score in found),
    )
    return OfStop(stop, figures, tuple((score.statement, _of_statement(score)) for score in found))


def _of_statement(score: StopScore) -> Figures:
    return Figures(float(score.mean), score.spread, score.lowest, score.highest, score.n)


def mark() -> Mark:
    """The highest score, across all bars of a chart of scores, which begin at the lowest."""
    return Mark(_("The bars begin at the lowest score, 1. The line is the highest, 5."), float(SCORES[-1]))


def _series() -> tuple[Series, ...]:
    return (
        Series(_("average score"), "plain", decimals=1),
        Series(_("from – to"), "plain", drawn=False),
        Series(_("spread"), "plain", drawn=False, decimals=1),
        Series(_("walkers"), "plain", drawn=False),
    )


def _values(figures: Figures) -> tuple[Value, ...]:
    return (figures.mean, f"{figures.lowest} – {figures.highest}", figures.spread, figures.walkers)


def theme_chart(found: Scores) -> BarTable:
    """The themes beside each other."""
    rows = [
        BarRow(category.name, _values(figures), note=figures.in_words) for category, figures in found.themes
    ]
    return BarTable("scores-theme", _("Scores for each theme"), _("Theme"), _series(), rows, mark(), LOWEST)


def stop_chart(found: Scores) -> BarTable:
    """The stops along the route; of one where few scored that is said."""
    rows = [
        BarRow(str(each.stop), _values(each.figures), note=each.figures.in_words)
        if each.figures
        else BarRow(str(each.stop), (_("not scored"), "–", "–", 0))
        for each in found.stops
    ]
    return BarTable("scores-stop", _("Scores for each stop"), _("Stop"), _series(), rows, mark(), LOWEST)


def statement_charts(found: Scores) -> list[BarTable]:
    """Of each stop its statements."""
    return [
        BarTable(
            f"scores-stop-{each.stop.position}",
            str(each.stop),
            _("Statement"),
            _series(),
            [BarRow(statement.text, _values(figures)) for statement, figures in each.statements],
            mark(),
            LOWEST,
        )
        for each in found.stops
        if each.statements
    ]
