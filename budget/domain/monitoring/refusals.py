"""What can't be done while following the money, and why."""

from trajecten.refusals import Refused


class MonitorRefused(Refused):
    """A report or observation that can't be taken; ``field`` says where something is wrong, if anywhere."""
