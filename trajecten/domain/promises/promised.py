"""Lists and figures of promises: one filter, and one definition of what counts, for every page, feed and export."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.search import SearchVector
from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from trajecten import registry
from trajecten.domain import places
from trajecten.domain.promises import people
from trajecten.domain.searching import finding
from trajecten.domain.searching.kinds import CONFIG
from trajecten.enums import CommitmentStatus
from trajecten.models import (
    Area,
    Commitment,
    CommitmentOrigin,
    CommitmentUpdate,
    CouncilItem,
    Participant,
    Team,
    Trajectory,
    User,
    Verdict,
)
from trajecten.models.commitment import OPEN, CommitmentQuerySet

# What a list can be narrowed to, beside one status.
LATE, WAITING = "late", "open"
DAY = timedelta(days=1)
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class PromiseFilter:
    """What is asked of a list. ``status`` is a status, "open", "late", or empty for all.

    ``since`` and ``until`` are the first and the last day on which it was promised, in Dutch time. ``due`` is
    "overdue", "week" or "later", and asks for open ones; ``words`` are in the text, in any form, or are the number.
    """

    status: str = ""
    trajectory: Trajectory | None = None
    area: Area | None = None
    team: Team | None = None
    owner: User | None = None
    since: date | None = None
    until: date | None = None
    due: str = ""
    words: str = ""


@dataclass(frozen=True)
class PromiseFigures:
    """How promises were kept: what the municipality says, and what residents say of the last round of each.

    ``running`` are open, and ``late`` are those of them whose date has passed.
    """

    made: int
    done: int
    partly: int
    broken: int
    withdrawn: int
    running: int
    late: int
    said_yes: int
    said_partly: int
    said_no: int

    @property
    def otherwise(self) -> int:
        """Closed in another way than done: partly, broken or withdrawn."""
        return self.partly + self.broken + self.withdrawn

    @property
    def verdicts(self) -> int:
        return self.said_yes + self.said_partly + self.said_no


def found(asked: PromiseFilter) -> CommitmentQuerySet:
    """The promises of a filter, without an order."""
    rows = _by_due(_by_status(Commitment.objects.order_by(), asked.status), asked.due)
    given = {
        "trajectory": asked.trajectory,
        "team": asked.team,
        "owner": asked.owner,
        "created_at__gte": _midnight(asked.since) if asked.since else None,
        "created_at__lt": _midnight(asked.until + DAY) if asked.until else None,
        "area_id__in": places.with_children(asked.area) if asked.area else None,
    }
    rows = rows.filter(**{name: value for name, value in given.items() if value is not None})
    return _matching(rows, asked.words) if asked.words else rows


def this_year() -> PromiseFilter:
    """The promises of this calendar year."""
    year = timezone.localdate().year
    return PromiseFilter(since=date(year, 1, 1), until=date(year, 12, 31))


def _midnight(day: date) -> datetime:
    """When the day begins, in Dutch time."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _by_status(rows: CommitmentQuerySet, status: str) -> CommitmentQuerySet:
    if status == WAITING:
        return rows.filter(status__in=sorted(OPEN))
    if status == LATE:
        return rows.filter(status__in=sorted(OPEN), deadline__lt=timezone.localdate())
    return rows.filter(status=status) if status else rows


def _by_due(rows: CommitmentQuerySet, due: str) -> CommitmentQuerySet:
    today = timezone.localdate()
    days = {
        "overdue": Q(deadline__lt=today),
        "week": Q(deadline__gte=today, deadline__lt=today + WEEK),
        "later": Q(deadline__gte=today + WEEK),
    }
    return rows.filter(days[due], status__in=sorted(OPEN)) if due else rows


def _matching(rows: CommitmentQuerySet, typed: str) -> CommitmentQuerySet:
    """Those with all of the words in any form, by the index that is searched, or with this number."""
    words, number = finding.words_of(typed), typed.strip().removeprefix("#")
    wanted = Q(words=finding.query_of(words)) if words else Q(pk__in=[])
    if number.isdecimal() and len(number) < 10:
        wanted |= Q(pk=int(number))
    return rows.alias(words=SearchVector("text", config=CONFIG)).filter(wanted)


def newest(asked: PromiseFilter) -> QuerySet[Commitment]:
    """For everybody: the newest first, with the names that a page shows."""
    return found(asked).with_names().order_by("-created_at", "-id")


def to_look_at(asked: PromiseFilter) -> tuple[QuerySet[Commitment], QuerySet[Commitment]]:
    """For the page: those that went wrong and are open, the longest late first; then the others, the newest first.

    Open is wrong when the date has passed, or when it was called done and is not: somebody's "no" opened it again.
    """
    wrong = Q(status__in=sorted(OPEN)) & (Q(deadline__lt=timezone.localdate()) | Q(round__gt=0))
    rows = found(asked).with_names()
    return rows.filter(wrong).order_by("deadline", "id"), rows.exclude(wrong).order_by("-created_at", "-id")


