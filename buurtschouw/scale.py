"""The buurtschouw's part of the made-up country (trajecten/scale): reports, and promises on some of them."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from buurtschouw.enums import CLOSED, ReportStatus
from buurtschouw.method import METHOD
from buurtschouw.models import Category, Report, Schouw
from trajecten.enums import CommitmentStatus, Moderation
from trajecten.models import Commitment, CommitmentOrigin, Participant
from trajecten.scale.country import SIDE, Town
from trajecten.scale.sowing import sow

THEMES = ("Stoep en straat", "Groen", "Afval", "Verlichting", "Verkeer", "Spelen", "Water", "Overlast")
WORDS = (
    "losse stoeptegel lantaarn kapot container vol tak hangt laag fietspad speeltuin school bankje hondenpoep "
    "water put verstopt bord scheef gat weg heg snoeien glas zwerfvuil overlast brug leuning oversteek druk"
).split()
AGE_IN_DAYS = 700
# Of a hundred reports: how many have each status. Most of what is older than a few weeks is closed.
SHARES = (
    (ReportStatus.NEW, 2),
    (ReportStatus.ACKNOWLEDGED, 4),
    (ReportStatus.PLANNED, 4),
    (ReportStatus.IN_PROGRESS, 4),
    (ReportStatus.DONE, 66),
    (ReportStatus.NOT_DONE, 14),
    (ReportStatus.FORWARDED, 6),
)


def load(town: Town) -> None:
    """Reports over two years, each with its place, its author and how it stands, and the promises on them."""
    schouw = _schouw(town)
    _reports(town, schouw)
    _promises(town, schouw)


def _schouw(town: Town) -> Schouw:
    trajectory = next(each for each in town.trajectories if each.method_key == METHOD.key)
    schouw = Schouw.objects.create(
        municipality=town.municipality,
        trajectory=trajectory,
        walk_at=timezone.now() - timedelta(days=30),
        meeting_point="Het plein",
        keeps_reporting_open=True,
    )
    schouw.categories.set(
        Category.objects.bulk_create(
            Category(municipality=town.municipality, name=name, team=town.team, position=place)
            for place, name in enumerate(THEMES)
        )
    )
    return schouw


def _reports(town: Town, schouw: Schouw) -> None:
    """The source makes one row a report, with everything that two columns share."""
    west, south, _east, _north = town.municipality.boundary.extent
    authors = Participant.objects.order_by("pk").values_list("pk", flat=True)
    first, count = authors.first(), authors.count()
    closed = ", ".join(f"'{status}'" for status in sorted(CLOSED))
    answered = f"status <> '{ReportStatus.NEW}'"
    sow(
        Report,
        source=f"""(SELECT n, random() AS luck, now() - age * interval '1 day' AS came,
              (now() - age * interval '1 day')::date + 7 AS term, age,
              (ARRAY{_statuses()})[1 + floor(random() * 100)::int] AS status
            FROM (SELECT n, power(random(), 1.3) * {AGE_IN_DAYS} AS age FROM generate_series(1, %s) AS n) AS ages
            OFFSET 0) AS rows""",  # noqa: S608
        params=[town.contributions],
        values={"municipality": town.municipality, "schouw": schouw, "trajectory": schouw.trajectory},
        made={
            "author": f"CASE WHEN luck < 0.8 THEN {first} + floor(random() * {count})::bigint END",
            "area": f"(ARRAY{[area.pk for area in town.areas]})[1 + floor(random() * {len(town.areas)})::int]",
            "category": f"(ARRAY{[category.pk for category in schouw.categories.all()]})[1 + n %% {len(THEMES)}]",
            "text": _text(),
            "moderation": f"CASE WHEN luck < 0.7 THEN '{Moderation.PUBLISHED}' ELSE '{Moderation.PENDING}' END",
            "supports": "floor(power(random(), 4) * 30)::int",
            "created_at": "came",
            "key": "gen_random_uuid()",
            "fingerprint": "md5(n::text) || md5(n::text)",
            "token": "translate(encode(sha256((random()::text || n)::bytea), 'base64'), '+/=', '-_x')::varchar(40)",
            "point": f"ST_SetSRID(ST_MakePoint({west} + random() * {SIDE}, {south} + random() * {SIDE}), 4326)",
            "status": "status",
            "answer_by": "term",
            "due_on": "CASE WHEN age < 20 THEN term ELSE current_date + 3 + floor(random() * 60)::int END",
            "planned_for": f"CASE WHEN status = '{ReportStatus.PLANNED}' THEN current_date + 20 END",
            "first_answer_at": f"CASE WHEN {answered} THEN came + random() * interval '9 days' END",
            "closed_at": f"CASE WHEN status IN ({closed}) THEN came + interval '10 days' END",
            "round": f"CASE WHEN status IN ({closed}) THEN 1 ELSE 0 END",
            "assigned_to": f"CASE WHEN luck < 0.05 THEN {town.handlers[0].pk} END",
        },
    )


def _statuses() -> list[str]:
    return [status.value for status, share in SHARES for _n in range(share)]


def _text() -> str:
    words = f"(ARRAY{WORDS})[1 + floor(random() * {len(WORDS)})::int]"
    return " || ' ' || ".join([words] * 10)


def _promises(town: Town, schouw: Schouw) -> None:
    """On the first reports, in every state but withdrawn, which needs a reason in words."""
    reports = "(SELECT id, created_at, area_id, row_number() OVER (ORDER BY id) AS n FROM buurtschouw_report"
    source = f"{reports} WHERE schouw_id = %s ORDER BY id LIMIT %s) AS origin"
    params = [schouw.pk, town.promises]
    states = [
        *[CommitmentStatus.DONE.value] * 6,
        CommitmentStatus.PARTLY.value,
        CommitmentStatus.BROKEN.value,
        *[CommitmentStatus.IN_PROGRESS.value] * 2,
        *[CommitmentStatus.PROMISED.value] * 2,
    ]
    is_open = f"origin.n %% {len(states)} >= 8"
    sow(
        Commitment,
        source=source,
        params=params,
        values={
            "municipality": town.municipality,
            "trajectory": schouw.trajectory,
            "owner": town.handlers[0],
        },
        made={
            "text": "'We herstellen wat er bij melding ' || origin.id || ' staat.'",
            "status": f"(ARRAY{states})[1 + origin.n %% {len(states)}]",
            "deadline": f"CASE WHEN {is_open} THEN current_date - 10 + (origin.n %% 60)::int"
            " ELSE origin.created_at::date + 30 END",
            "created_at": "origin.created_at + interval '3 days'",
            "closed_at": f"CASE WHEN NOT ({is_open}) THEN origin.created_at + interval '20 days' END",
        },
    )
    kind = ContentType.objects.get_for_model(Report)
    sow(
        CommitmentOrigin,
        source="(SELECT id, substring(text FROM 'melding (\\d+)')::bigint AS report"
        " FROM trajecten_commitment WHERE trajectory_id = %s) AS promise",
        params=[schouw.trajectory_id],
        values={"municipality": town.municipality, "content_type": kind},
        made={"commitment": "promise.id", "object_id": "promise.report"},
    )
