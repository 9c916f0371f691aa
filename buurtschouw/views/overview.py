"""Pages for everybody: the walk itself, and the reports on a map and in a list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buurtschouw.domain import schouwen, walking
from buurtschouw.domain.preparing import roles, routes, stops
from buurtschouw.domain.queries import public, walks
from buurtschouw.domain.results import readers
from buurtschouw.enums import ReportKind
from buurtschouw.forms.overview import PublicFilterForm
from buurtschouw.models import Schouw
from trajecten.domain import steps
from trajecten.views.meetings.coming import calendar_file
from trajecten.views.paging import LongPaginator

PER_PAGE = 25


def legend() -> list[tuple[str, str]]:
    """What the marks on the map say: each tone with its meaning."""
    return [
        ("new", _("new")),
        ("open", _("read, planned or being worked on")),
        ("late", _("over the term")),
        ("good", _("done")),
        ("bad", _("not done")),
    ]


def choose_schouw(request: HttpRequest, gemeente: str) -> HttpResponse:
    """To the walk one can report to; a choice when there are several, an explanation when there is none.
    A kind in the address goes along."""
    open_now = schouwen.accepting_reports()
    kind = request.GET.get("kind")
    query = f"?kind={kind}" if kind in ReportKind.values else ""
    if len(open_now) == 1:
        form = reverse("buurtschouw:report-form", kwargs={"gemeente": gemeente, "pk": open_now[0].pk})
        return redirect(f"{form}{query}")
    context = {
        "query": query,
        "schouwen": open_now,
        "coming": [] if open_now else schouwen.running(),
    }
    return render(request, "buurtschouw/choose_schouw.html", context)


def schouw(request: HttpRequest, gemeente: str, pk: int) -> HttpResponse:
    """The walk: when, where, what about, how far it is, and what came of it."""
    found = get_object_or_404(Schouw.objects.select_related("trajectory"), pk=pk)
    passed = list(stops.of(found))
    is_to_come = bool(found.walk_at and found.walk_at > timezone.now())
    why_nobody_joins = walking.why_nobody_joins(found)
    context = {
        "schouw": found,
        "stops": passed,
        "measure": routes.measure_of(found.route, len(passed)),
        "core_group_token": roles.own_token(found, request.user),
        "steps": step_rows(steps.track(trajectory=found.trajectory, with_unmet=False)),
        "areas": found.trajectory.areas.all(),
        "categories": found.categories.filter(is_active=True),
        "figures": walks.figures(found),
        "results_are_public": readers.are_public(found),
        "is_to_come": is_to_come,
        "is_full": is_to_come and walking.is_full(schouw=found, user=request.user),
        "can_join": found.accepts_reports and not why_nobody_joins,
        "is_over": bool(why_nobody_joins) and not found.is_to_be_walked,
    }
    return render(request, "buurtschouw/schouw.html", context)


@require_safe
def schouw_ics(request: HttpRequest, gemeente: str, pk: int) -> HttpResponse:
    """The walk as a file for a calendar; 404 while its date is not known."""
    rows = Schouw.objects.select_related("trajectory", "municipality", "meeting__municipality")
    rows = rows.defer("municipality__boundary", "meeting__municipality__boundary")
    found = get_object_or_404(rows, pk=pk, walk_at__isnull=False)
    return calendar_file([schouwen.calendar_event(found)], name="buurtschouw")


def step_rows(track: list[steps.TrackedStep]) -> list[dict[str, object]]:
    """The steps as ``components/steps.html`` shows them to residents: without what officials still owe."""
    return [
        {
            "title": tracked.step.name,
            "state": tracked.state,
            "detail": _step_detail(tracked),
        }
        for tracked in track
    ]


def _step_detail(tracked: steps.TrackedStep) -> str:
    if tracked.closed_at:
        return _("Finished on %(date)s") % {"date": date_format(timezone.localtime(tracked.closed_at), "j F")}
    return str(tracked.step.summary)


@require_safe
def reports(request: HttpRequest, gemeente: str) -> HttpResponse:
    """All reports, newest first, as a list beside the map; words only where they are public."""
    form = PublicFilterForm(request.GET)
    found = public.reports(**form.asked(), box=form.box.polygon() if form.box else None).with_names()
    paginator = LongPaginator(found, PER_PAGE, request.GET.get("page"))
    query = form.query()
    context = {
        "form": form,
        "page": paginator.shown(),
        "legend": legend(),
        "query": query,
        "geojson_url": f"{reverse('buurtschouw:reports-geojson', kwargs={'gemeente': gemeente})}?{form.query(bbox='')}",
        "box": form["bbox"].value() if form.box else "",
        "whole_query": form.query(bbox=""),
    }
    return render(request, "buurtschouw/reports.html", context)
