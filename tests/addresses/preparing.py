"""Preparing a walk: its page with all forms, the sets of statements, and what the core group opens."""

from datetime import timedelta

from django.utils import timezone

from tests.addresses.row import EVERYBODY, Keys, Row, Things
from tests.factories.buurtschouw import SchouwFactory
from tests.factories.enrolment import EnrolmentFactory
from tests.factories.preparing import (
    StatementFactory,
    StatementSetFactory,
    StopFactory,
    WalkRoleFactory,
    WalkTaskFactory,
)
from trajecten.models import Area

TASK = {"text": "Hesjes ophalen", "due_on": "{tomorrow}"}
STOP = {"name": "Speeltuin", "lat": 52.51, "lon": 4.915}
STATEMENT = {"text": "De stoep is vlak.", "category": "{category}", "position": 10, "is_active": "on"}
SET = {"name": "Groen en ontmoeten", "is_active": "on"}
GPX = b"""<gpx><trk><trkseg><trkpt lat="52.51" lon="4.91"/><trkpt lat="52.51" lon="4.915"/></trkseg></trk></gpx>"""
# Who sees the page of a walk, and who changes what is on it.
SEES, CHANGES = "L..++++.+", "L..x+x+.+"
COORDINATES = "L..x+x..+"

# fmt: off
PORTAL: list[Row] = []
MUNICIPALITY: list[Row] = [
    Row("buurtschouw:route-geojson", EVERYBODY, of="schouw"),
    Row("buurtschouw:route-gpx", EVERYBODY, of="schouw"),
    Row("buurtschouw:statement-picture", EVERYBODY, of="pictured"),
    Row("buurtschouw:core-group", EVERYBODY, of="core_group"),
    Row("buurtschouw:core-group-task", EVERYBODY, "POST", of="core_group_task", body={"done": "1"}),
    Row("buurtschouw:core-group-paper", EVERYBODY, of="core_group_paper"),
    Row("buurtschouw:preparation", SEES, of="schouw"),
    Row("buurtschouw:task-new", CHANGES, of="schouw"),
    Row("buurtschouw:task-new", CHANGES, "POST", of="schouw", body=TASK),
    Row("buurtschouw:task", CHANGES, of="walk_task"),
    Row("buurtschouw:task", CHANGES, "POST", of="walk_task", body=TASK),
    Row("buurtschouw:task-mark", CHANGES, of="walk_task"),
    Row("buurtschouw:task-mark", CHANGES, "POST", of="walk_task", body={"done": "1"}),
    Row("buurtschouw:task-remove", CHANGES, of="walk_task"),
    Row("buurtschouw:task-remove", CHANGES, "POST", of="walk_task"),
    Row("buurtschouw:route", CHANGES, of="schouw"),
    Row("buurtschouw:route", CHANGES, "POST", of="schouw", body={"route": "[[4.91, 52.51], [4.915, 52.51]]"}),
    Row("buurtschouw:route-upload", CHANGES, of="schouw"),
    Row("buurtschouw:route-upload", CHANGES, "POST", of="schouw", body={"gpx": GPX}),
    Row("buurtschouw:take-over", CHANGES, of="schouw"),
    Row("buurtschouw:take-over", CHANGES, "POST", of="coming", body={"earlier": "{schouw}"}),
    Row("buurtschouw:stop-new", CHANGES, of="schouw"),
    Row("buurtschouw:stop-new", CHANGES, "POST", of="schouw", body=STOP),
    Row("buurtschouw:stop", CHANGES, of="stop"),
    Row("buurtschouw:stop", CHANGES, "POST", of="stop", body=STOP),
    Row("buurtschouw:stop-place", CHANGES, of="stop"),
    Row("buurtschouw:stop-place", CHANGES, "POST", of="stop", body={"position": "2"}),
    Row("buurtschouw:stop-remove", CHANGES, of="stop"),
    Row("buurtschouw:stop-remove", CHANGES, "POST", of="stop"),
    Row("buurtschouw:choose-statements", CHANGES, of="schouw"),
    Row("buurtschouw:choose-statements", CHANGES, "POST", of="schouw"),
    Row("buurtschouw:role-new", CHANGES, of="schouw"),
    Row("buurtschouw:role-new", CHANGES, "POST", of="schouw", body={"participant": "{walker}", "duty": "time"}),
    Row("buurtschouw:role-remove", CHANGES, of="walk_role"),
    Row("buurtschouw:role-remove", CHANGES, "POST", of="walk_role"),
    Row("buurtschouw:walk-invite", CHANGES, of="schouw"),
    Row("buurtschouw:walk-invite", CHANGES, "POST", of="coming"),
    Row("buurtschouw:walk-announce", CHANGES, of="schouw"),
    Row("buurtschouw:walk-announce", CHANGES, "POST", of="coming"),
    Row("buurtschouw:paper-words", CHANGES, of="schouw"),
    Row("buurtschouw:paper-words", CHANGES, "POST", of="schouw", body={"invitation": "Loop mee."}),
    Row("buurtschouw:paper", SEES, of="paper"),
    Row("buurtschouw:statement-sets", COORDINATES),
    Row("buurtschouw:statement-set-new", COORDINATES),
    Row("buurtschouw:statement-set-new", COORDINATES, "POST", body=SET),
    Row("buurtschouw:statement-set", COORDINATES, of="set"),
    Row("buurtschouw:statement-set", COORDINATES, "POST", of="set", body=SET),
    Row("buurtschouw:statement-new", COORDINATES, of="set"),
    Row("buurtschouw:statement-new", COORDINATES, "POST", of="set", body=STATEMENT),
    Row("buurtschouw:statement", COORDINATES, of="statement"),
    Row("buurtschouw:statement", COORDINATES, "POST", of="statement", body=STATEMENT),
]
# fmt: on


