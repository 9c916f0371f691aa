"""What people do together in the made-up country: taking part, meeting, following, and what goes to the council."""

from django.contrib.contenttypes.models import ContentType

from trajecten import registry
from trajecten.enums import (
    Answer,
    CouncilKind,
    CouncilStatus,
    EnrolmentOrigin,
    EnrolmentStatus,
    LineDecision,
    MeetingStatus,
)
from trajecten.models import (
    Attendance,
    CouncilItem,
    CouncilLine,
    Enrolment,
    Follow,
    Meeting,
    Municipality,
    Trajectory,
)
from trajecten.scale.country import Town
from trajecten.scale.sowing import sow

# Of the participants one in so many takes part in each trajectory; a group with a maximum is nearly full.
ONE_IN = 10
FREE_PLACES = 2
# Of each trajectory, and how many of who takes part are asked to each meeting.
MEETINGS, COMING_UP, ASKED = 12, 3, 15
# One council item for so many promises, and the points of each.
PROMISES_AN_ITEM, FEWEST_ITEMS, POINTS = 50, 4, 4
# One in so many participants follows the municipality, and one in so many a trajectory of it.
FOLLOW_MUNICIPALITY, FOLLOW_TRAJECTORY = 5, 3


def load(town: Town) -> None:
    """For one municipality, within its scope; its participants and trajectories are there."""
    for place, trajectory in enumerate(town.trajectories):
        _enrolments(town.municipality, trajectory, place)
        _meetings(town.municipality, trajectory)
    _follows(town.municipality, town.trajectories)
    _council(town)


def _enrolments(municipality: Municipality, trajectory: Trajectory, place: int) -> None:
    most = registry.method(trajectory.method_key).max_members
    left = f"n %% 12 = 0 AND {most is None}"
    sow(
        Enrolment,
        source=f"""(SELECT id, row_number() OVER (ORDER BY id) AS n, random() AS luck FROM trajecten_participant
            WHERE municipality_id = %s AND id %% {ONE_IN} = {place % ONE_IN} ORDER BY id LIMIT %s) AS people""",  # noqa: S608
        params=[municipality.pk, most - FREE_PLACES if most else None],
        values={"municipality": municipality, "trajectory": trajectory},
        made={
            "participant": "id",
            "status": f"CASE WHEN {left} THEN '{EnrolmentStatus.LEFT}' ELSE '{EnrolmentStatus.ACTIVE}' END",
            "origin": f"(ARRAY{[origin.value for origin in EnrolmentOrigin]})[1 + floor(luck * 4)::int]",
            "role": "CASE WHEN n <= 6 THEN 'core_group' ELSE 'member' END",
            "turn": "1",
            "token": "encode(sha256((random()::text || id)::bytea), 'hex')::varchar(40)",
            "key": "gen_random_uuid()",
            "created_at": "now() - luck * interval '150 days'",
            "joined_at": "now() - luck * interval '150 days'",
            "left_at": f"CASE WHEN {left} THEN now() - luck * interval '50 days' END",
        },
    )


