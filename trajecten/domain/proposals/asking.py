"""A municipality's request: taken in, taken up by an adviser, or closed with a reason."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from trajecten.domain import activities, participants
from trajecten.domain.proposals import telling
from trajecten.enums import (
    PROPOSAL_TRANSITIONS,
    REQUEST_TRANSITIONS,
    ParticipantKind,
    ProposalStatus,
    RequestStatus,
)
from trajecten.models import Area, Municipality, Participant, Proposal, TrajectoryRequest, User
from trajecten.refusals import Refused
from trajecten.transitions import check

OPEN_PROPOSALS = (ProposalStatus.SENT, ProposalStatus.CHANGES_ASKED)


class RequestRefused(Refused):
    """This can't be done with the request now; the message says why."""


@dataclass(frozen=True)
class Received:
    """The request, and whether it was not there before."""

    request: TrajectoryRequest
    is_new: bool


def receive(
    *,
    municipality: Municipality,
    by: User | None,
    key: uuid.UUID,
    method_key: str,
    contact_name: str,
    email: str,
    language: str,
    question: str,
    contact_role: str = "",
    contact_phone: str = "",
    places: str = "",
    areas: Iterable[Area] = (),
    wishes: str = "",
    period: str = "",
    may_send: Callable[[], None] = lambda: None,
) -> Received:
    """Take in a request; the same key again gives the one that is there, and nobody is mailed twice.

    ``may_send`` raises when this sender has sent too much; it is asked only for a new request. Refused
    (``RequestRefused``): a key that was used for another municipality.
    """
    known = _with_key(key, municipality)
    if known:
        return Received(known, is_new=False)
    may_send()
    try:
        with transaction.atomic():
            request = TrajectoryRequest.objects.create(
                municipality=municipality,
                key=key,
                method_key=method_key,
                contact=_contact(municipality, email, language),
                contact_name=contact_name,
                contact_role=contact_role,
                contact_phone=contact_phone,
                question=question,
                places=places,
                wishes=wishes,
                period=period,
                status_since=timezone.now(),
            )
            request.areas.set(areas)
            _announce(request, by)
    except IntegrityError:
        known = _with_key(key, municipality)
        if known is None:
            raise
        return Received(known, is_new=False)
    return Received(request, is_new=True)


def _with_key(key: uuid.UUID, municipality: Municipality) -> TrajectoryRequest | None:
    with scopes_disabled():
        known = TrajectoryRequest.objects.filter(key=key).first()
    if known and known.municipality_id != municipality.pk:
        raise RequestRefused(_("This form was sent before for another municipality. Open a new form."))
    return known


def _contact(municipality: Municipality, email: str, language: str) -> Participant:
    """The guest with this address; one who was not there before is an official."""
    is_known = Participant.objects.filter(municipality=municipality, email=email).exists()
    contact = participants.guest(municipality=municipality, email=email, language=language)
    if not is_known:
        Participant.objects.filter(pk=contact.pk).update(kind=ParticipantKind.OFFICIAL)
    return contact


def _announce(request: TrajectoryRequest, by: User | None) -> None:
    activities.record(verb="request_received", target=request, by=by or request.contact)
    telling.contact(request=request, key="trajecten.request_received", about=request)
    telling.advisers(request=request, key="trajecten.request_new")


@transaction.atomic
def take_up(*, request: TrajectoryRequest, by: User) -> TrajectoryRequest:
    """Make the request this adviser's. Of two advisers at once the second is refused, with who was first."""
    request = locked(request)
    if request.adviser_id == by.pk and request.status == RequestStatus.TAKEN_UP:
        return request
    if request.adviser and request.status != RequestStatus.NEW:
        raise RequestRefused(_("%(name)s has taken up this request already.") % {"name": request.adviser})
    request.adviser = by
    move(request, RequestStatus.TAKEN_UP, by=by)
    telling.contact(request=request, key="trajecten.request_taken_up", about=request)
    return request


@transaction.atomic
def hand_back(*, request: TrajectoryRequest, by: User) -> TrajectoryRequest:
    """Leave the request to another adviser; all others hear that it waits again.

    Refused (``TransitionRefused``) once a proposal was sent, (``RequestRefused``) while there is a concept.
    """
    request = locked(request)
    if Proposal.objects.filter(request=request).exists():
        raise RequestRefused(_("There is a proposal for this request, so it stays with you."))
    request.adviser = None
    move(request, RequestStatus.NEW, by=by)
    moment = str(int(request.status_since.timestamp()))
    telling.advisers(request=request, key="trajecten.request_new", again=moment, besides=by)
    return request


@transaction.atomic
def decline(*, request: TrajectoryRequest, by: User, reason: str) -> TrajectoryRequest:
    """The adviser says no, with a reason that the municipality reads; a proposal that was sent is withdrawn."""
    request = _close(request, RequestStatus.DECLINED, ProposalStatus.WITHDRAWN, by=by, reason=reason)
    telling.municipality(request=request, key="trajecten.request_declined", about=request)
    return request


@transaction.atomic
def withdraw(*, request: TrajectoryRequest, by: User | Participant, reason: str) -> TrajectoryRequest:
    """The municipality does not go on, with a reason that the adviser reads."""
    request = _close(request, RequestStatus.WITHDRAWN, ProposalStatus.DECLINED, by=by, reason=reason)
    telling.adviser(request=request, key="trajecten.request_withdrawn", about=request)
    return request


def _close(
    request: TrajectoryRequest, status: str, proposal_status: str, *, by: User | Participant, reason: str
) -> TrajectoryRequest:
    if not reason.strip():
        raise RequestRefused(_("Write down why."))
    request = locked(request)
    request.reason = reason.strip()
    move(request, status, by=by)
    for proposal in Proposal.objects.filter(request=request, status__in=OPEN_PROPOSALS):
        check(ProposalStatus, PROPOSAL_TRANSITIONS, proposal.status, proposal_status)
        proposal.status = proposal_status
        proposal.save(update_fields=["status"])
    return request


def locked(request: TrajectoryRequest) -> TrajectoryRequest:
    """The newest row, locked for this transaction, with whom it concerns.

    Locked first and read after that: a lock that was waited for gives joined rows as they were before.
    """
    TrajectoryRequest.objects.select_for_update().only("pk").get(pk=request.pk)
    rows: Any = TrajectoryRequest.objects.select_related("municipality", "adviser", "contact")
    return rows.defer("municipality__boundary").get(pk=request.pk)


def move(
    request: TrajectoryRequest, status: str, *, by: User | Participant | None, version: int | None = None
) -> None:
    """Give a locked request another status. Raises ``TransitionRefused`` when the table does not allow it."""
    check(RequestStatus, REQUEST_TRANSITIONS, request.status, status)
    request.status, request.status_since = status, timezone.now()
    request.save()
    details = {"version": version} if version else {}
    activities.record(verb=f"request_{status}", target=request, by=by, details=details)
