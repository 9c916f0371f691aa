"""Schouwen: making, planning, and which of them take reports."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtschouw.domain.preparing import gathering
from buurtschouw.method import METHOD, PREPARE
from buurtschouw.models import Category, Schouw
from trajecten.domain import activities, steps
from trajecten.domain.meetings import calendars
from trajecten.domain.meetings.refusals import MeetingRefused
from trajecten.enums import TrajectoryStatus
from trajecten.models import Area, Municipality, Trajectory, User

# What the form of the plan has of the walk's own row; the rest is changed by others.
PLANNED = ("walk_at", "meeting_point", "service_level_days", "keeps_reporting_open", "meeting")


class PlanRefused(Exception):
    """The plan of a schouw can't be changed now; the message says why."""


@transaction.atomic
def make(
    *,
    municipality: Municipality,
    by: User,
    title: str,
    summary: str,
    areas: Iterable[Area],
    walk_at: datetime | None,
    meeting_point: str,
    categories: Iterable[Category],
    service_level_days: int,
    keeps_reporting_open: bool,
    adviser: User | None = None,
) -> Schouw:
    """Make a schouw with its trajectory, open its preparation, and plan the walk as a meeting once it has a date and
    a place. Refused (``PlanRefused``) for a time that does not exist.
    """
    trajectory = Trajectory.objects.create(
        municipality=municipality,
        method_key=METHOD.key,
        title=title,
        summary=summary,
        coordinator=by,
        adviser=adviser,
        starts_on=timezone.localdate(),
    )
    schouw = Schouw.objects.create(
        municipality=municipality,
        trajectory=trajectory,
        walk_at=walk_at,
        meeting_point=meeting_point,
        service_level_days=service_level_days,
        keeps_reporting_open=keeps_reporting_open,
    )
    trajectory.areas.set(areas)
    schouw.categories.set(categories)
    activities.record(verb="schouw_made", target=trajectory, by=by)
    schouw.trajectory = steps.start(trajectory=trajectory, by=by)
    _keep_meeting(schouw, by)
    schouw.save(update_fields=["meeting"])
    return schouw


def _keep_meeting(schouw: Schouw, by: User) -> None:
    try:
        gathering.keep_in_step(schouw=schouw, by=by)
    except MeetingRefused as refused:
        raise PlanRefused(refused.message) from refused


def begin(trajectory: Trajectory) -> None:
    """What a trajectory that was agreed has beyond the shared parts: a walk still to be planned."""
    municipality = trajectory.municipality
    Schouw.objects.create(
        municipality=municipality,
        trajectory=trajectory,
        service_level_days=municipality.service_level_days,
    )


@transaction.atomic
def plan(
    *,
    schouw: Schouw,
    by: User,
    title: str,
    summary: str,
    areas: Iterable[Area],
    walk_at: datetime | None,
    meeting_point: str,
    categories: Iterable[Category],
    service_level_days: int,
    keeps_reporting_open: bool,
    adviser: User | None = None,
) -> Schouw:
    """Change the plan of a schouw, and the meeting that the walk is along (``gathering.keep_in_step``).

    Refused (``PlanRefused``) when the open step does not allow it, and for a time that does not exist.
    """
    trajectory = Trajectory.objects.select_for_update().get(pk=schouw.trajectory_id)
    if not trajectory.allows(PREPARE):
        raise PlanRefused(
            _(
                "The plan can't be changed any more, because the walk is over. Open an earlier step again first."
            )
        )
    trajectory.title, trajectory.summary, trajectory.adviser = title, summary, adviser
    trajectory.save(update_fields=["title", "summary", "adviser"])
    trajectory.areas.set(areas)
    schouw.refresh_from_db(fields=["meeting"])
    schouw.trajectory = trajectory
    schouw.walk_at, schouw.meeting_point = walk_at, meeting_point
    schouw.service_level_days, schouw.keeps_reporting_open = service_level_days, keeps_reporting_open
    _keep_meeting(schouw, by)
    schouw.save(update_fields=PLANNED)
    schouw.categories.set(categories)
    activities.record(verb="trajectory_planned", target=trajectory, by=by)
    return schouw


def why_closed(schouw: Schouw) -> str:
    """Why nobody can report to this walk now, and what one can do; empty when one can."""
    if schouw.accepts_reports:
        return ""
    if not schouw.opens_later:
        return _("Reports for this walk are closed. You can still follow what became of them.")
    if schouw.walk_at is None:
        return _("Reporting for this walk is not possible yet. The date is not known yet.")
    day = date_format(timezone.localtime(schouw.walk_at), "j F")
    return _("Reporting for this walk is not possible yet. The walk is on %(day)s.") % {"day": day}


def calendar_event(schouw: Schouw) -> calendars.Event:
    """The walk, whose date has to be known, as an entry of a calendar: that of its meeting, so that who has both has
    it once. Of a walk without a meeting, how long it takes is an estimate.
    """
    assert schouw.walk_at is not None  # noqa: S101
    if schouw.meeting is not None and schouw.meeting.is_planned:
        return calendars.of_meeting(schouw.meeting, with_link=False)
    path = reverse("buurtschouw:schouw", kwargs={"gemeente": schouw.municipality.slug, "pk": schouw.pk})
    return calendars.Event(
        uid=calendars.uid("schouw", schouw.pk),
        title=schouw.trajectory.title,
        starts_at=schouw.walk_at,
        ends_at=schouw.walk_at + gathering.LASTS,
        url=f"{settings.BASE_URL}{path}",
        place=schouw.meeting_point,
        text=schouw.trajectory.summary,
    )


def running() -> QuerySet[Schouw]:
    """Schouwen that have begun and are not over, the next walk first."""
    return (
        Schouw.objects.filter(trajectory__status=TrajectoryStatus.RUNNING)
        .select_related("trajectory")
        .order_by("walk_at", "id")
    )


def accepting_reports() -> list[Schouw]:
    """Schouwen to which one can report now."""
    return [schouw for schouw in running() if schouw.accepts_reports]
