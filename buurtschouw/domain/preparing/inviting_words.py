"""The municipality's own words on the poster, in the letter and in the mail about a walk."""

from django.db import transaction

from buurtschouw.domain.preparing.locking import lock
from buurtschouw.models import Schouw
from trajecten.domain import activities
from trajecten.models import User


@transaction.atomic
def keep(*, schouw: Schouw, by: User, invitation: str, contact: str) -> Schouw:
    """Keep the invitation and whom people can ask something; both may be empty."""
    locked = lock(schouw)
    locked.invitation, locked.contact = invitation.strip(), contact.strip()
    locked.save(update_fields=["invitation", "contact"])
    activities.record(verb="invitation_written", target=locked.trajectory, by=by)
    return locked
