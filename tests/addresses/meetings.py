"""Meetings, their documents and calendars."""

from datetime import timedelta

from django.utils import timezone

from tests.addresses.row import EVERYBODY, Keys, Row, Things
from tests.factories.meetings import (
    AttendanceFactory,
    CalendarLinkFactory,
    MaterialFactory,
    MeetingFactory,
    ShelfItemFactory,
)
from trajecten.domain.meetings import answering
from trajecten.models import AdviserCalendarLink

MEETING = {
    "title": "Terugkomavond",
    "day": timezone.localdate() + timedelta(days=5),
    "begins": "19:30",
    "ends": "21:30",
    "place": "Zaal 1",
}
DOCUMENT = {"title": "Kaart", "link": "https://example.org/kaart"}
ON_SHELF = {**DOCUMENT, "place": "buurtschouw:preparation"}

# fmt: off
PORTAL: list[Row] = [
    Row("shelf", "L.....++."),
    Row("shelf-csv", "L.....++."),
    Row("shelf-xlsx", "L.....++."),
    Row("shelf", "L.....++.", "POST", body=ON_SHELF),
    Row("shelf-file", "L.....+..", of="shelf_item"),
    Row("shelf-remove", "L.....+..", "POST", of="shelf_item"),
    Row("adviser-calendar", "L.....++."),
    Row("adviser-calendar-csv", "L.....++."),
    Row("adviser-calendar-xlsx", "L.....++."),
    Row("adviser-calendar", "L.....++.", "POST"),
    Row("adviser-feed", EVERYBODY, of="adviser_feed"),
]
MUNICIPALITY: list[Row] = [
    Row("meetings", EVERYBODY),
    Row("meetings-csv", EVERYBODY),
    Row("meeting", EVERYBODY, of="meeting"),
    Row("meeting", "L++++++++", "POST", of="meeting", body={"answer": "yes"}),
    Row("meeting", "...++++.+", of="closed_meeting"),
    Row("meeting-ics", EVERYBODY, of="meeting"),
    Row("meeting-ics", "...++++.+", of="closed_meeting"),
    Row("material", EVERYBODY, of="material"),
    Row("material", "...++++.+", of="closed_material"),
    Row("meeting-answer", EVERYBODY, of="meeting_answer"),
    Row("meeting-answer", EVERYBODY, "POST", of="meeting_answer", body={"answer": "yes"}),
    Row("calendar-feed", EVERYBODY, of="calendar_feed"),
    Row("my-calendar", "L++++++++"),
    Row("my-calendar", "L++++++++", "POST"),
    Row("staff-meetings", "L..++++.+", of="trajectory"),
    Row("staff-meeting-new", "L..x+x+.+", of="trajectory"),
    Row("staff-meeting-new", "L..x+x+.+", "POST", of="trajectory", body=MEETING),
    Row("staff-step-material", "L..x+x+.+", of="trajectory"),
    Row("staff-step-material", "L..x+x+.+", "POST", of="trajectory", body={**DOCUMENT, "step": "walk"}),
    Row("staff-material-remove", "L..x+x+.+", of="trajectory_material"),
    Row("staff-material-remove", "L..x+x+.+", "POST", of="trajectory_material"),
    Row("staff-meeting", "L..++++.+", of="trajectory_meeting"),
    Row("staff-meeting", "L..x+x+.+", "POST", of="trajectory_meeting", body=MEETING),
    Row("staff-meeting-invite", "L..x+x+.+", of="trajectory_meeting"),
    Row("staff-meeting-invite", "L..x+x+.+", "POST", of="trajectory_meeting", body={"addresses": "x@example.org"}),
    Row("staff-meeting-cancel", "L..x+x+.+", of="trajectory_meeting"),
    Row("staff-meeting-cancel", "L..x+x+.+", "POST", of="trajectory_meeting", body={"reason": "Storm"}),
    Row("staff-meeting-minutes", "L..x+x+.+", of="trajectory_past_meeting"),
    Row("staff-meeting-minutes", "L..x+x+.+", "POST", of="trajectory_past_meeting", body={"minutes": "Goed."}),
    Row("staff-meeting-material", "L..x+x+.+", of="trajectory_meeting"),
    Row("staff-meeting-material", "L..x+x+.+", "POST", of="trajectory_meeting", body=DOCUMENT),
    Row("staff-attendance", "L..x+x+.+", of="trajectory_past_meeting"),
    Row("staff-attendance", "L..x+x+.+", "POST", of="trajectory_past_meeting", body={"walk_ins": "Joke"}),
]
# fmt: on


def keys(things: Things) -> Keys:
    """Meetings of the walk's trajectory with what belongs to them."""
    trajectory, adviser = things.trajectory, things.adviser
    row = AttendanceFactory(meeting__trajectory=trajectory)
    meeting, participant = row.meeting, row.participant
    closed = MeetingFactory(trajectory=trajectory, is_public=False)
    past = MeetingFactory(trajectory=trajectory, past=True)
    document = MaterialFactory(meeting=meeting)
    link, _made = AdviserCalendarLink.objects.get_or_create(adviser=adviser)
    return {
        "meeting": {"pk": meeting.pk},
        "closed_meeting": {"pk": closed.pk},
        "meeting_answer": {
            "pk": meeting.pk,
            "token": answering.token(meeting=meeting, participant=participant),
        },
        "trajectory_meeting": {"pk": trajectory.pk, "meeting": meeting.pk},
        "trajectory_past_meeting": {"pk": trajectory.pk, "meeting": past.pk},
        "material": {"key": document.uuid},
        "closed_material": {"key": MaterialFactory(meeting=meeting, is_public=False).uuid},
        "trajectory_material": {"pk": trajectory.pk, "key": document.uuid},
        "calendar_feed": {"token": CalendarLinkFactory(participant=participant).token},
        "shelf_item": {"key": ShelfItemFactory(adviser=adviser).uuid},
        "adviser_feed": {"token": link.token},
    }
