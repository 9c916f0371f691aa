"""Coming in: by oneself, by an invitation, or on paper through an official."""

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from trajecten.domain import activities, participants
from trajecten.domain.enrolment import room, telling
from trajecten.domain.enrolment.refusals import EnrolmentRefused
from trajecten.domain.meetings import inviting
from trajecten.enums import (
    ENROLMENT_TRANSITIONS,
    EnrolmentOrigin,
    EnrolmentRole,
    EnrolmentStatus,
    InvitationKind,
    ParticipantKind,
)
from trajecten.models import Area, Enrolment, Invitation, Participant, Trajectory, User
from trajecten.transitions import check

INSIDE = frozenset({EnrolmentStatus.ACTIVE, EnrolmentStatus.WAITING})


@dataclass(frozen=True)
class Introduction:
    """What somebody tells of themselves when they come in; all of it may be left out."""

    display_name: str = ""
    kind: str = ""
    home_area: Area | None = None


@transaction.atomic
def sign_up(*, trajectory: Trajectory, participant: Participant, about: Introduction) -> Enrolment:
    """Come in by oneself, with an account. Refused (``EnrolmentRefused``): a trajectory that is not open, or is over.

    Who takes part already stays as they are, and gets the confirmation again, once a day at most.
    """
    trajectory = room.lock(trajectory.pk)
    return _sign_up(trajectory, participant, about, is_oneself=True)


@transaction.atomic
def sign_up_as_guest(*, trajectory: Trajectory, email: str, language: str, about: Introduction) -> Enrolment:
    """Come in by oneself, with no more than a mail address.

    Refused as ``sign_up``, and for who takes part already too: anybody can type somebody's address, and the answer
    must not tell whether they take part. Then the address is not kept; ``mail_own_page`` tells who is known.
    """
    trajectory = room.lock(trajectory.pk)
    _check_open(trajectory)
    return _sign_up(trajectory, _guest(trajectory, email, language), about, is_oneself=False)


def _sign_up(
    trajectory: Trajectory, participant: Participant, about: Introduction, *, is_oneself: bool
) -> Enrolment:
    known = Enrolment.objects.filter(trajectory=trajectory, participant=participant).first()
    if not known or known.status not in INSIDE:
        _check_open(trajectory)
    _introduce(participant, about, is_oneself=is_oneself)
    return _come_in(trajectory, participant, origin=EnrolmentOrigin.SELF, role=EnrolmentRole.MEMBER)


def _check_open(trajectory: Trajectory) -> None:
    _check_takes_people(trajectory)
    if not trajectory.is_open_for_enrolment:
        raise EnrolmentRefused(_("You can't sign up for this trajectory by yourself now."), code="closed")


def _check_takes_people(trajectory: Trajectory) -> None:
    if not trajectory.takes_people:
        raise EnrolmentRefused(_("This trajectory takes no new people."), code="over")


@transaction.atomic
def mail_own_page(*, trajectory: Trajectory, email: str) -> None:
    """Mail who takes part or waits with this address the link to their own page, once a day. Others get nothing."""
    inside = Enrolment.objects.filter(trajectory=trajectory, participant__email=email, status__in=INSIDE)
    for enrolment in inside.select_related("participant"):
        enrolment.trajectory = trajectory
        telling.tell_place(enrolment)


def _guest(trajectory: Trajectory, email: str, language: str) -> Participant:
    guest = participants.guest(municipality=trajectory.municipality, email=email, language=language)
    participants.allow_contact(participant=guest)
    guest.refresh_from_db()
    return guest


@transaction.atomic
def accept(*, invitation: Invitation, participant: Participant, about: Introduction) -> Enrolment:
    """Come in by a link or a code, as this participant.

    Refused (``EnrolmentRefused``): an invitation that is withdrawn, expired or used by another. Who takes part
    already stays as they are, also with a code for another role.
    """
    trajectory = room.lock(invitation.trajectory_id)
    return _accept(trajectory, invitation, participant, about, is_oneself=True)


