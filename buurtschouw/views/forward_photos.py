"""Photos for the other system that a report was forwarded to, by the secret of that forward."""

import uuid

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buurtschouw.enums import LIVE
from buurtschouw.models import Forward
from trajecten.domain.photos import attachments


@never_cache
@require_safe
def photo(request: HttpRequest, gemeente: str, token: str, photo: uuid.UUID) -> FileResponse:
    """The clean photo, as long as they have the report and were to get its photos; 404 in any other case."""
    forward = get_object_or_404(
        Forward.objects.select_related("report").defer("report__search"),
        token=token,
        shares_photos=True,
        state__in=sorted(LIVE),
    )
    found = attachments.of(forward.report).filter(uuid=photo).first()
    if found is None:
        raise Http404
    return FileResponse(found.image.open("rb"), content_type="image/jpeg")
