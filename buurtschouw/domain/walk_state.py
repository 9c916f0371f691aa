"""What the app of one walker shows: the walk itself, what this walker gave, and what the group found."""

from collections.abc import Iterable
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from buurtschouw.domain import checklist, late_sending, scores, scoring
from buurtschouw.enums import TRANSITIONS, ReportKind, ReportOrigin, ReportStatus
from buurtschouw.models import Answer, Report, Schouw
from trajecten.enums import EnrolmentStatus
from trajecten.models import Enrolment

# More than anybody sees on one walk; older ones are on the pages of the reports themselves.
MAX_OWN = 200


def of_walk(schouw: Schouw) -> dict[str, Any]:
    """The part that is the same for all who walk along: route, stops, statements and themes. WGS84, longitude first."""
    stops = checklist.checklist(schouw)
    statements = {each.pk: each for each_stop in stops for each in each_stop.statements}
    return {
        "title": schouw.trajectory.title,
        "remarks": schouw.route_remarks,
        "route": [list(pair) for pair in schouw.route.coords] if schouw.route else [],
        "stops": [
            {
                "id": each.stop.pk,
                "position": each.stop.position,
                "name": each.stop.name,
                "remark": each.stop.remark,
                "lat": each.stop.point.y,
                "lon": each.stop.point.x,
                "statements": [statement.pk for statement in each.statements],
            }
            for each in stops
        ],
        "statements": {
            str(key): {"text": each.text, "explanation": each.explanation, "theme": each.category_id}
            for key, each in statements.items()
        },
        "themes": [{"id": theme.pk, "name": theme.name, "icon": theme.icon} for theme in schouw.themes()],
        "kinds": [{"value": kind.value, "label": capfirst(kind.label)} for kind in ReportKind],
    }


def of_walker(walker: Enrolment, schouw: Schouw) -> dict[str, Any]:
    """The part that changes: what this walker gave, what was answered to it, and the group."""
    mine = scoring.of_walker(schouw=schouw, walker=walker.participant)
    closed = _closed(schouw)
    return {
        "closed": closed,
        # Not before the walk: who heard then that it is closed may be without a network once it opens.
        "is_over": bool(closed) and not schouw.opens_later,
        "waiting": _waiting(walker),
        "scores": [
            {
                "stop": score.stop_id,
                "statement": score.statement_id,
                "value": score.value,
                "scored_at": score.scored_at.isoformat(),
            }
            for score in mine
        ],
        "reports": list(_own_reports(walker)),
        "group": group(schouw),
        "walkers": scores.walkers(schouw),
    }


def _closed(schouw: Schouw) -> str:
    """Why nothing new is taken now; empty while it is."""
    closed = late_sending.why_refused(schouw, seen_at=None)
    if not closed or schouw.opens_later:
        return closed
    still_sent = _("What you noted during the walk is still sent.")
    return f"{closed} {still_sent}"


def _waiting(walker: Enrolment) -> str:
    """What it means that this walker has no place yet; empty for who has one. What they note is taken all the same."""
    if walker.status != EnrolmentStatus.WAITING:
        return ""
    return _(
        "All places of this walk are taken, and you are on the waiting list. You can note and score all the same: it "
        "counts. When a place comes free, it goes to who has waited longest."
    )


def group(schouw: Schouw) -> list[dict[str, Any]]:
    """Mean and spread per statement at each stop, for programs."""
    return [
        {
            "stop": score.stop.pk,
            "statement": score.statement.pk,
            "mean": round(score.mean, 2),
            "spread": round(score.spread, 2),
            "lowest": score.lowest,
            "highest": score.highest,
            "n": score.n,
        }
        for score in scores.by_stop(schouw)
    ]


def _own_reports(walker: Enrolment) -> Iterable[dict[str, Any]]:
    """What this walker sent on this walk, the newest first, with what was answered last."""
    rows = Report.objects.filter(
        author=walker.participant, trajectory_id=walker.trajectory_id, origin=ReportOrigin.WALK
    )
    found = list(rows.with_names().order_by("-id")[:MAX_OWN])
    last = {
        answer.report_id: answer.message for answer in Answer.objects.filter(report__in=found).order_by("id")
    }
    for report in found:
        yield {
            "key": str(report.key),
            "number": report.pk,
            "kind": report.kind,
            "title": report.title,
            "theme": report.category.name,
            "status": capfirst(ReportStatus(report.status).label),
            "answer": last.get(report.pk, ""),
            "token": report.token,
        }


def to_answer(schouw: Schouw) -> list[dict[str, Any]]:
    """What an official who walks along can answer on the spot: open reports of this walk, the newest first."""
    rows = Report.objects.filter(schouw=schouw).open().with_names().order_by("-id")[:MAX_OWN]
    return [
        {
            "number": report.pk,
            "version": report.version,
            "kind": capfirst(ReportKind(report.kind).label),
            "title": report.title,
            "text": report.text,
            "theme": report.category.name,
            "where": report.address or (report.area.name if report.area else ""),
            "status": capfirst(ReportStatus(report.status).label),
            "allowed": [status for status in ReportStatus.values if status in TRANSITIONS[report.status]],
        }
        for report in rows
    ]
