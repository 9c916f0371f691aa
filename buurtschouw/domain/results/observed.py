"""What was noted of a walk, each with its answer, as everybody may read it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from buurtschouw.models import Answer, Report, Schouw
from trajecten.domain.photos import attachments
from trajecten.enums import Moderation
from trajecten.models import Attachment

# As many as fill two rows of a page.
PHOTOS = 8


@dataclass(frozen=True)
class Answered:
    """What was answered last. ``words`` is empty where the report is not public: then its reporter was told."""

    words: str
    at: datetime


@dataclass(frozen=True)
class Observation:
    """A report with its last answer (None while there is none) and the photos that everybody may see."""

    report: Report
    answer: Answered | None
    photos: tuple[Attachment, ...]


def of_walk(schouw: Schouw) -> QuerySet[Report]:
    """Everything that was noted, in the order of the stops, what was at none of them last."""
    rows: QuerySet[Report] = Report.objects.filter(schouw=schouw).with_names().select_related("stop")
    return rows.order_by("stop__position", "id")


def with_answers(reports: Iterable[Report]) -> list[Observation]:
    """The reports with answers and photos, in two statements however many there are."""
    found = list(reports)
    keys = [report.pk for report in found]
    answers = Answer.objects.for_others().filter(report__in=keys).order_by("pk")
    last = {answer.report_id: answer for answer in answers}
    photos: dict[int, list[Attachment]] = defaultdict(list)
    for photo in attachments.of_each(Report, [report.pk for report in found if report.is_public]):
        if photo.is_public:
            photos[photo.object_id or 0].append(photo)
    return [
        Observation(report, _answered(report, last.get(report.pk)), tuple(photos[report.pk]))
        for report in found
    ]


def _answered(report: Report, answer: Answer | None) -> Answered | None:
    if answer is None:
        return None
    return Answered(answer.message if report.is_public else "", answer.at)


def public_photos(schouw: Schouw) -> QuerySet[Attachment]:
    """The photos that everybody may see, of what everybody may read."""
    kind = ContentType.objects.get_for_model(Report)
    shown = Report.objects.filter(schouw=schouw, moderation=Moderation.PUBLISHED).values("pk")
    rows: QuerySet[Attachment] = Attachment.objects.filter(
        content_type=kind, object_id__in=shown, is_public=True
    )
    return rows


def photos(schouw: Schouw, most: int = PHOTOS) -> list[Attachment]:
    """The newest of them."""
    return list(public_photos(schouw).order_by("-id")[:most])
