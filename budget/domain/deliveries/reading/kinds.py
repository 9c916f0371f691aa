"""Which figures a file holds: a budget, a budget after changes, an estimate, or what was spent up to a period."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from budget.enums import BudgetKind, Period

FIRST_YEAR, LAST_YEAR = 2004, 2100  # Iv3 began in 2004

_CODE = re.compile(r"(\d{4})X00([0-5])")
_QUARTER = re.compile(r"realisatie\s*(?:tot en met\s*)?(?:(?:het\s*)?kwartaal|k|q)?\s*([1-4])(?:e kwartaal)?")
_WORDS = {
    "begroting": (BudgetKind.PRIMITIVE, Period.BUDGET),
    "primitieve begroting": (BudgetKind.PRIMITIVE, Period.BUDGET),
    "begroting na wijziging": (BudgetKind.AMENDED, Period.BUDGET),
    "gewijzigde begroting": (BudgetKind.AMENDED, Period.BUDGET),
    "meerjarenraming": (BudgetKind.ESTIMATE, Period.BUDGET),
    "raming": (BudgetKind.ESTIMATE, Period.BUDGET),
    "realisatie": (BudgetKind.REALISED, Period.ACCOUNTS),
    "jaarrekening": (BudgetKind.REALISED, Period.ACCOUNTS),
}


class NotAKind(ValueError):
    """The message says why."""


@dataclass(frozen=True)
class Asked:
    """What who delivers says of the figures, for what the file leaves open. Empty says nothing.

    A file that calls itself a budget can be one after changes or an estimate; a file that calls itself neither must
    be told all of it.
    """

    kind: str = ""
    period: int | None = None
    base_year: int | None = None


@dataclass(frozen=True)
class Kind:
    """What figures are; ``base_year`` is of an estimate only, the year of the budget in which it was made."""

    kind: str
    period: int
    base_year: int | None


def settled(said: tuple[str, int] | None, *, year: int, asked: Asked, base_year: int | None = None) -> Kind:
    """What the figures of a year are, by what the file says (kind and period, or nothing) and who delivers it.

    Raises ``NotAKind`` when nobody says it, when both say something else, and for an estimate without the earlier
    year in whose budget it was made.
    """
    kind, period = _agreed(said, asked)
    if kind != BudgetKind.ESTIMATE:
        return Kind(kind, period, None)
    made_in = base_year or asked.base_year
    if made_in is None:
        raise NotAKind(_("An estimate needs the year of the budget in which it was made."))
    if not FIRST_YEAR <= made_in < year:
        raise NotAKind(_("An estimate is made in the budget of an earlier year."))
    return Kind(kind, period, made_in)


def _agreed(said: tuple[str, int] | None, asked: Asked) -> tuple[str, int]:
    if said is None:
        if not asked.kind:
            raise NotAKind(_("The file does not say what these figures are. Choose it yourself."))
        return asked.kind, _period(asked)
    kind, period = said
    if not asked.kind or asked.kind == kind:
        if kind == BudgetKind.REALISED and asked.period not in (None, period):
            raise NotAKind(_("The file says another period than you do."))
        return kind, period
    if kind == BudgetKind.PRIMITIVE and asked.kind != BudgetKind.REALISED:
        return asked.kind, Period.BUDGET
    raise NotAKind(_("The file says that these are other figures than you do."))


def _period(asked: Asked) -> int:
    if asked.kind != BudgetKind.REALISED:
        return Period.BUDGET
    if not asked.period:
        raise NotAKind(_("Say up to which period money has been spent."))
    return asked.period


def from_text(text: str, year: int) -> tuple[str, int]:
    """Kind and period of "2026X000" or of words as "begroting". Raises ``NotAKind``."""
    if code := _CODE.fullmatch(text):
        if int(code[1]) != year:
            raise NotAKind(_("The year in this code is another one than that of the row."))
        return from_period(int(code[2]))
    words = text.casefold()
    if found := _WORDS.get(words):
        return found
    if quarter := _QUARTER.fullmatch(words):
        return BudgetKind.REALISED, int(quarter[1])
    raise NotAKind(_("This kind of figures is not known. It looks like 2026X000, begroting or realisatie."))


def from_period(number: int) -> tuple[str, int]:
    """Of a period as Iv3 numbers it: 0 a budget, 1 to 4 a quarter, 5 the annual accounts."""
    return (BudgetKind.REALISED if number else BudgetKind.PRIMITIVE), number


def year_from(text: str) -> int:
    """Raises ``NotAKind`` for what is no year of Iv3."""
    if not re.fullmatch(r"[0-9]{4}", text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise NotAKind(_("This is not a year of figures. It looks like 2026."))
    return int(text)
