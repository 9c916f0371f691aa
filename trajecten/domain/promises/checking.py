"""What every promise must have."""

from django.utils.translation import gettext as _

from trajecten.domain.promises.refusals import PromiseRefused
from trajecten.models import (
    Participant,
    User,
)


def text(text: str) -> None:
    """Refuse (``PromiseRefused``) no words."""
    if not text.strip():
        raise PromiseRefused(_("Write what is promised."), field="text")


def owner(owner: User | None, owner_participant: Participant | None, owner_group: str) -> None:
    """Refuse (``PromiseRefused``) none, and more than one."""
    if sum(map(bool, (owner, owner_participant, owner_group.strip()))) != 1:
        message = _("Say who does it: an official, or a resident, or a group. One of the three.")
        raise PromiseRefused(message, field="owner")
