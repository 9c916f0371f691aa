"""The reasons of a line to read: who wrote the same words stands there once, with how many they are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from budget.domain.outcomes.reasons import Reason


@dataclass(frozen=True)
class Said:
    """``direction`` is 1 for who wants more, -1 for less, 0 for who leaves it; ``words`` as the first wrote them."""

    direction: int
    words: str
    people: int


def together(reasons: Sequence[Reason]) -> list[Said]:
    """Those who want more first, then who leave it, then who want less; within these what most wrote first.

    The same words are the same whatever their capitals, the spaces in them, and a full stop at their end.
    """
    first = dict[tuple[int, str], str]()
    people = Counter[tuple[int, str]]()
    for reason in reasons:
        key = (_direction(reason.change), _same(reason.words))
        first.setdefault(key, reason.words)
        people[key] += 1
    found = [Said(key[0], words, people[key]) for key, words in first.items()]
    return sorted(found, key=lambda said: (-said.direction, -said.people))


def _direction(change: int) -> int:
    return (change > 0) - (change < 0)


def _same(words: str) -> str:
    return " ".join(words.split()).rstrip(".").casefold()
