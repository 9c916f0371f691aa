"""What is due, now and in the coming days, and letting it go.

Nothing remembers how far a run came: what is due is asked anew for each batch. So a run that was missed is caught
up by the next one, and one that broke off goes on where it was.
"""

import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import Count, F, Min, Q
from django.utils import timezone
from django_scopes import scope

from trajecten import registry
from trajecten.models import Municipality, RetentionRun
from trajecten.registry import RetentionRule

log = structlog.get_logger(__name__)

BATCH = 200
BUSY_SECONDS = 200
AHEAD = timedelta(days=30)
SHORTEST, LONGEST = 30, 3650


@dataclass(frozen=True)
class Forecast:
    """What of one kind goes in the next run, and what in the coming ``AHEAD`` days, that run taken along.

    ``first_on`` is the day on which the first of them goes, None when nothing does.
    """

    rule: RetentionRule
    days: int
    now: int
    ahead: int
    first_on: date | None


def days_of(rule: RetentionRule, municipality: Municipality) -> int:
    """How many days this municipality keeps it; never outside ``SHORTEST`` to ``LONGEST``."""
    chosen = municipality.retention_days.get(rule.key)
    days = chosen if isinstance(chosen, int) and not isinstance(chosen, bool) else rule.days
    return min(max(days, SHORTEST), LONGEST)


def forecasts(municipality: Municipality) -> list[Forecast]:
    """For every kind, in one statement each."""
    return [_forecast(rule, municipality) for rule in registry.retention()]


def _forecast(rule: RetentionRule, municipality: Municipality) -> Forecast:
    days, now = days_of(rule, municipality), timezone.now()
    kept = timedelta(days=days)
    tonight = Count("pk", filter=Q(since__lt=now - kept))
    due = rule.due(now + AHEAD - kept).order_by()
    counted = due.aggregate(n=Count("pk"), now=tonight, first=Min("since"))
    first = max(counted["first"] + kept, now) if counted["first"] else None
    return Forecast(
        rule=rule,
        days=days,
        now=counted["now"],
        ahead=counted["n"],
        first_on=timezone.localdate(first) if first else None,
    )


class RetentionFailed(Exception):
    """Something that is due could not go; the message names the rules and municipalities, the log says why."""


def run(*, busy_seconds: float = BUSY_SECONDS) -> bool:
    """Let go what is due, in every municipality. Returns whether all of it went; False when the time was up.

    A rule that fails in one municipality holds up no other. Afterwards it is raised (``RetentionFailed``): what has
    to go and stays must not go unseen.
    """
    stop_at = time.monotonic() + busy_seconds
    failed: list[str] = []
    is_done = True
    for municipality in Municipality.objects.defer("boundary").order_by("pk"):
        with scope(municipality=municipality):
            for rule in registry.retention():
                if is_done:
                    is_done = _tried(rule, municipality, stop_at, failed)
    if failed:
        raise RetentionFailed(", ".join(failed))
    return is_done


def _tried(rule: RetentionRule, municipality: Municipality, stop_at: float, failed: list[str]) -> bool:
    """Whether there is time for the next rule."""
    try:
        return _let_go(rule, municipality, stop_at)
    except Exception as error:
        failed.append(f"{rule.key} ({municipality.code})")
        log.exception(
            "retention_failed", rule=rule.key, municipality=municipality.code, error=type(error).__name__
        )
        return True


def _let_go(rule: RetentionRule, municipality: Municipality, stop_at: float) -> bool:
    before = timezone.now() - timedelta(days=days_of(rule, municipality))
    while _batch(rule, municipality, before) == BATCH:
        if time.monotonic() > stop_at:
            return False
    return True


@transaction.atomic
def _batch(rule: RetentionRule, municipality: Municipality, before: datetime) -> int:
    """Some rows and the count of them, or neither. Those that somebody else has locked are for another time."""
    rows = list(rule.due(before).select_for_update(of=("self",), skip_locked=True)[:BATCH])
    if rows:
        rule.apply(rows)
        _count(rule, municipality, len(rows))
    return len(rows)


def _count(rule: RetentionRule, municipality: Municipality, n: int) -> None:
    run, _made = RetentionRun.objects.get_or_create(
        municipality=municipality,
        kind=rule.key,
        on=timezone.localdate(),
        defaults={"days": days_of(rule, municipality)},
    )
    RetentionRun.objects.filter(pk=run.pk).update(count=F("count") + n)
