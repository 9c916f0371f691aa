"""How statuses of requests and proposals look on every page that lists them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trajecten.domain.proposals import queries
from trajecten.enums import ProposalStatus, RequestStatus

REQUESTS: Mapping[str, str] = {
    RequestStatus.NEW: "warning",
    RequestStatus.TAKEN_UP: "neutral",
    RequestStatus.PROPOSED: "neutral",
    RequestStatus.CHANGES_ASKED: "warning",
    RequestStatus.ACCEPTED: "success",
    RequestStatus.DECLINED: "inactive",
    RequestStatus.WITHDRAWN: "inactive",
}
PROPOSALS: Mapping[str, str] = {
    ProposalStatus.CONCEPT: "neutral",
    ProposalStatus.SENT: "neutral",
    ProposalStatus.CHANGES_ASKED: "warning",
    ProposalStatus.ACCEPTED: "success",
    ProposalStatus.REPLACED: "inactive",
    ProposalStatus.WITHDRAWN: "inactive",
    ProposalStatus.DECLINED: "inactive",
}


@dataclass(frozen=True)
class Tag:
    """A status in words with its tone."""

    text: str
    tone: str


@dataclass(frozen=True)
class Row:
    """A request as a list shows it. ``expires_soon`` only while the proposal waits for an answer."""

    asked: Any
    tag: Tag
    expires_soon: bool


def of_request(status: str) -> Tag:
    return Tag(str(RequestStatus(status).label), REQUESTS[status])


def of_proposal(status: str) -> Tag:
    return Tag(str(ProposalStatus(status).label), PROPOSALS[status])


def row(asked: Any) -> Row:
    """A request with what ``queries.with_last_version`` adds."""
    waits = asked.last_status == ProposalStatus.SENT
    return Row(asked, of_request(asked.status), waits and queries.expires_soon(asked.valid_until))
