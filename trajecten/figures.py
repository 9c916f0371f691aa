"""Numbers that matter, each with the list of what it counts (``components/figures.html``). Plain Python."""

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise

Tone = Literal["", "now", "bad"]


@dataclass(frozen=True)
class Figure:
    """A number with its words. ``tone`` asks attention: "now" for what waits, "bad" for what went wrong."""

    label: str | Promise
    value: int | str
    url: str = ""
    note: str | Promise = ""
    tone: Tone = ""
