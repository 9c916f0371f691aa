from trajecten.refusals import Refused


class RoundRefused(Refused):
    """This can't be done with this round (any more); the message says why, ``field`` where."""
