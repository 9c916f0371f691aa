"""Why somebody can't come in, move or go."""

from trajecten.refusals import Refused


class EnrolmentRefused(Refused):
    """What was asked of an enrolment or an invitation can't be done; the message says why. ``code`` is for programs."""
