"""Every address of the portal, and who may open it: what is tested for access, and looked at in a browser.

A row has one letter for each visitor of ``VISITORS``, in that order:

    +  gets in: the page, or what the form does
    L  is led to the sign-in page
    x  403: has to do with this municipality, but may not do this
    .  404: has nothing to do with it, so it is not confirmed to exist
"""

import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from tests.factories.core import AgendaItemFactory, CouncilItemFactory
from tests.factories.meetings import (
    AttendanceFactory,
    CalendarLinkFactory,
    MaterialFactory,
    MeetingFactory,
    ShelfItemFactory,
)
from trajecten.domain import attachments, judging, meetings, unsubscribing
from trajecten.models import AdviserCalendarLink

VISITORS = (
    "anonymous",
    "resident",
    "other_official",
    "handler",
    "coordinator",
    "clerk",
    "adviser",
    "other_adviser",
    "superuser",
)
EVERYBODY = "+++++++++"


@dataclass(frozen=True)
class Row:
    """One address. ``of`` names the object of Polderwijk that it is about.

    ``query`` and ``body`` are sent along; ``{schouw}``, ``{trajectory}``, ``{handler}``,
    ``{adviser}`` and ``{origin}`` in them become their keys.
    ``query`` and ``body`` are sent along; ``{schouw}``, ``{trajectory}``, ``{handler}``, ``{adviser}`` and
    ``{council}`` in them become their keys, and bytes a file.
    """

    name: str
    allowed: str
    method: str = "GET"
    of: str = ""
    query: str = ""
    body: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {self.name}{self.query}"


# What is sent with a form of staff: complete, so that only a refusal keeps it from being done.
ANSWER = {"status": "acknowledged", "version": 1, "message": "Wij gaan kijken."}
WALK = {"title": "Schouw Oostpolder", "service_level_days": 4}
REOPEN = {"step": "preparation", "reason": "Er komt een thema bij."}
PLAN = {**WALK, "adviser": "{adviser}"}
PROMISED = {"text": "Wij leggen een zebrapad aan.", "deadline": "2099-12-31"}
PROMISE = {**PROMISED, "owner": "{handler}", "trajectory": "{trajectory}"}
CHANGED = {**PROMISED, "owner": "{handler}", "version": 1, "reason": "Vorst."}
PROGRESS = {"version": 1, "key": "0b2ac9d0-3c3e-4d0e-9a5f-0a1a4c1d7c11", "words": "De verf is besteld."}
MOTION = {"kind": "motion", "body": "council", "title": "Meer bomen", "submitted_on": "2025-01-05"}
MOTION_CHANGED = {**MOTION, "version": 1, "trajectory": "{trajectory}"}
WITHDRAWAL = {"version": 1, "reason": "Het college doet het al."}
DECISION = {"version": 1, "decided_on": "2025-02-05", "decision_1": "adopted"}
AGENDA = b"""{"meeting": {"id": 1, "plannings": [{"start_date": "2025-02-05 19:30:00"}],
    "agenda_items": [{"id": 2, "type_data": {"attributes": [{"id": 1, "value": "Opening"}]}}]}}"""
