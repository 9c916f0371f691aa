"""Updates of service requests: what officials answered, told to other systems, and what those answer themselves."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtschouw.domain import answering
from buurtschouw.domain.open311 import statuses
from buurtschouw.enums import ReportKind, ReportStatus
from buurtschouw.models import Answer, ApiKey, Note, ReceivedUpdate, Report
from trajecten.refusals import Refused


class UpdateRefused(Refused):
    """An update that can't be taken; the message says why. ``code`` is "owner" or "conflict" for two of the reasons."""


def found(since: datetime, until: datetime) -> QuerySet[Answer]:
    """The answers of these moments, the oldest first, so that who asks again goes on after the last."""
    rows = Answer.objects.for_others().filter(at__range=(since, until), report__kind=ReportKind.PROBLEM)
    return rows.select_related("report").defer("report__search", "report__facts").order_by("at", "id")


def told(answers: Iterable[Answer]) -> list[dict[str, Any]]:
    """These answers; their words only where others may read the report."""
    return [
        {
            "update_id": str(answer.pk),
            "service_request_id": str(answer.report_id),
            "status": statuses.TOLD[ReportStatus(answer.status)],
            "updated_datetime": timezone.localtime(answer.at).isoformat(timespec="seconds"),
            "description": answer.message if answer.report.is_public else None,
            "media_url": None,
            "external_status_code": answer.status,
        }
        for answer in answers
    ]


@transaction.atomic
def take_in(
    *,
    key: ApiKey,
    report: Report,
    update_id: str,
    status: str,
    description: str,
    planned_for: date | None,
) -> str:
    """Answer the report as the owner of the key; with the status "unchanged" write a note for officials.

    Returns our number for it; the same ``update_id`` with the same content gives the first one. Raises
    ``UpdateRefused`` for other content, and when the owner may not answer (any more); ``AnswerRefused`` and
    ``TransitionRefused`` as ``answering.answer`` does.
    """
    ApiKey.objects.select_for_update().get(pk=key.pk)  # updates of one system wait for each other
    mark = _mark(report, status, description, planned_for)
    known = ReceivedUpdate.objects.filter(key=key, update_id=update_id).first()
    if known:
        if known.fingerprint != mark:
            message = _("This update_id was used before for another update.")
            raise UpdateRefused(message, field="update_id", code="conflict")
        return _number(known)
    if key.owner is None or not key.owner.has_perm("buurtschouw.answer_report", report):
        message = _("Nobody answers for this key any more. Ask the municipality to renew it.")
        raise UpdateRefused(message, code="owner")
    made = ReceivedUpdate(municipality_id=key.municipality_id, key=key, update_id=update_id, fingerprint=mark)
    if status == statuses.UNCHANGED:
        made.note = _note(key, report, description)
    else:
        made.answer = _answer(key, report, status, description, planned_for)
    made.save()
    return _number(made)


def _mark(report: Report, status: str, description: str, planned_for: date | None) -> str:
    content = [report.pk, status, description, planned_for.isoformat() if planned_for else None]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def _note(key: ApiKey, report: Report, description: str) -> Note:
    assert key.owner is not None  # noqa: S101  checked before
    return answering.note(report=report, by=key.owner, text=f"{key.name}: {description}")


def _answer(key: ApiKey, report: Report, status: str, description: str, planned_for: date | None) -> Answer:
    assert key.owner is not None  # noqa: S101  checked before
    newest = answering.lock(report)
    asked = statuses.heard(status, newest.status)
    return answering.answer(
        report=newest,
        by=key.owner,
        version=newest.version,
        status=asked,
        message=description,
        planned_for=(planned_for or newest.planned_for) if asked == ReportStatus.PLANNED else None,
    )


def _number(update: ReceivedUpdate) -> str:
    return str(update.answer_id) if update.answer_id else f"n{update.note_id}"
