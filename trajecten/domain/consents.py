"""Consents of a participant: which stand, withdrawing one with effect at once, and giving contact again."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from trajecten import registry
from trajecten.domain import activities, participants
from trajecten.domain.moderation import deciding
from trajecten.domain.photos import attachments
from trajecten.enums import ConsentPurpose, HideReason, Moderation, NotificationState
from trajecten.models import Commitment, CommitmentUpdate, Consent, Contribution, Notification, Participant


def of(participant: Participant) -> QuerySet[Consent]:
    """All consents, the ones that stand first, then the newest."""
    return Consent.objects.filter(participant=participant).order_by("-withdrawn_at", "-given_at", "-pk")


@transaction.atomic
def withdraw(*, participant: Participant, purpose: str) -> None:
    """Withdraw a consent. Withdrawing twice changes nothing.

    At once: without contact no mail goes out any more, not even what is owed already or waits for a digest; without
    publication what the participant said is hidden from others, also what they told of promises that they keep, and
    their name with those; without photo their photos are.
    """
    locked = Participant.objects.select_for_update(of=("self",)).get(pk=participant.pk)
    standing = Consent.objects.filter(participant=locked, purpose=purpose, withdrawn_at__isnull=True)
    withdrawn = standing.update(withdrawn_at=timezone.now())
    if purpose == ConsentPurpose.CONTACT:
        withdrawn += _stop_mail(locked)
    if purpose == ConsentPurpose.PUBLICATION:
        for contribution in _said(locked, Moderation.PENDING, Moderation.PUBLISHED):
            deciding.hide(contribution=contribution, by=None, reason=HideReason.AUTHOR)
        Commitment.objects.filter(owner_participant=locked).update(read_until=0, owner_is_named=False)
        registry.unname(locked)
    if purpose == ConsentPurpose.PHOTO:
        for contribution in _said(locked, *Moderation):
            attachments.withdraw(target=contribution)
        for turn in CommitmentUpdate.objects.filter(by_participant=locked, told_by_resident=True):
            attachments.withdraw(target=turn)
    if withdrawn:
        activities.record(
            verb="consent_withdrawn", target=locked, by=locked, details={"purpose": str(purpose)}
        )
    participant.contact_withdrawn_at = locked.contact_withdrawn_at


def _stop_mail(participant: Participant) -> int:
    if participant.contact_withdrawn_at:
        return 0
    participant.contact_withdrawn_at = timezone.now()
    participant.save(update_fields=["contact_withdrawn_at"])
    waiting = Notification.objects.filter(
        participant=participant, state__in=[NotificationState.QUEUED, NotificationState.HELD]
    )
    waiting.update(state=NotificationState.DROPPED, error="consent withdrawn")
    return 1


def _said(participant: Participant, *moderation: str) -> list[Contribution]:
    return [
        contribution
        for kind in registry.contribution_kinds()
        for contribution in kind.model.objects.filter(author=participant, moderation__in=moderation)
    ]


@transaction.atomic
def give_contact(*, participant: Participant) -> None:
    """Let the municipality mail again. What was not sent in between is not sent after all."""
    Participant.objects.filter(pk=participant.pk).update(contact_withdrawn_at=None)
    participants.allow_contact(participant=participant)
    activities.record(
        verb="consent_given", target=participant, by=participant, details={"purpose": "contact"}
    )
    participant.contact_withdrawn_at = None
