"""Who is not at the table: who takes part, by area and by kind of participant, against who lives there.

The index of an area is its share of the people who take part divided by its share of the inhabitants: 1 is as many
as could be expected, 0.5 half as many. Small numbers are hidden as ``suppression`` says, and whatever could be
reckoned from them (index, people in a thousand) with them. Areas are those of one level of the latest division,
wijken where there are any; somebody in a buurt counts in its wijk. A trajectory that is for some areas only is
compared within those: of the others nobody is missed.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from django.contrib.gis.db.models.functions import AsGeoJSON
from django.db.models import Count, Q, QuerySet

from trajecten import registry
from trajecten.domain import places
from trajecten.domain.dashboards.suppression import suppress
from trajecten.enums import AgeBand, AreaKind, ParticipantKind
from trajecten.models import Area, Enrolment, Participant, Trajectory

WIJK_CODE, BUURT_CODE = 8, 10
# Cells beside those of the areas: whose area is not known, and who lives in an area that is not compared.
UNKNOWN, OUTSIDE = "", "outside"
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
        """How it is heard: hardly | less | even | more, hidden, unknown without inhabitants, alone, or tiny.

        Alone has no other area to be compared with. Tiny is where fewer than one person could be expected: that
        nobody came from there says nothing.
        """
        if self.people is None:
            return "hidden"
        if not self.inhabitants:
            return "unknown"
        if self.index is None:
            return "alone"
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

    ``unplaced`` are people of whom no area is known, ``outside`` those who live in another area than these, None
    when hidden. ``per_1000`` is that of all areas together, reckoned from the ``placed`` people, those who are left.
    ``is_part`` tells that the areas are not all of the municipality.
    """

    total: int | None
    areas: list[AreaShare]
    unplaced: int | None
    outside: int | None
    placed: int | None
    per_1000: float | None
    is_part: bool
    kinds: list[GroupShare]
    ages: list[GroupShare]

    @property
    def missing(self) -> list[AreaShare]:
        """Areas that are hardly heard or less than could be expected, the most missing first."""
        return [area for area in self.areas if area.tone in {"hardly", "less"}]


def of_trajectory(trajectory: Trajectory) -> Representation:
    """Who takes part in this trajectory now, by its own areas. Four statements, however many people there are."""
    inside = Enrolment.objects.filter(trajectory=trajectory).active()
    people = Participant.objects.filter(pk__in=inside.values("participant"))
    return _representation(people, own=set(trajectory.areas.order_by().values_list("code", flat=True)))


def of_municipality() -> Representation:
    """Everybody who takes part in a trajectory or contributed anything, of any method, in the municipality in scope."""
    return _representation(Participant.objects.filter(_takes_part()))


def _takes_part() -> Q:
    takes_part = Q(pk__in=Enrolment.objects.active().values("participant"))
    for kind in registry.contribution_kinds():
        said = kind.model.objects.filter(author__isnull=False)
        takes_part |= Q(pk__in=said.values("author"))
    return takes_part


def shapes(areas: Iterable[AreaShare]) -> Mapping[str, str]:
    """The boundary of each of these areas as GeoJSON (WGS84), by its code."""
    rows = (
        Area.objects.filter(places.latest_areas(), code__in=[area.code for area in areas])
        .order_by()
        .annotate(shape=AsGeoJSON("geometry", precision=PRECISION))
    )
    return dict(rows.values_list("code", "shape"))


