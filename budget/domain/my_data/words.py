"""Whether the words of somebody who is erased stay."""

from trajecten.enums import ErasedWords, Moderation
from trajecten.models import Contribution

# Stands where a title has to be.
GONE = "–"


def stay(row: Contribution, words: str) -> bool:
    """As they chose: all their words, only those that others can read, or none."""
    is_public = row.moderation == Moderation.PUBLISHED
    return words == ErasedWords.ALL or (words == ErasedWords.PUBLIC and is_public)
