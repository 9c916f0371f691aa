"""The chain, the same in every method: said, promised, decided, done, and the verdict of who said it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

State = Literal["done", "now", "todo", "broken", "skipped"]


@dataclass(frozen=True)
class ChainLink:
    """One link as the mark shows it. ``detail`` is a date or a few words, or empty.

    ``words`` says the state where it has words of its own; empty when ``detail`` says it already.

    States: done; now (somebody's turn); todo; broken (a promise or a term that was not kept, never hidden);
    skipped (this link does not apply here).
    """

    label: str
    state: State
    detail: str = ""
    words: str | None = None

    @property
    def state_label(self) -> str:
        """The state in words, for who does not see its colour."""
        if self.words is not None:
            return self.words
        return {
            "done": _("complete"),
            "now": _("now"),
            "todo": _("still to come"),
            "broken": _("not kept"),
            "skipped": _("does not apply"),
        }[self.state]


@dataclass(frozen=True)
class Link:
    """What a method says of one link; ``chain`` gives it its place and label."""

    state: State
    detail: str = ""
    words: str | None = None


SKIPPED = Link("skipped")
TODO = Link("todo")


def chain(
    *, said: Link, promised: Link, decided: Link, done: Link, verdict: Link, own: bool = True
) -> tuple[ChainLink, ...]:
    """The five links in order. ``own`` is for the one who said it: then it is "your verdict"."""
    labels = (
        _("Said"),
        _("Promised"),
        _("Decided"),
        _("Done"),
        _("Your verdict") if own else _("Verdict"),
    )
    links = (said, promised, decided, done, verdict)
    return tuple(
        ChainLink(label, link.state, link.detail, link.words)
        for label, link in zip(labels, links, strict=True)
    )


def furthest(links: Sequence[ChainLink]) -> ChainLink:
    """The link that says how far it is: the last one that was reached or went wrong; else the first."""
    reached = [link for link in links if link.state in {"done", "now", "broken"}]
    return reached[-1] if reached else links[0]


def short_day(moment: date | datetime) -> str:
    """A day in as few letters as the chain has room for, without its year; in Dutch time."""
    local = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    return date_format(local, pgettext("day and month in short, as Django's date format", "j M"))
