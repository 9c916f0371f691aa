"""Amounts as they are written, to whole euro.

A file says ``7977``, ``7977.0`` or ``-12.5`` as machines write it, or ``7.977,5`` as Dutch people do: a comma is always
that of decimals, and points before it, or more than one point, divide thousands. One point with exactly three digits
behind it and one to three before it (``7.977``) can mean both; ``csv_written`` then looks at how the other amounts of
the same file are written, and where those don't tell it the amount is refused rather than taken a thousand times too
high or too low. Halves of a euro are rounded away from zero. No exponents, no other signs.
"""

import math
import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from django.utils.translation import gettext as _

MAX_EURO = 10**12  # more than the whole state spends; what is larger is a mistake
THOUSAND = 1000

_WHOLE = re.compile(r"[+-]?[0-9]{1,20}")
_POINT = re.compile(r"[+-]?[0-9]{0,20}\.[0-9]{1,20}")
_DUTCH = re.compile(r"[+-]?(?:[0-9]{1,20}|[0-9]{1,3}(?:\.[0-9]{3}){1,6}),[0-9]{1,20}")
_GROUPS = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{3}){2,6}")
_BOTH = re.compile(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}")


class NotAnAmount(ValueError):
    """The message says why."""


class TwoWays(NotAnAmount):
    """A thousand can be meant, or a decimal."""


@lru_cache(maxsize=1 << 17)
def from_text(text: str, unit: int) -> int:
    """In euro, of a text without spaces around it. ``unit`` is how many euro a 1 is. Raises ``NotAnAmount``."""
    if _WHOLE.fullmatch(text):
        return _checked(int(text) * unit)
    if is_open(text):
        raise TwoWays(two_ways())
    return _euro(_plain(text), unit)


def is_dutch(text: str) -> bool:
    """Whether points in this amount surely are those of thousands."""
    return bool(_DUTCH.fullmatch(text) or _GROUPS.fullmatch(text))


def is_open(text: str) -> bool:
    """Whether the point in this amount can be that of thousands and that of decimals."""
    return bool(_BOTH.fullmatch(text))


def has_decimal_point(text: str) -> bool:
    """Whether the point in this amount surely is that of decimals."""
    return bool(_POINT.fullmatch(text)) and not is_open(text)


def decided(text: str, unit: int, *, dutch: bool) -> int:
    """An amount that can be read in two ways, when it is known in which."""
    return _euro(text.replace(".", "") if dutch else text, unit)


def from_number(number: object, unit: int) -> int:
    """The same of a number, or of a text with spaces around it. Raises ``NotAnAmount``, also for NaN and endless."""
    if isinstance(number, str):
        return from_text(number.strip(), unit)
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise NotAnAmount(not_a_number())
    if isinstance(number, int):
        return _checked(number * unit)
    if not math.isfinite(number):
        raise NotAnAmount(not_a_number())
    return _euro(repr(number), unit)


def not_a_number() -> str:
    return _("This is not an amount. Write it as 7977, 7977.5 or 7.977,5.")


def two_ways() -> str:
    return _("This amount can be read in two ways. Write it without a point for thousands, or with decimals.")


def _plain(text: str) -> str:
    if _POINT.fullmatch(text):
        return text
    if is_dutch(text):
        return text.replace(".", "").replace(",", ".")
    raise NotAnAmount(not_a_number())


def _euro(text: str, unit: int) -> int:
    return _checked(int((Decimal(text) * unit).to_integral_value(ROUND_HALF_UP)))


def _checked(euro: int) -> int:
    if abs(euro) > MAX_EURO:
        raise NotAnAmount(_("This amount is larger than can be right."))
    return euro
