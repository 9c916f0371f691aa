"""The figures of a municipality over some years, read once: plan, spent, and how earlier years went. In whole euro.

The plan of a year is the budget after changes where there is one, else the budget. A code is of a task field or
of a programme of the council, which can have the same number; of a programme counts what rows name it, else its parts
of task fields; what is compared is read in the same way.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from budget.domain.monitoring.reckoning import Earlier, Reckoned, reckon
from budget.domain.programmes.parts import Parts, in_years
from budget.enums import BudgetKind, LineKind, Period
from budget.iv3 import codes
from budget.method import PATTERN_YEARS
from budget.models import Budget, BudgetLine
from trajecten.models import Municipality

KINDS = (BudgetKind.PRIMITIVE, BudgetKind.AMENDED, BudgetKind.REALISED)
Key = tuple[int, str, Period]


@dataclass(frozen=True)
class Part:
    """One line of a version: expenditure of a task field, and the programme that its rows name."""

    task_field: str
    programme: str
    amount: int

    def counts_in(self, code: str) -> bool:
        """Whether it is part of this task field or main field; what moves between years is in no main field."""
        if self.task_field in codes.BELOW_MAIN:
            return self.task_field == code
        return code in codes.chain(self.task_field)


@dataclass(frozen=True)
class Books:
    """The newest versions, by year, kind and period."""

    parts: Mapping[Key, tuple[Part, ...]] = field(default_factory=dict)
    programmes: Mapping[int, Parts] = field(default_factory=dict)

    def newest(self, year: int) -> Period | None:
        """The newest period of which figures are in."""
        found = [key[2] for key in self.parts if key[:2] == (year, BudgetKind.REALISED)]
        return max(found, default=None)

    def is_amended(self, year: int) -> bool:
        """Whether the plan of this year is that after changes."""
        return (year, BudgetKind.AMENDED, Period.BUDGET) in self.parts

    def earlier(
        self, year: int, period: Period, code: str, kind: str = LineKind.FIELD
    ) -> tuple[Earlier, ...]:
        """How the own years before went, by the code itself or else by what can be compared with it over years."""
        found = (self._went(each, period, code, kind) for each in range(year - PATTERN_YEARS, year))
        return tuple(one for one in found if one)

    def reckoned(self, year: int, code: str, kind: str = LineKind.FIELD) -> Reckoned | None:
        """How a code goes, at the newest period; None where plan or figures are not there, or not ``tell``."""
        keys = self._of_year(year)
        found = self._amounts(keys, code, kind)
        if not found:
            return None
        (plan, spent), period = found, keys[1][2]
        earlier = self.earlier(year, period, code, kind)
        return reckon(plan=plan, spent=spent, period=period, earlier=earlier)

    def tell(self, year: int, code: str, kind: str) -> bool:
        """Whether plan and figures of this year tell both of a code, in the same way, if they are there."""
        keys = self._of_year(year)
        is_there = all(key in self.parts for key in keys)
        return not is_there or self._amounts(keys, code, kind) is not None

    def main_fields(self, year: int) -> list[str]:
        """The main fields that figures of this year have, without what only moves between years."""
        wanted = {(year, kind) for kind in KINDS}
        found = {
            part.task_field[0]
            for key, parts in self.parts.items()
            if key[:2] in wanted
            for part in parts
            if part.counts_in(part.task_field[0])
        }
        return sorted(found)

    def of_main_field(self, year: int, main: str) -> tuple[int | None, int | None]:
        """What is planned on a main field, and what was spent of that by the newest period; None where not known."""
        keys = self._of_year(year)
        plan, spent = (self._under(key, main) if key in self.parts else None for key in keys)
        return plan, spent

    def _plan(self, year: int) -> Key:
        kind = BudgetKind.AMENDED if self.is_amended(year) else BudgetKind.PRIMITIVE
        return (year, kind, Period.BUDGET)

    def _of_year(self, year: int) -> tuple[Key, Key]:
        """Of the plan and of the newest figures, which need not be there."""
        return self._plan(year), (year, BudgetKind.REALISED, self.newest(year) or Period.BUDGET)

    def _went(self, year: int, period: Period, code: str, kind: str) -> Earlier | None:
        alike = codes.comparable(code) if kind == LineKind.FIELD else code
        for asked in dict.fromkeys((code, alike)):
            periods = (period, Period.ACCOUNTS)
            found = self._amounts([(year, BudgetKind.REALISED, each) for each in periods], asked, kind)
            if found and found[1]:
                return Earlier(year, *found)
        return None

    def _amounts(self, keys: Sequence[Key], code: str, kind: str) -> list[int] | None:
        """Of versions of one year, read in the same way, as only then they can be compared.

        That is what rows name where all versions name programmes; else the parts of task fields. None where a version
        is not there, or neither tells of this programme.
        """
        if any(key not in self.parts for key in keys):
            return None
        if kind == LineKind.FIELD:
            return [self._under(key, code) for key in keys]
        if all(self._named(key) for key in keys):
            is_named = any(code in self._named(key) for key in keys)
            return [self._named(key)[code] for key in keys] if is_named else None
        if self.programmes[keys[0][0]].takes(code):
            return [self._by_shares(key, code) for key in keys]
        return None

    def _named(self, key: Key) -> Counter[str]:
        """The sums of the programmes that rows name; none where no row names any."""
        found = Counter[str]()
        for part in self.parts[key]:
            if part.programme and part.task_field not in codes.BELOW_MAIN:
                found[part.programme] += part.amount
        return found

    def _by_shares(self, key: Key, code: str) -> int:
        """The parts of task fields that fall under a programme."""
        parts, sums = self.programmes[key[0]], Counter[str]()
        for part in self.parts[key]:
            sums[part.task_field] += part.amount
        taken = (each for each in sums if code in parts.of(each))
        return sum(parts.divide(each, sums[each])[code] for each in taken)

    def _under(self, key: Key, code: str) -> int:
        """All that is part of this task field or main field."""
        return sum(part.amount for part in self.parts[key] if part.counts_in(code))


def read(municipality: Municipality, years: Iterable[int]) -> Books:
    """The books of these years and of those before that show their course, in three statements."""
    wanted = {year - back for year in years for back in range(PATTERN_YEARS + 1)}
    rows = Budget.objects.filter(municipality=municipality, year__in=wanted, kind__in=KINDS, is_current=True)
    keys: dict[int, Key] = {
        pk: (year, kind, Period(period))
        for pk, year, kind, period in rows.values_list("pk", "year", "kind", "period")
    }
    parts: dict[Key, list[Part]] = {key: [] for key in keys.values()}
    lines = BudgetLine.objects.filter(budget__in=keys).order_by()
    for budget, *told in lines.values_list("budget", "task_field", "programme", "expenditure"):
        parts[keys[budget]].append(Part(*told))
    return Books({key: tuple(found) for key, found in parts.items()}, in_years(municipality.pk, wanted))
