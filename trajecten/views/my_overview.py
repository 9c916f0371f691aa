""" "My overview": what waits for me, what I said and take part in, and what goes on around me."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from trajecten.domain import participants
from trajecten.domain.overview import neighbourhood, pages, waiting
from trajecten.domain.overview.mine import Mine
from trajecten.forms.neighbourhood import HomeAreaForm
from trajecten.models import Participant

# What is shown at once; the rest is one click away.
SAID = 5
MEETINGS = 3


@never_cache
@login_required
@require_safe
def my_overview(request: HttpRequest, gemeente: str) -> HttpResponse:
    """Everything that concerns me in this municipality, what waits for me first; little for who did nothing here."""
    participant = participants.known(municipality=request.municipality, user=request.user)
    context = _concerning(request, participant) if participant else {}
    if not context.get("said"):
        context["ways"] = pages.ways(request.municipality)[:1]
    return render(request, "trajecten/my_overview.html", context)


def _concerning(request: HttpRequest, participant: Participant) -> dict[str, Any]:
    mine = Mine(request.municipality, participant)
    said = pages.mine(request.municipality, participant)
    return {
        "waits": waiting.of(mine),
        "kept": mine.promises,
        "said": said[:SAID],
        "earlier": said[SAID:],
        "joined": mine.enrolments,
        "meetings": mine.meetings[:MEETINGS],
        "home": participant.home_area,
    }


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def home_area(request: HttpRequest, gemeente: str) -> HttpResponse:
    """Choose where one lives."""
    known = participants.known(municipality=request.municipality, user=request.user)
    data = request.POST if request.method == "POST" else None
    form = HomeAreaForm(data, initial={"area": known.home_area_id if known else None})
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "trajecten/my_overview/home_area.html", {"form": form}, status=status)
    area = form.cleaned_data["area"]
    participant = participants.of_user(municipality=request.municipality, user=request.user)
    neighbourhood.choose(participant=participant, area=area, by=participant)
    if area:
        messages.success(request, _("You see now what goes on in %(area)s.") % {"area": area.name})
    else:
        messages.success(request, _("We do not keep where you live any more."))
    return redirect("my-overview", gemeente=gemeente)
