"""What of the budget goes to each wijk or buurt, by a key that is always told with it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from budget.domain.figures.dividing import divide
from budget.domain.figures.programmes import by_programme
from budget.domain.figures.totals import Totals
from budget.enums import AreaKeyKind
from budget.iv3 import codes
from budget.models import AreaBooking, AreaKey, AreaKeyUse, AreaWeight, Budget, Programme
from trajecten.enums import AreaKind
from trajecten.models import Area

Weights = dict[int, int | Decimal]
# What divides a task field for which no key was named.
DEFAULT = AreaKey(kind=AreaKeyKind.INHABITANTS)


@dataclass
class ByKey:
    """What one key divided: of which task fields, how much in euro, and how much of that it could not divide.

    ``overbooked`` is how much more was booked in areas than the figures have.
    """

    key: AreaKey
    fields: list[str] = field(default_factory=list)
    amount: int = 0
    undivided: int = 0
    overbooked: int = 0


@dataclass(frozen=True)
class Division:
    """What is spent in each area, in euro. With ``undivided``, less ``overbooked``, they add up to the whole."""

    areas: tuple[Area, ...]
    amounts: dict[int, int]
    keys: tuple[ByKey, ...]
    without_people: tuple[Area, ...]

    @property
    def undivided(self) -> int:
        return sum(part.undivided for part in self.keys)

    @property
    def overbooked(self) -> int:
        return sum(part.overbooked for part in self.keys)

    @cached_property
    def shares(self) -> list[tuple[Area, int]]:
        """The areas that something goes to, the largest amount first."""
        found = [(area, self.amounts[area.pk]) for area in self.areas if self.amounts.get(area.pk)]
        return sorted(found, key=lambda pair: (-pair[1], pair[0].name))


def divided(budget: Budget, totals: Totals, code: str, level: str = AreaKind.WIJK) -> Division | None:
    """The expenditure of a task field or main field over the areas of one level; None without such areas.

    Each task field below ``code`` is divided by its own key: that of the task field, or of the nearest one that it is
    part of, else by inhabitants. As many statements whatever the number of areas, keys and task fields.
    """
    amounts = {each: totals.fields[each].expenditure for each in totals.codes(code)}
    return _divided(budget, amounts, amounts, level)


def of_programme(budget: Budget, totals: Totals, programme: Programme) -> Division | None:
    """The same for a programme as the figures have it (``by_programme``); None where nothing falls under it."""
    total = by_programme(budget, totals).of(programme.code)
    taken = {each: amounts.expenditure for each, amounts in total.fields.items()} if total else {}
    whole = {each: totals.fields[each].expenditure for each in taken}
    return _divided(budget, taken, whole, AreaKind.WIJK) if any(taken.values()) else None


def _divided(
    budget: Budget, taken: Mapping[str, int], whole: Mapping[str, int], level: str
) -> Division | None:
    """Divides what is ``taken`` of each task field; of bookings as large a part as is taken of the ``whole``."""
    areas = _areas(level)
    if not areas:
        return None
    keys = _keys(taken)
    weights = _weights([part.key.pk for part in keys if part.key.kind == AreaKeyKind.OWN], level)
    booked = _booked(budget, keys, areas, level)
    amounts: Counter[int] = Counter()
    for part in keys:
        if part.key.kind == AreaKeyKind.BOOKINGS:
            _divide_bookings(part, booked, taken, whole, amounts)
        else:
            found = _by_weight(part.amount, _weights_of(part.key, areas, weights))
            part.undivided = part.amount - sum(found.values())
            amounts.update(found)
    without = tuple(area for area in areas if not area.inhabitants)
    return Division(tuple(areas), dict(amounts), tuple(keys), without)


def _divide_bookings(
    part: ByKey,
    booked: Mapping[str, Mapping[int, int]],
    taken: Mapping[str, int],
    whole: Mapping[str, int],
    amounts: Counter[int],
) -> None:
    """Adds to ``amounts`` what was booked on the task fields of a key, of each as large a part as is taken of it."""
    for each in part.fields:
        found = _part_of(booked.get(each, {}), taken[each], whole[each])
        left = taken[each] - sum(found.values())
        part.undivided += max(0, left)
        part.overbooked += max(0, -left)
        amounts.update(found)


def _part_of(booked: Mapping[int, int], taken: int, whole: int) -> dict[int, int]:
    """What was booked in areas for what is taken of the whole, in whole euro: together what it is of all of it."""
    found: dict[int, int] = {}
    for sign in (1, -1):
        same = {area: abs(amount) for area, amount in booked.items() if amount * sign > 0}
        total = sum(same.values())
        share = round(Fraction(total * taken, whole)) if whole else 0
        found |= {area: sign * amount for area, amount in _by_weight(share, same).items()}
    return found


def _areas(level: str) -> list[Area]:
    """Those of the newest division."""
    found = list(Area.objects.filter(kind=level).defer("geometry").order_by("code"))
    newest = max((area.year for area in found), default=0)
    return [area for area in found if area.year == newest]


def _keys(amounts: Mapping[str, int]) -> list[ByKey]:
    uses = {use.task_field: use.key for use in AreaKeyUse.objects.select_related("key")}
    found: dict[int | None, ByKey] = {}
    for each, amount in amounts.items():
        key = next((uses[step] for step in codes.chain(each) if step in uses), DEFAULT)
        part = found.setdefault(key.pk, ByKey(key))
        part.fields.append(each)
        part.amount += amount
    return list(found.values())


def _weights(keys: Sequence[int], level: str) -> dict[int, Weights]:
    """By key, the weights of areas of this level; of a wijk without its own, the sum of those of its buurten."""
    found: dict[int, Weights] = {key: {} for key in keys}
    below: dict[int, Weights] = {key: {} for key in keys}
    rows = AreaWeight.objects.filter(key__in=keys).values_list(
        "key", "area", "area__kind", "area__parent", "weight"
    )
    for key, area, kind, parent, weight in rows:
        if kind == level:
            found[key][area] = weight
        elif level == AreaKind.WIJK and parent:
            below[key][parent] = below[key].get(parent, 0) + weight
    return {key: below[key] | found[key] for key in found}


def _weights_of(key: AreaKey, areas: Iterable[Area], own: dict[int, Weights]) -> Weights:
    if key.kind == AreaKeyKind.OWN:
        return {area.pk: own[key.pk].get(area.pk, 0) for area in areas}
    name = "households" if key.kind == AreaKeyKind.HOUSEHOLDS else "inhabitants"
    return {area.pk: getattr(area, name) or 0 for area in areas}


def _by_weight(amount: int, weights: Mapping[int, int | Decimal]) -> dict[int, int]:
    """Nothing where no area has a weight: then all of it can't be divided."""
    if not any(weights.values()):
        return {}
    return dict(zip(weights, divide(amount, list(weights.values())), strict=True))


def _booked(
    budget: Budget, keys: Iterable[ByKey], areas: Iterable[Area], level: str
) -> dict[str, Counter[int]]:
    """By task field what was booked in these areas, and for a wijk in its buurten; nothing in those of before."""
    fields = [each for part in keys if part.key.kind == AreaKeyKind.BOOKINGS for each in part.fields]
    found: dict[str, Counter[int]] = {each: Counter() for each in fields}
    shown = {area.pk for area in areas}
    rows = AreaBooking.objects.filter(budget=budget, task_field__in=fields).order_by()
    for each, area, kind, parent, amount in rows.values_list(
        "task_field", "area", "area__kind", "area__parent", "amount"
    ):
        place = area if kind == level else parent if level == AreaKind.WIJK else None
        if place in shown:
            found[each][place] += amount
    return found
