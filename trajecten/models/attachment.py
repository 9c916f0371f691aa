import uuid

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from trajecten.models.municipality import MunicipalityOwned


def _path(attachment: "Attachment", kind: str) -> str:
    return f"{attachment.municipality_id}/{attachment.uuid.hex[:2]}/{attachment.uuid.hex}-{kind}.jpg"


def image_path(attachment: "Attachment", _name: str) -> str:
    return _path(attachment, "image")


def thumbnail_path(attachment: "Attachment", _name: str) -> str:
    return _path(attachment, "thumb")


class Attachment(MunicipalityOwned):
    """A sanitised photo and its thumbnail. The original is never stored (docs/adr).

    ``uuid`` is made by the client, so that sending again is harmless. ``draft_key`` is the key of the
    contribution that it is for: a photo may come before its contribution (a form that came back with a
    message) or after it (a phone that sends one by one). Without a target it is shown to nobody but the
    one who holds the draft key, and removed after a day.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    draft_key = models.UUIDField(db_index=True)
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, null=True, blank=True)
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    target = GenericForeignKey("content_type", "object_id")
    image = models.ImageField(upload_to=image_path, width_field="width", height_field="height")
    thumbnail = models.ImageField(upload_to=thumbnail_path)
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    source_sha256 = models.CharField(max_length=64, editable=False)
    is_public = models.BooleanField(_("anyone may see it"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["content_type", "object_id"], name="attachment_of_target"),
            models.Index(
                fields=["created_at"], name="attachment_unclaimed", condition=models.Q(object_id__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)
