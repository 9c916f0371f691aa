"""The messages about reports at other systems, and what their templates need."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_noop as _

from buurtschouw.domain.chain import chain_of
from buurtschouw.domain.forwarding import statuses
from buurtschouw.enums import UNSENT, ForwardState
from buurtschouw.models import Forward, ForwardUpdate
from buurtschouw.notifications.reports import ABOUT_A_REPORT, tracking_url
from trajecten.enums import Moderation, VerdictValue
from trajecten.models import Notification
from trajecten.registry import Message, NothingToSay


def _url(name: str, **parts: Any) -> str:
    return f"{settings.BASE_URL}{reverse(name, kwargs=parts)}"


def _about_update(row: Notification) -> ForwardUpdate:
    if not isinstance(row.about, ForwardUpdate):
        raise NothingToSay("the news is gone")
    row.about.forward.report.municipality = row.municipality
    return row.about


def _told(update: ForwardUpdate) -> dict[str, Any]:
    """Who says what: the name of the other system, and its status in our words."""
    destination = update.forward.destination
    said = statuses.words_of(destination.system, update.status)
    return {"report": update.forward.report, "whom": destination.name, "said": said, "update": update}


def news(row: Notification) -> Mapping[str, Any]:
    """For the reporter. Raises ``NothingToSay`` when the news is gone."""
    update = _about_update(row)
    report = update.forward.report
    return {**_told(update), "chain": chain_of(report), "tracking_url": tracking_url(report)}


def finished(row: Notification) -> Mapping[str, Any]:
    """As ``news``, with a link for each verdict on the round that the row's context names."""
    about = news(row)
    parts = {
        "gemeente": row.municipality.slug,
        "token": about["report"].token,
        "round_number": row.context["round"],
    }
    verdicts = [
        {"label": value.label, "url": _url("buurtschouw:verdict", **parts, value=value.value)}
        for value in VerdictValue
    ]
    return {**about, "verdicts": verdicts}


def supported(row: Notification) -> Mapping[str, Any]:
    """For who supports or follows it: without their words, which nobody has looked at. Raises as ``news``.

    Raises ``NothingToSay`` for what has been hidden since.
    """
    update = _about_update(row)
    report = update.forward.report
    if report.moderation == Moderation.HIDDEN:
        raise NothingToSay("hidden")
    public_url = _url("buurtschouw:public-report", gemeente=row.municipality.slug, number=report.pk)
    return {**_told(update), "chain": chain_of(report, own=False), "public_url": public_url}


def failed(row: Notification) -> Mapping[str, Any]:
    """For who looks after the report. Raises ``NothingToSay`` when it is gone, sent again or answered meanwhile."""
    forward = row.about
    if not isinstance(forward, Forward):
        raise NothingToSay("the forward is gone")
    if not forward.report.is_open or forward.state not in {*UNSENT, ForwardState.DECLINED}:
        raise NothingToSay("answered already")
    report = forward.report
    report.municipality = row.municipality
    report_url = _url("buurtschouw:report", gemeente=row.municipality.slug, number=report.pk)
    return {
        "report": report,
        "forward": forward,
        "whom": forward.destination.name,
        "can_be_sent_again": forward.state in UNSENT,
        "report_url": report_url,
    }


MESSAGES = (
    Message(
        key="buurtschouw.forward_news",
        app="buurtschouw",
        audience=_("Reporter who left an address"),
        trigger=_("The other system that has the report says how far it is"),
        category="my-reports",
        context=news,
        target="tracking_url",
        placeholders=ABOUT_A_REPORT,
    ),
    Message(
        key="buurtschouw.forward_finished",
        app="buurtschouw",
        audience=_("Reporter who left an address"),
        trigger=_("The other system that has the report says that it is done. Asks for a verdict."),
        category="my-reports",
        context=finished,
        target="tracking_url",
        placeholders=ABOUT_A_REPORT,
    ),
    Message(
        key="buurtschouw.forward_declined",
        app="buurtschouw",
        audience=_("Reporter who left an address"),
        trigger=_("The other system that has the report says that it does not do it"),
        category="my-reports",
        context=news,
        target="tracking_url",
        placeholders=ABOUT_A_REPORT,
    ),
    Message(
        key="buurtschouw.forward_supported",
        app="buurtschouw",
        audience=_("People who support the report and left an address"),
        trigger=_("The other system that has the report says that it is done"),
        category="my-supports",
        context=supported,
        target="public_url",
        same_for_all=True,
        placeholders=ABOUT_A_REPORT,
        stops=_("reports that you support"),
    ),
    Message(
        key="buurtschouw.forward_followed",
        app="buurtschouw",
        audience=_("Who follows the report"),
        trigger=_("The other system that has the report says that it is done"),
        category="followed",
        context=supported,
        target="public_url",
        same_for_all=True,
        placeholders=ABOUT_A_REPORT,
        stops=_("what you follow"),
    ),
    Message(
        key="buurtschouw.forward_failed",
        app="buurtschouw",
        audience=_("Official the report is assigned to, else the team of its theme, else the coordinators"),
        trigger=_("A report could not be forwarded, was refused by the other system, or came back from it"),
        category="my-work",
        context=failed,
        stops=_("your work here"),
        target="report_url",
        placeholders=ABOUT_A_REPORT,
    ),
)
