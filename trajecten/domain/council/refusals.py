"""Why something can't be done with a council item."""

from collections.abc import Sequence

from trajecten.models import CouncilItem
from trajecten.refusals import Refused


class ItemChanged(Exception):
    """Somebody else changed the item after this official opened it; ``item`` is how it is now."""

    def __init__(self, item: CouncilItem) -> None:
        super().__init__()
        self.item = item


class CouncilRefused(Refused):
    """Something is missing or can't be; ``field`` says where, empty for the whole form. ``also`` is what is wrong
    with it in other places."""

    also: tuple["CouncilRefused", ...] = ()


def refuse_all(found: Sequence[CouncilRefused]) -> None:
    """Raise the first of these with the others; nothing where there are none."""
    if found:
        found[0].also = tuple(found[1:])
        raise found[0]
