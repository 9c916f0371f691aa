"""The messages about handling a report: merged with another, a question to its reporter, what they answered."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_noop as _

from buurtschouw.domain import together
from buurtschouw.enums import ReportStatus
from buurtschouw.models import Answer, Merge, Reply, Report
from buurtschouw.notifications.reports import ABOUT_A_REPORT, tracking_url
from trajecten.models import Notification
from trajecten.registry import Message, NothingToSay


def _staff_url(row: Notification, report: Report) -> str:
    path = reverse("buurtschouw:report", kwargs={"gemeente": row.municipality.slug, "number": report.pk})
    return f"{settings.BASE_URL}{path}"


def _about_merge(row: Notification) -> Merge:
    if not isinstance(row.about, Merge):
        raise NothingToSay("the merging is gone")
    row.about.report.municipality = row.municipality
    return row.about


def merged(row: Notification) -> Mapping[str, Any]:
    """That the report follows another. Raises ``NothingToSay`` when that is gone or was undone meanwhile."""
    merge = _about_merge(row)
    if merge.undone_at is not None:
        raise NothingToSay("undone already")
    return {"report": merge.report, "tracking_url": tracking_url(merge.report)}


def unmerged(row: Notification) -> Mapping[str, Any]:
    """That it goes its own way again. Raises ``NothingToSay`` when that is gone or it was merged again meanwhile."""
    report = _about_merge(row).report
    if report.merged_into_id:
        raise NothingToSay("merged again")
    return {"report": report, "tracking_url": tracking_url(report)}


def merged_answered(row: Notification) -> Mapping[str, Any]:
    """An answer to the report that theirs follows. Nothing of that report itself is told: its words may not be public.

    Raises ``NothingToSay`` when the answer is gone, or theirs does not follow that report any more.
    """
    if not isinstance(row.about, Answer):
        raise NothingToSay("the answer is gone")
    followers = together.with_merged([row.about.report_id]).filter(merged_into__isnull=False)
    own = followers.filter(author=row.participant).select_related("category", "area").order_by("pk").last()
    if own is None:
        raise NothingToSay("not merged any more")
    own.municipality = row.municipality
    return {"report": own, "answer": row.about, "tracking_url": tracking_url(own)}


def question(row: Notification) -> Mapping[str, Any]:
    """What is asked. Raises ``NothingToSay`` when it is gone, was answered, or is not waited for any more."""
    if not isinstance(row.about, Answer):
        raise NothingToSay("the question is gone")
    report = row.about.report
    if report.status != ReportStatus.WAITING or hasattr(row.about, "reply"):
        raise NothingToSay("not waited for any more")
    report.municipality = row.municipality
    return {"report": report, "answer": row.about, "tracking_url": f"{tracking_url(report)}#vraag"}


def replied(row: Notification) -> Mapping[str, Any]:
    """For the official. Raises ``NothingToSay`` when the reply is gone or an official went on with it."""
    if not isinstance(row.about, Reply):
        raise NothingToSay("the reply is gone")
    report = row.about.report
    if not report.has_reply:
        raise NothingToSay("read already")
    return {"report": report, "report_url": _staff_url(row, report)}


def silent(row: Notification) -> Mapping[str, Any]:
    """For the official. Raises ``NothingToSay`` when the report is gone or does not wait any more."""
    if not isinstance(row.about, Report) or row.about.status != ReportStatus.WAITING:
        raise NothingToSay("not waited for any more")
    return {"report": row.about, "report_url": _staff_url(row, row.about)}


MESSAGES = (
    Message(
        key="buurtschouw.report_merged",
        app="buurtschouw",
        audience=_("Reporter who left an address"),
        trigger=_("An official lets the report follow another one about the same"),
        category="my-reports",
        context=merged,
        target="tracking_url",
        placeholders=ABOUT_A_REPORT,
    ),
    Message(
        key="buurtschouw.report_unmerged",
        app="buurtschouw",
        audience=_("Reporter who left an address"),
        trigger=_("An official lets a merged report go its own way again"),
        category="my-reports",
        context=unmerged,
        target="tracking_url",
        placeholders=ABOUT_A_REPORT,
    ),
    Message(
        key="buurtschouw.merged_answered",
        app="buurtschouw",
        audience=_("Reporter of a merged report who left an address"),
        trigger=_("An official answers or closes the report that is kept, and no promise on it asks them"),
        category="my-reports",
        context=merged_answered,
        target="tracking_url",
        placeholders=ABOUT_A_REPORT,
    ),
    Message(
        key="buurtschouw.report_question",
        app="buurtschouw",
        audience=_("Reporter who left an address"),
        trigger=_("An official asks the reporter something; the clock stops"),
        category="my-reports",
        context=question,
        target="tracking_url",
        placeholders=ABOUT_A_REPORT,
    ),
    Message(
        key="buurtschouw.reporter_replied",
        app="buurtschouw",
        audience=_("Official who looks after the report or asked; the theme's team when there is none"),
        trigger=_("The reporter answers a question"),
        category="my-work",
        context=replied,
        stops=_("your work here"),
        target="report_url",
        placeholders=ABOUT_A_REPORT,
    ),
    Message(
        key="buurtschouw.reporter_silent",
        app="buurtschouw",
        audience=_("Official who looks after the report or asked; the theme's team when there is none"),
        trigger=_("A question has had no answer for ten working days"),
        category="my-work",
        context=silent,
        stops=_("your work here"),
        target="report_url",
        placeholders=ABOUT_A_REPORT,
    ),
)
