"""What goes along of a report: what its forward says, and nothing more."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from buurtschouw.domain.forwarding import channels
from buurtschouw.domain.forwarding.answers import Content
from buurtschouw.models import Forward, Report
from trajecten.domain.photos import attachments
from trajecten.models import Attachment


def content_of(forward: Forward, report: Report) -> Content:
    """The words, the place and when it was seen; photos and the address of the reporter only where that was chosen.

    An address goes along only as long as the reporter wants mail at all.
    """
    email = ""
    if forward.shares_contact and report.author and not report.author.contact_withdrawn_at:
        email = report.author.email or ""
    return Content(
        code=forward.code,
        text=report.text or report.category.name,
        about=about(report),
        seen_at=report.observed_at or report.created_at,
        lat=report.point.y if report.point else None,
        lon=report.point.x if report.point else None,
        address=report.address,
        email=email,
        photos=() if channels.takes_photos(forward.destination) else photo_addresses(forward, report),
    )


def about(report: Report) -> str:
    """One line that says which report it is; by it a report is found again of which nothing was heard."""
    values = {"number": report.pk, "name": report.municipality.name}
    return _("This is report %(number)s of the municipality of %(name)s.") % values


def photos_of(forward: Forward, report: Report) -> list[Attachment]:
    """The clean photos, oldest first; none when that was not chosen."""
    return list(attachments.of(report)) if forward.shares_photos else []


def photo_addresses(forward: Forward, report: Report) -> tuple[str, ...]:
    """Where the other system finds the photos, by the secret of this forward."""
    kwargs = {"gemeente": report.municipality.slug, "token": forward.token}
    return tuple(
        f"{settings.BASE_URL}{reverse('buurtschouw:forward-photo', kwargs={**kwargs, 'photo': photo.uuid})}"
        for photo in photos_of(forward, report)
    )
