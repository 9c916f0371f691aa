"""What happens in a story: a report, and the acts of officials and residents that follow it. Pure data."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from buurtschouw.demo.spots import Spot
from buurtschouw.enums import CLOSED, ReportKind, ReportStatus
from trajecten.enums import VerdictValue

NAMESPACE = uuid.UUID("9d0f5b52-6a0e-4c0b-9a57-0c4f3f1c9901")


@dataclass(frozen=True)
class Act:
    """Something that is done at a moment. With ``mail_waits`` its mail is really sent."""

    at: datetime
    mail_waits: bool = False


@dataclass(frozen=True)
class Answered(Act):
    by: str = ""
    status: str = ""
    message: str = ""
    planned_for: date | None = None
    forwarded_to: str = ""


@dataclass(frozen=True)
class Assigned(Act):
    by: str = ""
    to: str = ""


@dataclass(frozen=True)
class Noted(Act):
    by: str = ""
    text: str = ""


@dataclass(frozen=True)
class Moderated(Act):
    by: str = ""
    moderation: str = ""


@dataclass(frozen=True)
class Supported(Act):
    """By a guest with this address, or by a visitor without one."""

    email: str = ""
    device: str = ""


@dataclass(frozen=True)
class Judged(Act):
    value: str = ""
    words: str = ""


@dataclass(frozen=True)
class Story:
    """A report and what followed. ``account`` is the address, without domain, of a reporter who signed in;
    ``email`` that of a guest; who has neither left no address."""

    name: str
    at: datetime
    theme: str
    issue: str
    text: str
    spot: Spot
    located: bool = True
    accuracy: int | None = None
    extra: str = ""
    account: str = ""
    email: str = ""
    photo: str = ""
    mail_waits: bool = False
    kind: str = ReportKind.PROBLEM
    acts: tuple[Act, ...] = ()

    @property
    def key(self) -> uuid.UUID:
        return uuid.uuid5(NAMESPACE, self.name)

    @property
    def photo_id(self) -> uuid.UUID:
        return uuid.uuid5(self.key, self.photo)

    @property
    def status(self) -> str:
        """The status after all acts."""
        status: str = ReportStatus.NEW
        for act in self.acts:
            if isinstance(act, Answered):
                status = act.status
            elif isinstance(act, Judged) and act.value == VerdictValue.NO and status in CLOSED:
                status = ReportStatus.ACKNOWLEDGED
        return status
