"""Why something can't be done with an amendment."""

from budget.models import Amendment
from trajecten.refusals import Refused


class AmendmentRefused(Refused):
    """The amendment can't be made, changed or handed in."""


class AmendmentChanged(Exception):
    """Somebody else wrote in it after this page was opened; ``amendment`` is how it is now."""

    def __init__(self, amendment: Amendment) -> None:
        super().__init__()
        self.amendment = amendment
