"""A town for measuring: a square of 16 neighbourhoods, a schouw that takes reports, and many reports."""

import random
import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from django.db import connection
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from buurtschouw.domain import schouwen
from buurtschouw.enums import CLOSED, ReportStatus
from buurtschouw.models import Category, Report, Schouw
from trajecten.domain import steps
from trajecten.enums import Moderation, Role
from trajecten.models import Area, Municipality, StaffRole, Team, User

WEST, SOUTH, SIDE = 5.20, 52.50, 0.10
GRID = 4
SLUG = "meetstad"
BATCH = 5000
# Of a hundred reports: how many have each status.
SHARES = {
    ReportStatus.NEW: 20,
    ReportStatus.ACKNOWLEDGED: 20,
    ReportStatus.PLANNED: 15,
    ReportStatus.IN_PROGRESS: 15,
    ReportStatus.DONE: 20,
    ReportStatus.NOT_DONE: 5,
    ReportStatus.FORWARDED: 5,
}
WORDS = """
losse stoeptegel lantaarn kapot container vol tak hangt laag fietspad speeltuin school bankje hondenpoep
water put verstopt bord scheef gat weg heg snoeien glas zwerfvuil overlast brug leuning oversteek druk
""".split()


@dataclass(frozen=True)
class Town:
    municipality: Municipality
    schouw: Schouw
    categories: list[Category]
    handler: User


def build(size: int) -> Town:
    """The town with exactly ``size`` reports, most of them still open; what an earlier run left is removed."""
    clear()
    municipality = Municipality.objects.create(
        code="GM9990",
        name="Meetstad",
        slug=SLUG,
        is_participating=True,
        boundary=_square(WEST, SOUTH, SIDE),
        boundary_year=2026,
    )
    with scope(municipality=municipality):
        areas = _areas(municipality)
        town = _schouw(municipality, areas)
        _reports(town, areas, size)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return town


def clear() -> None:
    """Remove every municipality and user from the database of the benches."""
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE trajecten_municipality, trajecten_user, trajecten_activity, django_session "
            "RESTART IDENTITY CASCADE"
        )


def _square(west: float, south: float, side: float) -> MultiPolygon:
    return MultiPolygon(Polygon.from_bbox((west, south, west + side, south + side)), srid=4326)


def _areas(municipality: Municipality) -> list[Area]:
    side = SIDE / GRID
    wijk = Area.objects.create(
        municipality=municipality,
        code="WK999001",
        name="Wijk 1",
        kind="wijk",
        year=2026,
        geometry=_square(WEST, SOUTH, SIDE),
    )
    areas = [
        Area(
            municipality=municipality,
            code=f"BU999001{row * GRID + column:02d}",
            name=f"Buurt {row * GRID + column + 1}",
            kind="buurt",
            year=2026,
            parent=wijk,
            geometry=_square(WEST + column * side, SOUTH + row * side, side),
        )
        for row in range(GRID)
        for column in range(GRID)
    ]
    return Area.objects.bulk_create(areas)


def _schouw(municipality: Municipality, areas: list[Area]) -> Town:
    coordinator, handler = (
        User.objects.create_user(f"{role}@example.org", name=role) for role in ("coordinator", "handler")
    )
    StaffRole.objects.create(user=coordinator, municipality=municipality, role=Role.COORDINATOR)
    StaffRole.objects.create(user=handler, municipality=municipality, role=Role.HANDLER)
    team = Team.objects.create(municipality=municipality, name="Openbare ruimte")
    team.members.add(handler)
    categories = Category.objects.bulk_create(
        Category(municipality=municipality, name=f"Thema {n}", team=team, position=n) for n in range(8)
    )
    schouw = schouwen.make(
        municipality=municipality,
        by=coordinator,
        title="Schouw",
        summary="",
        areas=areas,
        walk_at=timezone.now() - timedelta(hours=1),
        meeting_point="Plein",
        categories=categories,
        service_level_days=5,
        keeps_reporting_open=True,
    )
    steps.close(trajectory=schouw.trajectory, step="preparation", by=coordinator)
    return Town(municipality, schouw, list(categories), handler)


def _reports(town: Town, areas: list[Area], size: int) -> None:
    dice = random.Random(1)
    now = timezone.now()
    for begin in range(0, size, BATCH):
        count = min(BATCH, size - begin)
        Report.objects.bulk_create(_report(town, areas, dice, now) for _ in range(count))


def _report(town: Town, areas: list[Area], dice: random.Random, now) -> Report:  # type: ignore[no-untyped-def]
    row, column = dice.randrange(GRID), dice.randrange(GRID)
    side = SIDE / GRID
    status = dice.choices(tuple(SHARES), weights=tuple(SHARES.values()))[0]
    age = timedelta(days=dice.uniform(0, 60))
    day = (now - age).date() + timedelta(days=7)
    return Report(
        municipality=town.municipality,
        trajectory_id=town.schouw.trajectory_id,
        schouw=town.schouw,
        category=dice.choice(town.categories),
        area=areas[row * GRID + column],
        point=Point(WEST + (column + dice.random()) * side, SOUTH + (row + dice.random()) * side, srid=4326),
        text=" ".join(dice.choices(WORDS, k=12)),
        key=uuid.UUID(int=dice.getrandbits(128), version=4),
        fingerprint="0" * 64,
        status=status,
        answer_by=day,
        due_on=day,
        planned_for=day if status == ReportStatus.PLANNED else None,
        closed_at=now if status in CLOSED else None,
        returned_at=now if status == ReportStatus.ACKNOWLEDGED and dice.random() < 0.05 else None,
        assigned_to=town.handler if dice.random() < 0.02 else None,
        supports=dice.randrange(12),
        moderation=dice.choice([Moderation.PUBLISHED, Moderation.PENDING]),
    )


def count() -> int:
    with scopes_disabled():
        return Report.objects.count()
