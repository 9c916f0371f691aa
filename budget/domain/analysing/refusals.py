"""Why something can't be said or answered."""

from trajecten.refusals import Refused


class AnalysisRefused(Refused):
    """This can't be noted, asked or answered (any more); the message says why, ``field`` where."""
