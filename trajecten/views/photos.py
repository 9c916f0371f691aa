"""Photos, shown only with an address that a page of the portal signed for its reader."""

import uuid

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404

from trajecten.domain.photos import attachments
from trajecten.models import Attachment

SIZES = {"image": "image", "thumb": "thumbnail"}


def photo(request: HttpRequest, gemeente: str, photo: uuid.UUID, size: str) -> FileResponse:
    """The clean photo; 404 for an unknown size or without a valid signature, as if it were not there."""
    attachment = get_object_or_404(Attachment, uuid=photo)
    if size not in SIZES or not attachments.may_open(attachment, size, request.GET.get("t", "")):
        raise Http404
    file = getattr(attachment, SIZES[size])
    headers = {"Cache-Control": "private, max-age=86400", "Content-Disposition": "inline"}
    return FileResponse(file.open("rb"), content_type="image/jpeg", headers=headers)