def by_date(asked: PromiseFilter) -> QuerySet[Commitment]:
    """For officials: by the date on which they are due."""
    return found(asked).with_names().order_by("deadline", "id")


def figures(asked: PromiseFilter) -> PromiseFigures:
    """All counts in one statement."""
    late = Q(status__in=sorted(OPEN), deadline__lt=timezone.localdate())
    counted = found(asked).aggregate(
        made=Count("status"),
        done=Count("status", filter=Q(status=CommitmentStatus.DONE)),
        partly=Count("status", filter=Q(status=CommitmentStatus.PARTLY)),
        broken=Count("status", filter=Q(status=CommitmentStatus.BROKEN)),
        withdrawn=Count("status", filter=Q(status=CommitmentStatus.WITHDRAWN)),
        running=Count("status", filter=Q(status__in=sorted(OPEN))),
        late=Count("status", filter=late),
        said_yes=Sum("verdict_yes", default=0),
        said_partly=Sum("verdict_partly", default=0),
        said_no=Sum("verdict_no", default=0),
    )
    return PromiseFigures(**counted)


def with_public_words(commitments: Iterable[Commitment]) -> list[Commitment]:
    """The promises, each with what everybody may read of it (``public_text``), in a fixed number of statements.

    A promise is often said in the answer to one person. As long as something that it answers may not be read by
    others, its own words may not either: then it is named after what it answers, as everybody may read that. What
    was promised in a decision of council or college was said in public.
    """
    rows = list(commitments)
    names = _names_of_hidden([row.pk for row in rows])
    for row in rows:
        row.public_text = names.get(row.pk, row.text)
        row.words_are_public = row.pk not in names
    return rows


def words_for(*, commitment: Commitment, participant: Participant) -> str:
    """What this person may read of it: who asked for it its own words, others what everybody may read."""
    if people.is_author(commitment, participant):
        return commitment.text
    return with_public_words([commitment])[0].public_text


def words_of_turn_for(*, turn: CommitmentUpdate, participant: Participant) -> str:
    """What this person may read of what the municipality said in a turn, as ``words_for`` of the promise."""
    if turn.told_by_resident:
        return ""
    if people.is_author(turn.commitment, participant):
        return turn.words
    with_public_words([turn.commitment])
    return turn.public_words


def _names_of_hidden(keys: list[int]) -> dict[int, str]:
    """How those are named that answer something hidden."""
    decided = ContentType.objects.get_for_model(CouncilItem)
    in_public = CommitmentOrigin.objects.filter(content_type=decided).values("commitment")
    types = {ContentType.objects.get_for_model(kind.model).pk: kind for kind in registry.contribution_kinds()}
    origins = CommitmentOrigin.objects.filter(commitment__in=keys, content_type__in=types)
    origins = origins.exclude(commitment__in=in_public)
    found: dict[int, str] = {}
    tied = list(origins.values_list("commitment", "content_type", "object_id"))
    for number, kind in types.items():
        mine = [(commitment, key) for commitment, of, key in tied if of == number]
        loaded = kind.load([key for _commitment, key in mine]) if mine else {}
        for commitment, key in mine:
            if key in loaded and not loaded[key].is_public:
                values = {"kind": kind.name, "title": kind.public_title(loaded[key])}
                found[commitment] = _("In answer to a %(kind)s: %(title)s") % values
    return found


def latest_turns(asked: PromiseFilter, limit: int) -> QuerySet[CommitmentUpdate]:
    """What happened last to any promise of the filter, newest first."""
    turns = CommitmentUpdate.objects.select_related("commitment__trajectory").order_by("-id")
    if asked != PromiseFilter():
        turns = turns.filter(commitment__in=found(asked).values("pk"))
    return turns[:limit]


def verdicts_by_round(commitment: Commitment) -> list[dict[str, int]]:
    """How many said what in each round, the last one first."""
    rows = Verdict.objects.filter(content_type__model="commitment", content_type__app_label="trajecten")
    counted = rows.filter(object_id=commitment.pk).order_by().values("round")
    return list(
        counted.annotate(
            yes=Count("pk", filter=Q(value="yes")),
            partly=Count("pk", filter=Q(value="partly")),
            no=Count("pk", filter=Q(value="no")),
        ).order_by(F("round").desc())
    )


def keeper(commitment: Commitment) -> str:
    """Who keeps it, as everybody may read it: officials by their team, residents by their name if they want that."""
    if commitment.owner_group:
        return commitment.owner_group
    if commitment.owner_participant:
        return str(commitment.owner_participant) if commitment.owner_is_named else _("a resident")
    return commitment.team.name if commitment.team else _("the municipality")
