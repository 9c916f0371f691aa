"""Whose name stands with an idea."""

from django.db import transaction

from buurtschouw.models import Joining
from trajecten.domain import activities
from trajecten.models import Participant, User


def take_off(participant: Participant) -> None:
    """Take somebody's name off every idea that they join, because they withdrew the consent for publication."""
    Joining.objects.filter(participant=participant).update(is_named=False)


@transaction.atomic
def hide(*, joining: Joining, by: User) -> None:
    """Take a name off an idea, as an official: a chosen name may be one that does not belong there."""
    if Joining.objects.filter(pk=joining.pk, is_named=True).update(is_named=False):
        activities.record(verb="idea_name_hidden", target=joining.report, by=by)
