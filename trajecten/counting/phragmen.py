"""Choosing topics in a small group: Equal Shares with a cost of one each, completed by sequential Phragmén.

Each person has seats / persons. Equal Shares buys what is cheapest for who pays most (``equal_shares``, worth 1 each).
When nobody can buy any more, everybody gets money at the same pace on top of what is left, and the first topic whose
supporters have 1 together is bought and takes all they have. A tie is not decided here: every outcome that a tie leaves
open is told, for the group to talk about.

Sources: Brill, Freeman, Janson, Lackner, "Phragmén's voting methods and justified representation" (2023); as completion
of Equal Shares: Peters and Skowron, "Proportionality and the limits of welfarism" (2020).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from trajecten.refusals import Refused

Purses = tuple[Fraction, ...]
MOST_OUTCOMES = 1000


@dataclass(frozen=True)
class Topic:
    """``supporters`` are numbers of persons, from 0."""

    id: str
    supporters: frozenset[int]


@dataclass(frozen=True)
class Outcome:
    """``by_shares`` were bought with equal shares, ``completed`` were added; each sorted by id as text."""

    by_shares: tuple[str, ...]
    completed: tuple[str, ...]

    @property
    def chosen(self) -> tuple[str, ...]:
        return tuple(sorted(self.by_shares + self.completed))


@dataclass(frozen=True)
class _State:
    chosen: frozenset[str]
    purses: Purses


_Round = Callable[[Topic, Purses], Fraction | None]


def choose(topics: Sequence[Topic], *, persons: int, seats: int) -> tuple[Outcome, ...]:
    """Every outcome that ties leave open, in the order of their topics; one where there is no tie.

    Fewer than ``seats`` are chosen where fewer have a supporter. Refused: nobody or nothing to choose, and so many ties
    that the outcomes can't be told apart by talking.
    """
    if persons < 1 or seats < 1:
        raise Refused(_("There has to be somebody who chooses, and something to choose."))
    found: set[Outcome] = set()
    for bought in equal_shares(topics, persons=persons, seats=seats):
        ended = _ends({bought}, topics, seats, _wait, _take_all)
        shares = tuple(sorted(bought.chosen))
        found |= {Outcome(shares, tuple(sorted(state.chosen - bought.chosen))) for state in ended}
    _refuse_too_many(len(found))
    return tuple(sorted(found, key=lambda outcome: (outcome.chosen, outcome.by_shares)))


def equal_shares(topics: Sequence[Topic], *, persons: int, seats: int) -> frozenset[_State]:
    """Where the first part can end, with what everybody has left."""
    start = _State(frozenset(), (Fraction(seats, persons),) * persons)
    return frozenset(_ends({start}, topics, seats, _price, _pay))


def _ends(
    states: set[_State],
    topics: Sequence[Topic],
    seats: int,
    measure: _Round,
    pay: Callable[[Topic, Purses, Fraction], Purses],
) -> set[_State]:
    """Round after round, along every way that a tie leaves open, until nothing can be chosen any more."""
    ended: set[_State] = set()
    while states:
        following: set[_State] = set()
        for state in states:
            lowest, best = _lowest(state, topics, measure)
            if lowest is None or len(state.chosen) >= seats:
                ended.add(state)
            else:
                following |= {
                    _State(state.chosen | {topic.id}, pay(topic, state.purses, lowest)) for topic in best
                }
        _refuse_too_many(len(following))
        states = following
    return ended


def _lowest(state: _State, topics: Sequence[Topic], measure: _Round) -> tuple[Fraction | None, list[Topic]]:
    open_topics = [topic for topic in topics if topic.id not in state.chosen and topic.supporters]
    measured = [(measure(topic, state.purses), topic) for topic in open_topics]
    lowest = min((number for number, _topic in measured if number is not None), default=None)
    return lowest, [topic for number, topic in measured if number == lowest]


def _price(topic: Topic, purses: Purses) -> Fraction | None:
    """What its supporters pay at most; None when they don't have 1 together."""
    missing = Fraction(1)
    money = sorted(purses[person] for person in topic.supporters)
    for poorer, purse in enumerate(money):
        price = missing / (len(money) - poorer)
        if price <= purse:
            return price
        missing -= purse
    return None


def _pay(topic: Topic, purses: Purses, price: Fraction) -> Purses:
    return tuple(
        purse - min(purse, price) if person in topic.supporters else purse
        for person, purse in enumerate(purses)
    )


def _wait(topic: Topic, purses: Purses) -> Fraction:
    """What everybody has to get before its supporters have 1 together."""
    return (1 - sum(purses[person] for person in topic.supporters)) / Fraction(len(topic.supporters))


def _take_all(topic: Topic, purses: Purses, wait: Fraction) -> Purses:
    return tuple(
        Fraction(0) if person in topic.supporters else purse + wait for person, purse in enumerate(purses)
    )


def _refuse_too_many(outcomes: int) -> None:
    if outcomes > MOST_OUTCOMES:
        raise Refused(
            _("There are so many ties that this gives more than %(n)s outcomes.") % {"n": MOST_OUTCOMES}
        )
