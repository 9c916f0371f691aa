"""What everybody sees of council and college: what is coming, what was decided line by line, and why."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from trajecten import registry
from trajecten.domain.council import behind, queries
from trajecten.forms.council.filters import PublicFilterForm
from trajecten.models import CouncilItem
from trajecten.views.council import showing
from trajecten.views.paging import LongPaginator

PER_PAGE = 25
MAX_ORIGINS = 50


@require_safe
def items(request: HttpRequest, gemeente: str) -> HttpResponse:
    """Every council item, newest first."""
    form = PublicFilterForm(request.GET, years=queries.years())
    page = LongPaginator(queries.items(form.asked()), PER_PAGE, request.GET.get("page")).shown()
    context = {
        "form": form,
        "page": page,
        "rows": [showing.row(item) for item in page],
        "query": form.query(),
    }
    return render(request, "trajecten/council/items.html", context)


@require_safe
def item(request: HttpRequest, gemeente: str, pk: int) -> HttpResponse:
    """One item: what residents asked, what was decided and why, and what is promised."""
    found = get_object_or_404(CouncilItem.objects.select_related("trajectory", "commitment"), pk=pk)
    keys = behind.contribution_keys(found)
    lines = showing.lines(found, public=True)
    context = {
        "item": found,
        "tag": showing.tag(found),
        "lines": lines,
        "uncovered": showing.uncovered(lines),
        "promises": showing.promises(behind.made(found), public=True),
        "asked": showing.promises(behind.promises(found), public=True),
        "corrections": found.decisions.filter(round__gt=1),
        "origins": origins(keys)[:MAX_ORIGINS],
        "more_origins": max(0, sum(len(of_kind) for _kind, of_kind in keys) - MAX_ORIGINS),
    }
    return render(request, "trajecten/council/item.html", context)


def origins(keys: behind.Keys) -> list[dict[str, Any]]:
    """What residents said, as everybody may read it, with its page; the first ``MAX_ORIGINS`` of each kind."""
    return [
        {"title": kind.public_title(row), "url": kind.public_url(row), "kind": kind.name, "number": row.pk}
        for kind, of_kind in keys
        for row in _load(kind, of_kind)
    ]


def _load(kind: registry.ContributionKind, keys: list[int]) -> list[Any]:
    return list(kind.load(keys[:MAX_ORIGINS]).values())
