"""The municipality beside those of its size. Only here are figures of other municipalities read; they are public."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean, median

from django.db.models import Q, Sum
from django_scopes import scopes_disabled

from budget.iv3 import codes
from budget.method import FEWEST_TO_COMPARE, SIZE_CLASSES
from budget.models import Budget, BudgetLine, YearSize

# How many are shown on either side of the own one.
BESIDE = 2


@dataclass(frozen=True)
class Member:
    """One municipality, with what it spends per inhabitant in euro."""

    name: str
    per_inhabitant: float
    is_own: bool


@dataclass(frozen=True)
class Comparison:
    """The municipalities of one class of size, the one that spends most first; up to ``under`` inhabitants."""

    at_least: int
    under: int | None
    members: tuple[Member, ...]

    @property
    def own(self) -> Member:
        return next(member for member in self.members if member.is_own)

    @property
    def place(self) -> int:
        """The place of the own municipality: 1 spends most. Who spends the same has the same place."""
        return 1 + sum(member.per_inhabitant > self.own.per_inhabitant for member in self.members)

    @property
    def placed(self) -> list[tuple[int, Member]]:
        """All with their places; who spend the same have the same one."""
        found: list[tuple[int, Member]] = []
        for number, member in enumerate(self.members, start=1):
            same = found and found[-1][1].per_inhabitant == member.per_inhabitant
            found.append((found[-1][0] if same else number, member))
        return found

    @property
    def around(self) -> list[tuple[int, Member]]:
        """The own municipality between those next to it."""
        here = self.members.index(self.own)
        first = max(0, min(here - BESIDE, len(self.members) - 2 * BESIDE - 1))
        return self.placed[first : first + 2 * BESIDE + 1]

    @cached_property
    def mean(self) -> float:
        return fmean(member.per_inhabitant for member in self.members)

    @cached_property
    def median(self) -> float:
        return median(member.per_inhabitant for member in self.members)


def size_class(inhabitants: int) -> tuple[int, int | None]:
    """From how many inhabitants and up to how many the class goes; None for the largest one."""
    above = bisect_right(SIZE_CLASSES, inhabitants)
    return SIZE_CLASSES[above - 1], SIZE_CLASSES[above] if above < len(SIZE_CLASSES) else None


def compare(budget: Budget, code: str) -> Comparison | None:
    """What is spent on a task field ("6.3"), a main field ("6") or everything ("") beside similar municipalities.

    None where it is not known how many people the municipality had that year, or too few have these figures.
    Who has figures but no such line spends nothing on it.
    """
    with scopes_disabled():
        own = YearSize.objects.filter(municipality=budget.municipality_id, year=budget.year).first()
        if own is None:
            return None
        lowest, under = size_class(own.inhabitants)
        people = _people(budget.year, lowest, under)
        named = _budgets_like(budget, people)
        spent = _spent(list(named), code)
    members = [
        Member(name, spent.get(pk, 0) / people[municipality], municipality == budget.municipality_id)
        for pk, (municipality, name) in named.items()
    ]
    if len(members) < FEWEST_TO_COMPARE or not any(member.is_own for member in members):
        return None
    ordered = sorted(members, key=lambda member: (-member.per_inhabitant, member.name))
    return Comparison(lowest, under, tuple(ordered))


def _people(year: int, lowest: int, under: int | None) -> dict[int, int]:
    sizes = YearSize.objects.filter(year=year, inhabitants__gte=lowest)
    if under is not None:
        sizes = sizes.filter(inhabitants__lt=under)
    return dict(sizes.values_list("municipality", "inhabitants"))


def _budgets_like(budget: Budget, people: dict[int, int]) -> dict[int, tuple[int, str]]:
    same = {"year": budget.year, "kind": budget.kind, "period": budget.period, "base_year": budget.base_year}
    found = Budget.objects.filter(is_current=True, municipality__in=list(people), **same).order_by()
    rows = found.values_list("pk", "municipality", "municipality__name")
    return {pk: (municipality, name) for pk, municipality, name in rows}


def _spent(budgets: list[int], code: str) -> dict[int, int]:
    """By budget. The comparable code, as a municipality may have divided it further."""
    if "." in code:
        which = Q(group=codes.comparable(code))
    else:
        which = ~Q(task_field__in=sorted(codes.BELOW_MAIN)) & (Q(main=code) if code else Q())
    lines = BudgetLine.objects.filter(which, budget__in=budgets).order_by()
    return dict(lines.values_list("budget").annotate(Sum("expenditure")))
