"""Keeping what an agenda says: by the numbers of the council information system, so that twice is once."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from trajecten.domain import activities
from trajecten.domain.agenda import matching
from trajecten.domain.agenda.reading import Agenda, Meeting, Point
from trajecten.domain.council import items
from trajecten.enums import COUNCIL_OPEN, MatchState
from trajecten.models import AgendaItem, Municipality, User


@dataclass(frozen=True)
class Imported:
    """What an import did: how many agenda items are new, changed, the same, and left out; and matches proposed."""

    added: int
    changed: int
    same: int
    left_out: int
    proposed: int


@transaction.atomic
def take(*, municipality: Municipality, agenda: Agenda, by: User | None) -> Imported:
    """Keep the points of an agenda that was read, and propose which council items they are.

    All or nothing. Two imports at once wait for each other. A point of which the date, title, number or address
    changed is kept with its earlier values in ``changed``; the council item that a clerk said it is follows its
    date, until it is decided.
    """
    matching.one_at_a_time(municipality)
    wanted = {
        point.external_id: _row(municipality, meeting, point)
        for meeting in agenda.meetings
        for point in meeting.points
    }
    rows = AgendaItem.objects.select_related("match").filter(external_id__in=wanted)
    known = {row.external_id: row for row in rows}
    fresh = [row for key, row in wanted.items() if key not in known]
    AgendaItem.objects.bulk_create(fresh, batch_size=500)
    changed = [row for key, row in known.items() if _renew(row, wanted[key])]
    AgendaItem.objects.bulk_update(changed, [*FIELDS, "changed", "changed_at"], batch_size=500)
    for row in changed:
        _follow(row, by=by)
    proposed = matching.propose(municipality=municipality)
    result = Imported(
        added=len(fresh),
        changed=len(changed),
        same=len(known) - len(changed),
        left_out=agenda.left_out,
        proposed=proposed,
    )
    activities.record(verb="agenda_imported", target=municipality, by=by, details=vars(result))
    return result


FIELDS = (
    "meeting_external_id", "meeting_name", "meeting_date", "number", "title", "url", "is_cancelled",
)  # fmt: skip


def _row(municipality: Municipality, meeting: Meeting, point: Point) -> AgendaItem:
    return AgendaItem(
        municipality=municipality,
        external_id=point.external_id,
        meeting_external_id=meeting.external_id,
        meeting_name=meeting.name,
        meeting_date=meeting.day,
        number=point.number,
        title=point.title,
        url=point.url or meeting.url,
        is_cancelled=meeting.is_cancelled,
    )


def _renew(row: AgendaItem, wanted: AgendaItem) -> bool:
    """Give the row the values of the agenda; whether any was another one."""
    earlier = {name: getattr(row, name) for name in FIELDS if getattr(row, name) != getattr(wanted, name)}
    for name in earlier:
        setattr(row, name, getattr(wanted, name))
    if earlier:
        row.changed = {name: _kept(value) for name, value in earlier.items()}
        row.changed_at = timezone.now()
    return bool(earlier)


def _kept(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _follow(row: AgendaItem, *, by: User | None) -> None:
    item = row.match
    if row.state != MatchState.ACCEPTED or item is None or item.status not in COUNCIL_OPEN:
        return
    if "meeting_date" in row.changed and not row.is_cancelled and row.meeting_date >= item.submitted_on:
        items.schedule(item=item, by=by, version=None, day=row.meeting_date, meeting_name=row.meeting_name)
