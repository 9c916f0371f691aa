"""What can't be done with the people who work for a municipality."""

from trajecten.refusals import Refused


class StaffRefused(Refused):
    """The message says why, and what to do instead; ``field`` says where something is missing, if anywhere."""