def keys(things: Things) -> Keys:
    """A walk that is being prepared: a route with a stop, a statement to score, tasks, a role, and its core group."""
    schouw = things.schouw
    walk = {"pk": schouw.pk}
    type(schouw).objects.filter(pk=schouw.pk).update(
        route="SRID=4326;LINESTRING(4.91 52.51, 4.915 52.512)", route_remarks="Smalle stoep in de Kerkstraat."
    )
    stop = StopFactory(schouw=schouw, name="Speeltuin Lindepark", remark="Hier is een toilet.")
    StopFactory(schouw=schouw, name="Plein")
    made = StatementSetFactory(summary="Voor elke buurt")
    statement = StatementFactory(set=made, category=things.category)
    pictured = StatementFactory(
        set=made, category=things.category, picture_alt="Een vlakke stoep", pictured=True
    )
    schouw.statements.set([statement, pictured])
    core = EnrolmentFactory(
        trajectory=schouw.trajectory, role="core_group", participant__display_name="Jannes van de kerngroep"
    )
    task = WalkTaskFactory(schouw=schouw, owner_participant=core.participant)
    WalkTaskFactory(schouw=schouw, owner=things.coordinator)
    role = WalkRoleFactory(schouw=schouw, participant=core.participant)
    schouw.trajectory.areas.set(Area.objects.all()[:1])
    coming = SchouwFactory(
        step="preparation",
        walk_at=timezone.now() + timedelta(days=21),
        trajectory__areas=schouw.trajectory.areas.all(),
        trajectory__adviser=things.adviser,
        trajectory__title="Schouw van het najaar",
        categories=[things.category],
    )
    EnrolmentFactory(trajectory=coming.trajectory, role="core_group")
    return {
        "coming": {"pk": coming.pk},
        "core_member": {"pk": core.participant_id},
        "pictured": {"pk": pictured.pk},
        "core_group": {"token": core.token},
        "core_group_task": {"token": core.token, "task": task.pk},
        "core_group_paper": {"token": core.token, "kind": "brief"},
        "walk_task": {**walk, "task": task.pk},
        "stop": {**walk, "stop": stop.pk},
        "walk_role": {**walk, "role": role.pk},
        "paper": {**walk, "kind": "poster-a4"},
        "set": {"pk": made.pk},
        "statement": {"pk": made.pk, "statement": statement.pk},
    }
