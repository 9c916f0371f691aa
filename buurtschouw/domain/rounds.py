"""A round outside: the reports that an official collects, in the order in which one passes them.

Where all reports are of one walk with a route, that order is the route's: each report stands where the route comes
nearest to it (PostGIS ST_LineLocatePoint). Otherwise it is a short way past all of them (``passing``). What has no
place on the map comes last.
"""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import F, FloatField, Func, Max, QuerySet
from django.utils.translation import gettext as _

from buurtschouw.domain import passing
from buurtschouw.models import Report, Shortlist, ShortlistItem
from trajecten.models import Municipality, Team, User
from trajecten.refusals import Refused

MAX_REPORTS = 60


class RoundRefused(Refused):
    """A round that can't be like this; the message says why."""


def of(*, municipality: Municipality, official: User) -> Shortlist:
    """The round of this official, made when there is none yet."""
    found, _made = Shortlist.objects.get_or_create(municipality=municipality, owner=official)
    return found


def shared_with(official: User) -> QuerySet[Shortlist]:
    """The rounds that colleagues of one of their teams share."""
    teams = Team.objects.filter(members=official)
    colleagues = User.objects.filter(teams__in=teams).exclude(pk=official.pk)
    return (
        Shortlist.objects.filter(is_shared=True, owner__in=colleagues).select_related("owner").order_by("pk")
    )


def items(shortlist: Shortlist) -> QuerySet[ShortlistItem]:
    """What is in it, in its order, with what a list shows of each report."""
    rows = ShortlistItem.objects.filter(shortlist=shortlist).select_related(
        "report__category", "report__area", "report__schouw", "report__stop"
    )
    return rows.defer("report__search", "report__area__geometry", "report__schouw__route").order_by(
        "position", "pk"
    )


@transaction.atomic
def add(*, shortlist: Shortlist, reports: Iterable[Report]) -> int:
    """Put reports at the end; those that are in it stay where they are. Returns how many are new.

    Refused (``RoundRefused``) when there would be more than ``MAX_REPORTS``.
    """
    shortlist = _lock(shortlist)
    known = set(ShortlistItem.objects.filter(shortlist=shortlist).values_list("report", flat=True))
    new = [report for report in reports if report.pk not in known]
    if len(known) + len(new) > MAX_REPORTS:
        raise RoundRefused(
            _("A round has at most %(n)d reports. Take some off first, or add fewer.") % {"n": MAX_REPORTS}
        )
    last = ShortlistItem.objects.filter(shortlist=shortlist).aggregate(last=Max("position"))["last"]
    begin = 0 if last is None else last + 1
    ShortlistItem.objects.bulk_create(
        ShortlistItem(
            municipality_id=shortlist.municipality_id, shortlist=shortlist, report=report, position=place
        )
        for place, report in enumerate(new, begin)
    )
    return len(new)


def _lock(shortlist: Shortlist) -> Shortlist:
    return Shortlist.objects.select_for_update(of=("self",)).get(pk=shortlist.pk)


@transaction.atomic
def remove(*, shortlist: Shortlist, report: Report) -> None:
    """Take a report off; harmless when it is not in it."""
    ShortlistItem.objects.filter(shortlist=_lock(shortlist), report=report).delete()


@transaction.atomic
def empty(*, shortlist: Shortlist) -> None:
    """Take everything off."""
    ShortlistItem.objects.filter(shortlist=_lock(shortlist)).delete()


@transaction.atomic
def share(*, shortlist: Shortlist, is_shared: bool) -> None:
    """Let colleagues of the owner's teams see it, or not any more."""
    Shortlist.objects.filter(pk=shortlist.pk).update(is_shared=is_shared)


@transaction.atomic
def move(*, shortlist: Shortlist, report: Report, by: int) -> None:
    """Change places with the one before it (-1) or after it (1); nothing happens at the ends."""
    rows = list(ShortlistItem.objects.filter(shortlist=_lock(shortlist)).order_by("position", "pk"))
    at = next((place for place, row in enumerate(rows) if row.report_id == report.pk), None)
    if at is None or not 0 <= at + by < len(rows):
        return
    rows[at], rows[at + by] = rows[at + by], rows[at]
    _number(rows)


@transaction.atomic
def order(*, shortlist: Shortlist, start: Report | None = None) -> None:
    """Put the round in the order in which one passes the reports; see above. ``start`` is where one begins.

    With a route the route says where it begins.
    """
    rows = list(items(_lock(shortlist)))
    route = along_route(rows)
    if route is None:
        first = next((row for row in rows if start and row.report_id == start.pk), None)
        route = _passing(rows, first)
    _number(route)


def along_route(rows: Sequence[ShortlistItem]) -> list[ShortlistItem] | None:
    """The rows by their place along the route of the one walk that all are of; None when there is no such route.

    Where all were seen at a stop, the stops say it first: a route may cross itself.
    """
    walks = {row.report.schouw_id for row in rows}
    if len(walks) != 1 or not all(row.report.point for row in rows):
        return None
    along = Report.objects.filter(pk__in=[row.report_id for row in rows], schouw__route__isnull=False)
    fraction = Func(F("schouw__route"), F("point"), function="ST_LineLocatePoint", output_field=FloatField())
    places = dict(along.annotate(along=fraction).values_list("pk", "along"))
    if len(places) < len(rows):
        return None
    stops = {row.pk: row.report.stop.position for row in rows if row.report.stop}
    at_stops = len(stops) == len(rows)
    return sorted(rows, key=lambda row: (stops[row.pk] if at_stops else 0, places[row.report_id], row.pk))


def _passing(rows: Sequence[ShortlistItem], first: ShortlistItem | None) -> list[ShortlistItem]:
    placed = [row for row in rows if row.report.point]
    begin = placed.index(first) if first in placed else 0
    route = passing.order([row.report.point for row in placed if row.report.point], begin)
    return [*(placed[place] for place in route), *(row for row in rows if not row.report.point)]


def _number(rows: Sequence[ShortlistItem]) -> None:
    for place, row in enumerate(rows):
        row.position = place
    ShortlistItem.objects.bulk_update(rows, ["position"])
