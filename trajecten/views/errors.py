"""Errors in the portal's own look."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long or cookies are off; nothing was changed."""
    return render(request, "403_csrf.html", status=403)


def not_here(request: HttpRequest, page: str) -> HttpResponse:
    """Passwords, which allauth has pages for and this portal has not: signing in goes by code or passkey."""
    raise Http404
