"""A file that comes in: what it is called, and its bytes."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from budget.domain.deliveries.reading.complaints import refused

MAX_BYTES = 200_000_000  # of a file; the rows of the whole country in a year are about half of it


@dataclass(frozen=True)
class Source:
    """``open`` gives the bytes from the beginning, as a file that can be read again."""

    name: str
    open: Callable[[], AbstractContextManager[Any]]
    size: int

    @classmethod
    def of(cls, path: str) -> "Source":
        """A file on this machine. Raises ``FiguresRefused`` for one that can't be read, or is too large."""
        place = Path(path)
        try:
            with place.open("rb"):
                size = place.stat().st_size
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise refused(path, _("This file can't be read: %(reason)s.") % {"reason": reason}) from error
        check_size(place.name, size)
        return cls(place.name, lambda: place.open("rb"), size)


def check_size(name: str, size: int) -> None:
    """Refused (``FiguresRefused``): an empty file, and one that is too large to be read at once."""
    if size > MAX_BYTES:
        raise refused(
            name,
            _("This is larger than %(n)s MB. Deliver it in parts.") % {"n": MAX_BYTES // 1_000_000},
        )
    if not size:
        raise refused(name, _("This file is empty."))
