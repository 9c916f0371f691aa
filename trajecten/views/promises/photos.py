"""Photos that come with a form about a promise."""

import uuid

from django.forms import Form
from django.http import HttpRequest

from trajecten.domain.photos import attachments, cleaning


def key_of(form: Form) -> uuid.UUID:
    """The key under which its photos wait; one that is no key has none."""
    try:
        return uuid.UUID(form.data.get("key", ""))
    except ValueError:
        return uuid.uuid4()


def keep(request: HttpRequest, form: Form) -> None:
    """Clean the photos before the words are looked at: with a message about one, the others have been kept."""
    key = key_of(form)
    for upload in request.FILES.getlist("photos")[: cleaning.MAX_PHOTOS]:
        try:
            attachments.add(
                municipality=request.municipality,
                draft_key=key,
                upload=upload.file,
                name=upload.name,
                size=upload.size,
            )
        except attachments.AttachmentRefused as refused:
            form.add_error(None, f"{upload.name}: {refused.message}")


def waiting(form: Form) -> dict[str, object]:
    """What the field for photos shows: those that were kept, and how many there may be."""
    kept = attachments.drafts(key_of(form)) if form.is_bound else []
    return {"kept_photos": kept, "max_photos": cleaning.MAX_PHOTOS}
