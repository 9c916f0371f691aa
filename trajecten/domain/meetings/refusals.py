"""Why something can't be done with a meeting."""

from trajecten.refusals import Refused


class MeetingRefused(Refused):
    """What was asked of a meeting can't be done; ``field`` is the field of the form that it is about."""
