"""Which municipality a request is about, and for a page of nobody's municipality: where its visitor came from."""

from urllib.parse import urlsplit

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest
from django_scopes import scope

from trajecten.models import Municipality

# In the session of who came to their account from a municipality: its name in addresses.
CAME_FROM = "came_from"
# Signing in and the account itself; they belong to no municipality.
ACCOUNT_VIEWS = ("account_", "mfa_")


def named(slug: str) -> Municipality | None:
    """The municipality with this name in addresses; None when it takes no part."""
    if not slug or "\0" in slug:
        return None
    return Municipality.objects.participating().filter(slug=slug).first()


def enter(request: HttpRequest, municipality: Municipality | None) -> None:
    """From here on the request is within this municipality: its scope, header and menus. Outside any for None."""
    request.municipality = municipality
    if municipality is not None:
        request.scopes.enter_context(scope(municipality=municipality))


def enter_by_path(request: HttpRequest) -> None:
    """For a page of an error: within the municipality that its address begins with, unless it is within one."""
    if hasattr(request, "scopes") and request.municipality is None:
        enter(request, named(_first_part(request.path)))


def came_from(request: HttpRequest) -> Municipality | None:
    """Of a page of the account: the municipality of the page to return to, else the one named so before.

    It lends the page its name, its colours and the way back. The request stays outside its scope.
    """
    asked = named(_first_part(_next(request)))
    if asked is None:
        return named(request.session.get(CAME_FROM, ""))
    if request.method == "POST" or request.user.is_authenticated:
        request.session[CAME_FROM] = asked.slug
    return asked


def _next(request: HttpRequest) -> str:
    return request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME, "")


def _first_part(address: str) -> str:
    """Of ``/polderwijk/werk/``: polderwijk. Empty for what is no address."""
    try:
        path = urlsplit(address).path
    except ValueError:
        return ""
    return path.strip("/").partition("/")[0]
