"""A page for who builds a system that speaks Open311."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from buurtschouw.domain.open311 import requests, services
from buurtschouw.models import MAX_TEXT


@require_safe
def developers(request: HttpRequest, gemeente: str) -> HttpResponse:
    """Where the server is, what it gives, its limits, and how one gets a key."""
    root = settings.BASE_URL + reverse("buurtschouw:open311", kwargs={"gemeente": gemeente})
    context = {
        "root": root,
        "services": services.services(),
        "public_limit": settings.OPEN311_REQUESTS_PER_MINUTE,
        "most": requests.MOST,
        "days": requests.WINDOW.days,
        "max_text": MAX_TEXT,
    }
    return render(request, "buurtschouw/open311.html", context)
