"""Why something can't be chosen."""

from trajecten.refusals import Refused


class ChoosingRefused(Refused):
    """This can't be chosen or changed (any more); the message says why, ``field`` where."""