THEME = {"name": "Sloten", "icon": "water", "position": 10, "is_active": "on"}
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
PORTAL = [
    # Outside any municipality
    Row("home", EVERYBODY),
    Row("about", EVERYBODY),
    Row("accessibility", EVERYBODY),
    Row("privacy", EVERYBODY),
    Row("health-live", EVERYBODY),
    Row("health-ready", EVERYBODY),
    Row("security-txt", EVERYBODY),
    Row("robots-txt", EVERYBODY),
    Row("set_language", EVERYBODY, "POST", body={"language": "en"}),
    Row("adviser", "L.....++."),
    Row("catalogue", EVERYBODY),
    Row("offer", EVERYBODY, of="offer"),
    Row("shelf", "L.....++."),
    Row("shelf", "L.....++.", "POST", body=ON_SHELF),
    Row("shelf-file", "L.....+..", of="shelf_item"),
    Row("shelf-remove", "L.....+..", "POST", of="shelf_item"),
    Row("adviser-calendar", "L.....++."),
    Row("adviser-calendar", "L.....++.", "POST"),
    Row("adviser-feed", EVERYBODY, of="adviser_feed"),
]
MUNICIPALITY = [
    # What everybody sees
    Row("municipality", EVERYBODY),
    Row("municipality-theme", EVERYBODY),
    Row("area-boundaries", EVERYBODY),
    Row("background", EVERYBODY),
    Row("addresses", EVERYBODY, query="?q=Dijk"),
    Row("address-near", EVERYBODY, query="?lat=52.51&lon=4.915"),
    Row("photo", EVERYBODY, of="photo"),
    Row("meetings", EVERYBODY),
    Row("meeting", EVERYBODY, of="meeting"),
    Row("meeting", "L++++++++", "POST", of="meeting", body={"answer": "yes"}),
    Row("meeting", "...++++.+", of="closed_meeting"),
    Row("meeting-ics", EVERYBODY, of="meeting"),
    Row("meeting-ics", "...++++.+", of="closed_meeting"),
    Row("material", EVERYBODY, of="material"),
    Row("material", "...++++.+", of="closed_material"),
    Row("mail-choice", EVERYBODY, of="mail_choice"),
    Row("mail-choice", EVERYBODY, "POST", of="mail_choice"),
    Row("trajectories", EVERYBODY),
    Row("trajectory", EVERYBODY, of="vision"),
    Row("promises", EVERYBODY),
    Row("promise", EVERYBODY, of="promise"),
    Row("promises-csv", EVERYBODY),
    Row("promises-json", EVERYBODY),
    Row("promises-rss", EVERYBODY),
    Row("promises-widget", EVERYBODY),
    Row("council-items", EVERYBODY),
    Row("council-item", EVERYBODY, of="council"),
    Row("buurtschouw:choose", EVERYBODY),
    Row("buurtschouw:reports", EVERYBODY),
    Row("buurtschouw:reports-geojson", EVERYBODY),
    Row("buurtschouw:schouw", EVERYBODY, of="schouw"),
    Row("buurtschouw:report-form", EVERYBODY, of="schouw"),
    Row("buurtschouw:report-form", EVERYBODY, "POST", of="schouw"),
    Row("buurtschouw:intake", EVERYBODY, "POST", of="schouw"),
    Row("buurtschouw:nearby", EVERYBODY, of="schouw", query="?lat=52.51&lon=4.915"),
    Row("buurtschouw:public-report", EVERYBODY, of="report"),
    Row("buurtschouw:support", EVERYBODY, "POST", of="report"),
    # Who has the link from the mail, or the address of the calendar
    Row("meeting-answer", EVERYBODY, of="meeting_answer"),
    Row("meeting-answer", EVERYBODY, "POST", of="meeting_answer", body={"answer": "yes"}),
    Row("calendar-feed", EVERYBODY, of="calendar_feed"),
    # Who has the tracking link
    Row("buurtschouw:track", EVERYBODY, of="token"),
    Row("buurtschouw:verdict", EVERYBODY, of="verdict"),
    Row("buurtschouw:verdict", EVERYBODY, "POST", of="verdict"),
    Row("buurtschouw:add-photo", EVERYBODY, "PUT", of="token_photo"),
    Row("promise-mine", EVERYBODY, of="judge"),
    Row("promise-verdict", EVERYBODY, of="judgement"),
    Row("promise-verdict", EVERYBODY, "POST", of="judgement"),
    # Who is signed in
    Row("my-overview", "L++++++++"),
    # Officials, and the adviser of this trajectory
    Row("staff-trajectories", "L..+++..+"),
    Row("staff-trajectory", "L..++++.+", of="vision"),
    Row("trajectory-start", "L..x+x+.+", of="agreed"),
    Row("trajectory-start", "L..x+x+.+", "POST", of="agreed"),
    Row("trajectory-plan", "L..x+x+.+", of="vision"),
    Row("trajectory-plan", "L..x+x+.+", "POST", of="vision", body={"scan-on": "on", "scan-ends_on": "2027-02-01"}),
    Row("trajectory-step-close", "L..x+x+.+", of="vision"),
    Row("trajectory-step-close", "L..x+x+.+", "POST", of="vision", body={"step": "scan"}),
    Row("trajectory-step-skip", "L..x+x+.+", of="vision"),
    Row("trajectory-step-skip", "L..x+x+.+", "POST", of="vision", body={"step": "scan"}),
    Row("trajectory-step-reopen", "L..x+x+.+", of="vision"),
    Row("trajectory-step-reopen", "L..x+x+.+", "POST", of="vision", body={**REOPEN, "step": "exploring"}),
    Row("my-calendar", "L++++++++"),
    Row("my-calendar", "L++++++++", "POST"),
    # Meetings: officials, and the adviser of the trajectory
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
    # Officials, and the adviser of this walk
    Row("buurtschouw:queue", "L..+++..+"),
    Row("buurtschouw:queue", "L..++++.+", query="?schouw={schouw}"),
    Row("buurtschouw:queue-geojson", "L..+++..+"),
    Row("buurtschouw:queue-geojson", "L..++++.+", query="?schouw={schouw}"),
    Row("buurtschouw:report", "L..++++.+", of="report"),
    Row("buurtschouw:answer", "L..++xx.+", of="report"),
    Row("buurtschouw:answer", "L..++xx.+", "POST", of="report", body=ANSWER),
    Row("buurtschouw:assign", "L..++xx.+", of="report"),
    Row("buurtschouw:assign", "L..++xx.+", "POST", of="report", body={"to": "{handler}"}),
    Row("buurtschouw:note", "L..++xx.+", of="report"),
    Row("buurtschouw:note", "L..++xx.+", "POST", of="report", body={"text": "Gebeld."}),
    Row("buurtschouw:moderate", "L..++xx.+", of="report"),
    Row("buurtschouw:moderate", "L..++xx.+", "POST", of="report", body={"moderation": "published"}),
    Row("buurtschouw:place", "L..++xx.+", of="report"),
    Row("buurtschouw:place", "L..++xx.+", "POST", of="placeless", body={"lat": 52.51, "lon": 4.915}),
    Row("staff-promises", "L..+++..+"),
    Row("staff-promises", "L..++++.+", query="?trajectory={trajectory}"),
    Row("staff-promise-new", "L..++x..+"),
    Row("staff-promise-new", "L..++x..+", "POST", body=PROMISE),
    Row("staff-promise", "L..++++.+", of="promise"),
    Row("staff-promise-progress", "L..++xx.+", of="promise"),
    Row("staff-promise-progress", "L..++xx.+", "POST", of="promise", body=PROGRESS),
    Row("staff-promise-change", "L..++xx.+", of="promise"),
    Row("staff-promise-change", "L..++xx.+", "POST", of="promise", body=CHANGED),
    Row("staff-promise-origin", "L..++xx.+", of="promise"),
    Row("staff-promise-origin", "L..++xx.+", "POST", of="promise", body={"origin": "{origin}"}),
    Row("buurtschouw:schouwen", "L..+++..+"),
    Row("buurtschouw:schouw-new", "L..x+x..+"),
    Row("buurtschouw:schouw-new", "L..x+x..+", "POST", body=WALK),
    Row("buurtschouw:schouw-edit", "L..++++.+", of="schouw"),
    Row("buurtschouw:schouw-edit", "L..x+x+.+", "POST", of="schouw", body=PLAN),
    Row("buurtschouw:step-close", "L..x+x+.+", of="schouw"),
    Row("buurtschouw:step-close", "L..x+x+.+", "POST", of="schouw", body={"step": "walk"}),
    Row("buurtschouw:step-reopen", "L..x+x+.+", of="schouw"),
    Row("buurtschouw:step-reopen", "L..x+x+.+", "POST", of="schouw", body=REOPEN),
    Row("buurtschouw:categories", "L..x+x..+"),
    Row("buurtschouw:category-new", "L..x+x..+"),
    Row("buurtschouw:category-new", "L..x+x..+", "POST", body=THEME),
    Row("buurtschouw:category-edit", "L..x+x..+", of="category"),
    Row("buurtschouw:category-edit", "L..x+x..+", "POST", of="category", body=THEME),
    # Council and college
    Row("council-desk", "L..+++..+"),
    Row("council-new", "L..x++..+"),
    Row("council-new", "L..x++..+", "POST", body=MOTION),
    Row("staff-council-item", "L..++++.+", of="council"),
    Row("council-change", "L..x++x.+", of="council"),
    Row("council-change", "L..x++x.+", "POST", of="council", body=MOTION_CHANGED),
    Row("council-schedule", "L..x++x.+", of="council"),
    Row("council-schedule", "L..x++x.+", "POST", of="council", body={"version": 1, "day": "2025-02-01"}),
    Row("council-take-off", "L..x++x.+", of="council"),
    Row("council-take-off", "L..x++x.+", "POST", of="council_planned", body={"version": 1}),
    Row("council-discuss", "L..x++x.+", of="council"),
    Row("council-discuss", "L..x++x.+", "POST", of="council", body={"version": 1}),
    Row("council-withdraw", "L..x++x.+", of="council"),
    Row("council-withdraw", "L..x++x.+", "POST", of="council", body=WITHDRAWAL),
    Row("council-decide", "L..x++x.+", of="council"),
    Row("council-decide", "L..x++x.+", "POST", of="council", body=DECISION),
    Row("council-agenda", "L..+++..+"),
    Row("council-agenda", "L..x++..+", "POST", body={"file": AGENDA}),
    Row("council-match", "L..x++..+", of="agenda_item"),
    Row("council-match", "L..x++..+", "POST", of="agenda_item", body={"item": "{council}", "answer": "accept"}),
]
# fmt: on


