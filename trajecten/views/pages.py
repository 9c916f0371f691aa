"""Pages about the portal itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "trajecten/accessibility.html")


def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "trajecten/privacy.html")


def about(request: HttpRequest) -> HttpResponse:
    return render(request, "trajecten/about.html")
