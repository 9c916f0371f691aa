"""The municipalities of the made-up country: areas, officials, trajectories and people, the larger ones more.

``WHOLE`` are the sizes to plan for in one place; a smaller country has the same shape.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.gis.geos import MultiPolygon, Polygon
from django.db import connection, transaction
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from trajecten import registry
from trajecten.enums import AreaKind, ParticipantKind, Role, TrajectoryStatus
from trajecten.models import Area, Municipality, Participant, StaffRole, StepRecord, Team, Trajectory, User
from trajecten.scale.sowing import sow

CODE = "GM{}"
FIRST_CODE = 5001
WEST, SOUTH, SIDE = 3.60, 51.00, 0.10
COLUMNS = 19
GRID = 4
ADVISERS = 20
HANDLERS = 3


@dataclass(frozen=True)
class Sizes:
    """How many there are of everything, over all municipalities."""

    municipalities: int
    participants: int
    contributions: int
    promises: int

    def of(self, number: int, total: int) -> int:
        """What municipality ``number`` (from 1) has of a total: a few are large and most are small."""
        return round(total * self._reached(number)) - round(total * self._reached(number - 1))

    def _reached(self, number: int) -> float:
        """The part of the country in the first municipalities, this one included."""
        weights = [1 / (n + 10) for n in range(1, self.municipalities + 1)]
        return sum(weights[:number]) / sum(weights)


WHOLE = Sizes(municipalities=342, participants=200_000, contributions=1_000_000, promises=50_000)


@dataclass(frozen=True)
class Town:
    """One municipality with what an app needs to add its own part: how many contributions and promises."""

    municipality: Municipality
    areas: list[Area]
    coordinator: User
    handlers: list[User]
    team: Team
    trajectories: list[Trajectory]
    contributions: int
    promises: int


class LoadRefused(Exception):
    """There is something in this database that is not of the made-up country."""


def load(sizes: Sizes, progress: Callable[[int, int], None]) -> int:
    """Load what is not there yet, a municipality at a time. Returns how many municipalities were new.

    Each is there as a whole or not at all, so that a run that was broken off goes on where it was. Refused
    (``LoadRefused``) where other municipalities take part, unless the portal runs as a demo.
    """
    with scopes_disabled():
        _check_free()
        advisers = _advisers()
        known = set(Municipality.objects.values_list("code", flat=True))
        new = [n for n in range(1, sizes.municipalities + 1) if _code(n) not in known]
        for done, number in enumerate(new, start=1):
            _load_one(sizes, number, advisers)
            progress(done, len(new))
    if new:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return len(new)


def slug(number: int) -> str:
    """The name in the address of municipality ``number``, counted from 1; the first is the largest."""
    return f"schaal-{number:03d}"


def _code(number: int) -> str:
    return CODE.format(FIRST_CODE + number - 1)


def _check_free() -> None:
    codes = [CODE.format(FIRST_CODE + n) for n in range(1000)]
    others = Municipality.objects.participating().exclude(code__in=codes)
    if others.exists() and not settings.DEMO:
        raise LoadRefused("Other municipalities use this portal. Load the scale into a database of its own.")


def _advisers() -> list[User]:
    addresses = [f"adviseur{n}@schaal.example.org" for n in range(1, ADVISERS + 1)]
    return [
        User.objects.get_or_create(email=address, defaults={"name": f"Adviseur {n}", "is_adviser": True})[0]
        for n, address in enumerate(addresses, start=1)
    ]


@transaction.atomic
def _load_one(sizes: Sizes, number: int, advisers: list[User]) -> None:
    dice = random.Random(number)  # noqa: S311  the same country every time
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(%s)", [number / 1000])
    municipality = _municipality(number)
    with scope(municipality=municipality):
        areas = _areas(municipality, number)
        coordinator, *handlers = _officials(municipality)
        team = Team.objects.create(municipality=municipality, name="Openbare ruimte")
        team.members.set(handlers)
        _participants(municipality, areas, sizes.of(number, sizes.participants))
        trajectories = list(_trajectories(municipality, areas, coordinator, advisers, dice))
        town = Town(
            municipality=municipality,
            areas=areas,
            coordinator=coordinator,
            handlers=handlers,
            team=team,
            trajectories=trajectories,
            contributions=sizes.of(number, sizes.contributions),
            promises=sizes.of(number, sizes.promises),
        )
        for _app, loader in registry.scales():
            module, _, name = loader.rpartition(".")
            getattr(import_module(module), name)(town)


def _square(west: float, south: float, side: float) -> MultiPolygon:
    return MultiPolygon(Polygon.from_bbox((west, south, west + side, south + side)), srid=4326)


def corner(number: int) -> tuple[float, float]:
    """West and south of municipality ``number``, in WGS84 degrees: they lie in rows."""
    row, column = divmod(number - 1, COLUMNS)
    return WEST + column * SIDE, SOUTH + row * SIDE


def _municipality(number: int) -> Municipality:
    return Municipality.objects.create(
        code=_code(number),
        name=f"Schaal {number:03d}",
        slug=slug(number),
        is_participating=True,
        boundary=_square(*corner(number), SIDE),
        boundary_year=2026,
        contact_email=f"gemeente@{slug(number)}.example.org",
    )


def _areas(municipality: Municipality, number: int) -> list[Area]:
    west, south = corner(number)
    digits, side = municipality.code[2:], SIDE / GRID
    wijk = Area.objects.create(
        municipality=municipality,
        code=f"WK{digits}01",
        name="Wijk 1",
        kind=AreaKind.WIJK,
        year=2026,
        geometry=_square(west, south, SIDE),
        inhabitants=1000 * GRID * GRID,
    )
    return Area.objects.bulk_create(
        Area(
            municipality=municipality,
            code=f"BU{digits}01{place:02d}",
            name=f"Buurt {place + 1}",
            kind=AreaKind.BUURT,
            year=2026,
            parent=wijk,
            geometry=_square(west + place % GRID * side, south + place // GRID * side, side),
            inhabitants=400 + 80 * place,
        )
        for place in range(GRID * GRID)
    )


def _officials(municipality: Municipality) -> list[User]:
    """A coordinator, handlers and a clerk; the clerk is not given back, as no app gives them work here."""
    roles = [Role.COORDINATOR, *[Role.HANDLER] * HANDLERS, Role.CLERK]
    users = User.objects.bulk_create(
        User(
            email=f"{role}{n}@{municipality.slug}.example.org",
            name=f"{role.label.capitalize()} {n}",
            password="!",  # noqa: S106  they sign in by code
        )
        for n, role in enumerate(roles)
    )
    StaffRole.objects.bulk_create(
        StaffRole(user=user, municipality=municipality, role=role)
        for user, role in zip(users, roles, strict=True)
    )
    return list(users[:-1])


def _participants(municipality: Municipality, areas: list[Area], count: int) -> None:
    kinds = f"ARRAY{[kind.value for kind in ParticipantKind]}"
    sow(
        Participant,
        source="generate_series(1, %s) AS n",
        params=[count],
        values={"municipality": municipality, "language": "nl"},
        made={
            "email": f"'bewoner' || n || '@{municipality.slug}.example.org'",
            "display_name": "CASE WHEN n %% 3 = 0 THEN 'Bewoner ' || n ELSE '' END",
            "kind": f"CASE WHEN n %% 9 = 0 THEN ({kinds})[1 + floor(random() * 7)::int] ELSE 'resident' END",
            "home_area": f"(ARRAY{[area.pk for area in areas]})[1 + floor(power(random(), 1.5) * {len(areas)})::int]",
            "created_at": "now() - random() * interval '2 years'",
        },
    )


def _trajectories(
    municipality: Municipality,
    areas: list[Area],
    coordinator: User,
    advisers: list[User],
    dice: random.Random,
) -> Iterator[Trajectory]:
    """One of each method, somewhere in its steps."""
    for method in registry.methods():
        reached = dice.randrange(len(method.steps))
        trajectory = Trajectory.objects.create(
            municipality=municipality,
            method_key=method.key,
            title=f"{method.name} {dice.randrange(2024, 2027)}",
            status=TrajectoryStatus.RUNNING,
            current_step=method.steps[reached].key,
            adviser=dice.choice(advisers),
            coordinator=coordinator,
            starts_on=timezone.localdate() - timedelta(days=200),
        )
        trajectory.areas.set(dice.sample(areas, 3))
        steps = method.steps[: reached + 1]
        events = [(step.key, event) for step in steps for event in ("opened", "closed")][:-1]
        StepRecord.objects.bulk_create(
            StepRecord(
                municipality=municipality, trajectory=trajectory, step=step, event=event, by=coordinator
            )
            for step, event in events
        )
        yield trajectory
