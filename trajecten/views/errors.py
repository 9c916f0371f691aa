"""Errors in the portal's own look; under the address of a municipality with that one's header and front page."""

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import defaults
from django.views.decorators.cache import never_cache

from trajecten import whereabouts
from trajecten.views import unsent


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such page."""
    whereabouts.enter_by_path(request)
    return render(request, "404.html", status=404)


@never_cache
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long or cookies are off; nothing was changed, and what was typed can be sent once more."""
    whereabouts.enter_by_path(request)
    return render(request, "403_csrf.html", {"unsent": unsent.of(request)}, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """413 for a form that is too large, with what to do about it; 400 for any other that can't be read."""
    if isinstance(exception, RequestDataTooBig):
        whereabouts.enter_by_path(request)
        return render(request, "413.html", status=413)
    return defaults.bad_request(request, exception)


def not_here(request: HttpRequest, page: str) -> HttpResponse:
    """Passwords, which allauth has pages for and this portal has not: signing in goes by code or passkey."""
    raise Http404
