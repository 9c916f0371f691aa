"""What the votes for themes come to: in all, by district and by kind of voter, without pointing at persons."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F
from django.db.models.functions import Coalesce

from budget.domain.choosing import cards
from budget.models import Theme, ThemeBallot, ThemeVote
from trajecten.domain.dashboards.suppression import suppress
from trajecten.enums import ParticipantKind
from trajecten.models import Area, Trajectory


@dataclass(frozen=True)
class Group:
    """A district or a kind of voter: ``key`` is that of its cells; "" where nobody told."""

    key: Hashable
    name: str


@dataclass(frozen=True)
class Counted:
    """A theme with its votes; in a cell None where the number is too small to show."""

    theme: Theme
    votes: int
    by_area: Mapping[Hashable, int | None]
    by_kind: Mapping[Hashable, int | None]


@dataclass(frozen=True)
class Results:
    """How many voted, and for what; most votes first. ``areas`` and ``kinds`` are the groups that have voters."""

    voters: int
    rows: tuple[Counted, ...]
    areas: tuple[Group, ...]
    kinds: tuple[Group, ...]
    voters_by_area: Mapping[Hashable, int | None]
    voters_by_kind: Mapping[Hashable, int | None]


def voters(trajectory: Trajectory) -> int:
    """How many people voted."""
    return ThemeBallot.objects.filter(trajectory=trajectory, confirmed_at__isnull=False).count()


def results(trajectory: Trajectory) -> Results:
    """In four statements, however many voted. A number of less than five voters in a group is hidden."""
    ballots = ThemeBallot.objects.filter(trajectory=trajectory, confirmed_at__isnull=False)
    cast = _grouped(ballots, "")
    areas, kinds = _areas(row["district"] for row in cast), _kinds({row["kind"] for row in cast})
    all_voters = _tables(cast, areas, kinds)
    votes = ThemeVote.objects.filter(ballot__in=ballots)
    of_theme: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in _grouped(votes, "ballot__", "theme"):
        of_theme[row["theme"]].append(row)
    rows = [_counted(theme, of_theme[theme.pk], areas, kinds) for theme in cards.shown(trajectory)]
    rows.sort(key=lambda row: (-row.votes, row.theme.position, row.theme.pk))
    number = sum(row["n"] for row in cast)
    return Results(number, tuple(rows), areas, kinds, *all_voters)


def _grouped(rows: Any, prefix: str, *more: str) -> list[dict[str, Any]]:
    """Neighbourhoods count with their district: on one level only, see ``suppression``."""
    district = Coalesce(f"{prefix}area__parent", f"{prefix}area")
    named = rows.order_by().annotate(district=district, as_kind=F(f"{prefix}kind"))
    grouped = named.values("district", "as_kind", *more).annotate(n=Count("pk"))
    return [{**row, "kind": row["as_kind"]} for row in grouped]


def _counted(
    theme: Theme, cast: list[dict[str, Any]], areas: tuple[Group, ...], kinds: tuple[Group, ...]
) -> Counted:
    return Counted(theme, sum(row["n"] for row in cast), *_tables(cast, areas, kinds))


def _tables(
    cast: list[dict[str, Any]], areas: tuple[Group, ...], kinds: tuple[Group, ...]
) -> tuple[Mapping[Hashable, int | None], Mapping[Hashable, int | None]]:
    by_area, by_kind = _table(cast, "district", areas), _table(cast, "kind", kinds)
    shown = suppress(by_area, by_kind)
    return shown.tables[0], shown.tables[1]


def _table(cast: list[dict[str, Any]], name: str, groups: tuple[Group, ...]) -> Mapping[Hashable, int]:
    counted: Counter[Hashable] = Counter()
    for row in cast:
        counted[row[name] or ""] += row["n"]
    return {group.key: counted[group.key] for group in groups}


def _areas(keys: Iterable[int | None]) -> tuple[Group, ...]:
    found = set(keys)
    named = Area.objects.filter(pk__in=found - {None}).order_by("name").values_list("pk", "name")
    groups = [Group(pk, name) for pk, name in named]
    return (*groups, Group("", "")) if None in found else tuple(groups)


def _kinds(keys: set[str]) -> tuple[Group, ...]:
    return tuple(Group(kind.value, str(kind.label)) for kind in ParticipantKind if kind.value in keys)
