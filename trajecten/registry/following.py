"""What can be followed."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from trajecten.enums import Moderation
from trajecten.registry.contributions import contribution_kind, contribution_kinds
from trajecten.registry.shelf import Shelf


@dataclass(frozen=True)
class Followable:
    """A kind of thing that can be followed. ``load`` gives the rows with these keys, with all that the other
    functions read, in a number of queries that does not grow with them; ``url`` gives the path of its public page,
    and ``is_public`` says whether somebody may begin to follow it.
    """

    model: type[Any]
    name: str | Promise
    load: Callable[[Collection[int]], Mapping[int, Any]]
    title: Callable[[Any], str]
    url: Callable[[Any], str]
    is_public: Callable[[Any], bool] = lambda thing: True


_followables: Shelf[type[Any], Followable] = Shelf()


def register_followables(followables: Iterable[Followable]) -> None:
    """Register what can be followed, beside contributions, which all can. Raises ValueError for a model twice."""
    _followables.put_all((followable.model, followable) for followable in followables)


def followable(model: type[Any]) -> Followable:
    """How things of this model are followed. Raises KeyError when they can't be."""
    if model in _followables:
        return _followables[model]
    kind = contribution_kind(model)
    return Followable(
        model,
        kind.name,
        kind.load,
        kind.public_title,
        kind.public_url,
        lambda row: row.moderation != Moderation.HIDDEN,
    )


def followables() -> tuple[Followable, ...]:
    """Everything that can be followed."""
    contributions = (kind.model for kind in contribution_kinds())
    return tuple(followable(model) for model in (*_followables, *contributions))
