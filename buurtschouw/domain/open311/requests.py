"""Reports as service requests of Open311: only what the public pages show of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from buurtschouw.domain.open311 import statuses
from buurtschouw.enums import CLOSED, OPEN, ReportKind, ReportStatus
from buurtschouw.models import Answer, Report
from trajecten.domain.photos import attachments
from trajecten.models import Attachment, Municipality

WINDOW = timedelta(days=90)
MOST = 1000


@dataclass(frozen=True)
class Asked:
    """What is asked for. ``numbers`` put all other filters aside; of the others empty values ask nothing."""

    since: datetime
    until: datetime
    numbers: Collection[int] | None = None
    services: Collection[int] = ()
    status: Collection[str] = ()


def requests() -> QuerySet[Report]:
    """What Open311 is about: what has to be done. Compliments and ideas ask for nothing of the kind."""
    rows: QuerySet[Report] = Report.objects.filter(kind=ReportKind.PROBLEM)
    return rows.select_related("category", "area").defer("search", "area__geometry", "facts")


def found(asked: Asked) -> QuerySet[Report]:
    """The reports of the filter, newest first; served by an index whichever part of it is asked."""
    rows = requests().order_by("-created_at", "-id")
    if asked.numbers is not None:
        return rows.filter(pk__in=asked.numbers)
    rows = rows.filter(created_at__gte=asked.since, created_at__lte=asked.until)
    if asked.services:
        rows = rows.filter(category__in=asked.services)
    if set(asked.status) == {"open"}:
        rows = rows.filter(status__in=sorted(OPEN))
    if set(asked.status) == {"closed"}:
        rows = rows.filter(status__in=sorted(CLOSED))
    return rows


def told(
    reports: Iterable[Report], municipality: Municipality, *, extended: bool = False
) -> list[dict[str, Any]]:
    """These reports, in as many queries for one as for all. ``extended`` adds what the standard does not have."""
    rows = list(reports)
    answers = _answers(rows)
    photos = _photos(rows)
    return [
        {
            **_request(report, municipality, answers[report.pk], photos.get(report.pk)),
            **(_extended(report, municipality, answers[report.pk]) if extended else {}),
        }
        for report in rows
    ]


def _answers(rows: list[Report]) -> dict[int, list[Answer]]:
    found: dict[int, list[Answer]] = defaultdict(list)
    for answer in (
        Answer.objects.for_others().filter(report__in=[report.pk for report in rows]).order_by("pk")
    ):
        found[answer.report_id].append(answer)
    return found


def _photos(rows: list[Report]) -> dict[int, Attachment]:
    """The first photo of each report that everybody may see."""
    keys = [report.pk for report in rows if report.is_public]
    found: dict[int, Attachment] = {}
    for photo in attachments.of_each(Report, keys).filter(is_public=True):
        found.setdefault(photo.object_id or 0, photo)
    return found


def _request(
    report: Report, municipality: Municipality, answers: list[Answer], photo: Attachment | None
) -> dict[str, Any]:
    last = answers[-1] if answers and report.is_public else None
    return {
        "service_request_id": str(report.pk),
        "status": statuses.of_request(report.status),
        "status_notes": last.message if last else None,
        "service_name": report.category.name,
        "service_code": str(report.category_id),
        "description": report.text or None if report.is_public else report.public_title,
        "agency_responsible": _agency(report, municipality, last),
        "service_notice": None,
        "requested_datetime": _moment(report.created_at),
        "updated_datetime": _moment(_updated(report, answers)),
        "expected_datetime": _expected(report),
        "address": where(report, municipality),
        "address_id": None,
        "zipcode": None,
        "lat": report.point.y if report.point else None,
        "long": report.point.x if report.point else None,
        "media_url": _photo_url(photo, municipality) if photo else None,
    }


def _agency(report: Report, municipality: Municipality, last: Answer | None) -> str:
    """Who does it: another organisation where it was forwarded to one, and others may know."""
    if report.status == ReportStatus.FORWARDED and last and last.forwarded_to:
        return last.forwarded_to
    return municipality.name


def _updated(report: Report, answers: list[Answer]) -> datetime:
    moments = [report.created_at, report.closed_at, report.returned_at, *(answer.at for answer in answers)]
    return max(moment for moment in moments if moment)


def _expected(report: Report) -> str | None:
    """The end of the day by which the municipality does or says the next thing; nothing once it is closed."""
    if not report.is_open:
        return None
    day = report.planned_for or report.due_on
    return _moment(timezone.make_aware(datetime.combine(day, time(23, 59, 59))))


def where(report: Report, municipality: Municipality) -> str:
    """In words, as the public pages have it: the neighbourhood, for what was typed may lead to somebody's door."""
    return f"{report.area.name}, {municipality.name}" if report.area else municipality.name


def _photo_url(photo: Attachment, municipality: Municipality) -> str:
    """Good until the end of tomorrow: what is made private again can't be seen by an old address for long."""
    path = reverse("photo", kwargs={"gemeente": municipality.slug, "photo": photo.uuid, "size": "image"})
    return f"{settings.BASE_URL}{path}?t={attachments.signature(photo, 'image')}"


def _moment(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds")


def _extended(report: Report, municipality: Municipality, answers: list[Answer]) -> dict[str, Any]:
    path = reverse("buurtschouw:public-report", kwargs={"gemeente": municipality.slug, "number": report.pk})
    return {
        "extended_attributes": {
            "detailed_status": report.status,
            "area_code": report.area.code if report.area else None,
            "supports": report.supports,
            "planned_for": report.planned_for.isoformat() if report.planned_for else None,
            "url": f"{settings.BASE_URL}{path}",
        },
        "notes": [
            {
                "datetime": _moment(answer.at),
                "summary": str(ReportStatus(answer.status).label),
                "description": answer.message if report.is_public else None,
            }
            for answer in answers
        ],
    }
