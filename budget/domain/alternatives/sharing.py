"""Letting others see one's alternative, and taking it back."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from budget.domain.alternatives import locking
from budget.domain.alternatives.refusals import AlternativeRefused
from budget.enums import AlternativeState
from budget.models import Alternative
from trajecten.domain import activities
from trajecten.enums import Moderation
from trajecten.models import Participant


@transaction.atomic
def share(
    *, alternative: Alternative, is_shared: bool, is_named: bool = False, display_name: str = ""
) -> Alternative:
    """Let who has the link see it, with a name or without, or no longer. ``display_name`` is how they are called now.

    Refused (``AlternativeRefused``): one that is not finished, and a name where there is none.
    """
    found = locking.lock(alternative)
    if is_shared and found.state != AlternativeState.FINISHED:
        raise AlternativeRefused(_("Finish it first; then you can share it."))
    if is_shared and is_named and found.author and display_name:
        found.author.display_name = display_name
        found.author.save(update_fields=["display_name"])
    if is_shared and is_named and not (found.author and found.author.display_name):
        raise AlternativeRefused(_("We don't know your name. Fill it in."), field="display_name")
    found.is_shared, found.is_named = is_shared, is_shared and is_named
    found.save(update_fields=["is_shared", "is_named", "changed_at"])
    activities.record(verb="alternative_shared", target=found, by=found.author, details={"on": is_shared})
    return found


def shown() -> QuerySet[Alternative]:
    """What who has its link may see: finished, shared by who made it, and not kept back by an official."""
    rows: QuerySet[Alternative] = Alternative.objects.filter(
        is_shared=True, state=AlternativeState.FINISHED, moderation=Moderation.PUBLISHED
    )
    return rows


@transaction.atomic
def withdraw(*, alternative: Alternative) -> None:
    """Take it back: nothing of it stays but the line in the log of the round. Who did already changes nothing.

    Refused (``AlternativeRefused``) for one that was finished in a round that is closed: that one counts.
    """
    try:
        found = locking.lock_with_round(alternative)
    except AlternativeRefused:
        return
    if found.state == AlternativeState.FINISHED:
        locking.check_takes(found.round)
    activities.record(verb="alternative_withdrawn", target=found.round, by=found.author)
    found.delete()


def take_off_names(participant: Participant) -> None:
    """Take somebody's name off what they share, because they withdrew the consent for publication."""
    Alternative.objects.filter(author=participant).update(is_named=False)
