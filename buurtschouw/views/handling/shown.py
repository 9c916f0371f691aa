"""What the page of a report says of it: its facts, its history and the notes of colleagues."""

from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtschouw.domain import together
from buurtschouw.domain.history import Event
from buurtschouw.models import Note, Report
from trajecten.domain import moments


def facts(report: Report) -> list[dict[str, Any]]:
    where = ", ".join(part for part in (report.address, report.area.name if report.area else "") if part)
    found = [
        {"label": _("Number"), "value": report.pk},
        {"label": _("Reported"), "value": _moment(report.created_at)},
        {"label": _("Where"), "value": where or _("only the pin on the map")},
        {"label": _("Theme"), "value": report.category.name},
        {"label": _("Walk"), "value": report.trajectory.title},
        {"label": _("Reporter"), "value": _reporter(report)},
        {"label": _("People who see it too"), "value": _supporters(report)},
    ]
    if report.accuracy is not None and report.point:
        found.insert(
            3, {"label": _("Accuracy of the pin"), "value": _("%(n)d metres") % {"n": report.accuracy}}
        )
    return found


def _reporter(report: Report) -> str:
    """Whether the reporter can be reached, never how."""
    if report.author and report.author.email:
        return _("gets every answer by mail")
    return _("left no e-mail address; reads the answer on the report's own page")


def _supporters(report: Report) -> str:
    """How many there are, and to how many the words of the closing answer go as well."""
    reached = together.supporters(report).filter(email__isnull=False).count() if report.supports else 0
    if not reached:
        return str(report.supports)
    mailed = ngettext(
        "%(n)d gets the closing answer by mail", "%(n)d get the closing answer by mail", reached
    )
    return f"{report.supports} ({mailed % {'n': reached}})"


def timeline(events: list[Event]) -> list[dict[str, Any]]:
    """The history as the timeline shows it."""
    kinds = {"answer": "staff", "act": "internal", "elsewhere": "staff", "portal": "staff"}
    return [
        {
            "who": event.by or _who(event.kind),
            "when": event.at,
            "title": event.title,
            "text": event.text,
            "kind": kinds.get(event.kind, "resident"),
            "tone": {"good": "success", "bad": "danger", "warn": "warning"}.get(event.tone, ""),
        }
        for event in events
    ]


def _who(kind: str) -> str:
    names = {
        "answer": _("The municipality"),
        "act": _("The portal"),
        "portal": _("The portal"),
        "elsewhere": _("Another organisation"),
    }
    return names.get(kind, _("Reporter"))


def _moment(moment: datetime) -> str:
    return f"{date_format(localtime(moment), 'j F Y')}, {moments.clock(moment)}"


def notes(report: Report) -> list[dict[str, Any]]:
    return [
        {"who": note.by or _("somebody who left"), "when": note.at, "text": note.text, "kind": "internal"}
        for note in Note.objects.filter(report=report).select_related("by")
    ]
