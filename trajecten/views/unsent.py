"""A form that was not taken because its token was missing or old: what was typed in it, to send once more.

Only a form of the portal's own page comes back. One that another site sent would have a fresh token here, and one press
would do what that site wants. The browser says where a form comes from, and no page can change that.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError


@dataclass(frozen=True)
class Unsent:
    """``fields`` is all that was sent, but its token; ``texts`` what people typed of it, which they would miss."""

    path: str
    fields: tuple[tuple[str, str], ...]
    has_files: bool
    keeps_cookies: bool

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(value.strip() for _name, value in self.fields if " " in value.strip())


def of(request: HttpRequest) -> Unsent | None:
    """The form of this request; None when it is not of the portal itself, has nothing in it or can't be read."""
    if request.method != "POST" or not _is_own(request):
        return None
    try:
        given, has_files = request.POST, bool(request.FILES)
    except (BadRequest, MultiPartParserError, SuspiciousOperation, UnreadablePostError):
        return None
    fields = tuple(_fields(given))
    if not fields:
        return None
    return Unsent(request.get_full_path(), fields, has_files, settings.CSRF_COOKIE_NAME in request.COOKIES)


def _fields(given: QueryDict) -> list[tuple[str, str]]:
    return [
        (name, value) for name, values in given.lists() for value in values if name != "csrfmiddlewaretoken"
    ]


def _is_own(request: HttpRequest) -> bool:
    """Whether a page of the portal sent it, by what browsers say of that; without any of it, it was not."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    came_from = urlsplit(request.headers.get("Origin") or request.headers.get("Referer") or "")
    return (came_from.scheme, came_from.netloc) == (request.scheme, request.get_host())
