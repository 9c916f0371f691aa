"""What can't be done with the people who work for a municipality."""


class StaffRefused(Exception):
    """The message says why, and what to do instead; ``field`` says where something is missing, if anywhere."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
