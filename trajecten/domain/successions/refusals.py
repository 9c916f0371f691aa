"""Why a contribution can't be prepared for another method, or picked up there."""

from trajecten.refusals import Refused


class SuccessionRefused(Refused):
    """This can't be done with it (any more); the message says why, ``field`` where."""
