"""Initiative power of ideas: counting what it is reckoned from, and keeping it in its row to sort by.

``renew`` is called within the transaction of each event, with the report locked; ``reckon_due`` looks at every ranked
idea once a day, for freshness fades without an event.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from django.db import transaction
from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone
from django_scopes import scopes_disabled

from buurtschouw.enums import JoiningRole
from buurtschouw.method import Power, PowerFacts, initiative_power
from buurtschouw.models import Idea, Joining, Report, Support
from trajecten.models import Participant

BATCH = 500
COUNTERS = ("pullers", "joiners", "hours", "supporters", "neighbourhoods")


def new_idea(report: Report) -> Idea:
    """The row of an idea that has just come in, to insert with its report."""
    now = timezone.now()
    idea = Idea(
        municipality=report.municipality, report=report, active_at=now, reckoned_on=timezone.localdate()
    )
    idea.power = power_of(idea).total
    return idea


def facts_of(idea: Idea, today: date | None = None) -> PowerFacts:
    """What the formula looks at, from the counters of the row."""
    idle = (today or timezone.localdate()) - timezone.localdate(idea.active_at)
    counted = {name: getattr(idea, name) for name in COUNTERS}
    return PowerFacts(**counted, feasibility=idea.feasibility, idle_days=max(idle.days, 0))


def power_of(idea: Idea) -> Power:
    """The power of today with its parts, for showing; ``idea.power`` is what lists sort by."""
    return initiative_power(facts_of(idea))


@transaction.atomic
def renew(*, report: Report, is_active: bool = True) -> Idea:
    """Count anew and reckon, after something happened; ``is_active`` is False for what is no sign of life.

    Lock the report first: then what is counted is all there is.
    """
    idea = Idea.objects.select_for_update().filter(report=report).first() or new_idea(report)
    idea.is_ranked = Report.objects.open().filter(pk=report.pk).exists()
    if is_active:
        idea.active_at = timezone.now()
    _count([idea])
    return keep(idea)


def keep(idea: Idea) -> Idea:
    """Reckon what is known of it now, and keep that. Lock it first, as ``renew`` does."""
    _reckon(idea, timezone.localdate())
    idea.save()
    return idea


def renew_if_idea(report: Report) -> None:
    """The same for a report of any kind: nothing for what is no idea."""
    if report.is_idea:
        renew(report=report)


def reckon_due() -> int:
    """Reckon every ranked idea that was not reckoned today, in batches. Returns how many.

    Twice is harmless, and what one run leaves the next takes up. Two workers at once divide the work.
    """
    done = 0
    while batch := _reckon_batch(timezone.localdate()):
        done += batch
    return done


@transaction.atomic
def _reckon_batch(today: date) -> int:
    with scopes_disabled():
        due = Idea.objects.filter(is_ranked=True, reckoned_on__lt=today).order_by("reckoned_on", "id")
        ideas = list(due.select_for_update(skip_locked=True)[:BATCH])
        _count(ideas)
        for idea in ideas:
            _reckon(idea, today)
        _keep_all(ideas)
    return len(ideas)


def _keep_all(ideas: Collection[Idea]) -> None:
    """In one insert that updates what is there: many times faster than ``bulk_update``, which names every row."""
    Idea.objects.bulk_create(
        ideas,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["power", "reckoned_on", *COUNTERS],
    )


def _reckon(idea: Idea, today: date) -> None:
    idea.power = initiative_power(facts_of(idea, today)).total
    idea.reckoned_on = today


def _count(ideas: Collection[Idea]) -> None:
    """The counters of these ideas, in a fixed number of queries."""
    numbers = [idea.report_id for idea in ideas]
    joined = _joined(numbers)
    supports = dict(Report.objects.filter(pk__in=numbers).values_list("pk", "supports"))
    homes = _neighbourhoods(numbers)
    for idea in ideas:
        idea.pullers, idea.joiners, idea.hours = joined.get(idea.report_id, (0, 0, 0))
        idea.supporters = supports.get(idea.report_id, 0)
        idea.neighbourhoods = homes.get(idea.report_id, 0)


def _joined(numbers: Collection[int]) -> dict[int, tuple[int, int, int]]:
    rows = confirmed(numbers).order_by().values("report")
    counted = rows.annotate(
        pull=Count("pk", filter=Q(role=JoiningRole.PULLS)), join=Count("pk"), offered=Sum("hours")
    )
    return {row["report"]: (row["pull"], row["join"], row["offered"]) for row in counted}


def confirmed(numbers: Iterable[int]) -> QuerySet[Joining]:
    """Who join these ideas, as far as they confirmed it."""
    found: QuerySet[Joining] = Joining.objects.filter(
        report__in=numbers, participant__isnull=False, confirmed_at__isnull=False
    )
    return found


def _neighbourhoods(numbers: Collection[int]) -> dict[int, int]:
    """In how many different neighbourhoods those live who support or join, by the code of their home area."""
    homes: dict[int, set[str]] = defaultdict(set)
    supporting = Support.objects.filter(report__in=numbers, participant__home_area__isnull=False)
    for rows in (supporting, confirmed(numbers).filter(participant__home_area__isnull=False)):
        pairs = rows.order_by().values_list("report", "participant__home_area__code").distinct()
        for report, code in pairs:
            homes[report].add(code)
    return {report: len(codes) for report, codes in homes.items()}


@transaction.atomic
def forget_joinings(joinings: QuerySet[Joining], *, of: Participant | None = None) -> None:
    """Remove these joinings, and count the ideas that they were of anew."""
    numbers = sorted(set(joinings.values_list("report", flat=True)))
    reports = list(
        Report.objects.select_for_update(of=("self",)).filter(pk__in=numbers).order_by("pk").defer("search")
    )
    joinings.delete()
    for report in reports:
        renew(report=report, is_active=False)
