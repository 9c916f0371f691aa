"""The adviser's side of a proposal that leaves the desk: sending, renewing, withdrawing."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trajecten.domain import activities
from trajecten.domain.proposals import telling
from trajecten.domain.proposals.asking import OPEN_PROPOSALS, RequestRefused, locked, move
from trajecten.enums import PROPOSAL_TRANSITIONS, ProposalStatus, RequestStatus
from trajecten.models import Proposal, User
from trajecten.transitions import check


@transaction.atomic
def send(*, proposal: Proposal, by: User) -> Proposal:
    """Send the concept; the version that was sent before is replaced and stays readable.

    Refused (``RequestRefused``): a proposal without a price, one whose last day has passed, and a later
    version that does not say what is different. Sending it twice mails once.
    """
    request = locked(proposal.request)
    proposal = _locked(proposal)
    if proposal.status == ProposalStatus.SENT:
        return proposal
    check(ProposalStatus, PROPOSAL_TRANSITIONS, proposal.status, ProposalStatus.SENT)
    for reason in missing(proposal):
        raise RequestRefused(reason)
    for earlier in Proposal.objects.filter(request=request, status__in=OPEN_PROPOSALS):
        earlier.status = ProposalStatus.REPLACED
        earlier.save(update_fields=["status"])
    proposal.status, proposal.sent_at = ProposalStatus.SENT, timezone.now()
    proposal.save(update_fields=["status", "sent_at"])
    move(request, RequestStatus.PROPOSED, by=by, version=proposal.version)
    telling.municipality(request=request, key="trajecten.proposal_sent", about=proposal)
    return proposal


def missing(proposal: Proposal) -> list[str]:
    """Every reason why the concept can't be sent yet."""
    reasons = []
    if not proposal.lines.exists():
        reasons.append(_("There are no prices yet."))
    if proposal.is_expired:
        reasons.append(_("The date until which it can be accepted has passed."))
    if proposal.version > 1 and not proposal.changed.strip():
        reasons.append(_("Say what is different from the version before."))
    return reasons


@transaction.atomic
def renew(*, proposal: Proposal, by: User, valid_until: date) -> Proposal:
    """Let the same version be accepted until a later day. Refused (``RequestRefused``): a day that has passed."""
    request = locked(proposal.request)
    proposal = _locked(proposal)
    if proposal.status not in OPEN_PROPOSALS:
        raise RequestRefused(_("Only a proposal that waits for an answer can be renewed."))
    if valid_until < timezone.localdate() or valid_until < proposal.valid_until:
        raise RequestRefused(_("Choose a later day than the one it has, and not one that has passed."))
    days = {"from": proposal.valid_until.isoformat(), "until": valid_until.isoformat()}
    proposal.valid_until = valid_until
    proposal.save(update_fields=["valid_until"])
    activities.record(verb="proposal_renewed", target=request, by=by, details=days)
    telling.municipality(
        request=request, key="trajecten.proposal_renewed", about=proposal, again=valid_until.isoformat()
    )
    return proposal


@transaction.atomic
def withdraw(*, proposal: Proposal, by: User, reason: str) -> Proposal:
    """Take back a proposal that was sent, with a reason; the request is with the adviser again.

    Refused (``RequestRefused``) without a reason, and (``TransitionRefused``) when it was accepted meanwhile.
    """
    if not reason.strip():
        raise RequestRefused(_("Write down why."))
    request = locked(proposal.request)
    proposal = _locked(proposal)
    check(ProposalStatus, PROPOSAL_TRANSITIONS, proposal.status, ProposalStatus.WITHDRAWN)
    proposal.status = ProposalStatus.WITHDRAWN
    proposal.save(update_fields=["status"])
    request.reason = reason.strip()
    move(request, RequestStatus.TAKEN_UP, by=by, version=proposal.version)
    telling.municipality(request=request, key="trajecten.proposal_withdrawn", about=proposal)
    return proposal


def _locked(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_for_update().get(pk=proposal.pk)
