"""What books tell of one version, for tests: pages read plan and figures together."""

from budget.domain.monitoring.books import Books
from budget.enums import BudgetKind, LineKind, Period


def plan(read: Books, year: int, code: str, kind: str = LineKind.FIELD) -> int | None:
    found = read._amounts([read._plan(year)], code, kind)
    return found[0] if found else None


def spent(read: Books, year: int, period: Period, code: str, kind: str = LineKind.FIELD) -> int | None:
    found = read._amounts([(year, BudgetKind.REALISED, period)], code, kind)
    return found[0] if found else None
