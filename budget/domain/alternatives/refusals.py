from budget.models import Alternative
from trajecten.refusals import Refused


class AlternativeRefused(Refused):
    """This can't be done with this alternative (any more); the message says why, ``field`` where."""


class AlternativeConflict(Exception):
    """It was changed elsewhere since; nothing was kept. ``newest`` is how it stands now."""

    def __init__(self, newest: Alternative) -> None:
        super().__init__(newest.pk)
        self.newest = newest
