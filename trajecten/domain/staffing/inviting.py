"""Inviting officials by mail. Who signs in with the address that was written to, has the role."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from trajecten.domain import activities
from trajecten.domain.staffing.refusals import StaffRefused
from trajecten.domain.telling import notify
from trajecten.models import Municipality, StaffInvitation, StaffRole, User

INVITED = "trajecten.staff_invited"
VALID = timedelta(days=14)


def waiting() -> QuerySet[StaffInvitation]:
    """Invitations that were neither accepted nor withdrawn, newest first; also those whose time is over."""
    rows = StaffInvitation.objects.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)
    return rows.select_related("user").order_by("-id")


@transaction.atomic
def invite(*, municipality: Municipality, email: str, name: str, role: str, by: User) -> StaffInvitation:
    """Invite somebody for a role, valid for ``VALID``. Inviting again renews it, and mails at most once a day.

    Refused (``StaffRefused``) for who has the role, and for an account that was closed.
    """
    user = _account(email, name)
    if not user.is_active:
        raise StaffRefused(_("This account is closed. Ask the administrator of the portal."), field="email")
    if StaffRole.objects.filter(user=user, municipality=municipality, role=role).exists():
        raise StaffRefused(_("This person has this role already."), field="email")
    open_one, made = StaffInvitation.objects.get_or_create(
        municipality=municipality,
        user=user,
        role=role,
        accepted_at=None,
        withdrawn_at=None,
        defaults={"invited_by": by, "expires_at": timezone.now() + VALID},
    )
    if not made:
        open_one.expires_at, open_one.invited_by = timezone.now() + VALID, by
        open_one.save(update_fields=["expires_at", "invited_by"])
    notify.owe(
        key=INVITED,
        to=user,
        municipality=municipality,
        about=open_one,
        delivery_key=f"{INVITED}:{open_one.pk}:{timezone.localdate()}",
    )
    activities.record(verb="staff_invited", target=open_one, by=by, details={"role": role, "user": user.pk})
    return open_one


def _account(email: str, name: str) -> User:
    """The account with this address, made when there is none: signing in proves that somebody reads it."""
    user, made = User.objects.get_or_create(email=email.lower(), defaults={"name": name})
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@transaction.atomic
def accept_all(*, user: User) -> int:
    """Give who has just signed in the roles that wait for them. Returns how many.

    Only what was not withdrawn and whose time is not over.
    """
    with scopes_disabled():
        rows = StaffInvitation.objects.select_for_update(of=("self",)).filter(
            user=user,
            accepted_at__isnull=True,
            withdrawn_at__isnull=True,
            expires_at__gt=timezone.now(),
        )
        found = list(rows)
        for invitation in found:
            StaffRole.objects.get_or_create(
                user=user, municipality_id=invitation.municipality_id, role=invitation.role
            )
            invitation.accepted_at = timezone.now()
            invitation.save(update_fields=["accepted_at"])
            activities.record(
                verb="staff_accepted", target=invitation, by=user, details={"role": invitation.role}
            )
    return len(found)


@transaction.atomic
def withdraw(*, invitation: StaffInvitation, by: User) -> None:
    """Take an invitation back; its link gives nothing any more. One that was accepted stays so."""
    rows = StaffInvitation.objects.filter(
        pk=invitation.pk, accepted_at__isnull=True, withdrawn_at__isnull=True
    )
    if rows.update(withdrawn_at=timezone.now()):
        activities.record(
            verb="staff_invitation_withdrawn",
            target=invitation,
            by=by,
            details={"role": invitation.role, "user": invitation.user_id},
        )
