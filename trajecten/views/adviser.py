"""The adviser's trajectories, over all municipalities."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django_scopes import scopes_disabled

from trajecten.domain.dashboards import comparing
from trajecten.domain.meetings import finding
from trajecten.domain.overview import pages
from trajecten.domain.overview.pages import Advised
from trajecten.domain.proposals import queries
from trajecten.forms.adviser import AdvisedForm, ComparisonForm
from trajecten.models import Municipality

COMING = 5


@never_cache
@login_required
def trajectories(request: HttpRequest) -> HttpResponse:
    """Only the trajectories assigned to this adviser, of one municipality when asked; who is no adviser gets 404."""
    if not request.user.is_adviser:
        raise Http404
    with scopes_disabled():
        rows = pages.advised(request.user)
        waiting = queries.counts(request.user)
        coming = list(finding.listed(finding.of_adviser(request.user))[:COMING])
    form = AdvisedForm(request.GET, municipalities=municipalities_of(rows))
    asked = form.asked()
    shown = [row for row in rows if asked in ("", row.trajectory.municipality.slug)]
    context = {
        "rows": shown,
        "form": form,
        "is_narrowed": bool(asked),
        "query": urlencode({"gemeente": asked}) if asked else "",
        "waiting": waiting,
        "meetings": coming,
    }
    return render(request, "trajecten/adviser.html", context)


def municipalities_of(rows: Iterable[Advised]) -> list[Municipality]:
    """Each municipality once, by name."""
    found = {row.trajectory.municipality_id: row.trajectory.municipality for row in rows}
    return sorted(found.values(), key=lambda municipality: municipality.name)


@never_cache
@login_required
def comparison(request: HttpRequest) -> HttpResponse:
    """Municipalities with the same way of working beside each other; who is no adviser gets 404."""
    if not request.user.is_adviser:
        raise Http404
    with scopes_disabled():
        form = ComparisonForm(request.GET, methods=comparing.methods_of(request.user))
        found = comparing.compared(adviser=request.user, method_key=form.asked()) if form.asked() else []
    query = urlencode({"method": form.asked()}) if form.asked() else ""
    context = {"form": form, "rows": found, "charts": comparing.charts(found), "query": query}
    return render(request, "trajecten/comparison.html", context)
