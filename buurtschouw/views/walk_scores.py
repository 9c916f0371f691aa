"""What the group of a walk found, for everybody: each bar is a mean, beside it how far people are apart."""

from collections.abc import Iterable
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from buurtschouw.domain import scores
from buurtschouw.domain.results import scored
from buurtschouw.domain.scores import StopScore, ThemeScore
from buurtschouw.views.joining_walk import find
from trajecten.charts import BarRow, BarTable, Series

COLUMNS = (
    Series(gettext_lazy("Average"), "good", decimals=1),
    Series(gettext_lazy("Spread"), "plain", drawn=False, decimals=1),
    Series(gettext_lazy("Lowest"), "plain", drawn=False),
    Series(gettext_lazy("Highest"), "plain", drawn=False),
)


@require_safe
def scores_page(request: HttpRequest, gemeente: str, pk: int) -> HttpResponse:
    """Mean and spread per theme, and per statement at each stop."""
    schouw = find(request, pk)
    by_theme = scores.by_theme(schouw)
    context = {
        "schouw": schouw,
        "by_theme": by_theme,
        "themes_chart": _themes_chart(by_theme),
        "stop_charts": list(_stop_charts(scores.by_stop(schouw))),
        "walkers": scores.walkers(schouw),
    }
    return render(request, "buurtschouw/walk_scores.html", context)


def _themes_chart(found: list[ThemeScore]) -> BarTable:
    rows = [
        BarRow(score.category.name, _figures(score), note=_people(score.walkers or score.n))
        for score in found
    ]
    return _chart("themes", _("Per theme"), _("Theme"), rows)


def _stop_charts(found: list[StopScore]) -> Iterable[BarTable]:
    for stop, of_stop in groupby(found, key=lambda score: score.stop):
        rows = [BarRow(score.statement.text, _figures(score), note=_people(score.n)) for score in of_stop]
        yield _chart(f"stop-{stop.pk}", str(stop), _("Statement"), rows)


def _chart(key: str, caption: str, subject: str, rows: list[BarRow]) -> BarTable:
    return BarTable(key, caption, subject, COLUMNS, rows, scored.mark(), scored.LOWEST)


def _figures(score: StopScore | ThemeScore) -> tuple[float, ...]:
    return score.mean, score.spread, score.lowest, score.highest


def _people(n: int) -> str:
    return ngettext("%(n)d person", "%(n)d people", n) % {"n": n}