def keys_of(
    *,
    schouw: Any,
    category: Any,
    report: Any,
    placeless: Any,
    photo: Any,
    supporter: Any,
    vision: Any,
    agreed: Any,
    promise: Any,
) -> dict[str, dict[str, Any]]:
    """The keys of what an address is about, by the name that a row gives it; ``t`` goes into the query.

    ``vision`` is a trajectory of that method in its second step, ``agreed`` one that has not begun.
    """
    municipality = schouw.municipality
    stop = unsubscribing.url(participant=supporter, municipality=municipality, category="my-supports")
    judge = judging.token(commitment=promise, participant=supporter)
    return {
        "": {},
        "offer": {"method": "visie"},
        "vision": {"pk": vision.pk},
        "agreed": {"pk": agreed.pk},
        "promise": {"pk": promise.pk},
        "judge": {"token": judge},
        "judgement": {"token": judge, "round_number": 1, "value": "yes"},
        "schouw": {"pk": schouw.pk},
        "category": {"pk": category.pk},
        "report": {"number": report.pk},
        "placeless": {"number": placeless.pk},
        "token": {"token": report.token},
        "token_photo": {"token": report.token, "photo": uuid.uuid4()},
        "verdict": {"token": report.token, "round_number": 1, "value": "yes"},
        "photo": {"photo": photo.uuid, "size": "image", "t": attachments.signature(photo, "image")},
        **_council_keys(schouw.trajectory, report),
        "mail_choice": {"token": stop.rstrip("/").rpartition("/")[2]},
        **_of_meetings(schouw.trajectory),
    }