@transaction.atomic
def accept_as_guest(*, invitation: Invitation, email: str, language: str, about: Introduction) -> Enrolment:
    """Come in by a code on a poster, with no more than a mail address.

    Refused as ``accept``, and for who takes part already too, as by ``sign_up_as_guest``.
    """
    trajectory = room.lock(invitation.trajectory_id)
    check_usable(Invitation.objects.get(pk=invitation.pk))
    _check_takes_people(trajectory)
    return _accept(trajectory, invitation, _guest(trajectory, email, language), about, is_oneself=False)


def _accept(
    trajectory: Trajectory,
    invitation: Invitation,
    participant: Participant,
    about: Introduction,
    *,
    is_oneself: bool,
) -> Enrolment:
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    before = Enrolment.objects.filter(trajectory=trajectory, participant=participant).first()
    if before is None or before.status not in INSIDE:
        check_usable(invitation)
        _hand_on(invitation, participant)
        Invitation.objects.filter(pk=invitation.pk).update(uses=F("uses") + 1)
    _introduce(participant, about, is_oneself=is_oneself)
    return _come_in(
        trajectory,
        participant,
        origin=EnrolmentOrigin(invitation.kind),
        role=EnrolmentRole(invitation.role),
        invitation=invitation,
    )


def check_usable(invitation: Invitation) -> None:
    """Raise ``EnrolmentRefused`` for a link or code that lets nobody in any more."""
    if invitation.revoked_at is not None:
        raise EnrolmentRefused(_("This invitation has been withdrawn."), code="revoked")
    if invitation.expires_at <= timezone.now():
        raise EnrolmentRefused(_("This invitation is no longer valid."), code="expired")
    if invitation.kind == InvitationKind.MAIL and invitation.uses:
        raise EnrolmentRefused(_("This invitation has been used already."), code="used")


def _hand_on(invitation: Invitation, participant: Participant) -> None:
    """A personal link used by who is signed in as somebody else is theirs; the invited is not waited for."""
    if invitation.participant_id not in {None, participant.pk}:
        invited = Enrolment.objects.filter(
            trajectory_id=invitation.trajectory_id, status=EnrolmentStatus.INVITED
        )
        invited.filter(participant_id=invitation.participant_id).delete()


@transaction.atomic
def register_on_paper(
    *, trajectory: Trajectory, key: uuid.UUID, email: str, about: Introduction, role: str, by: User
) -> Enrolment:
    """Enrol somebody from a form on paper, with or without a mail address. The same form again changes nothing.

    ``key`` is made by the page; with it the same name and address are the same form. Refused
    (``EnrolmentRefused``): who takes part or waits already, or a trajectory that takes nobody.
    """
    trajectory = room.lock(trajectory.pk)
    form = uuid.uuid5(key, f"{email.lower()}\n{about.display_name}")
    known: Enrolment | None = Enrolment.objects.filter(key=form).select_related("participant").first()
    if known:
        return known
    participant = _on_paper(trajectory, email)
    if Enrolment.objects.filter(trajectory=trajectory, participant=participant, status__in=INSIDE).exists():
        raise EnrolmentRefused(_("This person takes part already, or is on the waiting list."), code="inside")
    _introduce(participant, about, is_oneself=False)
    return _come_in(
        trajectory,
        participant,
        origin=EnrolmentOrigin.PAPER,
        role=EnrolmentRole(role),
        registered_by=by,
        key=form,
    )


def _on_paper(trajectory: Trajectory, email: str) -> Participant:
    if not email:
        return Participant.objects.create(municipality=trajectory.municipality)
    guest = participants.guest(municipality=trajectory.municipality, email=email, language="nl")
    participants.allow_contact(participant=guest, given_by="paper")
    guest.refresh_from_db()
    return guest


@transaction.atomic
def turn_up(*, trajectory: Trajectory, participant: Participant, about: Introduction) -> Enrolment:
    """Come in with an account because one is there, whether or not people can sign up by themselves.

    Who may be let in so is for the app that calls it. Refused (``EnrolmentRefused``): a trajectory that takes nobody.
    """
    trajectory = room.lock(trajectory.pk)
    _introduce(participant, about, is_oneself=True)
    return _come_in(trajectory, participant, origin=EnrolmentOrigin.SELF, role=EnrolmentRole.MEMBER)


