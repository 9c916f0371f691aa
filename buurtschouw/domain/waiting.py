"""Waiting for the reporter: they answer, an official goes on without that, or nothing comes at all."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_scopes import scope

from buurtschouw.domain import answering, pausing
from buurtschouw.domain.pausing import PauseRefused
from buurtschouw.enums import ReportStatus
from buurtschouw.models import Answer, Reply, Report
from trajecten.domain import activities
from trajecten.domain.telling import notify
from trajecten.models import Municipality, User
from trajecten.transitions import check

REPLIED = "buurtschouw.reporter_replied"
SILENT = "buurtschouw.reporter_silent"
# A run of the clock that was missed is made up for so long.
MADE_UP_FOR = timedelta(days=14)


def question(report: Report) -> Answer | None:
    """The last thing that was asked of the reporter, with its ``reply`` if there is one; None when nothing was."""
    asked = Answer.objects.filter(report=report, status=ReportStatus.WAITING).select_related("reply", "by")
    return asked.order_by("pk").last()


def unanswered(report: Report) -> Answer | None:
    """The question that the reporter can still answer."""
    asked = question(report) if report.is_open else None
    return asked if asked and not hasattr(asked, "reply") else None


@transaction.atomic
def reply(*, report: Report, text: str) -> Reply:
    """Keep what the reporter answers to the last question; the clock runs again and the report comes on top.

    An official may have gone on meanwhile: as long as the report is open the words are kept. The same words again
    give the first answer. Refused (``PauseRefused``) without words, without a question, when it was answered already,
    and for a report that is closed.
    """
    report = answering.lock(report)
    asked = question(report)
    if not text.strip():
        raise PauseRefused(_("Write your answer first."), field="text")
    if asked is None:
        raise PauseRefused(_("The municipality has not asked you anything about this report."), field="text")
    if hasattr(asked, "reply"):
        if asked.reply.text == text.strip():
            return asked.reply
        raise PauseRefused(
            _("You have answered this question already. The municipality reads it."), field="text"
        )
    if not report.is_open:
        raise PauseRefused(
            _("This report is finished meanwhile, so your answer can't be added any more."), field="text"
        )
    made = Reply.objects.create(
        municipality_id=report.municipality_id, report=report, question=asked, text=text.strip()
    )
    _come_back(report, made)
    activities.record(verb="replied", target=report, by=report.author)
    for official in _who(report, asked):
        notify.owe(
            key=REPLIED,
            to=official,
            municipality=report.municipality,
            about=made,
            delivery_key=f"{REPLIED}:{made.pk}:{official.pk}",
        )
    return made


def _come_back(report: Report, made: Reply) -> None:
    if report.status == ReportStatus.WAITING:
        _go_on(report)
    report.returned_at = report.replied_at = made.at
    report.version += 1
    report.save(
        update_fields=["status", "due_on", "returned_at", "replied_at", "version", *pausing.FIELDS],
    )


def _go_on(report: Report) -> None:
    """Back to what it was before the question; what was new then has been read since."""
    asked = Answer.objects.filter(report=report, status=ReportStatus.WAITING)
    before = asked.exclude(status_before=ReportStatus.WAITING).order_by("pk").last()
    known = before.status_before if before else ReportStatus.NEW
    status = ReportStatus.ACKNOWLEDGED if known == ReportStatus.NEW else known
    check(ReportStatus, report.means.transitions, report.status, status)
    report.status = status
    pausing.start(report)


@transaction.atomic
def take_up(*, report: Report, by: User, version: int | None = None) -> Report:
    """Go on without waiting any longer; the clock runs again. Nobody is mailed.

    Refused (``PauseRefused``) for what does not wait. Raises ``ReportChanged`` as ``answering.answer`` does.
    """
    report = answering.lock(report, version)
    if report.status != ReportStatus.WAITING:
        raise PauseRefused(_("This report does not wait for its reporter."))
    _go_on(report)
    report.version += 1
    report.save(update_fields=["status", "due_on", "version", *pausing.FIELDS])
    activities.record(verb="taken_up", target=report, by=by)
    return report


def tell_silence() -> int:
    """Tell officials of the questions that nobody answered in time, once each. Returns how many."""
    told = 0
    for municipality in Municipality.objects.participating():
        with scope(municipality=municipality):
            told += sum(_tell_silence(report) for report in _silent())
    return told


def _silent() -> Iterable[Report]:
    today = timezone.localdate()
    rows = Report.objects.filter(
        status=ReportStatus.WAITING, due_on__lt=today, due_on__gte=today - MADE_UP_FOR
    )
    return rows.select_related("municipality", "assigned_to", "category").defer(
        "search", "municipality__boundary"
    )


@transaction.atomic
def _tell_silence(report: Report) -> int:
    asked = question(report)
    if asked is None:
        return 0
    officials = _who(report, asked)
    for official in officials:
        notify.owe(
            key=SILENT,
            to=official,
            municipality=report.municipality,
            about=report,
            delivery_key=f"{SILENT}:{asked.pk}:{official.pk}",
        )
    return len(officials)


def _who(report: Report, asked: Answer) -> list[User]:
    """Who looks after it, or else who asked; the theme's team when neither works here any more."""
    for official in (report.assigned_to, asked.by):
        if official is not None and official.is_active:
            return [official]
    team = report.category.team
    return list(team.members.filter(is_active=True)) if team else []
