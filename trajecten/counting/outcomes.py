"""Counting a tally by a rule, with all that is told of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from trajecten.counting import equal_shares, explaining, greedy
from trajecten.counting.add_one import add_one
from trajecten.counting.explaining import Explained, Preferred
from trajecten.counting.tally import Tally


class Rule(StrEnum):
    """``EQUAL_SHARES`` raises everybody's share as far as the budget allows; ``EQUAL_SHARES_PLAIN`` doesn't."""

    EQUAL_SHARES = "equal-shares"
    EQUAL_SHARES_PLAIN = "equal-shares-plain"
    GREEDY = "greedy"


@dataclass(frozen=True)
class Outcome:
    """Ids sorted as text; ``cost`` is of the winners.

    ``filled`` is what can be added with most votes from what is left, a step apart. ``projects`` are in the order of
    their ids. ``preferred`` compares the winners (first) with most votes first (second). ``share`` is what every voter
    had to spend in the count that decided; 0 with most votes first.
    """

    winners: tuple[str, ...]
    cost: Fraction
    filled: tuple[str, ...]
    projects: tuple[Explained, ...]
    preferred: Preferred
    share: Fraction


def work_out(tally: Tally, rule: Rule) -> Outcome:
    """The outcome, and why."""
    share = Fraction(0)
    if rule is Rule.GREEDY:
        chosen = greedy.most_votes(tally)
        explained = explaining.by_most_votes(tally)
    else:
        counted = add_one(tally) if rule is Rule.EQUAL_SHARES else equal_shares.plain(tally)
        chosen, share = counted.chosen, counted.ledger.share
        explained = explaining.by_equal_shares(tally, counted)
    return Outcome(
        _ids(tally, chosen),
        tally.cost(chosen),
        _ids(tally, greedy.fill(tally, chosen)),
        explained,
        explaining.preferred(tally, chosen),
        share,
    )


def _ids(tally: Tally, projects: Iterable[int]) -> tuple[str, ...]:
    return tuple(sorted(tally.ids[project] for project in projects))
