"""Front pages."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from trajecten.domain import following, overview, participants
from trajecten.models import Municipality
from trajecten.registry import Result

FOLLOWED = 5


def root(request: HttpRequest) -> HttpResponse:
    """The municipalities that take part; with only one of them, straight to it."""
    taking_part = list(Municipality.objects.participating().order_by("name"))
    if len(taking_part) == 1:
        return redirect("municipality", gemeente=taking_part[0].slug)
    return render(request, "trajecten/root.html", {"municipalities": taking_part})


def municipality(request: HttpRequest, gemeente: str) -> HttpResponse:
    """What is going on, what can I do now, what became of it."""
    context = {
        "ways": overview.ways(request.municipality),
        "results": overview.results(request.municipality),
        "promises": overview.promises(),
    }
    return render(request, "trajecten/municipality.html", context)


@never_cache
@login_required
def my_overview(request: HttpRequest, gemeente: str) -> HttpResponse:
    """Everything I said in this municipality, and how it stands."""
    participant = participants.of_user(municipality=request.municipality, user=request.user)
    mine = overview.mine(request.municipality, participant)
    context = {
        "awaiting": [result for result in mine if awaits_verdict(result)],
        "others": [result for result in mine if not awaits_verdict(result)],
        "followed": following.followed_by(participant)[:FOLLOWED],
        "joined": overview.joined(participant),
    }
    return render(request, "trajecten/my_overview.html", context)


def awaits_verdict(result: Result) -> bool:
    """Whether it is now for the one who said it: the verdict is the last link of the chain."""
    return result.chain[-1].state == "now"
