"""One address of the portal, and who may open it.

A row has one letter for each visitor of ``VISITORS``, in that order:

    +  gets in: the page, or what the form does
    L  is led to the sign-in page
    x  403: has to do with this municipality, but may not do this
    .  404: has nothing to do with it, so it is not confirmed to exist
"""

from dataclasses import dataclass, field
from typing import Any

VISITORS = (
    "anonymous",
    "resident",
    "other_official",
    "handler",
    "coordinator",
    "clerk",
    "adviser",
    "other_adviser",
    "superuser",
)
EVERYBODY = "+++++++++"

Keys = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Row:
    """One address. ``of`` names the object of Polderwijk that it is about.

    ``query`` and ``body`` are sent along; names of ``fillings`` between braces become what they stand for, and bytes
    a file.
    """

    name: str
    allowed: str
    method: str = "GET"
    of: str = ""
    query: str = ""
    body: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {self.name}{self.query}"


@dataclass(frozen=True)
class Things:
    """What there is in Polderwijk before a subject adds its own: a walk with its theme, a report, and people.

    ``supporter`` is a participant behind ``report``; ``adviser`` and ``coordinator`` are those of the walk.
    """

    schouw: Any
    category: Any
    report: Any
    placeless: Any
    supporter: Any
    handler: Any
    coordinator: Any
    adviser: Any

    @property
    def trajectory(self) -> Any:
        return self.schouw.trajectory
