"""What the catalogue tells of a method to a municipality that thinks of it. Plain Python, next to the method itself."""

from dataclasses import dataclass

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True)
class Example:
    """How it went somewhere, or how it may go. ``where`` is a place, or says that it is made up."""

    where: Text
    text: Text


@dataclass(frozen=True)
class Offer:
    """One page of the catalogue. What it costs is told on request, so no offer has a price.

    ``question`` is what the municipality asks itself, ``lead`` the answer in a few lines. ``asks`` is what the own
    organisation has to bring, ``yields`` what there is afterwards.
    """

    icon: str
    question: Text
    lead: Text
    for_whom: tuple[Text, ...]
    group_size: Text
    form: Text
    duration: Text
    asks: tuple[Text, ...]
    yields: tuple[Text, ...]
    examples: tuple[Example, ...]
