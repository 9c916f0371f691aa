"""Invitations: by mail to one person, or by a code on a poster."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trajecten.domain import activities, participants
from trajecten.domain.enrolment import room, telling
from trajecten.domain.enrolment.joining import INSIDE
from trajecten.domain.enrolment.refusals import EnrolmentRefused
from trajecten.enums import (
    ENROLMENT_TRANSITIONS,
    EnrolmentOrigin,
    EnrolmentStatus,
    InvitationKind,
)
from trajecten.models import Enrolment, Invitation, Trajectory, User
from trajecten.models.enrolment import new_code, new_token
from trajecten.transitions import check

VALID = timedelta(days=30)


@dataclass
class Invited:
    """What became of a list of addresses: ``sent`` a mail, and ``inside``, who take part or wait already."""

    sent: list[str] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)


@transaction.atomic
def invite(*, trajectory: Trajectory, addresses: Iterable[str], role: str, by: User) -> Invited:
    """Mail an invitation to each of these addresses, in their form of ``canonical_email``.

    Who was invited before gets it again; who takes part already or waits gets nothing. Refused
    (``EnrolmentRefused``): for a trajectory that takes nobody.
    """
    trajectory = room.lock(trajectory.pk)
    _check_takes_people(trajectory)
    outcome = Invited()
    for address in dict.fromkeys(addresses):
        was_sent = _invite(trajectory, address, role, by)
        (outcome.sent if was_sent else outcome.inside).append(address)
    return outcome


def _check_takes_people(trajectory: Trajectory) -> None:
    if not trajectory.takes_people:
        raise EnrolmentRefused(_("This trajectory takes no new people."), code="over")


def _invite(trajectory: Trajectory, address: str, role: str, by: User) -> bool:
    guest = participants.guest(municipality=trajectory.municipality, email=address, language="nl")
    guest.refresh_from_db()
    enrolment = Enrolment.objects.filter(trajectory=trajectory, participant=guest).first()
    if enrolment and enrolment.status in INSIDE:
        return False
    _expect(enrolment or Enrolment(trajectory=trajectory, participant=guest), trajectory, role)
    known = Invitation.objects.filter(trajectory=trajectory, participant=guest).first()
    _send(
        known or Invitation(trajectory=trajectory, participant=guest, kind=InvitationKind.MAIL),
        role=role,
        by=by,
    )
    return True


def _expect(enrolment: Enrolment, trajectory: Trajectory, role: str) -> None:
    """Mark somebody as invited; who left before comes in again as new."""
    if enrolment.pk and enrolment.status != EnrolmentStatus.INVITED:
        check(EnrolmentStatus, ENROLMENT_TRANSITIONS, enrolment.status, EnrolmentStatus.INVITED)
    enrolment.municipality = trajectory.municipality
    enrolment.status, enrolment.role, enrolment.origin = EnrolmentStatus.INVITED, role, EnrolmentOrigin.MAIL
    enrolment.save()


def _send(invitation: Invitation, *, role: str, by: User) -> None:
    """A fresh link each time: what was withdrawn stays so."""
    invitation.municipality_id = invitation.trajectory.municipality_id
    invitation.role, invitation.created_by = role, by
    invitation.code, invitation.uses = new_token(), 0
    invitation.expires_at, invitation.revoked_at = timezone.now() + VALID, None
    invitation.sent += 1
    invitation.save()
    activities.record(verb="invited", target=invitation, by=by, details={"role": role})
    telling.tell_invited(invitation)


@transaction.atomic
def invite_again(*, enrolment: Enrolment, by: User) -> Invited:
    """Mail the invitation of this person again, with a new link that is valid as long as the first.

    Refused (``EnrolmentRefused``): who has no address, takes part or waits, or a trajectory that takes nobody.
    """
    address = enrolment.participant.email
    if not address or enrolment.status in INSIDE:
        raise EnrolmentRefused(_("This person can't be invited by mail now."), code="not_now")
    return invite(trajectory=enrolment.trajectory, addresses=[address], role=enrolment.role, by=by)


@transaction.atomic
def make_poster(
    *, trajectory: Trajectory, label: str, role: str, expires_at: datetime, by: User
) -> Invitation:
    """Make a code that anybody may use until ``expires_at``.

    Refused (``EnrolmentRefused``): a moment that has passed, or a trajectory that takes nobody.
    """
    _check_takes_people(trajectory)
    if expires_at <= timezone.now():
        raise EnrolmentRefused(_("Choose a day that is still to come."), code="past")
    poster = Invitation.objects.create(
        municipality_id=trajectory.municipality_id,
        trajectory=trajectory,
        kind=InvitationKind.POSTER,
        code=new_code(),
        label=label,
        role=role,
        created_by=by,
        expires_at=expires_at,
    )
    activities.record(verb="poster_made", target=poster, by=by, details={"role": role})
    return poster


@transaction.atomic
def revoke(*, invitation: Invitation, by: User) -> Invitation:
    """Withdraw a link or a code: nobody comes in by it any more, who came in stays. Twice is harmless.

    Who was invited by it and did not come is invited no longer.
    """
    room.lock(invitation.trajectory_id)
    newest: Invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if newest.revoked_at is None:
        newest.revoked_at = timezone.now()
        newest.save(update_fields=["revoked_at"])
        _no_longer_expected(newest)
        activities.record(verb="invitation_revoked", target=newest, by=by)
    return newest


def _no_longer_expected(invitation: Invitation) -> None:
    """Who never came leaves no enrolment behind; who was here before has left, as they had."""
    expected = Enrolment.objects.filter(
        trajectory_id=invitation.trajectory_id,
        participant=invitation.participant,
        status=EnrolmentStatus.INVITED,
    )
    expected.filter(turn=0).delete()
    expected.update(status=EnrolmentStatus.LEFT, left_at=timezone.now())
