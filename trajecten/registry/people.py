"""What apps keep of people, for how long, and what lies with officials."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from trajecten.registry.shelf import Shelf


@dataclass(frozen=True)
class Fact:
    """One thing that we know: ``key`` for programs, ``label`` for people; the value is text, a number or None."""

    key: str
    label: str | Promise
    value: str | int | float | bool | None


@dataclass(frozen=True)
class Kept:
    """Something that is kept of somebody, with the photos (``Attachment``) that belong to it."""

    title: str
    facts: tuple[Fact, ...]
    photos: tuple[Any, ...] = ()


@dataclass(frozen=True)
class PersonalData:
    """One part of what is kept of a participant, of an app.

    ``key`` is its name in the export. ``relations`` are the names of the relations to ``Participant`` that it tells
    of; those that no part names are told in a plain form. ``export`` gets the participant. ``erase`` gets the
    participant and which words may stay (``enums.ErasedWords``); it removes words and photos, in the transaction of
    the erasure. Afterwards the core lets go of every relation: by its ``on_delete`` a row goes, becomes nobody's, or
    stays with a participant who is nobody any more.
    """

    key: str
    name: str | Promise
    relations: tuple[str, ...]
    export: Callable[[Any], Iterable[Kept]]
    erase: Callable[[Any, str], None]


@dataclass(frozen=True)
class RetentionRule:
    """How long one kind of record is kept. ``days`` unless the municipality says otherwise.

    ``due`` gives the rows of the municipality in scope whose term began before a moment, the earliest first, with
    ``since`` (when it began). ``apply`` deletes or anonymises some of them, within a transaction in which they are
    locked, so that they are not due any more.
    """

    key: str
    name: str | Promise
    what_goes: str | Promise
    days: int
    due: Callable[[Any], Any]
    apply: Callable[[Collection[Any]], None]


@dataclass(frozen=True)
class OpenWork:
    """Work that lies with one official, of an app. ``count`` gets the official, ``hand_over`` whom it goes to as well.

    ``needs_owner`` tells that it can't be nobody's; then ``hand_over`` always gets somebody. Both work within the
    municipality in scope; ``hand_over(official, to=…, by=…)`` within the transaction of who takes the roles away.
    """

    key: str
    name: str | Promise
    count: Callable[[Any], int]
    hand_over: Callable[..., None]
    needs_owner: bool = False


_personal_data: Shelf[str, PersonalData] = Shelf()
_retention: Shelf[str, RetentionRule] = Shelf()
_open_work: Shelf[str, OpenWork] = Shelf()
_unions: dict[type[Any], Callable[..., None]] = {}
_unnaming: dict[str, Callable[[Any], None]] = {}


def register_personal_data(parts: Iterable[PersonalData]) -> None:
    """Register what an app keeps of people. Raises ValueError for a key that is taken."""
    _personal_data.put_all((part.key, part) for part in parts)


def register_retention(rules: Iterable[RetentionRule]) -> None:
    """Register how long an app keeps its records. Raises ValueError for a key that is taken."""
    _retention.put_all((rule.key, rule) for rule in rules)


def register_open_work(kinds: Iterable[OpenWork]) -> None:
    """Register what work of an app can lie with one official. Raises ValueError for a key that is taken."""
    _open_work.put_all((kind.key, kind) for kind in kinds)


def register_union(model: type[Any], unite: Callable[..., None]) -> None:
    """Register what happens when a guest becomes a participant who has the same row already.

    ``unite(key=, into=)`` gets the key of the guest's row, which a unique constraint keeps from being handed over,
    and the participant; what it leaves of that row goes with the guest.
    """
    _unions[model] = unite


def register_unnaming(app: str, take_off: Callable[[Any], None]) -> None:
    """Register what takes the name of a participant off the pages of an app, where they let others see it.

    It is called when they withdraw the consent for publication, in that transaction.
    """
    _unnaming[app] = take_off


def personal_data() -> tuple[PersonalData, ...]:
    """Every part of what is kept of people, in the order in which they were registered."""
    return tuple(_personal_data.values())


def retention() -> tuple[RetentionRule, ...]:
    """How long every kind of record is kept, in the order in which they were registered."""
    return tuple(_retention.values())


def open_work() -> tuple[OpenWork, ...]:
    """Every kind of work that can lie with one official, in the order in which they were registered."""
    return tuple(_open_work.values())


def unname(participant: Any) -> None:
    """Take the name of a participant off the pages of every app."""
    for take_off in _unnaming.values():
        take_off(participant)


def union(model: type[Any]) -> Callable[..., None] | None:
    """What unites two rows of this model (``register_union``); None where the participant's own row simply stays."""
    return _unions.get(model)
