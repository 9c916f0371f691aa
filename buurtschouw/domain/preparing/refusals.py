"""Why something of the preparation can't be done."""

from trajecten.refusals import Refused


class PreparationRefused(Refused):
    """What was asked of the preparation can't be done; ``field`` is the field of the form that it is about."""