@transaction.atomic
def turn_up_as_guest(
    *, trajectory: Trajectory, key: uuid.UUID, email: str, language: str, about: Introduction
) -> Enrolment:
    """Come in without an account because one is there, with or without a mail address; as ``turn_up``.

    ``key`` is made by the page, so that the same form again is the same person. With an address that is known in the
    municipality already one comes in as somebody new without one, for anybody can type it; whose it is comes in too
    and gets the mail with their own link. So the answer is the same, whoever is known.
    """
    trajectory = room.lock(trajectory.pk)
    form = uuid.uuid5(key, f"{email.lower()}\n{about.display_name}")
    sent_before: Enrolment | None = Enrolment.objects.filter(key=form).select_related("participant").first()
    if sent_before:
        return sent_before
    known = (
        Participant.objects.filter(municipality=trajectory.municipality, email=email).first()
        if email
        else None
    )
    if known:
        _come_in(trajectory, known, origin=EnrolmentOrigin.SELF, role=EnrolmentRole.MEMBER)
    if known or not email:
        guest = Participant.objects.create(municipality=trajectory.municipality, language=language)
    else:
        guest = _guest(trajectory, email, language)
    _introduce(guest, about, is_oneself=False)
    return _come_in(trajectory, guest, origin=EnrolmentOrigin.SELF, role=EnrolmentRole.MEMBER, key=form)


def _introduce(participant: Participant, about: Introduction, *, is_oneself: bool) -> None:
    """Keep what somebody tells of themselves.

    Only who showed to be this person (``is_oneself``) changes what is known: anybody can type somebody's address.
    """
    if participant.user_id is not None and not is_oneself:
        return
    if about.display_name and (is_oneself or not participant.display_name):
        participant.display_name = about.display_name
    if about.kind and (is_oneself or participant.kind == ParticipantKind.RESIDENT):
        participant.kind = about.kind
    if about.home_area and (is_oneself or participant.home_area_id is None):
        participant.home_area = about.home_area
    participant.save(update_fields=["display_name", "kind", "home_area"])


def _come_in(
    trajectory: Trajectory,
    participant: Participant,
    *,
    origin: EnrolmentOrigin,
    role: EnrolmentRole,
    invitation: Invitation | None = None,
    registered_by: User | None = None,
    key: uuid.UUID | None = None,
) -> Enrolment:
    """Take a place, or the end of the waiting list. Call it with the trajectory locked."""
    enrolment = Enrolment.objects.filter(trajectory=trajectory, participant=participant).first()
    enrolment = enrolment or Enrolment(
        municipality=trajectory.municipality, participant=participant, status=EnrolmentStatus.INVITED
    )
    enrolment.trajectory, enrolment.participant = trajectory, participant
    if enrolment.status not in INSIDE:
        _check_takes_people(trajectory)
        enrolment.role, enrolment.origin = role, origin
        enrolment.invitation, enrolment.registered_by = invitation, registered_by
        enrolment.key = key or enrolment.key
        _take_place(enrolment, by=registered_by or participant)
    telling.tell_place(enrolment)
    return enrolment


def _take_place(enrolment: Enrolment, *, by: User | Participant) -> None:
    comes_in = room.has_place(enrolment.trajectory, enrolment.role)
    status = EnrolmentStatus.ACTIVE if comes_in else EnrolmentStatus.WAITING
    check(EnrolmentStatus, ENROLMENT_TRANSITIONS, enrolment.status, status)
    now = timezone.now()
    enrolment.status, enrolment.turn = status, enrolment.turn + 1
    enrolment.joined_at, enrolment.waiting_since = (now, None) if comes_in else (None, now)
    enrolment.left_at, enrolment.left_reason = None, ""
    enrolment.save()
    details = {"origin": enrolment.origin, "role": enrolment.role}
    activities.record(
        verb="joined" if comes_in else "put_on_waiting_list", target=enrolment, by=by, details=details
    )
    if comes_in:
        inviting.ask_newcomer(enrolment)
