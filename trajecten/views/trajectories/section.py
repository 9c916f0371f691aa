"""A section of the page of a trajectory: a template of its own, with what it shows."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Section:
    """A part of the page; its template reads ``section.data``."""

    template: str
    data: dict[str, Any] = field(default_factory=dict)
