"""Why something can't be done with a council item."""

from trajecten.models import CouncilItem
from trajecten.refusals import Refused


class ItemChanged(Exception):
    """Somebody else changed the item after this official opened it; ``item`` is how it is now."""

    def __init__(self, item: CouncilItem) -> None:
        super().__init__()
        self.item = item


class CouncilRefused(Refused):
    """Something is missing or can't be; ``field`` says where, empty for the whole form."""
