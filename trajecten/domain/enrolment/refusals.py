"""Why somebody can't come in, move or go."""


class EnrolmentRefused(Exception):
    """What was asked of an enrolment or an invitation can't be done; the message says why. ``code`` is for programs."""

    def __init__(self, message: str, *, code: str) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
