"""The one queue over all contributions, of all apps: what has to be looked at.

What somebody reported or does not agree with comes first: it is public, or closed, against somebody's will. Then the
oldest first.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, Q, QuerySet, Value

from trajecten import registry
from trajecten.enums import Moderation, ObjectionOutcome
from trajecten.models import (
    AbuseReport,
    Attachment,
    Contribution,
    Objection,
    Trajectory,
)
from trajecten.registry import ContributionKind

TODO, WAITING, REPORTED, OBJECTED, PHOTOS = "todo", "waiting", "reported", "objected", "photos"
# So many characters are read in a list; what is longer, on a page of its own.
SHORT = 400


@dataclass(frozen=True)
class Asked:
    """What is asked of the queue. ``state`` is one of the above or of ``Moderation``, empty for all.

    ``TODO`` is what waits, is reported or is objected to.
    """

    state: str = TODO
    kind: ContributionKind | None = None
    trajectory: Trajectory | None = None


@dataclass(frozen=True)
class Entry:
    """A contribution with what the list says of it. ``key`` and ``number`` are its address."""

    key: str
    number: int
    kind: ContributionKind
    contribution: Contribution
    title: str
    reports: int = 0
    photos: int = 0
    has_objection: bool = False

    @property
    def can_be_published_here(self) -> bool:
        """Whether the list shows all that an official has to read: words that nobody spoke against, and not many."""
        is_contested = self.reports or self.has_objection
        is_waiting = self.contribution.moderation == Moderation.PENDING
        is_all = not self.kind.opens_more(self.contribution)
        return is_all and is_waiting and not is_contested and len(self.contribution.text) <= SHORT


@dataclass(frozen=True)
class Figures:
    """The numbers above the queue: things, not reports of abuse."""

    waiting: int
    reported: int
    objected: int


def rows(asked: Asked) -> QuerySet[Any]:
    """Which contributions, in order: dicts with place (of its kind in the registry), row, rank and created_at.

    One query over all kinds, each of which gives its parts from its own indexes.
    """
    parts = [
        part.annotate(place=Value(place), row=F("pk"), rank=Value(rank))
        .values("place", "row", "rank", "created_at")
        .order_by()
        for place, kind in enumerate(registry.contribution_kinds())
        if asked.kind in (None, kind)
        for rank, part in enumerate(_parts(kind, asked))
    ]
    first, *others = parts
    joined = first.union(*others, all=True) if others else first
    return joined.order_by("rank", "created_at", "row")


def _parts(kind: ContributionKind, asked: Asked) -> list[QuerySet[Any]]:
    """What comes first, and what after it."""
    if asked.state != TODO:
        return [_of_kind(kind, asked)]
    content_type = ContentType.objects.get_for_model(kind.model)
    contested = Q(pk__in=_reported(content_type)) | Q(pk__in=_objected(content_type))
    mine = _of_kind(kind, replace(asked, state=""))
    return [mine.filter(contested), mine.filter(moderation=Moderation.PENDING).exclude(contested)]


def _of_kind(kind: ContributionKind, asked: Asked) -> QuerySet[Any]:
    found: QuerySet[Any] = kind.model.objects.all()
    if asked.trajectory:
        found = found.filter(trajectory=asked.trajectory)
    if asked.state == WAITING:
        return kind.readable(found.filter(moderation=Moderation.PENDING))
    if asked.state in Moderation.values:
        return found.filter(moderation=asked.state)
    pointing = {REPORTED: _reported, OBJECTED: _objected, PHOTOS: _unseen}.get(asked.state)
    if pointing is None:
        return found
    keys = pointing(ContentType.objects.get_for_model(kind.model))
    if asked.state == PHOTOS:
        found = found.filter(moderation=Moderation.PUBLISHED)
    return found.filter(pk__in=keys)


def _reported(kind: ContentType) -> QuerySet[Any]:
    return AbuseReport.objects.filter(content_type=kind, handled_at__isnull=True).values("object_id")


def _objected(kind: ContentType) -> QuerySet[Any]:
    return Objection.objects.filter(outcome=ObjectionOutcome.OPEN, decision__content_type=kind).values(
        "decision__object_id"
    )


def _unseen(kind: ContentType) -> QuerySet[Any]:
    return Attachment.objects.filter(content_type=kind, is_public=False).values("object_id")


def entries(found: Iterable[dict[str, Any]]) -> list[Entry]:
    """These rows with all that the list says of them, in a number of queries that does not grow with them."""
    found = list(found)
    kinds = registry.contribution_kinds()
    keys: dict[int, list[int]] = defaultdict(list)
    for row in found:
        keys[row["place"]].append(row["row"])
    loaded = {place: _Loaded(kinds[place], numbers) for place, numbers in keys.items()}
    return [
        loaded[row["place"]].entry(row["row"])
        for row in found
        if row["row"] in loaded[row["place"]].contributions
    ]


@dataclass
class _Loaded:
    """The contributions of one kind on a page, and what is counted of them."""

    kind: ContributionKind
    numbers: list[int]
    contributions: dict[int, Any] = field(init=False)
    reports: Counter[int] = field(init=False)
    photos: Counter[int] = field(init=False)
    objected: set[int] = field(init=False)

    def __post_init__(self) -> None:
        kind = ContentType.objects.get_for_model(self.kind.model)
        here = Q(object_id__in=self.numbers)
        self.contributions = dict(self.kind.load(self.numbers))
        self.reports = _counted(_reported(kind).filter(here))
        self.photos = _counted(_unseen(kind).filter(here))
        objected = _objected(kind).filter(decision__object_id__in=self.numbers)
        self.objected = set(objected.values_list("decision__object_id", flat=True))

    def entry(self, number: int) -> Entry:
        contribution = self.contributions[number]
        return Entry(
            key=self.kind.model._meta.label_lower,
            number=number,
            kind=self.kind,
            contribution=contribution,
            title=self.kind.title(contribution),
            reports=self.reports[number],
            photos=self.photos[number],
            has_objection=number in self.objected,
        )


def _counted(pointing: QuerySet[Any]) -> Counter[int]:
    grouped = pointing.order_by().values("object_id").annotate(n=Count("pk"))
    return Counter(dict(grouped.values_list("object_id", "n")))


def waiting() -> int:
    """How many contributions of any kind nobody has read yet, of those that are read first."""
    return rows(Asked(state=WAITING)).count()


def figures() -> Figures:
    """Counts over all kinds; each reads part of an index."""
    return Figures(
        waiting=waiting(),
        reported=AbuseReport.objects.filter(handled_at__isnull=True)
        .values("content_type", "object_id")
        .distinct()
        .count(),
        objected=Objection.objects.filter(outcome=ObjectionOutcome.OPEN).count(),
    )
