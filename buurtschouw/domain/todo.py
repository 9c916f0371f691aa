"""What an official has to do next with a report, and by when; and how its state is put in one tag."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtschouw.enums import OPEN, ReportKind, ReportStatus
from buurtschouw.kinds import KINDS
from buurtschouw.models import Report
from trajecten.domain.chain import short_day


@dataclass(frozen=True)
class Todo:
    """The next act, the day it is due (None when nothing is), and that day in words; late ones are pressing."""

    act: str
    due: date | None = None
    when: str = ""
    is_late: bool = False


@dataclass(frozen=True)
class Tag:
    """The state in a few words; ``tone`` is neutral, success, warning, danger or inactive."""

    text: str
    tone: str


def todo(report: Report) -> Todo:
    """What the municipality owes the reporter now."""
    if report.merged_into_id:
        return Todo(act=_("Nothing, it follows report %(number)s") % {"number": report.merged_into_id})
    if report.handed_to:
        return Todo(act=_("%(whom)s works on it") % {"whom": report.handed_to})
    if not report.is_open:
        return Todo(act=_("Nothing, it is closed"))
    if report.status == ReportStatus.WAITING:
        return _wait(report)
    return Todo(act=_act(report), due=report.due_on, when=days_left(report.due_on), is_late=report.is_overdue)


def _wait(report: Report) -> Todo:
    """Nothing until the reporter answered, or until it is clear that they do not."""
    if report.due_on < timezone.localdate():
        return Todo(act=_("No answer: close it or go on"), due=report.due_on, when=_asked(report))
    return Todo(act=_("Wait for the reporter"), due=report.due_on, when=_asked(report))


def _asked(report: Report) -> str:
    day = timezone.localdate(report.waiting_since)
    return _("asked the reporter on %(day)s") % {"day": short_day(day)}


def _act(report: Report) -> str:
    if report.has_reply:
        return _("Read what the reporter answered")
    if report.returned_from:
        return _("Send it again, or answer")
    if report.returned_at:
        return _("Answer again")
    if report.kind == ReportKind.COMPLIMENT:
        return _("Pass on and thank")
    return {
        ReportStatus.NEW: _("Read and answer"),
        ReportStatus.ACKNOWLEDGED: _("Say what we do"),
        ReportStatus.PLANNED: _("Do it and report"),
        ReportStatus.IN_PROGRESS: _("Say how far it is"),
    }[ReportStatus(report.status)]


def link_to(report: Report) -> str:
    """What a link to an idea says: the next act, or that it can be read where there is none."""
    has_act = report.is_open and report.status != ReportStatus.WAITING
    has_act = has_act and not report.merged_into_id and not report.handed_to
    return _act(report) if has_act else _("See the idea")


def days_left(day: date) -> str:
    """The time that is left until a day, or how long ago it passed."""
    days = (day - timezone.localdate()).days
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if days > 1:
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    return ngettext("%(n)d day late", "%(n)d days late", -days) % {"n": -days}


def tag(report: Report) -> Tag:
    """The state as a row of the queue shows it: what came back says so, and what is late stands out."""
    if report.has_reply and report.is_open:
        return Tag(_("The reporter answered"), "danger")
    if report.returned_from and report.is_open:
        return Tag(_("Back: not forwarded"), "danger")
    if report.returned_at and report.is_open:
        return Tag(str(report.means.came_back), "danger")
    found = status_tag(report.status, report.kind)
    if report.status == ReportStatus.PLANNED and report.planned_for:
        found = Tag(_("Planned %(day)s") % {"day": short_day(report.planned_for)}, "success")
    return Tag(found.text, "warning") if report.is_overdue else found


def status_tag(status: str, kind: str = ReportKind.PROBLEM) -> Tag:
    """A status by itself, as it reads for this kind of report."""
    tones = {ReportStatus.NEW: "neutral", ReportStatus.DONE: "success", ReportStatus.NOT_DONE: "danger"}
    choice = ReportStatus(status)
    label = str(KINDS[kind].status(choice))
    tone = tones.get(choice, "neutral" if choice in OPEN else "inactive")
    return Tag(label[:1].upper() + label[1:], tone)
