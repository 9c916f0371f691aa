"""What every page's base needs."""

from pathlib import PurePath

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from trajecten import navigation
from trajecten.domain.telling import inbox
from trajecten.models import Municipality


def portal(request: HttpRequest) -> dict[str, object]:
    municipality = getattr(request, "municipality", None) or getattr(request, "came_from", None)
    return {
        "municipality": municipality,
        "demo": settings.DEMO,
        "logo_url": _logo_url(municipality) if municipality else "",
        "navigation": navigation.main(request),
        "account_navigation": navigation.account(request),
        "unread": SimpleLazyObject(lambda: _unread(request)),
    }


def _unread(request: HttpRequest) -> int:
    """How many messages in the portal wait to be read; asked only by a page that shows it."""
    user = getattr(request, "user", None)
    if getattr(request, "municipality", None) is None or user is None or not user.is_authenticated:
        return 0
    return inbox.unread(user=user, municipality=request.municipality)


def _logo_url(municipality: Municipality) -> str:
    """The address of the logo, another one for another picture; empty without one."""
    if not municipality.logo:
        return ""
    version = PurePath(str(municipality.logo.name)).stem
    return f"{reverse('logo', kwargs={'gemeente': municipality.slug})}?v={version}"
