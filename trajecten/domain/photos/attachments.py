"""Photos: taken in only when clean, tied to their contribution, forgotten when nobody claims them."""

import hashlib
import uuid
from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial
from typing import BinaryIO

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from trajecten.domain import activities
from trajecten.domain.photos import cleaning
from trajecten.models import Attachment, Municipality, Participant, User
from trajecten.refusals import Refused

FORGET_DRAFTS_AFTER = timedelta(hours=24)


class AttachmentRefused(Refused):
    """A photo that can't be added, with a message for the one who sent it. ``code`` is for programs."""


def add(
    *,
    municipality: Municipality,
    photo_id: uuid.UUID | None = None,
    draft_key: uuid.UUID,
    upload: BinaryIO,
    name: str,
    size: int,
    target: Model | None = None,
    by: User | Participant | None = None,
    may_add: Callable[[], None] | None = None,
) -> Attachment:
    """Sanitise a photo and store what is clean of it. Sending the same photo id again gives the first one.

    Without a ``photo_id`` the same content for the same contribution is the same photo. One that is added to a
    ``target`` is written in its log. Refused: what ``cleaning.sanitise`` refuses, more than ``cleaning.MAX_PHOTOS``
    for one contribution (code "too_many"), other content under a photo id that is in use (code "conflict"), and
    what ``may_add`` raises, which is asked before the costly work and not of a photo that was added before.
    """
    _check_before_reading(upload, name, size)
    digest = hashlib.file_digest(upload, "sha256").hexdigest()  # type: ignore[arg-type]
    new = Attachment(
        uuid=photo_id or uuid.uuid5(draft_key, digest),
        municipality=municipality,
        draft_key=draft_key,
        source_sha256=digest,
        **_target_fields(target),
    )
    known = _sent_before(new)
    if known:
        return known
    if may_add:
        may_add()
    _check_room(draft_key)
    clean = _clean(upload, name, size)
    with transaction.atomic():
        _one_at_a_time(draft_key)
        known = _sent_before(new)
        if known:
            return known
        _check_room(draft_key)
        _store(new, clean)
        if target is not None:
            activities.record(verb="photo_added", target=target, by=by, details={"photos": 1})
    return new


def _check_before_reading(upload: BinaryIO, name: str, size: int) -> None:
    """Refuse by its size and its first bytes what need not be read any further."""
    upload.seek(0)
    refusal = cleaning.refusal_before_reading(name, size, upload.read(cleaning.HEAD_BYTES))
    upload.seek(0)
    if refusal:
        raise AttachmentRefused(refusal.message, code=refusal.code)


def _sent_before(new: Attachment) -> Attachment | None:
    """The photo with this id, when it is the same one; in whichever municipality, for an id is used once."""
    with scopes_disabled():
        known = Attachment.objects.filter(uuid=new.uuid).first()
    if known is None:
        return None
    same = ("municipality_id", "draft_key", "source_sha256")
    if any(getattr(known, field) != getattr(new, field) for field in same):
        raise _conflict()
    return known


def _conflict() -> AttachmentRefused:
    return AttachmentRefused(_("This photo was sent before with other content."), code="conflict")


def _check_room(draft_key: uuid.UUID) -> None:
    if Attachment.objects.filter(draft_key=draft_key).count() >= cleaning.MAX_PHOTOS:
        raise too_many()


def too_many() -> AttachmentRefused:
    """The refusal of a photo above the most that there may be."""
    message = _("There are %(n)s photos already, and that is the most.") % {"n": cleaning.MAX_PHOTOS}
    return AttachmentRefused(message, code="too_many")


def _clean(upload: BinaryIO, name: str, size: int) -> cleaning.CleanPhoto:
    try:
        return cleaning.sanitise(upload, name=name, size=size)
    except cleaning.PhotoRefused as refused:
        raise AttachmentRefused(str(refused.message), code=refused.code) from refused


def _one_at_a_time(draft_key: uuid.UUID) -> None:
    """Let photos of one contribution wait for each other until the transaction ends, the first ones too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"photos:{draft_key}"])


def _store(new: Attachment, clean: cleaning.CleanPhoto) -> None:
    """Store row and files; when another contribution took the photo's id meanwhile, neither."""
    new.image = ContentFile(clean.image, "image.jpg")
    new.thumbnail = ContentFile(clean.thumbnail, "thumbnail.jpg")
    try:
        with transaction.atomic():
            new.save(force_insert=True)
    except IntegrityError as taken:
        _remove_files(new)
        raise _conflict() from taken


def _remove_files(attachment: Attachment) -> None:
    for file in (attachment.image, attachment.thumbnail):
        file.storage.delete(str(file.name))


def claim(*, draft_key: uuid.UUID, target: Model) -> int:
    """Tie the photos that were sent before their contribution to it. Returns how many."""
    waiting = Attachment.objects.filter(draft_key=draft_key, object_id__isnull=True)
    return waiting.update(**_target_fields(target))


def of(target: Model) -> QuerySet[Attachment]:
    """The photos of a contribution, oldest first."""
    return Attachment.objects.filter(**_target_fields(target)).order_by("id")


def of_each(model: type[Model], keys: Iterable[int]) -> QuerySet[Attachment]:
    """The photos of several rows of one model, oldest first."""
    kind = ContentType.objects.get_for_model(model)
    return Attachment.objects.filter(content_type=kind, object_id__in=list(keys)).order_by("id")


def public_of(target: Model) -> QuerySet[Attachment]:
    """Those that an official opened to everybody."""
    return of(target).filter(is_public=True)


def publish(*, target: Model, seen: Iterable[Attachment]) -> int:
    """Open to everybody those of the contribution's photos that were seen. Returns how many became public."""
    return of(target).filter(pk__in=[photo.pk for photo in seen], is_public=False).update(is_public=True)


def withdraw(*, target: Model) -> int:
    """Close all photos of the contribution to others. Returns how many were public."""
    return public_of(target).update(is_public=False)


def remove(photos: Iterable[Attachment]) -> int:
    """Remove these photos; their files go when the transaction is done. Returns how many."""
    found = list(photos)
    Attachment.objects.filter(pk__in=[photo.pk for photo in found]).delete()
    for photo in found:
        transaction.on_commit(partial(_remove_files, photo), robust=True)
    return len(found)


def drafts(draft_key: uuid.UUID) -> QuerySet[Attachment]:
    """The photos that wait for the contribution with this key."""
    return Attachment.objects.filter(draft_key=draft_key, object_id__isnull=True).order_by("id")


def forget_unclaimed() -> int:
    """Remove photos whose contribution never came. Returns how many.

    One that is being claimed at this moment stays.
    """
    with scopes_disabled():
        unclaimed = Attachment.objects.filter(
            object_id__isnull=True, created_at__lt=timezone.now() - FORGET_DRAFTS_AFTER
        )
        return sum(_forget(unclaimed, pk) for pk in list(unclaimed.values_list("pk", flat=True)))


def _forget(unclaimed: QuerySet[Attachment], pk: int) -> bool:
    """The row first: when that can't be removed, its files are still there."""
    with transaction.atomic():
        attachment = unclaimed.select_for_update(skip_locked=True).filter(pk=pk).first()
        if attachment is None:
            return False
        attachment.delete()
    _remove_files(attachment)
    return True


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
