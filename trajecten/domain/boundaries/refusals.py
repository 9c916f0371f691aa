"""What is wrong with a source: every reason is collected, with the file and the feature it is about."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.utils.translation import gettext as _

_SHOWN = 40  # characters of a wrong value that a message repeats


class Refused(Exception):
    """Why one feature, or a whole page, is refused; the message is filled in with ``params``."""

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message % params if params else message)


@dataclass(frozen=True)
class Refusal:
    """``number`` counts the features of ``source`` from 1; None when it is about all of it."""

    source: str
    number: int | None
    reason: str

    def __str__(self) -> str:
        if self.number is None:
            return f"{self.source}: {self.reason}"
        values = {"source": self.source, "number": self.number, "reason": self.reason}
        return _("%(source)s, feature %(number)s: %(reason)s") % values


class BoundariesRefused(Exception):
    """Nothing was loaded; ``refusals`` holds every reason, by source and number."""

    def __init__(self, refusals: list[Refusal]) -> None:
        sources = list(dict.fromkeys(refusal.source for refusal in refusals))
        ordered = sorted(refusals, key=lambda refusal: (sources.index(refusal.source), refusal.number or 0))
        super().__init__("\n".join(str(refusal) for refusal in ordered))
        self.refusals = tuple(ordered)


class Complaints:
    """Gathers refusals, so that who repairs a file sees all of them at once."""

    def __init__(self) -> None:
        self.refusals: list[Refusal] = []

    @contextmanager
    def about(self, source: str, number: int | None = None) -> Iterator[None]:
        """Note a ``Refused`` raised inside, and go on after it."""
        try:
            yield
        except Refused as refused:
            self.refusals.append(Refusal(source, number, str(refused)))

    def check(self) -> None:
        """Raise ``BoundariesRefused`` when anything was refused."""
        if self.refusals:
            raise BoundariesRefused(self.refusals)


def shown(value: object) -> str:
    """A wrong value as a message repeats it: short and printable, whatever it was."""
    if not isinstance(value, str | int | float):
        return type(value).__name__
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
