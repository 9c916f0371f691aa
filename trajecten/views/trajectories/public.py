"""Trajectories as everybody sees them: the list, and where each stands."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from trajecten.forms.trajectories import TrajectoryFilterForm
from trajecten.models import Trajectory
from trajecten.views.paging import LongPaginator
from trajecten.views.trajectories import sections

PER_PAGE = 20


def trajectories(request: HttpRequest, gemeente: str) -> HttpResponse:
    """What goes on, what is to come and what is over; the archive only when it is asked for."""
    form = TrajectoryFilterForm(request.GET)
    rows = form.narrow(Trajectory.objects.all()).prefetch_related("areas")
    paginator = LongPaginator(rows, PER_PAGE, request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "is_narrowed": bool(form.asked()),
        "page": paginator.shown(),
        "query": query.urlencode(),
    }
    return render(request, "trajecten/public/trajectories.html", context)


def trajectory(request: HttpRequest, gemeente: str, pk: int) -> HttpResponse:
    """Where it stands: its steps with their days, and everything that belongs to it."""
    found = get_object_or_404(Trajectory, pk=pk)
    context = {
        "trajectory": found,
        "areas": list(found.areas.defer("geometry")),
        "sections": sections.made(sections.PUBLIC, request, found),
    }
    return render(request, "trajecten/public/trajectory.html", context)
