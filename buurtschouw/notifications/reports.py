"""The messages about a report, and what their templates need."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from buurtschouw.domain.chain import chain_of
from buurtschouw.models import Answer, Report
from trajecten.domain.telling import texts
from trajecten.enums import Moderation, VerdictValue
from trajecten.models import Notification
from trajecten.registry import Message, NothingToSay, Placeholder

DIGEST_ROWS = 20


def _url(name: str, **parts: Any) -> str:
    return f"{settings.BASE_URL}{reverse(name, kwargs=parts)}"


def tracking_url(report: Report) -> str:
    """Where the reporter follows the report; who has this address can read it."""
    return _url("buurtschouw:track", gemeente=report.municipality.slug, token=report.token)


def _about_report(row: Notification) -> Report:
    if not isinstance(row.about, Report):
        raise NothingToSay("the report is gone")
    row.about.municipality = row.municipality
    return row.about


def _about_answer(row: Notification) -> Answer:
    if not isinstance(row.about, Answer):
        raise NothingToSay("the answer is gone")
    row.about.report.municipality = row.municipality
    return row.about


def _for_reporter(report: Report) -> dict[str, Any]:
    return {"report": report, "chain": chain_of(report), "tracking_url": tracking_url(report)}


def received(row: Notification) -> Mapping[str, Any]:
    """The confirmation. Raises ``NothingToSay`` when the report is gone."""
    return _for_reporter(_about_report(row))


def answered(row: Notification) -> Mapping[str, Any]:
    """An answer that leaves the report open. Raises ``NothingToSay`` when the answer is gone."""
    answer = _about_answer(row)
    return {**_for_reporter(answer.report), "answer": answer}


def closed(row: Notification) -> Mapping[str, Any]:
    """The closing answer, with a link for each verdict on this round. Raises as ``answered``."""
    answer = _about_answer(row)
    parts = {"gemeente": row.municipality.slug, "token": answer.report.token, "round_number": answer.round}
    verdicts = [
        {"label": value.label, "url": _url("buurtschouw:verdict", **parts, value=value.value)}
        for value in VerdictValue
    ]
    return {**answered(row), "verdicts": verdicts}


def reopened(row: Notification) -> Mapping[str, Any]:
    """The receipt of a "no". Raises ``NothingToSay`` when the report is gone or was answered meanwhile."""
    report = _about_report(row)
    if report.returned_at is None:
        raise NothingToSay("answered already")
    return _for_reporter(report)


def supported_closed(row: Notification) -> Mapping[str, Any]:
    """The closing answer for who supports the report, without the question and without the reporter's link.

    ``words`` is empty when officials keep the report to themselves. Raises as ``answered``.
    """
    answer = _about_answer(row)
    report = answer.report
    return {
        "report": report,
        "answer": answer,
        "words": answer.message if report.is_public else "",
        "chain": chain_of(report, own=False),
        "public_url": _url("buurtschouw:public-report", gemeente=row.municipality.slug, number=report.pk),
    }


def followed_answered(row: Notification) -> Mapping[str, Any]:
    """As ``supported_closed``, also while it stays open. Raises ``NothingToSay`` for what has been hidden since."""
    if _about_answer(row).report.moderation == Moderation.HIDDEN:
        raise NothingToSay("hidden")
    return supported_closed(row)


def came_back(row: Notification) -> Mapping[str, Any]:
    """For the official it is assigned to. Raises ``NothingToSay`` when the report is gone or closed again."""
    report = _about_report(row)
    if not report.is_open:
        raise NothingToSay("answered already")
    return {"report": report, "report_url": _staff_url(row, report)}


def digest(row: Notification) -> Mapping[str, Any]:
    """The newest ``DIGEST_ROWS`` reports of the period in the official's themes, and how many there are.

    The row's context has the period as ISO moments, ``since`` (left out) and ``until`` (taken along). Raises
    ``NothingToSay`` when none came in.
    """
    since, until = (parse_datetime(row.context[key]) for key in ("since", "until"))
    reports = Report.objects.new_for(row.user, since, until)
    shown = list(reports.with_names().order_by("-id")[:DIGEST_ROWS])
    if not shown:
        raise NothingToSay("nothing new")
    return {
        "rows": [{"report": report, "url": _staff_url(row, report)} for report in shown],
        "total": reports.count(),
        "queue_url": _url("buurtschouw:queue", gemeente=row.municipality.slug),
    }


def _staff_url(row: Notification, report: Report) -> str:
    return _url("buurtschouw:report", gemeente=row.municipality.slug, number=report.pk)


# What a municipality may use in its own words of a message about a report.
ABOUT_A_REPORT = (
    Placeholder(
        "nummer", gettext_lazy("The number of the report"), lambda context: context["report"].pk, "128"
    ),
    Placeholder(
        "melding",
        gettext_lazy("The report in a few words"),
        lambda context: texts.as_title(context["report"].public_title),
        "Losse stoeptegels bij de speeltuin",
    ),
)

MESSAGES = (
    Message(
        key="buurtschouw.report_received",
        app="buurtschouw",
        audience=_("Reporter who left an address"),
        trigger=_("A report has been received"),
        category="my-reports",
        context=received,
        target="tracking_url",
        placeholders=ABOUT_A_REPORT,
    ),
    Message(
        key="buurtschouw.report_answered",
        app="buurtschouw",
        audience=_("Reporter who left an address"),
        trigger=_("An official answers and the report stays open"),
        category="my-reports",
        context=answered,
        target="tracking_url",
        placeholders=ABOUT_A_REPORT,
    ),
    Message(
        key="buurtschouw.report_closed",
        app="buurtschouw",
        audience=_("Reporter who left an address"),
        trigger=_("An official closes the report: done, not done or forwarded. Asks for a verdict."),
        category="my-reports",
        context=closed,
        target="tracking_url",
        placeholders=ABOUT_A_REPORT,
    ),
    Message(
        key="buurtschouw.compliment_passed_on",
        app="buurtschouw",
        audience=_("Who gave a compliment and left an address"),
        trigger=_("An official passes the compliment on. Asks nothing."),
        category="my-reports",
        context=answered,
        target="tracking_url",
        placeholders=ABOUT_A_REPORT,
    ),
    Message(
        key="buurtschouw.report_reopened",
        app="buurtschouw",
        audience=_("Reporter who left an address"),
        trigger=_("The reporter says that it is not solved"),
        category="my-reports",
        context=reopened,
        target="tracking_url",
        placeholders=ABOUT_A_REPORT,
    ),
    Message(
        key="buurtschouw.supported_closed",
        app="buurtschouw",
        audience=_("People who support the report and left an address"),
        trigger=_("An official closes the report, and no promise on it asks them whether it was kept"),
        category="my-supports",
        context=supported_closed,
        target="public_url",
        same_for_all=True,
        placeholders=ABOUT_A_REPORT,
        stops=_("reports that you support"),
    ),
    Message(
        key="buurtschouw.followed_answered",
        app="buurtschouw",
        audience=_("Who follows the report"),
        trigger=_("An official answers or closes the report"),
        category="followed",
        context=followed_answered,
        target="public_url",
        same_for_all=True,
        placeholders=ABOUT_A_REPORT,
        stops=_("what you follow"),
    ),
    Message(
        key="buurtschouw.report_came_back",
        app="buurtschouw",
        audience=_("Official the report is assigned to"),
        trigger=_("The reporter says that it is not solved"),
        category="my-work",
        context=came_back,
        stops=_("your work here"),
        target="report_url",
        placeholders=ABOUT_A_REPORT,
    ),
    Message(
        key="buurtschouw.handler_digest",
        app="buurtschouw",
        audience=_("Handlers of the theme's team"),
        trigger=_("New reports in their themes, at most once an hour"),
        category="my-work",
        context=digest,
        stops=_("your work here"),
        target="queue_url",
        in_portal=False,
    ),
)
