"""Gathering what is wrong, so that who repairs a file sees all of it at once."""

from budget.domain.deliveries.rows import MAX_ERRORS, FiguresRefused, Wrong

_SHOWN = 60  # signs of a wrong value that are repeated


def shown(value: object) -> str:
    """A wrong value as it is repeated: short and printable, whatever it was."""
    if value is None:
        return ""
    if not isinstance(value, str | int | float):
        return type(value).__name__
    text = "".join(sign if sign.isprintable() else "\ufffd" for sign in str(value)[: _SHOWN + 1])
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def refused(file: str, reason: str, *, value: object = None, row: int | None = None) -> FiguresRefused:
    """The refusal of a file as a whole; ``row`` is where it stops being readable."""
    return FiguresRefused([Wrong(file, row, "", shown(value), reason)])


class Complaints:
    """What is wrong with one file; of more than ``MAX_ERRORS`` the number."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.errors: list[Wrong] = []
        self.more = 0

    def add(self, row: int | None, column: str, value: object, reason: str) -> None:
        if len(self.errors) < MAX_ERRORS:
            self.errors.append(Wrong(self.file, row, column, shown(value), reason))
        else:
            self.more += 1

    def check(self) -> None:
        """Raise ``FiguresRefused`` when anything was wrong."""
        if self.errors:
            ordered = sorted(self.errors, key=lambda wrong: (wrong.row is not None, wrong.row or 0))
            raise FiguresRefused(ordered, self.more)
