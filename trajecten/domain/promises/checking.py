"""What every promise must have."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from trajecten.domain.promises import terms
from trajecten.domain.promises.refusals import PromiseRefused
from trajecten.models import (
    Participant,
    User,
)


def text(text: str) -> None:
    """Refuse (``PromiseRefused``) no words."""
    if not text.strip():
        raise PromiseRefused(_("Write what is promised."), field="text")


def deadline(day: date) -> None:
    """Refuse (``PromiseRefused``) a day that is more than ten years away."""
    if day > timezone.localdate() + terms.FURTHEST:
        message = _("This date is more than ten years away. Choose an earlier one.")
        raise PromiseRefused(message, field="deadline")


def new_deadline(day: date) -> None:
    """Refuse (``PromiseRefused``) a day that has passed, too."""
    if day < timezone.localdate():
        raise PromiseRefused(_("This date is in the past. Choose today or later."), field="deadline")
    deadline(day)


def owner(owner: User | None, owner_participant: Participant | None, owner_group: str) -> None:
    """Refuse (``PromiseRefused``) none, and more than one."""
    if sum(map(bool, (owner, owner_participant, owner_group.strip()))) != 1:
        message = _("Say who does it: an official, or a resident, or a group. One of the three.")
        raise PromiseRefused(message, field="owner")
