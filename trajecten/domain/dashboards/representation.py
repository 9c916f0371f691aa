"""Who is not at the table: who takes part, by area and by kind of participant, against who lives there.

The index of an area is its share of the people who take part divided by its share of the inhabitants: 1 is as many
as could be expected, 0.5 half as many. Small numbers are hidden as ``suppression`` says, and whatever could be
reckoned from them (index, people in a thousand) with them. Areas are those of one level of the latest division,
wijken where there are any; somebody in a buurt counts in its wijk.
"""

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from django.contrib.gis.db.models.functions import AsGeoJSON
from django.db.models import Count, Q, QuerySet

from trajecten import registry
from trajecten.domain import places
from trajecten.domain.dashboards.suppression import suppress
from trajecten.enums import AgeBand, AreaKind, ParticipantKind
from trajecten.models import Area, Enrolment, Participant, Trajectory

WIJK_CODE, BUURT_CODE = 8, 10
UNKNOWN = ""
# Below the first an area is hardly heard, below the second less than could be expected, above the third more.
HARDLY, LESS, MORE = 0.5, 0.8, 1.25
# About a metre.
PRECISION = 5


@dataclass(frozen=True)
class AreaShare:
    """One area. ``people`` is None when it is hidden, ``index`` and ``per_1000`` also without known inhabitants."""

    code: str
    name: str
    inhabitants: int | None
    people: int | None
    per_1000: float | None = None
    index: float | None = None
    expected: float = 0.0

    @property
    def tone(self) -> str:
        """How it is heard: hardly | less | even | more, hidden, unknown without inhabitants, or tiny.

        Tiny is where fewer than one person could be expected: that nobody came from there says nothing.
        """
        if self.people is None:
            return "hidden"
        if self.index is None:
            return "unknown"
        if self.expected < 1:
            return "tiny"
        if self.index < HARDLY:
            return "hardly"
        return "less" if self.index < LESS else "more" if self.index > MORE else "even"


@dataclass(frozen=True)
class GroupShare:
    """One kind of participant, or age. ``people`` is None when it is hidden."""

    label: str
    people: int | None
    percent: float | None


@dataclass(frozen=True)
class Representation:
    """Who takes part. ``total`` is None when there are too few people to show anything.

    ``elsewhere`` are people of whom no area is known, None when hidden; ``per_1000`` is that of all areas together.
    """

    total: int | None
    areas: list[AreaShare]
    elsewhere: int | None
    per_1000: float | None
    kinds: list[GroupShare]
    ages: list[GroupShare]

    @property
    def missing(self) -> list[AreaShare]:
        """Areas that are hardly heard or less than could be expected, the most missing first."""
        return [area for area in self.areas if area.tone in {"hardly", "less"}]


def of_trajectory(trajectory: Trajectory) -> Representation:
    """Who takes part in this trajectory now. Three statements, however many people there are."""
    inside = Enrolment.objects.filter(trajectory=trajectory).active()
    return _representation(Participant.objects.filter(pk__in=inside.values("participant")))


def of_municipality() -> Representation:
    """Everybody who takes part in a trajectory or contributed anything, of any method, in the municipality in scope."""
    return _representation(Participant.objects.filter(_takes_part()))


def _takes_part() -> Q:
    takes_part = Q(pk__in=Enrolment.objects.active().values("participant"))
    for kind in registry.contribution_kinds():
        said = kind.model.objects.filter(author__isnull=False)
        takes_part |= Q(pk__in=said.values("author"))
    return takes_part


def shapes() -> Mapping[str, str]:
    """The boundary of each area of these tables as GeoJSON (WGS84), by its code."""
    rows = (
        Area.objects.filter(places.latest_areas())
        .order_by()
        .annotate(shape=AsGeoJSON("geometry", precision=PRECISION))
    )
    found = list(rows.values_list("kind", "code", "shape"))
    level = _level({kind for kind, _code, _shape in found})
    return {code: shape for kind, code, shape in found if kind == level}


def _level(kinds: set[str]) -> str:
    return AreaKind.WIJK if AreaKind.WIJK in kinds else AreaKind.BUURT


