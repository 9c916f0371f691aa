"""What is told about meetings."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from trajecten import registry
from trajecten.domain.meetings import answering
from trajecten.enums import Answer, EnrolmentStatus
from trajecten.models import Attendance, Enrolment, Meeting, Notification
from trajecten.notifications.enrolment import enrolment_url
from trajecten.registry import Category, Message, NothingToSay


def _about_meeting(row: Notification) -> Meeting:
    if not isinstance(row.about, Meeting):
        raise NothingToSay("the meeting is gone")
    row.about.municipality = row.municipality
    return row.about


def _for_guest(row: Notification, meeting: Meeting) -> dict[str, Any]:
    """The meeting with the secret addresses of this recipient: of its page, of each answer, of its calendar file."""
    given = answering.token(meeting=meeting, participant=row.participant)
    parts = {"gemeente": row.municipality.slug, "pk": meeting.pk, "token": given}
    own_url = f"{settings.BASE_URL}{reverse('meeting-answer', kwargs=parts)}"
    file_parts = {"gemeente": row.municipality.slug, "pk": meeting.pk}
    return {
        "meeting": meeting,
        "own_url": own_url,
        "answers": [{"label": value.label, "url": f"{own_url}?antwoord={value.value}"} for value in Answer],
        "calendar_url": f"{settings.BASE_URL}{reverse('meeting-ics', kwargs=file_parts)}?t={given}",
    }


def _own_pages(row: Notification, meeting: Meeting) -> dict[str, str]:
    """Of who takes part in what the meeting belongs to: the own page, and the one that its method has for them, with
    what that is called; nothing for others who are invited.
    """
    rows = Enrolment.objects.filter(trajectory=meeting.trajectory_id, participant=row.participant)
    mine = rows.exclude(status=EnrolmentStatus.LEFT).select_related("municipality", "trajectory").first()
    if mine is None:
        return {}
    words, path = registry.own_page(mine) or ("", "")
    method_url = f"{settings.BASE_URL}{path}" if path else ""
    return {"enrolment_url": enrolment_url(mine), "method_words": words, "method_url": method_url}


def meeting_invited(row: Notification) -> Mapping[str, Any]:
    """As ``meeting_to_come``, with the own pages of who takes part."""
    context = meeting_to_come(row)
    return {**context, **_own_pages(row, context["meeting"])}


def meeting_to_come(row: Notification) -> Mapping[str, Any]:
    """Raises ``NothingToSay`` when the meeting is gone, cancelled, or has begun."""
    meeting = _about_meeting(row)
    if not meeting.takes_answers:
        raise NothingToSay("begun or cancelled")
    return _for_guest(row, meeting)


def meeting_reminder(row: Notification) -> Mapping[str, Any]:
    """As ``meeting_invited``; raises as well when the recipient is not invited any more or said no meanwhile."""
    context = meeting_to_come(row)
    mine = Attendance.objects.filter(meeting=context["meeting"], participant=row.participant).first()
    if mine is None or mine.answer == Answer.NO:
        raise NothingToSay("does not come")
    return {**context, **_own_pages(row, context["meeting"]), "attendance": mine}


def meeting_cancelled(row: Notification) -> Mapping[str, Any]:
    """Raises ``NothingToSay`` when the meeting is gone."""
    return _for_guest(row, _about_meeting(row))


def meeting_minutes(row: Notification) -> Mapping[str, Any]:
    """Raises ``NothingToSay`` when the meeting is gone."""
    return _for_guest(row, _about_meeting(row))


CATEGORIES = (
    Category("my-meetings", gettext_lazy("Meetings that you are invited to")),
    Category("changed-meetings", gettext_lazy("Meetings that change or are cancelled")),
)

MESSAGES = (
    Message(
        key="trajecten.meeting_invited",
        app="trajecten",
        audience=_("Who is invited to a meeting and left an address"),
        trigger=_("A coordinator or adviser invites them"),
        category="my-meetings",
        context=meeting_invited,
        target="own_url",
        stops=_("meetings that you are invited to"),
    ),
    Message(
        key="trajecten.meeting_reminder",
        app="trajecten",
        audience=_("Who is invited to a meeting and did not say no"),
        trigger=_("A week and a day before the meeting"),
        category="my-meetings",
        context=meeting_reminder,
        target="own_url",
        stops=_("meetings that you are invited to"),
    ),
    Message(
        key="trajecten.meeting_changed",
        app="trajecten",
        audience=_("Who is invited to a meeting and did not say no"),
        trigger=_("The meeting gets another time, place or link"),
        category="changed-meetings",
        context=meeting_to_come,
        target="own_url",
    ),
    Message(
        key="trajecten.meeting_cancelled",
        app="trajecten",
        audience=_("Who is invited to a meeting and did not say no"),
        trigger=_("The meeting is cancelled"),
        category="changed-meetings",
        context=meeting_cancelled,
        target="own_url",
    ),
    Message(
        key="trajecten.meeting_minutes",
        app="trajecten",
        audience=_("Who was at a meeting, or said to come where nobody noted who was there"),
        trigger=_("The minutes of the meeting are published"),
        category="my-meetings",
        context=meeting_minutes,
        target="own_url",
        stops=_("meetings that you are invited to"),
    ),
)
