"""For everybody: where the money stands that the council adopted of the residents' alternative."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from budget.domain.monitoring import books, compared, following, shown, wording
from budget.domain.monitoring.following import Followed
from budget.method import METHOD, MONITOR
from budget.views.monitoring.cards import cards, numbers, year_note
from trajecten.enums import LineDecision
from trajecten.models import Trajectory


@require_safe
def monitor(request: HttpRequest, gemeente: str, pk: int) -> HttpResponse:
    """How each adopted amount goes, compared, those with a signal first; the rejected ones in a fold."""
    trajectory = get_object_or_404(Trajectory, pk=pk, method_key=METHOD.key)
    rows = list(following.of_trajectory(trajectory))
    years = sorted({following.year_of(line) for line in rows}, reverse=True)
    read = books.read(request.municipality, years)
    followed = following.follow(rows, request.municipality, known=read)
    ordered = following.by_urgency(one for one in followed if one.is_followed)
    context = {
        "trajectory": trajectory,
        "followed": ordered,
        "counts": compared.counts(ordered),
        "tables": compared.tables(ordered, slug=gemeente),
        "untold": wording.untold(),
        "unknown": [one for one in ordered if one.basis is None],
        "rejected": [one for one in followed if _is_rejected(one)],
        "waiting": [one for one in followed if not one.is_decided],
        "notes": [year_note(read, year) for year in years],
        "charts": [chart for chart in (shown.whole_budget(read, year) for year in years) if chart],
        "numbers": numbers(),
    }
    return render(request, "budget/monitoring/public.html", context)


@require_safe
def line(request: HttpRequest, gemeente: str, pk: int, line: int) -> HttpResponse:
    """One adopted amount: plan, spent, promise, reports, and what residents see of it. Others are not found."""
    found = (
        following.adopted(following.lines()).filter(pk=line, outcome_line__line__round__trajectory=pk).first()
    )
    if found is None:
        raise Http404
    read = books.read(request.municipality, [following.year_of(found)])
    (card,) = cards(following.follow([found], request.municipality, known=read), public=True)
    trajectory = card.one.about.round.trajectory
    context = {
        "trajectory": trajectory,
        "card": card,
        "one": card.one,
        "notes": [year_note(read, card.one.year)],
        "numbers": numbers(),
        "is_asked": trajectory.allows(MONITOR),
    }
    return render(request, "budget/monitoring/public_line.html", context)


def _is_rejected(one: Followed) -> bool:
    return one.point.decision == LineDecision.REJECTED or (one.is_decided and not one.is_followed)
