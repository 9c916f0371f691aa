"""The catalogue of messages, and the kinds of news that one can choose about."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from trajecten.enums import Frequency
from trajecten.registry.shelf import Shelf


@dataclass(frozen=True)
class Placeholder:
    """What a municipality may write as ``{name}`` in its own words of a message.

    ``value`` makes what stands there from the context of the templates; ``sample`` is for the preview.
    """

    name: str
    meaning: str | Promise
    value: Callable[[Mapping[str, Any]], object]
    sample: str


@dataclass(frozen=True)
class Category:
    """A kind of news that somebody can choose how often to hear of.

    ``mail`` is how often it is mailed to who chose nothing. ``for_staff`` are those of officials.
    """

    key: str
    name: str | Promise
    mail: Frequency = Frequency.AT_ONCE
    for_staff: bool = False


@dataclass(frozen=True)
class Message:
    """One message of the catalogue: who gets it, what triggers it, and what its templates need.

    The templates are ``mail/<app>/<key>.subject.txt``, ``.txt`` and ``.html``. ``context`` makes their
    context from the notification row at the moment of sending; it raises ``NothingToSay`` when the
    message has lost its meaning by then. ``stops`` says, after "mail about", what a participant stops with
    the link below it: everything of its ``category``. A message without it has no such link, and is always sent at
    once. ``target`` names the entry of the context that holds the address of what it is about, for the inbox and
    for digests; ``in_portal`` says whether it comes in the inbox. ``placeholders`` are what a municipality may use in
    its own words, beside ``{gemeente}``.
    ``from_portal``: it comes from the advisers, not from a municipality, so the portal is its sender.
    """

    key: str
    app: str
    audience: str | Promise
    trigger: str | Promise
    category: str
    context: Callable[[Any], Mapping[str, Any]]
    stops: str | Promise = ""
    target: str = ""
    in_portal: bool = True
    same_for_all: bool = False
    placeholders: tuple[Placeholder, ...] = ()
    from_portal: bool = False

    @property
    def template(self) -> str:
        return f"mail/{self.app}/{self.key.partition('.')[2]}"


class NothingToSay(Exception):
    """What the message was about is gone or overtaken; it is dropped, with this as the reason."""


_messages: Shelf[str, Message] = Shelf()
_categories: Shelf[str, Category] = Shelf()


def register_messages(messages: Iterable[Message]) -> None:
    """Register an app's catalogue of messages. Raises ValueError for a key that is taken."""
    _messages.put_all((message.key, message) for message in messages)


def register_categories(categories: Iterable[Category]) -> None:
    """Register kinds of news. Raises ValueError for a key that is taken."""
    _categories.put_all((category.key, category) for category in categories)


def message(key: str) -> Message:
    """The message with this key. Raises KeyError when it is not in the catalogue."""
    return _messages[key]


def messages() -> tuple[Message, ...]:
    """The whole catalogue, by app and key."""
    return tuple(sorted(_messages.values(), key=lambda entry: (entry.app, entry.key)))


def stops(category: str) -> str:
    """What one stops with mail of this category, in words. Raises KeyError when it can't be stopped."""
    found = next(
        (known.stops for known in _messages.values() if known.category == category and known.stops), ""
    )
    if not found:
        raise KeyError(category)
    return str(found)


def can_be_stopped(category: str) -> bool:
    """Whether anybody may choose how often to hear of this category."""
    return any(known.category == category and known.stops for known in _messages.values())


def category(key: str) -> Category:
    """The category with this key. Raises KeyError when it is not registered."""
    return _categories[key]


def categories() -> tuple[Category, ...]:
    """The categories that one can choose about, in the order in which they were registered."""
    return tuple(known for known in _categories.values() if can_be_stopped(known.key))
