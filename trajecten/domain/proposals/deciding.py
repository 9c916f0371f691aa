"""The municipality's side of a proposal: asking for changes, accepting."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trajecten import registry
from trajecten.domain import activities
from trajecten.domain.meetings import proposed
from trajecten.domain.proposals import drafting, telling
from trajecten.domain.proposals.asking import RequestRefused, locked, move
from trajecten.domain.staffing import people
from trajecten.enums import (
    PROPOSAL_TRANSITIONS,
    ProposalStatus,
    RequestStatus,
    Role,
    TrajectoryStatus,
)
from trajecten.models import (
    Municipality,
    Participant,
    Proposal,
    StaffRole,
    Trajectory,
    TrajectoryRequest,
    User,
)
from trajecten.rules import is_coordinator
from trajecten.transitions import check


class MayNotDecide(Exception):
    """Who asks or accepts this is no coordinator, and was not given the right to decide."""


class ProposalExpired(RequestRefused):
    """The last day on which the proposal could be accepted has passed."""


def who_decides(*, proposal: Proposal, user: User | None) -> User | Participant | None:
    """As whom a visitor with the secret link may answer: as coordinator, as the contact who may decide, or not."""
    if user is not None and is_coordinator(user, proposal.request):
        return user
    return proposal.request.contact if proposal.contact_may_decide else None


@transaction.atomic
def ask_changes(*, proposal: Proposal, by: User | Participant, name: str, wanted: str) -> Proposal:
    """Ask the adviser for another version, in words. Refused when this version is not the current one any more."""
    request = locked(proposal.request)
    proposal = _current(proposal, request, ProposalStatus.CHANGES_ASKED, by)
    if not wanted.strip():
        raise RequestRefused(_("Write down what you would like to see changed."))
    proposal.wanted = wanted.strip()
    _answer(proposal, ProposalStatus.CHANGES_ASKED, name)
    move(request, RequestStatus.CHANGES_ASKED, by=by, version=proposal.version)
    telling.adviser(request=request, key="trajecten.changes_asked", about=proposal)
    return proposal


@transaction.atomic
def accept(*, proposal: Proposal, by: User | Participant, name: str) -> Trajectory:
    """Accept exactly this version, by name; the trajectory begins as agreed, with its steps and gatherings planned.

    Happens once: accepting the same version again gives the trajectory that is there. Refused without a name in
    letters, past its last day (``ProposalExpired``), for who may not decide (``MayNotDecide``), and when the version
    was replaced, withdrawn or answered meanwhile (``TransitionRefused``). A municipality that did not use the portal
    yet takes part from now on, and the contact who accepts is its coordinator.
    """
    request = locked(proposal.request)
    if (
        request.trajectory
        and Proposal.objects.filter(pk=proposal.pk, status=ProposalStatus.ACCEPTED).exists()
    ):
        return request.trajectory
    proposal = _current(proposal, request, ProposalStatus.ACCEPTED, by)
    if proposal.is_expired:
        raise ProposalExpired(expired_message(proposal))
    if not is_name(name):
        raise RequestRefused(_("Type your name to accept."))
    _answer(proposal, ProposalStatus.ACCEPTED, name)
    request.trajectory = _trajectory(proposal, request, coordinator=_coordinator(request, by))
    proposed.plan_all(trajectory=request.trajectory, sessions=proposal.sessions.all(), by=by)
    move(request, RequestStatus.ACCEPTED, by=by, version=proposal.version)
    telling.adviser(request=request, key="trajecten.proposal_accepted", about=proposal)
    telling.municipality(request=request, key="trajecten.proposal_confirmed", about=proposal)
    return request.trajectory


def is_name(words: str) -> bool:
    """Whether this can be the name of somebody: letters, at least two, and no number or address."""
    letters = sum(sign.isalpha() for sign in words)
    return letters > 1 and not any(sign.isdigit() or sign in "@/:" for sign in words)


def expired_message(proposal: Proposal) -> str:
    """That it is too late, and whom to ask."""
    values = {"day": date_format(proposal.valid_until, "j F Y"), "adviser": proposal.request.adviser}
    return (
        _(
            "This proposal could be accepted until and including %(day)s. "
            "Ask %(adviser)s to renew it: write so under “Ask for changes”."
        )
        % values
    )


def _current(proposal: Proposal, request: TrajectoryRequest, wanted: str, by: User | Participant) -> Proposal:
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    proposal.request = request
    if isinstance(by, User):
        may_decide = is_coordinator(by, request)
    else:
        may_decide = proposal.contact_may_decide and by.pk == request.contact_id
    if not may_decide:
        raise MayNotDecide
    check(ProposalStatus, PROPOSAL_TRANSITIONS, proposal.status, wanted)
    return proposal


def _answer(proposal: Proposal, status: str, name: str) -> None:
    proposal.status, proposal.answered_by, proposal.answered_at = status, name.strip(), timezone.now()
    proposal.save(update_fields=["status", "answered_by", "answered_at", "wanted"])


def _trajectory(proposal: Proposal, request: TrajectoryRequest, *, coordinator: User | None) -> Trajectory:
    begins, ends = drafting.plan_of(proposal).span or (None, None)
    trajectory = Trajectory.objects.create(
        municipality=request.municipality,
        method_key=request.method_key,
        title=proposal.title,
        adviser=request.adviser,
        coordinator=coordinator,
        status=TrajectoryStatus.AGREED,
        tailoring=proposal.tailoring,
        starts_on=begins,
        ends_on=ends,
    )
    trajectory.areas.set(proposal.areas.all())
    registry.agreed(trajectory)
    activities.record(
        verb="trajectory_agreed", target=trajectory, by=None, details={"version": proposal.version}
    )
    return trajectory


def _coordinator(request: TrajectoryRequest, by: User | Participant) -> User | None:
    """The coordinator who accepts; else the contact's account if it is one; else the only one there is."""
    if isinstance(by, User):
        _open(request.municipality)
        return by
    if _open(request.municipality):
        return _appointed(by, request)
    found = list(people.coordinators(request.municipality_id))
    own = next((user for user in found if user.email == by.email), None)
    return own or (found[0] if len(found) == 1 else None)


def _open(municipality: Municipality) -> bool:
    """Let the municipality take part. Whether it did not before."""
    waiting = Municipality.objects.filter(pk=municipality.pk, is_participating=False)
    return bool(waiting.update(is_participating=True))


def _appointed(contact: Participant, request: TrajectoryRequest) -> User:
    """The contact's account, made by the mail address and without a password, as coordinator.

    Only who reads mail at that address can sign in, by the code that is sent there.
    """
    address = contact.email or ""
    user = User.objects.filter(email=address).first() or User.objects.create_user(
        address, name=request.contact_name, language=contact.language
    )
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"primary": True})
    StaffRole.objects.get_or_create(user=user, municipality_id=request.municipality_id, role=Role.COORDINATOR)
    activities.record(verb="coordinator_appointed", target=request, by=contact, details={"user": user.pk})
    return user
