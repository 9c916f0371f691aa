"""The adviser's trajectories, over all municipalities."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django_scopes import scopes_disabled

from trajecten.domain import overview


@never_cache
@login_required
def trajectories(request: HttpRequest) -> HttpResponse:
    """Only the trajectories assigned to this adviser; who is no adviser gets 404."""
    if not request.user.is_adviser:
        raise Http404
    with scopes_disabled():
        rows = overview.advised(request.user)
    return render(request, "trajecten/adviser.html", {"rows": rows})
