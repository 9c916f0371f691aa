"""Photos: taken in only when clean, tied to their contribution, forgotten when nobody claims them."""

import hashlib
import uuid
from datetime import timedelta
from typing import BinaryIO

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from trajecten.domain import photos
from trajecten.models import Attachment, Municipality

FORGET_DRAFTS_AFTER = timedelta(hours=24)


class AttachmentRefused(Exception):
    """A photo that can't be added, with a message for the one who sent it. ``code`` is for programs."""

    def __init__(self, message: str, *, code: str) -> None:
        super().__init__(message)
        self.message = message
        self.code = code


def add(
    *,
    municipality: Municipality,
    photo_id: uuid.UUID,
    draft_key: uuid.UUID,
    upload: BinaryIO,
    name: str,
    size: int,
    target: Model | None = None,
) -> Attachment:
    """Sanitise a photo and store what is clean of it. Sending the same photo id again gives the first one.

    Refused: what ``photos.sanitise`` refuses, more than ``photos.MAX_PHOTOS`` for one contribution
    (code "too_many"), and other content under a photo id that is in use (code "conflict").
    """
    digest = hashlib.file_digest(upload, "sha256").hexdigest()  # type: ignore[arg-type]
    upload.seek(0)
    known = _with_id(photo_id)
    if known is None:
        try:
            clean = photos.sanitise(upload, name=name, size=size)
        except photos.PhotoRefused as refused:
            raise AttachmentRefused(str(refused.message), code=refused.code) from refused
        with transaction.atomic():
            siblings = list(Attachment.objects.select_for_update().filter(draft_key=draft_key))
            if len(siblings) >= photos.MAX_PHOTOS:
                message = _("There are %(n)s photos already, and that is the most.") % {
                    "n": photos.MAX_PHOTOS
                }
                raise AttachmentRefused(message, code="too_many")
            known, made = Attachment.objects.get_or_create(
                uuid=photo_id,
                defaults={
                    "municipality": municipality,
                    "draft_key": draft_key,
                    "source_sha256": digest,
                    "image": ContentFile(clean.image, "image.jpg"),
                    "thumbnail": ContentFile(clean.thumbnail, "thumbnail.jpg"),
                    **_target_fields(target),
                },
            )
        if made:
            return known
    sent_before = (known.municipality_id, known.draft_key, known.source_sha256)
    if sent_before != (municipality.pk, draft_key, digest):
        raise AttachmentRefused(_("This photo was sent before with other content."), code="conflict")
    return known


def _with_id(photo_id: uuid.UUID) -> Attachment | None:
    """The photo with this id, in whichever municipality: an id is used once in all of them."""
    with scopes_disabled():
        return Attachment.objects.filter(uuid=photo_id).first()


def claim(*, draft_key: uuid.UUID, target: Model) -> int:
    """Tie the photos that were sent before their contribution to it. Returns how many."""
    waiting = Attachment.objects.filter(draft_key=draft_key, object_id__isnull=True)
    return waiting.update(**_target_fields(target))


def of(target: Model) -> QuerySet[Attachment]:
    """The photos of a contribution, oldest first."""
    return Attachment.objects.filter(**_target_fields(target)).order_by("id")


def drafts(draft_key: uuid.UUID) -> QuerySet[Attachment]:
    """The photos that wait for the contribution with this key."""
    return Attachment.objects.filter(draft_key=draft_key, object_id__isnull=True).order_by("id")


def forget_unclaimed() -> int:
    """Remove photos whose contribution never came. Returns how many."""
    with scopes_disabled():
        old = Attachment.objects.filter(
            object_id__isnull=True, created_at__lt=timezone.now() - FORGET_DRAFTS_AFTER
        )
        forgotten = list(old)
        for attachment in forgotten:
            attachment.image.delete(save=False)
            attachment.thumbnail.delete(save=False)
            attachment.delete()
    return len(forgotten)


def signature(attachment: Attachment, size: str, *, days_ago: int = 0) -> str:
    """What opens a photo: made on a page whose reader may see it, good for today and tomorrow."""
    day = timezone.localdate() - timedelta(days=days_ago)
    return salted_hmac("trajecten.photo", f"{attachment.uuid}:{size}:{day}").hexdigest()[:32]


def may_open(attachment: Attachment, size: str, given: str) -> bool:
    """Whether ``given`` was made for this photo and size today or yesterday."""
    return any(constant_time_compare(given, signature(attachment, size, days_ago=days)) for days in range(2))


def _target_fields(target: Model | None) -> dict[str, object]:
    if target is None:
        return {}
    return {"content_type": ContentType.objects.get_for_model(target), "object_id": target.pk}
