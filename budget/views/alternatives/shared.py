"""An alternative as others see it, by the link that who made it shared."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from budget.domain.alternatives import judging, sharing
from budget.domain.rounds import inhabitants, locking
from budget.views.alternatives import lines
from trajecten.views.access import by_secret_link


@require_safe
@by_secret_link
def shared(request: HttpRequest, gemeente: str, token: str) -> HttpResponse:
    """404 when it is not shared (any more)."""
    rows = sharing.shown().select_related("round__trajectory", "round__budget", "author")
    found = get_object_or_404(rows, share_token=token)
    moved = lines.moved(found.round, judging.of(found), inhabitants.of(found.round))
    context = {
        "alternative": found,
        "name": found.author.display_name if found.is_named and found.author else "",
        "round": found.round,
        "takes": locking.takes(found.round),
        "moved": moved,
        "total": lines.total(moved, found.round.unit),
    }
    return render(request, "budget/alternatives/shared.html", context)
