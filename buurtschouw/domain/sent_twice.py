"""An answer that its writer sent twice: by a second press, or from a page that was still there."""

from datetime import date, timedelta

from django.utils import timezone

from buurtschouw.domain import answer_templates
from buurtschouw.enums import ReportStatus
from buurtschouw.models import Answer, Report
from trajecten.models import User

# Later than this the same words are meant as another answer.
MOMENTS = timedelta(minutes=10)


def found(
    *,
    report: Report,
    by: User,
    version: int,
    status: str,
    message: str,
    planned_for: date | None = None,
    forwarded_to: str = "",
) -> Answer | None:
    """The answer that these words made already, when nothing but that changed the report since ``version``.

    None when the newest answer is somebody else's, says anything else, or is not of these moments.
    """
    newest = Answer.objects.filter(report=report).order_by("-id").select_related("report__author").first()
    if newest is None or newest.report.version != version + 1 or newest.by_id != by.pk:
        return None
    promised = planned_for if status == ReportStatus.PLANNED else None
    words = answer_templates.with_day(message, promised) if promised else message
    said = (
        status,
        words.strip(),
        promised,
        forwarded_to.strip() if status == ReportStatus.FORWARDED else "",
    )
    is_same = said == (newest.status, newest.message, newest.planned_for, newest.forwarded_to)
    return newest if is_same and newest.at >= timezone.now() - MOMENTS else None
