"""The same figures by the council's own programmes."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from budget.domain.figures.dividing import divide
from budget.domain.figures.totals import Amounts, Totals, lines_of, summed
from budget.iv3 import codes
from budget.models import Budget, Programme, ProgrammeShare

Split = dict[str, dict[str, Amounts]]


@dataclass(frozen=True)
class ProgrammeTotal:
    """A programme with its task fields. ``code`` is "" for what falls under none."""

    code: str
    programme: Programme | None
    fields: dict[str, Amounts]

    @property
    def amounts(self) -> Amounts:
        return sum(self.fields.values(), start=Amounts())


@dataclass(frozen=True)
class ByProgramme:
    """All programmes of a budget. ``is_from_rows`` tells that the file names the programmes; else shares divide it."""

    totals: tuple[ProgrammeTotal, ...]
    is_from_rows: bool

    def of(self, code: str) -> ProgrammeTotal | None:
        return next((total for total in self.totals if total.code == code), None)


def by_programme(budget: Budget, totals: Totals) -> ByProgramme:
    """By what the rows name; else by the parts of task fields that fall under each programme.

    Without 0.10 and 0.11. Parts are whole euros that add up to the task field.
    """
    split = _from_rows(budget)
    is_from_rows = any(split)
    if not is_from_rows:
        split = _by_shares(totals, _shares(budget.year))
    named = {each.code: each for each in _programmes(budget.year)}
    ordered = sorted(split, key=lambda code: (not code, _numbers_first(code)))
    found = (ProgrammeTotal(code, named.get(code), split[code]) for code in ordered)
    return ByProgramme(tuple(found), is_from_rows)


def _numbers_first(code: str) -> tuple[int, str]:
    return (int(code), "") if code.isdecimal() else (10**9, code)


def _programmes(year: int) -> Iterable[Programme]:
    """Those of a year, the one that began last at the end."""
    still = Q(until_year__isnull=True) | Q(until_year__gte=year)
    found: Iterable[Programme] = Programme.objects.filter(still, from_year__lte=year).order_by("from_year")
    return found


def _from_rows(budget: Budget) -> Split:
    split: Split = {}
    lines = lines_of(budget).exclude(task_field__in=sorted(codes.BELOW_MAIN))
    for row in summed(lines, "programme", "task_field"):
        programme, field = str(row.pop("programme")), str(row.pop("task_field"))
        split.setdefault(programme, {})[field] = Amounts(**row)
    return split


def _shares(year: int) -> dict[str, list[tuple[str, Decimal]]]:
    """By task field: the programmes with their parts."""
    still = Q(programme__until_year__isnull=True) | Q(programme__until_year__gte=year)
    rows = ProgrammeShare.objects.filter(still, programme__from_year__lte=year).order_by("programme__code")
    found: dict[str, list[tuple[str, Decimal]]] = {}
    for field, programme, share in rows.values_list("task_field", "programme__code", "share"):
        found.setdefault(field, []).append((programme, share))
    return found


def _by_shares(totals: Totals, shares: dict[str, list[tuple[str, Decimal]]]) -> Split:
    split: Split = {}
    for field, amounts in totals.fields.items():
        if field in codes.BELOW_MAIN:
            continue
        nearest = next((shares[step] for step in codes.chain(field) if step in shares), [])
        rest = max(Decimal(0), 1 - sum((share for _programme, share in nearest), Decimal(0)))
        for programme, part in _parts(amounts, [*nearest, ("", rest)]):
            split.setdefault(programme, {})[field] = part
    return split


def _parts(amounts: Amounts, shares: list[tuple[str, Decimal]]) -> Iterable[tuple[str, Amounts]]:
    weights = [share for _programme, share in shares]
    whole = (amounts.expenditure, amounts.income, amounts.moved_expenditure, amounts.moved_income)
    divided = zip(*(divide(amount, weights) for amount in whole), strict=True)
    for (programme, share), part in zip(shares, divided, strict=True):
        if share:
            yield programme, Amounts(*part)
