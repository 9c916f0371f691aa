"""The way of a council item up to its decision: submit, change, schedule, discuss, withdraw."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from trajecten.domain import activities
from trajecten.domain.council import days
from trajecten.domain.council.refusals import CouncilRefused, ItemChanged
from trajecten.enums import COUNCIL_DECIDED, COUNCIL_TRANSITIONS, CouncilStatus
from trajecten.models import CouncilItem, CouncilLine, CouncilOrigin, Municipality, Trajectory, User
from trajecten.transitions import check


@dataclass(frozen=True)
class Facts:
    """What an official writes down of an item, apart from its points and what is behind it."""

    kind: str
    body: str
    title: str
    summary: str
    submitted_on: date
    trajectory: Trajectory | None = None
    url: str = ""
    external_id: str = ""


@dataclass(frozen=True)
class Point:
    """A point of a proposal; one of a budget has an amount, in whole euro, below zero for less."""

    text: str
    amount: int | None = None


@transaction.atomic
def submit(
    *,
    municipality: Municipality,
    by: User,
    facts: Facts,
    lines: Sequence[str | Point] = (),
    origins: Iterable[Model] = (),
) -> CouncilItem:
    """Put something to council or college, with its numbered points and what residents said before it.

    Raises ``CouncilRefused`` for a day that can't be, and when another item has the same number in the council
    information system, and ValueError for an origin or trajectory of another municipality.
    """
    days.submitted(facts.submitted_on)
    item = CouncilItem(municipality=municipality, **vars(facts))
    _save(item)
    _tie(item, origins)
    _number(item, lines)
    activities.record(verb="council_submitted", target=item, by=by, is_public=True)
    return item


@transaction.atomic
def change(
    *,
    item: CouncilItem,
    by: User,
    version: int,
    facts: Facts,
    lines: Sequence[str],
    origins: Iterable[Model],
) -> CouncilItem:
    """Write the facts anew. Once decided the points stay as they were, for the decision is about those.

    Raises ``ItemChanged`` when ``version`` is not the newest, and what ``submit`` raises.
    """
    days.submitted(facts.submitted_on)
    item = lock(item, version)
    for name, value in vars(facts).items():
        setattr(item, name, value)
    is_same = _words(lines) == _words(item.lines.values_list("text", flat=True))
    if not is_same and item.status in COUNCIL_DECIDED:
        raise CouncilRefused(_("The points can't change after the decision."), field="lines")
    if not is_same and item.lines.filter(amount__isnull=False).exists():
        raise CouncilRefused(_("The points have amounts of a budget, and stay as they are."), field="lines")
    item.version += 1
    _save(item)
    _tie(item, origins)
    if not is_same:
        _number(item, lines)
    activities.record(verb="council_changed", target=item, by=by)
    return item


def _words(lines: Iterable[str]) -> list[list[str]]:
    """What the points say, whatever spaces stand between: a form gives back the spaces in an amount as plain ones."""
    return [line.split() for line in lines]


def lock(item: CouncilItem, version: int | None = None) -> CouncilItem:
    """The newest row, locked. Raises ``ItemChanged`` when it is newer than ``version``."""
    rows = CouncilItem.objects.select_for_update(of=("self",)).select_related("trajectory", "municipality")
    newest = rows.get(pk=item.pk)
    if version is not None and newest.version != version:
        raise ItemChanged(newest)
    return newest


def _save(item: CouncilItem) -> None:
    """Save within a savepoint, so that the number that is taken can be told."""
    if item.trajectory and item.trajectory.municipality_id != item.municipality_id:
        raise ValueError("The trajectory is of another municipality.")
    try:
        with transaction.atomic():
            item.save()
    except IntegrityError as error:
        if "council_external_id_once" not in str(error):
            raise
        message = _("Another council item has this number already.")
        raise CouncilRefused(message, field="external_id") from error


def _tie(item: CouncilItem, origins: Iterable[Model]) -> None:
    """Make these what is behind the item: what is not among them any more is let go."""
    wanted = {(ContentType.objects.get_for_model(origin).pk, origin.pk): origin for origin in origins}
    if any(_municipality_of(origin) != item.municipality_id for origin in wanted.values()):
        raise ValueError("An origin is of another municipality.")
    for known in item.origins.all():
        if wanted.pop((known.content_type_id, known.object_id), None) is None:
            known.delete()
    CouncilOrigin.objects.bulk_create(
        CouncilOrigin(municipality_id=item.municipality_id, item=item, origin=origin)
        for origin in wanted.values()
    )


def _municipality_of(origin: Model) -> int:
    return origin.municipality_id  # type: ignore[attr-defined]


def _number(item: CouncilItem, lines: Sequence[str | Point]) -> None:
    item.lines.all().delete()
    points = [line if isinstance(line, Point) else Point(line) for line in lines]
    CouncilLine.objects.bulk_create(
        CouncilLine(
            municipality_id=item.municipality_id,
            item=item,
            number=number,
            text=point.text,
            amount=point.amount,
        )
        for number, point in enumerate(points, start=1)
    )


@transaction.atomic
def schedule(
    *, item: CouncilItem, by: User | None, version: int | None, day: date, meeting_name: str = ""
) -> CouncilItem:
    """Put the item on the agenda of a day; again for another day. The same day and meeting change nothing.

    Raises ``ItemChanged``, ``TransitionRefused`` once it is decided or withdrawn, and ``CouncilRefused`` for a day
    that can't be.
    """
    item = lock(item, version)
    if item.status == CouncilStatus.SCHEDULED and (item.scheduled_for, item.meeting_name) == (
        day,
        meeting_name,
    ):
        return item
    days.scheduled(day, item.submitted_on)
    before = item.scheduled_for
    item.scheduled_for, item.meeting_name = day, meeting_name
    moved: dict[str, object] = {"day": day.isoformat(), "from": before.isoformat() if before else None}
    return _move(item, CouncilStatus.SCHEDULED, by=by, details=moved)


@transaction.atomic
def link(*, item: CouncilItem, external_id: str, url: str) -> CouncilItem:
    """Tie the item to its agenda item: the number there, and the page, where there is one.

    Raises ``CouncilRefused`` when another item has the number.
    """
    item = lock(item)
    item.external_id, item.url = external_id, url or item.url
    item.version += 1
    _save(item)
    return item


@transaction.atomic
def take_off(*, item: CouncilItem, by: User, version: int) -> CouncilItem:
    """Take the item off the agenda: it waits for a date again."""
    item = lock(item, version)
    item.scheduled_for, item.meeting_name = None, ""
    return _move(item, CouncilStatus.SUBMITTED, by=by, verb="council_taken_off")


@transaction.atomic
def discuss(*, item: CouncilItem, by: User, version: int) -> CouncilItem:
    """Note that it was discussed, and that the decision is still to come."""
    return _move(lock(item, version), CouncilStatus.DISCUSSED, by=by)


@transaction.atomic
def withdraw(*, item: CouncilItem, by: User, version: int, reason: str) -> CouncilItem:
    """Withdraw the item for good; refused without a reason, for people read it."""
    item = lock(item, version)
    if not reason.strip():
        raise CouncilRefused(_("Write down why it is withdrawn: people read this."), field="reason")
    item.reason = reason.strip()
    return _move(item, CouncilStatus.WITHDRAWN, by=by)


def _move(
    item: CouncilItem,
    status: CouncilStatus,
    *,
    by: User | None,
    verb: str = "",
    details: dict[str, object] | None = None,
) -> CouncilItem:
    check(CouncilStatus, COUNCIL_TRANSITIONS, item.status, status)
    item.status = status
    item.version += 1
    item.save()
    verb = verb or f"council_{status}"
    activities.record(verb=verb, target=item, by=by, is_public=True, details=details)
    return item
