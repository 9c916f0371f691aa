"""What came of a walk, on a page and on paper."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from buurtschouw.domain.results import observed, readers, report, scored, taking_part
from buurtschouw.domain.results.report import Result
from buurtschouw.models import Schouw
from buurtschouw.views.overview import legend
from trajecten.views.paging import LongPaginator
from trajecten.views.promises import showing

PER_PAGE = 25


def readable(request: HttpRequest, pk: int) -> Schouw:
    """The walk, for who may read its results; 404 for who may not (yet)."""
    schouw = _walk(pk)
    if not readers.may_read(schouw=schouw, user=request.user):
        raise Http404
    return schouw


def _walk(pk: int) -> Schouw:
    rows = Schouw.objects.select_related("trajectory", "municipality").defer("municipality__boundary")
    schouw: Schouw = get_object_or_404(rows, pk=pk)
    return schouw


def _not_yet(request: HttpRequest, schouw: Schouw) -> HttpResponse:
    """That they come, and how one hears it; nothing of what is in them."""
    response = render(request, "buurtschouw/results/not_yet.html", {"schouw": schouw}, status=404)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
def results(request: HttpRequest, gemeente: str, pk: int) -> HttpResponse:
    """Scores, map, observations with their answers, promises, what changed, what people thought of it, and lessons.

    Who may see the walk but not its results yet reads so, with 404.
    """
    schouw = _walk(pk)
    if not readers.may_read(schouw=schouw, user=request.user):
        return _not_yet(request, schouw)
    found, people = report.result(schouw), taking_part.funnel(schouw)
    paginator = LongPaginator(observed.of_walk(schouw), PER_PAGE, request.GET.get("page"))
    page = paginator.shown()
    geojson = f"{reverse('buurtschouw:reports-geojson', kwargs={'gemeente': gemeente})}?schouw={schouw.pk}"
    context = {
        **charts(found),
        "result": found,
        "schouw": schouw,
        "areas": schouw.trajectory.areas.all(),
        "are_public": readers.are_public(schouw),
        "page": page,
        "observations": observed.with_answers(page),
        "promises": showing.rows(found.promises),
        "photos": observed.photos(schouw),
        "funnel": {"chart": people.chart(), "is_hidden": people.is_hidden},
        "geojson_url": geojson,
        "legend": legend(),
    }
    response = render(request, "buurtschouw/results/page.html", context)
    if not context["are_public"]:
        response.headers["Cache-Control"] = "private, no-store"
    return response


def charts(found: Result) -> dict[str, Any]:
    """The charts of the scores: of themes, of stops, and of the statements at each stop; None where nobody scored."""
    if not found.scores.are_there:
        return {"theme_chart": None, "stop_chart": None, "statement_charts": []}
    return {
        "theme_chart": scored.theme_chart(found.scores),
        "stop_chart": scored.stop_chart(found.scores),
        "statement_charts": scored.statement_charts(found.scores),
    }
