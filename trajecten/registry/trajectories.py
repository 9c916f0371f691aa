"""The methods, how their trajectories stand, and what is offered."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from trajecten.method import Method
from trajecten.offer import Offer


@dataclass(frozen=True)
class Standing:
    """How one trajectory stands now.

    ``url`` is the path of its own page for staff, ``facts`` is what the gates of its method look at,
    ``overdue`` the number of answers and promises over their term, and ``overdue_url`` the path of their list.
    ``public_links`` are the words and paths of the method's own pages for residents, where it has them; the first is
    what most come for.
    """

    url: str
    facts: Any
    overdue: int
    overdue_url: str = ""
    public_links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class RegisteredMethod:
    """A method with the function that reads how its trajectories stand, by their primary keys, and what is offered.

    The function takes trajectories of this method only, of any number of municipalities, and asks the
    database the same number of times for one as for many.
    """

    method: Method
    standings: Callable[[Iterable[Any]], Mapping[int, Standing]]
    offer: Offer | None = None


_methods: dict[str, RegisteredMethod] = {}
_agreed: dict[str, Callable[[Any], None]] = {}
_meeting_changed: dict[str, Callable[[Any, Any], None]] = {}
_decided: dict[str, Callable[[Any, Any], None]] = {}
_own_pages: dict[str, Callable[[Any], tuple[str, str] | None]] = {}


def register_method(
    method: Method,
    *,
    standings: Callable[[Iterable[Any]], Mapping[int, Standing]],
    offer: Offer | None = None,
) -> None:
    """Register a method with the function that reads how its trajectories stand (``RegisteredMethod``).

    Without an ``offer`` it is not in the catalogue. Raises ValueError when the key is taken by another method.
    """
    known = _methods.get(method.key)
    if known and known.method is not method:
        raise ValueError(f"Method {method.key} is registered twice.")
    _methods[method.key] = RegisteredMethod(method, standings, offer)


def register_agreed(key: str, begin: Callable[[Any], None]) -> None:
    """Register what the method's app makes of its own when a trajectory has been agreed, in that transaction."""
    _agreed[key] = begin


def register_own_page(key: str, page: Callable[[Any], tuple[str, str] | None]) -> None:
    """Register the page that a method has for each who takes part: from an enrolment to its words and path, or None."""
    _own_pages[key] = page


def own_page(enrolment: Any) -> tuple[str, str] | None:
    """Words and path of the method's own page for this person; None where it has none."""
    page = _own_pages.get(enrolment.trajectory.method_key)
    return page(enrolment) if page else None


def agreed(trajectory: Any) -> None:
    """Let the app of the method make what it needs for a trajectory that has just been agreed."""
    if trajectory.method_key in _agreed:
        _agreed[trajectory.method_key](trajectory)


def register_meeting_changed(key: str, follow: Callable[[Any, Any], None]) -> None:
    """Register what the method's app does when a meeting of one of its trajectories was changed or called off.

    It gets the meeting and who did it, in the transaction of the change, with the meeting locked.
    """
    _meeting_changed[key] = follow


def meeting_changed(meeting: Any, by: Any) -> None:
    """Let the app of the method follow a meeting that has just been changed or called off."""
    follow = _meeting_changed.get(meeting.trajectory.method_key)
    if follow:
        follow(meeting, by)


def register_decided(key: str, follow: Callable[[Any, Any], None]) -> None:
    """Register what the method's app does when council or college decided on an item of one of its trajectories, or
    the decision was corrected: it gets the item and who entered it, in that transaction, before people are told."""
    _decided[key] = follow


def decided(item: Any, by: Any) -> None:
    """Let the app of the method follow a decision that has just been entered on a council item."""
    follow = _decided.get(item.trajectory.method_key) if item.trajectory else None
    if follow:
        follow(item, by)


def method(key: str) -> Method:
    """The method with this key. Raises KeyError when no app registered it."""
    return _methods[key].method


def facts(key: str, trajectory: Any) -> Any:
    """What the gates of the method look at, for this trajectory, read from the database now.

    Raises KeyError when no app registered the method.
    """
    return standings(key, [trajectory])[trajectory.pk].facts


def standings(key: str, trajectories: Iterable[Any]) -> Mapping[int, Standing]:
    """How these trajectories of one method stand now, by primary key. Raises KeyError for an unknown method."""
    return _methods[key].standings(trajectories)


def methods() -> tuple[Method, ...]:
    """The methods that are registered, in the order in which that was done."""
    return tuple(registered.method for registered in _methods.values())


def offers() -> tuple[tuple[Method, Offer], ...]:
    """The catalogue: the methods that are offered, each with what is told of it."""
    return tuple((entry.method, entry.offer) for entry in _methods.values() if entry.offer)