def _meetings(municipality: Municipality, trajectory: Trajectory) -> None:
    """The last ``COMING_UP`` are still to come."""
    begins = (
        f"date_trunc('day', now()) + (n - {MEETINGS - COMING_UP}) * interval '14 days' + interval '18 hours'"
    )
    is_over = f"n <= {MEETINGS - COMING_UP}"
    sow(
        Meeting,
        source="generate_series(1, %s) AS n",
        params=[MEETINGS],
        values={"municipality": municipality, "trajectory": trajectory, "place": "Het wijkcentrum"},
        made={
            "title": "'Bijeenkomst ' || n",
            "starts_at": begins,
            "ends_at": f"{begins} + interval '2 hours'",
            "is_public": "n %% 3 <> 0",
            "status": f"CASE WHEN {is_over} THEN '{MeetingStatus.HELD}' ELSE '{MeetingStatus.PLANNED}' END",
            "uid": "gen_random_uuid()",
        },
    )
    answers = [Answer.YES.value, Answer.YES.value, Answer.MAYBE.value, Answer.NO.value, ""]
    sow(
        Attendance,
        source="""(SELECT meeting.id AS meeting, people.participant_id AS participant, n, meeting.starts_at < now()
            AS is_over FROM trajecten_meeting AS meeting, LATERAL (SELECT participant_id, row_number() OVER () AS n
            FROM trajecten_enrolment WHERE trajectory_id = %s AND status = 'active' LIMIT %s) AS people
            WHERE meeting.trajectory_id = %s) AS asked""",
        params=[trajectory.pk, ASKED, trajectory.pk],
        values={"municipality": municipality},
        made={
            "meeting": "meeting",
            "participant": "participant",
            "answer": f"(ARRAY{answers})[1 + n %% {len(answers)}]",
            "was_present": "CASE WHEN is_over THEN n %% 3 <> 0 END",
        },
    )


def _follows(municipality: Municipality, trajectories: list[Trajectory]) -> None:
    parts = [(municipality, FOLLOW_MUNICIPALITY, 0)]
    parts += [(trajectory, FOLLOW_TRAJECTORY * 5, place) for place, trajectory in enumerate(trajectories)]
    for target, one_in, place in parts:
        sow(
            Follow,
            source="(SELECT id FROM trajecten_participant WHERE municipality_id = %s AND id %% %s = %s) AS people",
            params=[municipality.pk, one_in, place % one_in],
            values={
                "municipality": municipality,
                "content_type": ContentType.objects.get_for_model(target),
                "object_id": target.pk,
            },
            made={"participant": "id"},
        )


def _council(town: Town) -> None:
    """Half of them decided, the others on their way; each with its points."""
    decided = "n %% 2 = 0"
    outcomes = [CouncilStatus.ADOPTED.value, CouncilStatus.PARTLY.value, CouncilStatus.REJECTED.value]
    on_their_way = [
        CouncilStatus.SUBMITTED.value,
        CouncilStatus.SCHEDULED.value,
        CouncilStatus.DISCUSSED.value,
    ]
    sow(
        CouncilItem,
        source="generate_series(1, %s) AS n",
        params=[max(FEWEST_ITEMS, town.promises // PROMISES_AN_ITEM)],
        values={"municipality": town.municipality, "round": 1},
        made={
            "trajectory": f"(ARRAY{[each.pk for each in town.trajectories]})[1 + n %% {len(town.trajectories)}]",
            "kind": f"(ARRAY{[kind.value for kind in CouncilKind]})[1 + n %% {len(CouncilKind)}]",
            "title": "'Voorstel van bewoners ' || n",
            "status": f"CASE WHEN {decided} THEN (ARRAY{outcomes})[1 + n / 2 %% 3]"
            f" ELSE (ARRAY{on_their_way})[1 + n / 2 %% 3] END",
            "reason": "'Zo besloot de raad.'",
            "submitted_on": "current_date - n - 40",
            "scheduled_for": "current_date + n %% 60 - 10",
            "decided_on": f"CASE WHEN {decided} THEN current_date - n END",
        },
    )
    decisions = [LineDecision.ADOPTED.value, LineDecision.REJECTED.value]
    sow(
        CouncilLine,
        source="(SELECT id, decided_on, n FROM trajecten_councilitem, generate_series(1, %s) AS n"
        " WHERE municipality_id = %s) AS points",
        params=[POINTS, town.municipality.pk],
        values={"municipality": town.municipality, "reason": "Zo besloot de raad."},
        made={
            "item": "id",
            "number": "n",
            "text": "'Punt ' || n",
            "decision": f"CASE WHEN decided_on IS NULL THEN '{LineDecision.PENDING}'"
            f" ELSE (ARRAY{decisions})[1 + n %% 2] END",
        },
    )
