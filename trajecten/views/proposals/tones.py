"""How statuses of requests and proposals look on every page that lists them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trajecten.charts import Tag
from trajecten.domain.proposals import queries
from trajecten.enums import ProposalStatus, RequestStatus
from trajecten.models import Proposal

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
class Row:
    """A request as a list shows it. ``until`` says how long the proposal can be accepted, while it waits for that."""

    asked: Any
    tag: Tag
    until: Tag | None


def of_request(status: str) -> Tag:
    return Tag(str(RequestStatus(status).label), REQUESTS[status])


def of_proposal(status: str) -> Tag:
    return Tag(str(ProposalStatus(status).label), PROPOSALS[status])


def of_open_proposal(proposal: Proposal, *, may_decide: bool) -> Tag:
    """A version that waits for an answer, as the municipality reads it."""
    if proposal.is_expired:
        return Tag(_("Can't be accepted any more"), "warning")
    return Tag(_("Waits for your agreement") if may_decide else _("Waits for the municipality"), "warning")


def row(asked: Any) -> Row:
    """A request with what ``queries.with_last_version`` adds."""
    waits = asked.last_status == ProposalStatus.SENT
    return Row(asked, of_request(asked.status), _until(asked.valid_until) if waits else None)


def _until(last_day: date) -> Tag:
    """Plain while there is time, and a tag from a week before."""
    day = date_format(last_day, "j F" if last_day.year == timezone.localdate().year else "j F Y")
    if last_day < timezone.localdate():
        return Tag(_("expired on %(day)s") % {"day": day}, "danger")
    if queries.expires_soon(last_day):
        return Tag(_("expires on %(day)s") % {"day": day}, "warning")
    return Tag(_("until %(day)s") % {"day": day}, "")
