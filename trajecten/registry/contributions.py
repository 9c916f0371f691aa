"""The kinds of contribution, of any app."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from trajecten.registry.shelf import Shelf


@dataclass(frozen=True)
class ContributionKind:
    """What the core knows of one kind of contribution: enough to tie a promise to it, moderate, follow and export it.

    ``model`` is a subclass of ``trajecten.models.Contribution``. ``load`` gives the rows with these keys, with all
    that the functions below read, in a number of queries that does not grow with them. ``title`` is for who may read
    the words, ``public_title`` for everybody; the addresses are paths: of the public page, of the page of staff, and
    of the page on which the author follows it. ``behind`` are the participants with something at stake in these
    rows, the author and who supports it, as a query. ``reopen`` opens a row again that was closed, because its author
    says elsewhere that it is not solved, with their words; it does nothing to one that is open. ``opens`` are words of
    others that everybody can read too once it is public, such as answers; ``opens_more`` tells without a query whether
    there are any. ``can_be_promised`` is False for a row that asks for nothing. ``sort`` names what a row is, where a
    kind has rows of several sorts. ``published`` is called in the transaction in which an official lets others
    read a row, with the row and the official. ``of_people`` narrows rows to what people said, where officials make
    rows of the same kind. ``readable`` narrows rows to those that others than who made them may read at all, so to no
    drafts; ``listed`` those again to what is listed for everybody, so to nothing that is read by a secret link only.
    ``searched`` are the fields with words by which a row is found, with those of everybody.
    """

    model: type[Any]
    name: str | Promise
    load: Callable[[Collection[int]], Mapping[int, Any]]
    title: Callable[[Any], str]
    public_title: Callable[[Any], str]
    public_url: Callable[[Any], str]
    staff_url: Callable[[Any], str]
    own_url: Callable[[Any], str]
    behind: Callable[[Collection[int]], Any]
    reopen: Callable[[Any, str], None] | None = None
    opens: Callable[[Any], Iterable[str]] = lambda row: ()
    opens_more: Callable[[Any], bool] = lambda row: False
    can_be_promised: Callable[[Any], bool] = lambda row: True
    sort: Callable[[Any], str] = lambda row: ""
    published: Callable[[Any, Any], object] | None = None
    of_people: Callable[[Any], Any] = lambda rows: rows
    readable: Callable[[Any], Any] = lambda rows: rows
    listed: Callable[[Any], Any] = lambda rows: rows
    searched: tuple[str, ...] = ("text",)


_contributions: Shelf[type[Any], ContributionKind] = Shelf()


def register_contributions(kinds: Iterable[ContributionKind]) -> None:
    """Register the kinds of contribution of an app. Raises ValueError for a model that has one already."""
    _contributions.put_all((kind.model, kind) for kind in kinds)


def contribution_kinds() -> tuple[ContributionKind, ...]:
    """Every kind of contribution, in the order in which they were registered."""
    return tuple(_contributions.values())


def contribution_kind(model: type[Any]) -> ContributionKind:
    """The kind of contribution that this model is. Raises KeyError when no app registered it."""
    return _contributions[model]


def contribution_kind_of(label: str) -> ContributionKind:
    """The kind with this label, such as "buurtschouw.report". Raises KeyError when no app registered it."""
    for model, kind in _contributions.items():
        if model._meta.label_lower == label:
            return kind
    raise KeyError(label)
