"""Why something can't be done with a vote on projects."""

from trajecten.refusals import Refused


class BallotRefused(Refused):
    """This can't be done with this vote, project or ballot paper (any more)."""
