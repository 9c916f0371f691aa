"""The address of a photo, for a page whose reader may see it."""

from django import template
from django.urls import reverse

from trajecten.domain.photos import attachments
from trajecten.models import Attachment

register = template.Library()


@register.simple_tag(takes_context=True)
def photo_url(context: template.Context, attachment: Attachment, size: str = "image") -> str:
    """Signed address of the photo; ``size`` is image or thumb."""
    kwargs = {"gemeente": context["municipality"].slug, "photo": attachment.uuid, "size": size}
    return f"{reverse('photo', kwargs=kwargs)}?t={attachments.signature(attachment, size)}"
