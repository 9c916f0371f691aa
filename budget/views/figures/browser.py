"""Who says something of a line: an account, or a browser by a key of its own in a signed cookie."""

from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from trajecten.domain import participants
from trajecten.models import Participant

COOKIE, SALT, DAYS = "budget_answers", "budget.line_answers", 365


def who(request: HttpRequest) -> Participant | UUID | None:
    """Who looked here before; None for who is nobody yet. Looking makes nobody anybody."""
    if request.user.is_authenticated:
        return participants.known(municipality=request.municipality, user=request.user)
    return key_of(request)


def somebody(request: HttpRequest) -> Participant | UUID:
    """The same for who says something, made when needed."""
    if request.user.is_authenticated:
        return participants.of_user(municipality=request.municipality, user=request.user)
    return key_of(request) or uuid4()


def key_of(request: HttpRequest) -> UUID | None:
    """The key of this browser; None without one, and for one that somebody made up."""
    found = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=DAYS * 86400)
    return UUID(found) if found else None


def remember(response: HttpResponse, by: Participant | UUID) -> None:
    """Let the browser of a guest keep its key."""
    if isinstance(by, UUID):
        response.set_signed_cookie(
            COOKIE,
            str(by),
            salt=SALT,
            max_age=DAYS * 86400,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
