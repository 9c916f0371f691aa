"""The adviser's trajectories, over all municipalities."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django_scopes import scopes_disabled

from trajecten.domain import steps
from trajecten.models import Trajectory


@login_required
def trajectories(request: HttpRequest) -> HttpResponse:
    """Only the trajectories assigned to this adviser; who is no adviser gets 404."""
    if not request.user.is_adviser:
        raise Http404
    with scopes_disabled():
        mine = list(
            Trajectory.objects.filter(adviser=request.user)
            .select_related("municipality", "coordinator")
            .defer("municipality__boundary")
            .order_by("municipality__name", "title")
        )
        rows = [
            {"trajectory": trajectory, "unmet": steps.unmet(trajectory=trajectory)} for trajectory in mine
        ]
    return render(request, "trajecten/adviser.html", {"rows": rows})
