"""The menus: what residents can do, what officials and advisers work on, and one's own pages.

A menu shows only what its reader may open; who may is asked of the same rules as the pages themselves.
"""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trajecten.models import Municipality
from trajecten.rules import roles_of

MANAGE = "trajecten.manage_municipality"
MODERATE = "trajecten.moderate_municipality"
WORK_HERE = "trajecten.view_dashboard_municipality"


@dataclass(frozen=True)
class Item:
    """One way in a menu. ``text`` says what one does there, where a page lists the items with room for it."""

    label: str
    url: str
    current: bool
    text: str = ""


def main(request: HttpRequest) -> list[Item]:
    """The menu on top: of the municipality or its staff, or outside any municipality."""
    if _here(request) is None:
        return [_item(request, _("Five ways to work together"), "catalogue"), *_adviser(request)]
    return _staff(request) if "/werk/" in request.path else _residents(request)


def account(request: HttpRequest) -> list[Item]:
    """One's own pages in this municipality, behind one's name."""
    user = getattr(request, "user", None)
    if _here(request) is None or user is None or not user.is_authenticated:
        return []
    items = [
        _item(request, _("My overview"), "my-overview"),
        _item(request, _("What I follow"), "follow"),
        _item(request, _("What you hear of"), "preferences"),
        _item(request, _("My data"), "my-data"),
        *_adviser(request),
    ]
    if roles_of(user).get(request.municipality.pk) or user.is_superuser:
        items.append(_item(request, pgettext("of an official", "My work"), "desk"))
    return items


def management(request: HttpRequest) -> list[Item]:
    """What a coordinator looks after beside the daily work: each with what one does there."""
    return [
        _item(
            request, _("Walks"), "buurtschouw:schouwen", _("Plan a buurtschouw, and see how each one goes.")
        ),
        _item(
            request,
            _("Themes"),
            "buurtschouw:categories",
            _("What people report about, and which team answers."),
        ),
        _item(
            request, _("Requests"), "staff-requests", _("What you asked the advisers, and their proposals.")
        ),
        _item(
            request,
            _("Who is missing"),
            "missing",
            _("Which neighbourhoods and people are not at the table."),
        ),
        _item(request, _("Team"), "staff", _("Invite colleagues, give them roles, and end their access.")),
        _item(request, _("Texts of mails"), "message-texts", _("Your own words in what the portal sends.")),
        _item(request, _("Settings"), "settings", _("Colours, logo, welcome, terms, thresholds and sender.")),
        _item(request, _("Retention"), "retention", _("How long things are kept, and what goes soon.")),
        _item(request, _("Log"), "logbook", _("Who looked up whose details.")),
    ]


def _item(request: HttpRequest, label: str, name: str, text: str = "") -> Item:
    here = None if name in OUTSIDE else _here(request)
    url = reverse(name, kwargs={"gemeente": here.slug}) if here else reverse(name)
    return Item(label, url, request.path == url, text)


def _here(request: HttpRequest) -> Municipality | None:
    """The municipality of the page; a page of an error may come before it is known."""
    return getattr(request, "municipality", None)


# Pages of nobody's municipality.
OUTSIDE = frozenset(["catalogue", "adviser", "advice-requests", "shelf", "adviser-calendar"])


def _residents(request: HttpRequest) -> list[Item]:
    items = [
        _item(request, _("Take part"), "municipality"),
        _item(request, _("Trajectories"), "trajectories"),
        _item(request, _("Map of reports"), "buurtschouw:reports"),
        _item(request, _("Meetings"), "meetings"),
        _item(request, _("Promised and done"), "promises"),
        _item(request, _("Council"), "council-items"),
    ]
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        items.append(_item(request, _("My overview"), "my-overview"))
    return items


def _staff(request: HttpRequest) -> list[Item]:
    """Only what this official gets to see; who is here as an adviser goes back to the own trajectories."""
    user, here = request.user, request.municipality
    if not user.has_perm(WORK_HERE, here):
        return _adviser(request)
    manages = user.has_perm(MANAGE, here)
    items = [_item(request, _("Overview"), "dashboard")] if manages else []
    items += [
        _item(request, _("Work queue"), "buurtschouw:queue"),
        _item(request, _("Trajectories"), "staff-trajectories"),
        _item(request, _("Promises"), "staff-promises"),
        _item(request, _("Council"), "council-desk"),
    ]
    if user.has_perm(MODERATE, here):
        items.append(_item(request, _("Moderation"), "moderation"))
    if manages:
        items.append(_item(request, _("Management"), "management"))
    else:
        items.append(_item(request, _("Walks"), "buurtschouw:schouwen"))
    return items


def _adviser(request: HttpRequest) -> list[Item]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not user.is_adviser:
        return []
    return [
        _item(request, _("My trajectories"), "adviser"),
        _item(request, _("Requests"), "advice-requests"),
        _item(request, _("My documents"), "shelf"),
        _item(request, _("My calendar"), "adviser-calendar"),
    ]
