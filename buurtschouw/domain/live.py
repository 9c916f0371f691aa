"""The day of the walk as it happens: what comes in, and how much of everything there is.

Shown is what was seen on the day itself, by the clock of the phone where it was seen with one. "Answered the same day"
is what an official answered before that day was over.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from buurtschouw.enums import ReportKind
from buurtschouw.models import Report, Schouw, Score, Stop
from trajecten.enums import Moderation

NEWEST = 30


@dataclass(frozen=True)
class Counters:
    """How much there is, of the day of the walk."""

    observations: int
    compliments: int
    ideas: int
    answered: int
    stops: int
    scored: int


@dataclass(frozen=True)
class Now:
    """How it stands: ``token`` changes with everything that the page shows."""

    token: str
    counters: Counters


def day_of(schouw: Schouw) -> tuple[datetime, datetime] | None:
    """Begin and end of the day of the walk, in Dutch time; None while its date is not known."""
    if schouw.walk_at is None:
        return None
    begin = timezone.make_aware(datetime.combine(timezone.localdate(schouw.walk_at), time.min))
    return begin, begin + timedelta(days=1)


def is_going(schouw: Schouw) -> bool:
    """Whether the day of the walk is today, so that more may come in."""
    day = day_of(schouw)
    return day is not None and day[0] <= timezone.now() < day[1]


def _of_day(schouw: Schouw) -> QuerySet[Report]:
    day = day_of(schouw)
    rows: QuerySet[Report] = Report.objects.filter(schouw=schouw)
    seen = rows.annotate(seen_at=Coalesce("observed_at", "created_at"))
    if day is None:
        return seen.none()
    return seen.filter(seen_at__gte=day[0], seen_at__lt=day[1])


def now(schouw: Schouw) -> Now:
    """The counters and the token, in three statements: cheap enough for a hall of phones that ask all the time."""
    day = day_of(schouw)
    until = day[1] if day else timezone.now()
    found = _of_day(schouw).aggregate(
        observations=Count("pk"),
        compliments=Count("pk", filter=Q(kind=ReportKind.COMPLIMENT)),
        ideas=Count("pk", filter=Q(kind=ReportKind.IDEA)),
        answered=Count("pk", filter=Q(first_answer_at__lt=until)),
        public=Count("pk", filter=Q(moderation=Moderation.PUBLISHED)),
        versions=Coalesce(Max("version"), 0) + Coalesce(Max("pk"), 0),
    )
    scores = Score.objects.filter(stop__schouw=schouw).aggregate(
        scored=Count("stop", distinct=True), given=Count("pk"), last=Max("changed_at")
    )
    stops = Stop.objects.filter(schouw=schouw).count()
    counters = Counters(
        observations=found["observations"],
        compliments=found["compliments"],
        ideas=found["ideas"],
        answered=found["answered"],
        stops=stops,
        scored=scores["scored"],
    )
    parts = (*found.values(), *scores.values(), stops, is_going(schouw))
    return Now(hashlib.sha256(repr(parts).encode()).hexdigest()[:16], counters)


def newest(schouw: Schouw) -> list[Report]:
    """What came in last, newest first; its words only where they are public (``Report.public_title``)."""
    rows = _of_day(schouw).with_names().select_related("stop")  # type: ignore[attr-defined]
    return list(rows.order_by(F("seen_at").desc(), "-id")[:NEWEST])