def _representation(people: QuerySet[Participant], own: Iterable[str] = ()) -> Representation:
    everything = list(Area.objects.filter(places.latest_areas()).only("code", "name", "kind", "inhabitants"))
    areas = _of(own, everything) or _one_level(everything)
    is_part = {area.code for area in areas} != {area.code for area in _one_level(everything)}
    by_area, by_kind, by_age = _counted(people, areas, is_part)
    tables: list[Mapping[Hashable, int]] = [by_area, by_kind, by_age]
    shown = suppress(*tables)
    in_areas, kinds, ages = shown.tables
    inhabitants, base = _base(areas, in_areas, shown.total)
    return Representation(
        total=shown.total,
        areas=sorted(_shares(areas, in_areas, inhabitants, base), key=_most_missing_first),
        unplaced=in_areas[UNKNOWN],
        outside=in_areas.get(OUTSIDE, 0),
        placed=None if shown.total is None else base,
        per_1000=1000 * base / inhabitants if inhabitants and shown.total is not None else None,
        is_part=is_part,
        kinds=_groups(ParticipantKind, kinds, shown.total),
        ages=_groups(AgeBand, ages, shown.total) if any(by_age[band] for band in AgeBand.values) else [],
    )


def _one_level(areas: list[Area]) -> list[Area]:
    level = AreaKind.WIJK if any(area.kind == AreaKind.WIJK for area in areas) else AreaKind.BUURT
    return [area for area in areas if area.kind == level]


def _of(own: Iterable[str], areas: list[Area]) -> list[Area]:
    """Those of the latest division with these codes, on one level; of one wijk alone its buurten."""
    found = [area for area in areas if area.code in set(own)]
    if any(area.kind == AreaKind.WIJK for area in found):
        wijken = {_wijk(area.code) for area in found}
        found = [area for area in areas if area.code in wijken]
    if len(found) == 1:
        inside = [area for area in areas if area.kind == AreaKind.BUURT and _wijk(area.code) == found[0].code]
        return inside or found
    return found


def _wijk(code: str) -> str:
    """The code of the wijk in which the buurt with this code lies; of a wijk its own."""
    return f"WK{code[2:WIJK_CODE]}" if len(code) == BUURT_CODE else code


def _counted(
    people: QuerySet[Participant], areas: list[Area], is_part: bool
) -> tuple[Counter[Hashable], Counter[Hashable], Counter[Hashable]]:
    """People by area, by kind and by age, counted by the database in one statement; a zero where there is nobody."""
    cells = [*(area.code for area in areas), UNKNOWN, *([OUTSIDE] if is_part else [])]
    by_area: Counter[Hashable] = Counter(dict.fromkeys(cells, 0))
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


def _area_of(code: str, cells: Mapping[Hashable, int]) -> str:
    """The cell of an area with this code, of any year: of itself, or of its wijk; else it is not known which.

    Where not all areas are compared it lies outside of them, unless it is a wijk of which they are the buurten.
    """
    if code in cells:
        return code
    if _wijk(code) in cells:
        return _wijk(code)
    is_around = any(_wijk(str(cell)) == code for cell in cells)
    return OUTSIDE if code and OUTSIDE in cells and not is_around else UNKNOWN


def _shares(
    areas: list[Area], people: Mapping[Hashable, int | None], inhabitants: int, base: int
) -> list[AreaShare]:
    compared = base if len(areas) > 1 else 0
    return [_share(area, people[area.code], inhabitants, compared) for area in areas]


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
    nothing may follow. So people who live in none of these areas are left out only when their number is shown."""
    inhabitants = sum(area.inhabitants or 0 for area in areas)
    outside = [UNKNOWN, OUTSIDE, *(area.code for area in areas if not area.inhabitants)]
    return inhabitants, max(0, (total or 0) - sum(people.get(code) or 0 for code in outside))


def _most_missing_first(area: AreaShare) -> tuple[bool, float, str]:
    return area.index is None or area.tone == "tiny", area.index or 0.0, area.name


def _groups(
    choices: type[ParticipantKind] | type[AgeBand], people: Mapping[Hashable, int | None], total: int | None
) -> list[GroupShare]:
    return [
        GroupShare(str(choice.label), people[choice.value], _percent(people[choice.value], total))
        for choice in choices
    ]


def _percent(people: int | None, total: int | None) -> float | None:
    return None if people is None or not total else 100 * people / total
