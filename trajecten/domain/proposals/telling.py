"""Who hears of a turn: the contact and the coordinators on one side, the adviser on the other."""

from django.db.models import Model

from trajecten.domain.staffing import people
from trajecten.domain.telling import notify
from trajecten.models import TrajectoryRequest, User


def municipality(*, request: TrajectoryRequest, key: str, about: Model, again: str = "") -> None:
    """Owe the message to the contact, and to the coordinators who are somebody else.

    ``again`` is what makes a message about the same thing a new one.
    """
    contact(request=request, key=key, about=about, again=again)
    address = request.contact.email if request.contact else None
    for coordinator in people.coordinators(request.municipality_id).exclude(email=address):
        _owe_user(coordinator, request=request, key=key, about=about, again=again)


def contact(*, request: TrajectoryRequest, key: str, about: Model, again: str = "") -> None:
    """Owe the message to the contact only."""
    if request.contact:
        notify.owe(
            key=key,
            to=request.contact,
            municipality=request.municipality,
            about=about,
            delivery_key=_delivery_key(key, about, f"p{request.contact.pk}", again),
        )


def adviser(*, request: TrajectoryRequest, key: str, about: Model, again: str = "") -> None:
    """Owe the message to the adviser of the request, if it has one."""
    if request.adviser:
        _owe_user(request.adviser, request=request, key=key, about=about, again=again)


def advisers(*, request: TrajectoryRequest, key: str, again: str = "", besides: User | None = None) -> None:
    """Owe the message to every adviser, or to all but one."""
    found = User.objects.filter(is_adviser=True, is_active=True)
    for user in found.exclude(pk=besides.pk) if besides else found:
        _owe_user(user, request=request, key=key, about=request, again=again)


def _owe_user(user: User, *, request: TrajectoryRequest, key: str, about: Model, again: str) -> None:
    notify.owe(
        key=key,
        to=user,
        municipality=request.municipality,
        about=about,
        delivery_key=_delivery_key(key, about, f"u{user.pk}", again),
    )


def _delivery_key(key: str, about: Model, to: str, again: str) -> str:
    return ":".join(part for part in (key, str(about.pk), to, again) if part)
