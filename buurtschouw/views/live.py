"""The day of the walk as it happens, on a phone or on the large screen of a community centre."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseStopPolling

from buurtschouw.domain import live
from buurtschouw.domain.results import readers
from buurtschouw.models import Schouw
from trajecten.figures import Figure

LARGE = "groot"


@never_cache
@require_safe
def live_page(request: HttpRequest, gemeente: str, pk: int) -> HttpResponse:
    """The page; without JavaScript a link reads it again."""
    schouw = _walk(pk)
    context = {
        **_context(schouw, live.now(schouw), is_large=request.GET.get("scherm") == LARGE),
        "results_are_public": readers.are_public(schouw),
    }
    return render(request, "buurtschouw/live/page.html", context)


@never_cache
@require_safe
def live_news(request: HttpRequest, gemeente: str, pk: int) -> HttpResponse:
    """What is new since ``t``, the token of what the page shows: nothing (204) when nothing changed.

    Once the day is over the page stops asking.
    """
    schouw = _walk(pk)
    now = live.now(schouw)
    if request.GET.get("t") == now.token:
        return HttpResponse(status=204) if live.is_going(schouw) else HttpResponseStopPolling()
    context = _context(schouw, now, is_large=request.GET.get("scherm") == LARGE)
    return render(request, "buurtschouw/live/_news.html", context)


def _walk(pk: int) -> Schouw:
    found: Schouw = get_object_or_404(Schouw.objects.select_related("trajectory"), pk=pk)
    return found


def _context(schouw: Schouw, now: live.Now, *, is_large: bool) -> dict[str, Any]:
    return {
        "schouw": schouw,
        "is_large": is_large,
        "is_going": live.is_going(schouw),
        "token": now.token,
        "figures": _figures(now.counters),
        "reports": live.newest(schouw),
    }


def _figures(counters: live.Counters) -> list[Figure]:
    figures = [
        Figure(_("Observations"), counters.observations),
        Figure(_("Compliments"), counters.compliments),
        Figure(_("Ideas"), counters.ideas),
        Figure(_("Answered the same day"), counters.answered),
    ]
    if counters.stops:
        figures.append(Figure(_("Stops scored"), f"{counters.scored} / {counters.stops}"))
    return figures
