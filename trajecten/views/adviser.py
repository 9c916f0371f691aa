"""The adviser's trajectories, over all municipalities."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_scopes import scopes_disabled

from trajecten.domain import moments
from trajecten.domain.chain import short_day
from trajecten.domain.dashboards import comparing
from trajecten.domain.meetings import finding
from trajecten.domain.overview import pages
from trajecten.domain.overview.pages import Advised
from trajecten.domain.proposals import queries
from trajecten.enums import HealthState
from trajecten.figures import Figure, Tone
from trajecten.forms.adviser import AdvisedForm, ComparisonForm
from trajecten.models import Meeting, Municipality
from trajecten.views.access import for_adviser

COMING = 5


@for_adviser
def trajectories(request: HttpRequest) -> HttpResponse:
    """Only the trajectories assigned to this adviser, of one municipality or as they go when asked."""
    with scopes_disabled():
        rows = pages.advised(request.user)
        requests = queries.counts(request.user)
        coming = list(finding.listed(finding.of_adviser(request.user))[:COMING])
    form = AdvisedForm(request.GET, municipalities=municipalities_of(rows))
    context = {
        "rows": form.narrow(rows),
        "has_any": bool(rows),
        "form": form,
        "query": urlencode(form.asked()),
        "figures": [*_health(rows, request.path), _requests(requests), *_expiring(requests), *_next(coming)],
        "meetings": coming,
    }
    return render(request, "trajecten/adviser.html", context)


def municipalities_of(rows: Iterable[Advised]) -> list[Municipality]:
    """Each municipality once, by name."""
    found = {row.trajectory.municipality_id: row.trajectory.municipality for row in rows}
    return sorted(found.values(), key=lambda municipality: municipality.name)


def _health(rows: list[Advised], path: str) -> list[Figure]:
    """What stands still and what is late, of what goes on."""
    states = [row.health.state for row in rows if row.trajectory.is_going]
    note = ngettext(
        "of %(n)d that goes on or is to begin", "of %(n)d that go on or are to begin", len(states)
    )
    shown: tuple[tuple[HealthState, str, Tone], ...] = (
        (HealthState.STALLED, _("Stalled"), "bad"),
        (HealthState.LATE, _("Late"), "now"),
    )
    return [
        Figure(
            label,
            states.count(state),
            f"{path}?health={state.value}",
            note % {"n": len(states)},
            tone if state in states else "",
        )
        for state, label, tone in shown
    ]


def _requests(counts: dict[str, int]) -> Figure:
    """Requests with which this adviser is next: new ones, and the own ones without an answer."""
    waiting = sum(counts[status] for status in queries.TO_DO)
    url = f"{reverse('advice-requests')}?status={queries.NEXT}"
    note = ngettext("%(n)d new", "%(n)d new", counts["new"]) % {"n": counts["new"]}
    return Figure(_("Requests that wait for you"), waiting, url, note, "now" if waiting else "")


def _expiring(counts: dict[str, int]) -> list[Figure]:
    url = f"{reverse('advice-requests')}?expiring=on&mine=on"
    return (
        [Figure(_("Proposals that expire soon"), counts["expiring"], url, tone="now")]
        if counts["expiring"]
        else []
    )


def _next(coming: list[Meeting]) -> list[Figure]:
    """The day of the next meeting."""
    if not coming:
        return []
    meeting = coming[0]
    parts = {"gemeente": meeting.municipality.slug, "pk": meeting.trajectory_id, "meeting": meeting.pk}
    day = short_day(meeting.starts_at)
    note = f"{moments.clock(meeting.starts_at)}, {meeting.municipality.name}"
    return [Figure(_("Next meeting"), day, reverse("staff-meeting", kwargs=parts), note)]


@for_adviser
def comparison(request: HttpRequest) -> HttpResponse:
    """Municipalities with the same way of working beside each other."""
    with scopes_disabled():
        form = ComparisonForm(request.GET, methods=comparing.methods_of(request.user))
        found = comparing.compared(adviser=request.user, method_key=form.asked()) if form.asked() else []
    query = urlencode({"method": form.asked()}) if form.asked() else ""
    context = {"form": form, "rows": found, "charts": comparing.charts(found), "query": query}
    return render(request, "trajecten/comparison.html", context)