def _representation(people: QuerySet[Participant]) -> Representation:
    areas = _areas()
    by_area, by_kind, by_age = _counted(people, areas)
    tables: list[Mapping[Hashable, int]] = [by_area, by_kind, by_age]
    shown = suppress(*tables)
    in_areas, kinds, ages = shown.tables
    shares = _shares(areas, in_areas, shown.total)
    return Representation(
        total=shown.total,
        areas=sorted(shares, key=_most_missing_first),
        elsewhere=in_areas[UNKNOWN],
        per_1000=_city_per_1000(areas, in_areas, shown.total),
        kinds=_groups(ParticipantKind, kinds, shown.total),
        ages=_groups(AgeBand, ages, shown.total) if any(by_age[band] for band in AgeBand.values) else [],
    )


def _areas() -> list[Area]:
    found = list(Area.objects.filter(places.latest_areas()).only("code", "name", "kind", "inhabitants"))
    level = _level({area.kind for area in found})
    return [area for area in found if area.kind == level]


def _counted(
    people: QuerySet[Participant], areas: list[Area]
) -> tuple[Counter[Hashable], Counter[Hashable], Counter[Hashable]]:
    """People by area, by kind and by age, counted by the database in one statement; a zero where there is nobody."""
    by_area: Counter[Hashable] = Counter({area.code: 0 for area in areas} | {UNKNOWN: 0})
    by_kind: Counter[Hashable] = Counter(dict.fromkeys(ParticipantKind.values, 0))
    by_age: Counter[Hashable] = Counter(dict.fromkeys([*AgeBand.values, UNKNOWN], 0))
    grouped = people.order_by().values_list("home_area", "kind", "age_band").annotate(n=Count("pk"))
    counted = list(grouped)
    codes = _codes({home for home, *_rest in counted if home})
    for home, kind, age, number in counted:
        by_area[_area_of(codes.get(home, UNKNOWN), by_area)] += number
        by_kind[kind] += number
        by_age[age] += number
    return by_area, by_kind, by_age


def _codes(keys: set[int]) -> dict[int, str]:
    return dict(Area.objects.filter(pk__in=keys).values_list("pk", "code"))


def _area_of(code: str, known: Mapping[Hashable, int]) -> str:
    """The area of the table that an area with this code, of any year, is or lies in; none that is known is unknown."""
    if code in known:
        return code
    wijk = f"WK{code[2:WIJK_CODE]}" if len(code) == BUURT_CODE else UNKNOWN
    return wijk if wijk in known else UNKNOWN


def _shares(areas: list[Area], people: Mapping[Hashable, int | None], total: int | None) -> list[AreaShare]:
    inhabitants, base = _base(areas, people, total)
    return [_share(area, people[area.code], inhabitants, base) for area in areas]


def _share(area: Area, people: int | None, inhabitants: int, base: int) -> AreaShare:
    if people is None or not area.inhabitants:
        return AreaShare(area.code, area.name, area.inhabitants, people)
    expected = base * area.inhabitants / inhabitants
    return AreaShare(
        area.code,
        area.name,
        area.inhabitants,
        people,
        per_1000=1000 * people / area.inhabitants,
        index=people / expected if expected else None,
        expected=expected,
    )


def _base(areas: list[Area], people: Mapping[Hashable, int | None], total: int | None) -> tuple[int, int]:
    """All inhabitants, and the people to compare with them, reckoned from shown numbers only: from a hidden one
    nothing may follow. So people without a known area are left out only when their number is shown."""
    inhabitants = sum(area.inhabitants or 0 for area in areas)
    outside = [UNKNOWN, *(area.code for area in areas if not area.inhabitants)]
    return inhabitants, max(0, (total or 0) - sum(people[code] or 0 for code in outside))


def _city_per_1000(
    areas: list[Area], people: Mapping[Hashable, int | None], total: int | None
) -> float | None:
    inhabitants, base = _base(areas, people, total)
    return 1000 * base / inhabitants if inhabitants and total is not None else None


def _most_missing_first(area: AreaShare) -> tuple[bool, float, str]:
    return area.index is None, area.index or 0.0, area.name


def _groups(
    choices: type[ParticipantKind] | type[AgeBand], people: Mapping[Hashable, int | None], total: int | None
) -> list[GroupShare]:
    return [
        GroupShare(str(choice.label), people[choice.value], _percent(people[choice.value], total))
        for choice in choices
    ]


def _percent(people: int | None, total: int | None) -> float | None:
    return None if people is None or not total else 100 * people / total
