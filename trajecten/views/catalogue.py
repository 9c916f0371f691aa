"""The catalogue: the five ways of working, for municipalities that think of one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from trajecten import registry


def catalogue(request: HttpRequest) -> HttpResponse:
    return render(request, "trajecten/catalogue/catalogue.html", {"offers": registry.offers()})


def offer(request: HttpRequest, method: str) -> HttpResponse:
    """One of them, with its steps; 404 for a name that is not in the catalogue."""
    offers = {known.key: (known, offered) for known, offered in registry.offers()}
    if method not in offers:
        raise Http404
    known, offered = offers[method]
    others = [pair for key, pair in offers.items() if key != method]
    context = {"method": known, "offer": offered, "others": others}
    return render(request, "trajecten/catalogue/offer.html", context)
