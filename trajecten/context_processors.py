"""What every page's base needs."""

from pathlib import PurePath

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from trajecten.domain import inbox
from trajecten.models import Municipality
from trajecten.rules import roles_of


def portal(request: HttpRequest) -> dict[str, object]:
    municipality = getattr(request, "municipality", None)
    outside = [_item(request, _("Five ways to work together"), "catalogue"), *_root_navigation(request)]
    return {
        "municipality": municipality,
        "demo": settings.DEMO,
        "logo_url": _logo_url(municipality) if municipality else "",
        "navigation": _navigation(request) if municipality else outside,
        "account_navigation": _account_navigation(request) if municipality else [],
        "unread": SimpleLazyObject(lambda: _unread(request)),
    }


def _unread(request: HttpRequest) -> int:
    """How many messages in the portal wait to be read; asked only by a page that shows it."""
    if request.municipality is None or not _is_signed_in(request):
        return 0
    return inbox.unread(user=request.user, municipality=request.municipality)


def _logo_url(municipality: Municipality) -> str:
    """The address of the logo, another one for another picture; empty without one."""
    if not municipality.logo:
        return ""
    version = PurePath(str(municipality.logo.name)).stem
    return f"{reverse('logo', kwargs={'gemeente': municipality.slug})}?v={version}"


def _item(request: HttpRequest, label: str, name: str, **parts: object) -> dict[str, object]:
    url = reverse(name, kwargs=parts)
    return {"label": label, "url": url, "current": request.path == url}


def _navigation(request: HttpRequest) -> list[dict[str, object]]:
    """Residents see what they can do and what became of it; on staff pages officials see their work."""
    slug = request.municipality.slug
    if _is_on_staff_pages(request):
        return _staff_navigation(request, slug)
    items = [
        _item(request, _("Take part"), "municipality", gemeente=slug),
        _item(request, _("Trajectories"), "trajectories", gemeente=slug),
        _item(request, _("Map of reports"), "buurtschouw:reports", gemeente=slug),
        _item(request, _("Meetings"), "meetings", gemeente=slug),
        _item(request, _("Promised and done"), "promises", gemeente=slug),
        _item(request, _("Council"), "council-items", gemeente=slug),
    ]
    if _is_signed_in(request):
        items.append(_item(request, _("My overview"), "my-overview", gemeente=slug))
    return items


def _is_signed_in(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated


def _staff_navigation(request: HttpRequest, slug: str) -> list[dict[str, object]]:
    """Only what this official gets to see; who is here as an adviser goes back to the own trajectories."""
    if not request.user.has_perm("trajecten.view_dashboard_municipality", request.municipality):
        return _root_navigation(request)
    items = [
        _item(request, _("Work queue"), "buurtschouw:queue", gemeente=slug),
        _item(request, _("Trajectories"), "staff-trajectories", gemeente=slug),
        _item(request, _("Walks"), "buurtschouw:schouwen", gemeente=slug),
        _item(request, _("Promises"), "staff-promises", gemeente=slug),
        _item(request, _("Council"), "council-desk", gemeente=slug),
    ]
    if request.user.has_perm("trajecten.moderate_municipality", request.municipality):
        items.append(_item(request, _("Moderation"), "moderation", gemeente=slug))
    if request.user.has_perm("trajecten.manage_municipality", request.municipality):
        items.append(_item(request, _("Team"), "staff", gemeente=slug))
        items.append(_item(request, _("Log"), "logbook", gemeente=slug))
        items.append(_item(request, _("Settings"), "settings", gemeente=slug))
        items.append(_item(request, _("Retention"), "retention", gemeente=slug))
        items.append(_item(request, _("Themes"), "buurtschouw:categories", gemeente=slug))
        items.append(_item(request, _("Texts of mails"), "message-texts", gemeente=slug))
        items.append(_item(request, _("Requests"), "staff-requests", gemeente=slug))
        items.append(_item(request, _("Who is missing"), "missing", gemeente=slug))
    return items


def _account_navigation(request: HttpRequest) -> list[dict[str, object]]:
    user = getattr(request, "user", None)
    slug = request.municipality.slug
    if user is None or not user.is_authenticated:
        return []
    items = [
        _item(request, _("My overview"), "my-overview", gemeente=slug),
        _item(request, _("What I follow"), "follow", gemeente=slug),
        _item(request, _("What you hear of"), "preferences", gemeente=slug),
        _item(request, _("My data"), "my-data", gemeente=slug),
        *_root_navigation(request),
    ]
    if roles_of(user).get(request.municipality.pk) or user.is_superuser:
        items.append(_item(request, _("Work queue"), "buurtschouw:queue", gemeente=slug))
    return items


def _root_navigation(request: HttpRequest) -> list[dict[str, object]]:
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated and user.is_adviser:
        return [
            _item(request, _("My trajectories"), "adviser"),
            _item(request, _("Requests"), "advice-requests"),
            _item(request, _("My documents"), "shelf"),
            _item(request, _("My calendar"), "adviser-calendar"),
        ]
    return []


def _is_on_staff_pages(request: HttpRequest) -> bool:
    return "/werk/" in request.path
