"""Errors in the portal's own look."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long or cookies are off; nothing was changed."""
    return render(request, "403_csrf.html", status=403)
