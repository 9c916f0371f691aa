"""Why something can't be done, as every part of the portal says it."""


class Refused(Exception):
    """What was asked can't be done; nothing was changed.

    ``message`` says why, in the reader's language. ``field`` is the field of the form that it is about, None where it
    is about all of it; ``code`` is for programs.
    """

    def __init__(self, message: str, *, field: str | None = None, code: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.code = code
