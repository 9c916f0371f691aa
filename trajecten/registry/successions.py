"""What can become of a contribution elsewhere: in another method, which the app it was said in does not know."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from trajecten.registry.shelf import Shelf


@dataclass(frozen=True)
class Successor:
    """Something in another app that a contribution can become. ``key`` names it in the row that prepares it.

    ``name`` is that of the method, ``becomes`` says what it becomes there. ``begin(succession=…, by=…)`` makes it, of a
    ``trajecten.models.Succession``, and gives the row that came of it, within the transaction of picking it up; None as
    long as the app can't: then what is prepared waits.
    """

    key: str
    name: str | Promise
    becomes: str | Promise
    begin: Callable[..., Any] | None = None


_successors: Shelf[str, Successor] = Shelf()


def register_successor(successor: Successor) -> None:
    """Register what a contribution can become in an app. Raises ValueError for a key that is taken."""
    _successors.put(successor.key, successor)


def successors() -> tuple[Successor, ...]:
    """Everything that a contribution can become, in the order in which it was registered."""
    return tuple(_successors.values())


def successor(key: str) -> Successor:
    """The successor with this key. Raises KeyError when no app registered it."""
    return _successors[key]
