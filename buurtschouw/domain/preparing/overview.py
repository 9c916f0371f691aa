"""The preparation of a walk at a glance: what the page of officials and that of the core group both show."""

from dataclasses import dataclass
from itertools import groupby

from buurtschouw.domain.preparing import roles, routes, statements, stops, tasks
from buurtschouw.domain.preparing.owners import name_of
from buurtschouw.domain.preparing.roles import Filled
from buurtschouw.domain.preparing.routes import Measure
from buurtschouw.domain.preparing.tasks import Owner
from buurtschouw.method import Prepared, advised
from buurtschouw.models import Category, Schouw, Statement, Stop, WalkTask
from trajecten.domain import steps
from trajecten.domain.meetings import finding
from trajecten.domain.meetings.finding import Coming
from trajecten.domain.steps import TrackedStep
from trajecten.models import Enrolment, Participant


@dataclass(frozen=True)
class Row:
    """A task with the name of who does it, empty while nobody does."""

    task: WalkTask
    who: str
    participant: Participant | None


@dataclass(frozen=True)
class Theme:
    """A theme with what is scored of it."""

    category: Category
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Overview:
    """Everything of the preparation but the forms. ``open_step`` is None before the first step and after the last."""

    schouw: Schouw
    open_step: TrackedStep | None
    advice: tuple[str, ...]
    tasks: tuple[Row, ...]
    measure: Measure
    stops: tuple[Stop, ...]
    themes: tuple[Theme, ...]
    roles: tuple[Filled, ...]
    in_office: tuple[Enrolment, ...]
    coming: Coming | None

    @property
    def overdue(self) -> int:
        return sum(row.task.is_overdue for row in self.tasks)

    @property
    def done(self) -> int:
        return sum(row.task.is_done for row in self.tasks)

    @property
    def shows_people(self) -> bool:
        """Whether a resident can be known from it."""
        return (
            bool(self.in_office)
            or any(each.rows for each in self.roles)
            or any(row.participant for row in self.tasks)
        )


def of(schouw: Schouw) -> Overview:
    """Read the preparation, in as many statements for one stop and task as for many."""
    filled, found = roles.filled(schouw), list(stops.of(schouw))
    office = list(roles.in_office(schouw))
    chosen = list(statements.of_walk(schouw))
    coming = finding.coming(schouw.meeting) if schouw.meeting else None
    prepared = Prepared(
        has_route=schouw.route is not None,
        stops=len(found),
        statements=len(chosen),
        residents=roles.residents_of_core_group(schouw),
        officials=len(office),
        duties_missing=tuple(str(duty.label) for duty in roles.missing(filled)),
        invited=coming.asked if coming else 0,
    )
    track = steps.track(trajectory=schouw.trajectory)
    return Overview(
        schouw=schouw,
        open_step=next((tracked for tracked in track if tracked.state == "now"), None),
        advice=tuple(str(unmet) for unmet in advised(prepared)),
        tasks=tuple(_row(task) for task in tasks.of(schouw)),
        measure=routes.measure_of(schouw.route, len(found)),
        stops=tuple(found),
        themes=tuple(_themes(schouw, chosen)),
        roles=tuple(filled),
        in_office=tuple(office),
        coming=coming,
    )


def _row(task: WalkTask) -> Row:
    return Row(task, name_of(Owner(task.owner, task.owner_participant)), task.owner_participant)


def _themes(schouw: Schouw, chosen: list[Statement]) -> list[Theme]:
    """The themes of the walk in their order, also those of which nothing is scored; then others that are scored."""
    by_theme = {key: tuple(rows) for key, rows in groupby(chosen, key=lambda each: each.category)}
    themes = list(schouw.categories.select_related("team"))
    extra = [category for category in by_theme if category not in themes]
    return [Theme(category, by_theme.get(category, ())) for category in (*themes, *extra)]
