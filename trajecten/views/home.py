"""Front pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from trajecten import registry
from trajecten.domain.overview import pages
from trajecten.models import Municipality


def root(request: HttpRequest) -> HttpResponse:
    """The municipalities that take part; with only one of them, straight to it."""
    taking_part = list(Municipality.objects.participating().order_by("name"))
    if len(taking_part) == 1:
        return redirect("municipality", gemeente=taking_part[0].slug)
    return render(request, "trajecten/root.html", {"municipalities": taking_part})


def municipality(request: HttpRequest, gemeente: str) -> HttpResponse:
    """What is going on, what can I do now, what became of it."""
    context = {
        "ways": pages.ways(request.municipality),
        "results": pages.results(request.municipality),
        "finished_url": registry.finished_page(request.municipality),
        "promises": pages.promises(),
    }
    return render(request, "trajecten/municipality.html", context)
