"""Photos that come after their report: from a phone that sends them one by one, or with a form that is sent again.

Who has the tracking link can add them, so nobody else sees one before an official did (``answering.moderate``).
"""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtschouw.domain.late_sending import LATE_FOR
from buurtschouw.enums import ReportOrigin
from buurtschouw.models import Report
from trajecten.domain import activities
from trajecten.domain.photos import attachments
from trajecten.models import Attachment, Participant

# A phone without a network goes on trying; what comes later is not of this report any more.
TAKEN_FOR = timedelta(hours=24)


def refusal(report: Report) -> str:
    """Why the report takes no more photos and what to do instead; empty while it does.

    What was seen on a walk takes them for as long as the walk itself takes late observations, also when an official
    answered on the spot: the phone sends them in its own time.
    """
    if report.origin == ReportOrigin.WALK and timezone.now() <= report.created_at + LATE_FOR:
        return ""
    if not report.is_open:
        return _(
            "This report is finished, so no photos can be added. Is it there again? Then make a new report."
        )
    if timezone.now() > report.created_at + TAKEN_FOR:
        return _("Photos can be added until a day after the report. Make a new report for what you see now.")
    return ""


def add(
    *,
    report: Report,
    by: Participant | None,
    photo_id: uuid.UUID,
    upload: BinaryIO,
    size: int,
    may_add: Callable[[], None],
) -> Attachment:
    """Add a photo to a report. Refused as ``attachments.add`` says, and (code "late") as ``refusal`` does.

    One that was added before is never refused when it comes again.
    """

    def may() -> None:
        message = refusal(report)
        if message:
            raise attachments.AttachmentRefused(message, code="late")
        may_add()

    return attachments.add(
        municipality=report.municipality,
        photo_id=photo_id,
        draft_key=report.key,
        upload=upload,
        name="photo",
        size=size,
        target=report,
        by=by,
        may_add=may,
    )


def add_to_reply(*, report: Report, upload: BinaryIO, size: int, may_add: Callable[[], None]) -> Attachment:
    """Add a photo that came with the reporter's answer to a question, however old the report is.

    Refused as ``attachments.add`` says. The same content again is the same photo.
    """
    return attachments.add(
        municipality=report.municipality,
        draft_key=report.key,
        upload=upload,
        name="photo",
        size=size,
        target=report,
        by=report.author,
        may_add=may_add,
    )


@transaction.atomic
def claim_again(*, report: Report) -> int:
    """Tie the photos that came along when the report was sent again. Returns how many; none once it is too late."""
    if refusal(report):
        return 0
    claimed = attachments.claim(draft_key=report.key, target=report)
    if claimed:
        activities.record(verb="photo_added", target=report, by=report.author, details={"photos": claimed})
    return claimed
