"""How promises are shown in lists that everybody sees."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import capfirst

from trajecten.domain.chain import ChainLink, furthest
from trajecten.domain.promises import chains, promised, wording
from trajecten.models import Commitment

# The places of these two in the chain.
PROMISED, DONE = 1, 3


@dataclass(frozen=True)
class Row:
    """A promise in the list."""

    promise: Commitment
    headline: str
    chain: tuple[ChainLink, ...]
    stands: str
    keeper: str


def rows(promises: Iterable[Commitment]) -> list[Row]:
    """These promises as a list shows them, in a number of statements that does not grow with them."""
    shown = promised.with_public_words(promises)
    links = chains.chains_of(shown)
    return [
        Row(
            promise,
            wording.headline(promise.public_text),
            links[promise.pk],
            _stands(links[promise.pk]),
            promised.keeper(promise),
        )
        for promise in shown
    ]


def _stands(links: tuple[ChainLink, ...]) -> str:
    """How far it is, in a few words. The day by which it was promised stands beside the chain, not in it."""
    at = furthest(links)
    if at is links[PROMISED] or not at.detail:
        return at.label
    return capfirst(at.detail) if at is links[DONE] and at.state == "now" else f"{at.label}: {at.detail}"
