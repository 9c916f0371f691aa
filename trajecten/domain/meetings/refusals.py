"""Why something can't be done with a meeting."""


class MeetingRefused(Exception):
    """What was asked of a meeting can't be done; ``field`` is the field of the form that it is about."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NoSuchLink(Exception):
    """The secret link was not made here, or whom or what it is about is gone."""
