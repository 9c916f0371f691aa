"""What other systems answer, in the terms of the portal; and how it goes wrong, by what may be done next."""

from dataclasses import dataclass, field
from datetime import datetime

from buurtschouw.enums import Phase


class Unreached(Exception):
    """Nothing arrived there, or they said that they could not take it in: it can be sent again.

    ``wait`` is how many seconds they ask to wait, None when they don't say.
    """

    def __init__(self, message: str, *, wait: float | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.wait = wait


class Unheard(Unreached):
    """It was sent, but nothing was heard: it may have arrived, so sending it again could make it two."""


class Declined(Exception):
    """They answered, and it is no. Sending the same again gets the same answer. ``message`` has their words."""

    def __init__(self, message: str, *, status: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.status = status


class Unknown(Declined):
    """They don't know what was asked for: 404."""


class NotTheirs(Declined):
    """What answers there is not the system that it should be."""


@dataclass(frozen=True)
class Offer:
    """A category there. ``asks_more`` tells that it has questions of its own."""

    code: str
    name: str
    group: str = ""
    asks_more: bool = False

    def as_row(self) -> dict[str, object]:
        return {"code": self.code, "name": self.name, "group": self.group, "asks_more": self.asks_more}


@dataclass(frozen=True)
class Receipt:
    """They have it. While ``token`` is set they have not given it a number yet."""

    reference: str = ""
    handle: str = ""
    token: str = ""


@dataclass(frozen=True)
class Standing:
    """How it stands there. ``words`` are theirs. ``update_id`` is their number of this news, empty without one."""

    status: str
    phase: Phase
    words: str = ""
    at: datetime | None = None
    update_id: str = ""


@dataclass(frozen=True)
class Content:
    """What goes along of a report: only what was chosen, and nothing of the reporter but what they agreed to.

    ``about`` says which report of which municipality it is. ``photos`` are addresses that open to who has them.
    """

    code: str
    text: str
    about: str
    seen_at: datetime
    lat: float | None = None
    lon: float | None = None
    address: str = ""
    email: str = ""
    photos: tuple[str, ...] = field(default=())
