"""The same figures by the council's own programmes."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from budget.domain.figures.totals import AMOUNTS, Amounts, Totals, lines_of, summed
from budget.domain.programmes.parts import Parts, in_years
from budget.iv3 import codes
from budget.models import Budget, Programme

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
    """By what the rows name; else by the parts of task fields that fall under each programme (``programmes.parts``).

    Without 0.10 and 0.11.
    """
    split = _from_rows(budget)
    is_from_rows = any(split)
    if not is_from_rows:
        split = _by_shares(totals, in_years(budget.municipality_id, [budget.year])[budget.year])
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


def _by_shares(totals: Totals, parts: Parts) -> Split:
    split: Split = {}
    for field, amounts in totals.fields.items():
        if field not in codes.BELOW_MAIN:
            for programme, part in _parts(field, amounts, parts):
                split.setdefault(programme, {})[field] = part
    return split


def _parts(field: str, amounts: Amounts, parts: Parts) -> Iterable[tuple[str, Amounts]]:
    divided = [parts.divide(field, getattr(amounts, name)) for name in AMOUNTS]
    for programme in parts.of(field):
        yield programme, Amounts(*(each[programme] for each in divided))