def _of_meetings(trajectory: Any) -> dict[str, dict[str, Any]]:
    """Meetings of this trajectory with what belongs to them."""
    row = AttendanceFactory(meeting__trajectory=trajectory)
    meeting, participant = row.meeting, row.participant
    closed = MeetingFactory(trajectory=trajectory, is_public=False)
    past = MeetingFactory(trajectory=trajectory, past=True)
    document = MaterialFactory(meeting=meeting)
    adviser = trajectory.adviser
    link, _made = AdviserCalendarLink.objects.get_or_create(adviser=adviser)
    return {
        "trajectory": {"pk": trajectory.pk},
        "meeting": {"pk": meeting.pk},
        "closed_meeting": {"pk": closed.pk},
        "meeting_answer": {
            "pk": meeting.pk,
            "token": meetings.token(meeting=meeting, participant=participant),
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


def _council_keys(trajectory: Any, report: Any) -> dict[str, dict[str, Any]]:
    """A council item that waits for a date, one that has one, and an agenda item that looks like the first."""
    given = {"trajectory": trajectory, "submitted_on": date(2025, 1, 5)}
    item = CouncilItemFactory(texts=["Een zebrapad."], origins=[report], **given)
    planned = CouncilItemFactory(scheduled=True, title="Meer licht", **given)
    agenda_item = AgendaItemFactory(title=item.title, match=item, state="proposed", score=0.9)
    return {
        "council": {"pk": item.pk},
        "council_planned": {"pk": planned.pk},
        "agenda_item": {"pk": agenda_item.pk},
    }
