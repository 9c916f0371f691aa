"""The menus: what residents can do, what officials and advisers work on, and one's own pages.

A menu shows only what its reader may open; who may is asked of the same rules as the pages themselves.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trajecten import registry
from trajecten.models import Municipality
from trajecten.rules import roles_of

MANAGE = "trajecten.manage_municipality"
MODERATE = "trajecten.moderate_municipality"
WORK_HERE = "trajecten.view_dashboard_municipality"


@dataclass(frozen=True)
class Item:
    """One way in a menu. ``text`` says what one does there, where a page lists the items with room for it.

    ``is_back`` leads back to where its reader came from.
    """

    label: str
    url: str
    current: bool
    text: str = ""
    is_back: bool = False


def main(request: HttpRequest) -> list[Item]:
    """The menu on top: of the municipality or its staff, or outside any municipality."""
    if _here(request) is None:
        return [
            *_way_back(request),
            _item(request, _("Five ways to work together"), "catalogue"),
            *_adviser(request),
        ]
    return _staff(request) if "/werk/" in request.path else _residents(request)


def account(request: HttpRequest) -> list[Item]:
    """One's own pages in this municipality, behind one's name, but those that the main menu has."""
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
    if _works_in(request, request.municipality):
        items.append(_item(request, pgettext("of an official", "My work"), "desk"))
    shown = {item.url for item in main(request)}
    return [item for item in items if item.url not in shown]


def management(request: HttpRequest) -> list[Item]:
    """What a coordinator looks after beside the daily work: each with what one does there."""
    return [
        *_of_apps(request, registry.menus().management),
        _item(
            request, _("Requests"), "staff-requests", _("What you asked the advisers, and their proposals.")
        ),
        _item(
            request,
            _("Prepared for another method"),
            "successions",
            _("Ideas that become an initiative, and who goes along."),
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


def _of_apps(request: HttpRequest, items: Iterable[registry.MenuItem]) -> list[Item]:
    return [_item(request, str(item.label), item.name, str(item.text)) for item in items]


def _here(request: HttpRequest) -> Municipality | None:
    """The municipality of the page; a page of an error may come before it is known."""
    return getattr(request, "municipality", None)


# Pages of nobody's municipality.
OUTSIDE = frozenset(["catalogue", "adviser", "advice-requests", "shelf", "adviser-calendar"])


def _works_in(request: HttpRequest, municipality: Municipality) -> bool:
    user = getattr(request, "user", None)
    return user is not None and (bool(roles_of(user).get(municipality.pk)) or user.is_superuser)


def _way_back(request: HttpRequest) -> list[Item]:
    """From one's account: to the municipality that one came from, and for officials to their work there."""
    municipality = getattr(request, "came_from", None)
    if municipality is None:
        return []
    if _works_in(request, municipality):
        return [_desk(municipality)]
    url = reverse("municipality", kwargs={"gemeente": municipality.slug})
    return [Item(_("Back to %(name)s") % {"name": municipality.name}, url, current=False, is_back=True)]


def _desk(municipality: Municipality) -> Item:
    url = reverse("desk", kwargs={"gemeente": municipality.slug})
    return Item(pgettext("of an official", "My work"), url, current=False, is_back=True)


def _residents(request: HttpRequest) -> list[Item]:
    """What everybody can do here. An official comes here from the own work, and gets the way back to it first."""
    works_here = _works_in(request, request.municipality)
    items = [
        *([_desk(request.municipality)] if works_here else []),
        _item(request, _("Take part"), "municipality"),
        _item(request, _("Trajectories"), "trajectories"),
        *_of_apps(request, registry.menus().residents),
        _item(request, _("Meetings"), "meetings"),
        _item(request, _("Promised and done"), "promises"),
        _item(request, _("Council"), "council-items"),
    ]
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated and not works_here:
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
        *_of_apps(request, registry.menus().officials),
        _item(request, _("Trajectories"), "staff-trajectories"),
        _item(request, _("Promises"), "staff-promises"),
        _item(request, _("Council"), "council-desk"),
    ]
    if user.has_perm(MODERATE, here):
        items.append(_item(request, _("Moderation"), "moderation"))
    if manages:
        items.append(_item(request, _("Management"), "management"))
    else:
        items += _of_apps(request, (item for item in registry.menus().management if item.for_everybody))
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
