"""The figures of Polderwijk and of seven made-up municipalities like it, as Statistics Netherlands would have them.

They are reckoned from one profile (``data/profile.toml``) with a factor of chance that is always the same for the same
municipality, year and task field, so that loading again changes nothing.
"""

import tomllib
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from budget.domain.deliveries.keeping import keep
from budget.domain.deliveries.rows import Figures, Row
from budget.enums import BudgetKind, DeliveryFormat, DeliverySource, Period, Side
from budget.models import Delivery
from trajecten.demo.people import POLDERWIJK

GROWTH = 1.045
BASE = 2026
OTHERS = ("GM9902", "GM9911", "GM9912", "GM9913", "GM9914", "GM9915", "GM9916")
FIRST, LAST = 2023, 2027
ACCOUNTED = (2023, 2024, 2025)
ESTIMATED = (2028, 2029, 2030)
QUARTERS = (Period.QUARTER_1, Period.QUARTER_2, Period.QUARTER_3)


@cache
def profile() -> dict[str, Any]:
    """The file with what a municipality spends, how that is split, and how each municipality leans."""
    found: dict[str, Any] = tomllib.loads((Path(__file__).parent / "data" / "profile.toml").read_text())
    return found


def load() -> None:
    """Deliver all figures, in files as a municipality and Statistics Netherlands would."""
    for year in range(FIRST, LAST + 1):
        _deliver(f"begrotingen-{year}.csv", [_figures(code, year) for code in (POLDERWIJK, *OTHERS)])
    for year in ACCOUNTED:
        codes = (POLDERWIJK, *OTHERS)
        own = {"kind": BudgetKind.REALISED, "period": Period.ACCOUNTS}
        _deliver(f"jaarrekeningen-{year}.csv", [_figures(code, year, **own) for code in codes])
    for period in QUARTERS:
        own = {"kind": BudgetKind.REALISED, "period": period}
        _deliver(f"polderwijk-{BASE}-kwartaal-{period}.csv", [_figures(POLDERWIJK, BASE, **own)])
    _deliver(f"polderwijk-{BASE}-na-wijziging.csv", [_figures(POLDERWIJK, BASE, kind=BudgetKind.AMENDED)])
    estimates = [_figures(POLDERWIJK, year, kind=BudgetKind.ESTIMATE, base_year=LAST) for year in ESTIMATED]
    _deliver(f"polderwijk-meerjarenraming-{LAST}.csv", estimates)


def _deliver(name: str, figures: list[Figures]) -> None:
    known = Delivery.objects.filter(name=name, state="done").exists()
    if not known:
        delivery = Delivery.objects.create(
            name=name, format=DeliveryFormat.CSV, source=DeliverySource.COMMAND
        )
        keep(delivery=delivery, figures=figures)


def _figures(
    code: str,
    year: int,
    *,
    kind: str = BudgetKind.PRIMITIVE,
    period: int = Period.BUDGET,
    base_year: int | None = None,
) -> Figures:
    place = profile()["municipalities"][code]
    rows = [
        Row(number, side, field, category, "", amount)
        for number, (side, field, category, amount) in enumerate(_rows(code, year, kind, period), start=2)
    ]
    return Figures(code, place["name"], year, kind, period, base_year, _inhabitants(code, year), rows)


def _inhabitants(code: str, year: int) -> int:
    """Some more each year; in the year of the profile as many as it says."""
    return round(profile()["municipalities"][code]["inhabitants"] * 1.006 ** (year - BASE))


def _rows(code: str, year: int, kind: str, period: int) -> Iterator[tuple[str, str, str, int]]:
    """Each task field on both sides, split over its categories, in whole thousands of euro; in the order of the list
    that was valid in that year, in which several of today can be one."""
    together: dict[tuple[str, str, str], int] = {}
    for side, field, category, amount in _parts(code, year, kind, period):
        together[side, field, category] = together.get((side, field, category), 0) + amount
    yield from ((*key, amount) for key, amount in together.items())


def _parts(code: str, year: int, kind: str, period: int) -> Iterator[tuple[str, str, str, int]]:
    splits = profile()["splits"]
    for field, (expenditure, income, spent_as, received_as) in profile()["fields"].items():
        known_as = profile()["before_2025"].get(field, field) if year < 2025 else field
        for side, amount, split in (
            (Side.EXPENDITURE, expenditure, splits["expenditure"].get(spent_as, {})),
            (Side.INCOME, income, splits["income"].get(received_as, {})),
        ):
            whole = amount * _inhabitants(code, year) * _factor(code, field, year, kind, period)
            for category, part in split.items():
                yield side, known_as, category, round(whole * part / 1000) * 1000


def _factor(code: str, field: str, year: int, kind: str, period: int) -> float:
    place = profile()["municipalities"][code]
    lean = place["all"] * (place["social"] if field.startswith("6") else 1)
    factor = (
        lean
        * GROWTH ** (year - BASE)
        * _chance(code, field, "", 0.12)
        * _chance(code, field, str(year), 0.03)
    )
    if kind == BudgetKind.AMENDED:
        factor *= _chance(code, field, "amended", 0.02)
    if kind == BudgetKind.REALISED:
        factor *= _chance(code, field, f"{year} realised", 0.05)
    if period in QUARTERS:
        factor *= period / 4 * profile()["so_far"].get(field, _chance(code, field, f"quarter {period}", 0.06))
    return factor


def _chance(code: str, field: str, what: str, spread: float) -> float:
    """Between 1 - spread and 1 + spread, always the same for the same words."""
    number = zlib.crc32(f"{code} {field} {what}".encode()) / 2**32
    return 1 + spread * (2 * number - 1)
