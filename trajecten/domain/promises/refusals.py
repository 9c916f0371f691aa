"""Why something can't be done with a promise."""

from trajecten.models import Commitment
from trajecten.refusals import Refused


class CommitmentChanged(Exception):
    """Somebody else changed the promise after this official opened it; ``commitment`` is how it is now."""

    def __init__(self, commitment: Commitment) -> None:
        super().__init__()
        self.commitment = commitment


class PromiseRefused(Refused):
    """Something is missing or can't be; ``field`` says where."""
