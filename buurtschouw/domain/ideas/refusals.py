"""Why something can't be done with an idea."""

from trajecten.refusals import Refused


class IdeaRefused(Refused):
    """This can't be done with this idea (any more); the message says why, ``field`` where."""
