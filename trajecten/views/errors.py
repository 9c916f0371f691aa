"""Errors in the portal's own look."""

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import defaults

from trajecten.views.pages import municipality_named


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such page; under the address of a municipality with that municipality's header and front page."""
    if getattr(request, "municipality", None) is None:
        request.municipality = municipality_named(request.path.split("/")[1])
    return render(request, "404.html", status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long or cookies are off; nothing was changed."""
    return render(request, "403_csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """413 for a form that is too large, with what to do about it; 400 for any other that can't be read."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=413)
    return defaults.bad_request(request, exception)


def not_here(request: HttpRequest, page: str) -> HttpResponse:
    """Passwords, which allauth has pages for and this portal has not: signing in goes by code or passkey."""
    raise Http404
