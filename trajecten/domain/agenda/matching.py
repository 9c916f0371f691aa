"""Which council item an agenda item is: proposed by the portal, said by a clerk.

The number or the address that an item has already settles it. Else the titles are compared by their groups of three
letters (pg_trgm); an item that is on the agenda of that very day needs less, one of another day needs more.
"""

from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db import transaction
from django.db.models import (
    Case,
    Exists,
    F,
    FloatField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Least
from django.utils.translation import gettext as _

from trajecten.domain import activities
from trajecten.domain.council import items
from trajecten.enums import COUNCIL_OPEN, MatchState
from trajecten.models import AgendaItem, CouncilItem, Municipality, User
from trajecten.refusals import Refused

ENOUGH = 0.35
SAME_DAY = 1.4  # times as sure when the item is on the agenda of that day
OTHER_DAY = 0.7


class MatchRefused(Refused):
    """The match is not what the clerk saw any more; the message says what it is."""


def one_at_a_time(municipality: Municipality) -> None:
    """Let imports and matches of one municipality wait for each other, until the transaction ends.

    The lock is one that lets others write rows of this municipality meanwhile.
    """
    Municipality.objects.select_for_update(no_key=True).only("pk").get(pk=municipality.pk)


@transaction.atomic
def propose(*, municipality: Municipality) -> int:
    """Propose for each agenda item that is not known yet the open council item that it looks like most.

    Only items of the same municipality, submitted by the day of the meeting, that no clerk said it is not. One
    statement finds them all. Proposals that no longer hold are dropped. Returns how many are new.
    """
    one_at_a_time(municipality)
    unknown = AgendaItem.objects.filter(
        municipality=municipality, state__in=[MatchState.UNMATCHED, MatchState.PROPOSED]
    )
    best = _candidates(municipality).values("pk")[:1]
    sure = _candidates(municipality).values("score")[:1]
    new, changed = 0, []
    for row in unknown.annotate(best=Subquery(best), sure=Subquery(sure)):
        fits = row.best if not row.is_cancelled else None
        if (row.match_id, row.score) == (fits, row.sure if fits else None):
            continue
        new += fits is not None and row.match_id != fits
        row.match_id, row.score = fits, row.sure if fits else None
        row.state = MatchState.PROPOSED if fits else MatchState.UNMATCHED
        changed.append(row)
    AgendaItem.objects.bulk_update(changed, ["match", "score", "state"], batch_size=500)
    return new


def _candidates(municipality: Municipality) -> QuerySet[Any]:
    """The council items that the agenda item of the outer query may be, the surest first."""
    title: Any = OuterRef("title")
    alike = TrigramSimilarity("title", title)
    same_number = ~Q(external_id="") & Q(external_id=OuterRef("external_id"))
    same_page = ~Q(url="") & Q(url=OuterRef("url"))
    other_day = Q(scheduled_for__isnull=False) & ~Q(scheduled_for=OuterRef("meeting_date"))
    taken = AgendaItem.objects.filter(
        match=OuterRef("pk"), state=MatchState.ACCEPTED, meeting_date=OuterRef("scheduled_for")
    )
    refused = AgendaItem.refused.through.objects.filter(
        agendaitem=OuterRef(OuterRef("pk")), councilitem=OuterRef("pk")
    )
    score = Case(
        When(same_number, then=Value(1.0)),
        When(Q(scheduled_for=OuterRef("meeting_date")) & same_page, then=Value(1.0)),
        When(Q(scheduled_for=OuterRef("meeting_date")), then=Least(alike * SAME_DAY, Value(1.0))),
        When(other_day, then=alike * OTHER_DAY),
        default=alike,
        output_field=FloatField(),
    )
    return (
        CouncilItem.objects.filter(
            municipality=municipality,
            status__in=COUNCIL_OPEN,
            submitted_on__lte=OuterRef("meeting_date"),
        )
        .filter(~Exists(refused), ~Exists(taken))
        .annotate(score=score)
        .filter(score__gte=ENOUGH)
        .order_by(F("score").desc(), "pk")
    )


@transaction.atomic
def accept(*, agenda_item: AgendaItem, item: CouncilItem, by: User) -> AgendaItem:
    """Say that the agenda item is this council item: that gets its date, its number and its page.

    Said already, it changes nothing. Raises ``MatchRefused`` when it is another proposal now, and what
    ``items.schedule`` raises once the item is decided.
    """
    row = _lock(agenda_item)
    if row.state == MatchState.ACCEPTED and row.match_id == item.pk:
        return row
    if row.state != MatchState.PROPOSED or row.match_id != item.pk:
        raise MatchRefused(_("This proposal has changed meanwhile. Look at it again."))
    row.state = MatchState.ACCEPTED
    row.save(update_fields=["state"])
    items.schedule(item=item, by=by, version=None, day=row.meeting_date, meeting_name=row.meeting_name)
    items.link(item=item, external_id=row.external_id, url=row.url)
    activities.record(verb="agenda_matched", target=row, by=by, details={"item": item.pk})
    return row


@transaction.atomic
def refuse(*, agenda_item: AgendaItem, item: CouncilItem, by: User) -> AgendaItem:
    """Say that the agenda item is not this council item, which is never proposed for it again.

    Said already, it changes nothing. Raises ``MatchRefused`` when it is another proposal now.
    """
    row = _lock(agenda_item)
    if row.refused.filter(pk=item.pk).exists():
        return row
    if row.state != MatchState.PROPOSED or row.match_id != item.pk:
        raise MatchRefused(_("This proposal has changed meanwhile. Look at it again."))
    row.refused.add(item)
    row.state, row.match, row.score = MatchState.UNMATCHED, None, None
    row.save(update_fields=["state", "match", "score"])
    activities.record(verb="agenda_refused", target=row, by=by, details={"item": item.pk})
    propose(municipality=row.municipality)
    return row


def _lock(agenda_item: AgendaItem) -> AgendaItem:
    one_at_a_time(agenda_item.municipality)
    rows = AgendaItem.objects.select_for_update(of=("self",)).select_related("municipality")
    return rows.get(pk=agenda_item.pk)


def proposals() -> QuerySet[AgendaItem]:
    """What waits for a clerk's word, the soonest meeting first."""
    rows = AgendaItem.objects.filter(state=MatchState.PROPOSED).select_related("match")
    return rows.order_by("meeting_date", "id")


def imported() -> QuerySet[AgendaItem]:
    """Every agenda item, of the last meeting first."""
    return AgendaItem.objects.select_related("match").order_by("-meeting_date", "id")
