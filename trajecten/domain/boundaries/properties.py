"""What the properties of a feature say, under the names that CBS, PDOK and Kadaster use for it.

Names are compared in lower case without punctuation: ``GM_CODE``, ``gmCode`` and ``gmcode`` are one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from trajecten.domain.boundaries.refusals import Refused, shown
from trajecten.validators import AREA_CODES, MUNICIPALITY_CODE

SUPPRESSED = -99_990  # CBS: a number below this says why there is none
_MOST = 20_000_000  # inhabitants or households of one area; the country has fewer
_YEARS = ("jaar", "jrstatcode", "year")
_YEAR = re.compile(r"((?:19|20)\d\d)(?:\.0+)?(?:GM|WK|BU|$)", re.ASCII | re.IGNORECASE)
_WATER = ("water", "h2o")
_OWNER = ("gemeentecode", "gmcode")


@dataclass(frozen=True)
class Level:
    """A level of the division of the country, and how files tell its codes and names.

    ``code`` is the form of its codes, which begin with ``prefix``; ``example`` is one. Features with a
    property of ``below`` are of a lower level. A name has at most ``longest`` characters. ``figures`` are
    the columns for numbers, each with its names.
    """

    prefix: str
    example: str
    code: re.Pattern[str]
    codes: tuple[str, ...]
    names: tuple[str, ...]
    below: tuple[str, ...]
    longest: int
    figures: Mapping[str, tuple[str, ...]]


_BUURT_CODES = ("buurtcode", "bucode")
_WIJK_CODES = ("wijkcode", "wkcode")
_PLAIN_CODES, _PLAIN_NAMES = ("statcode", "code", "identificatie"), ("statnaam", "naam", "name")
_AREA_FIGURES = {
    "inhabitants": ("aantalinwoners", "inwoners", "aantinw"),
    "households": ("aantalhuishoudens", "huishoudens", "aanthh", "aantalhh"),
}

MUNICIPALITY = Level(
    prefix="GM",
    example="GM0361",
    code=MUNICIPALITY_CODE,
    codes=(*_OWNER, *_PLAIN_CODES),
    names=("gemeentenaam", "gmnaam", *_PLAIN_NAMES),
    below=_WIJK_CODES + _BUURT_CODES,
    longest=80,
    figures={},
)
AREAS = {
    "wijk": Level(
        prefix="WK",
        example="WK036101",
        code=AREA_CODES["wijk"],
        codes=(*_WIJK_CODES, *_PLAIN_CODES),
        names=("wijknaam", "wknaam", *_PLAIN_NAMES),
        below=_BUURT_CODES,
        longest=120,
        figures=_AREA_FIGURES,
    ),
    "buurt": Level(
        prefix="BU",
        example="BU03610102",
        code=AREA_CODES["buurt"],
        codes=(*_BUURT_CODES, *_PLAIN_CODES),
        names=("buurtnaam", "bunaam", *_PLAIN_NAMES),
        below=(),
        longest=120,
        figures=_AREA_FIGURES,
    ),
}


def code(properties: Mapping[str, object], level: Level) -> str:
    """The code, with its prefix. Refused: none, one of another form, a feature of a lower level."""
    lower = _said(properties, level.below)
    if lower is not None:
        raise Refused(_("This is a smaller area (%(code)s) than those to load."), code=shown(lower))
    value = _said(properties, level.codes)
    if value is None:
        raise Refused(_("There is no code (%(names)s)."), names=", ".join(level.codes))
    return checked_code(value, level)


def checked_code(value: object, level: Level) -> str:
    """A code such as GM0361, also when it is given as 0361. Refused: another form."""
    text = str(value).strip().upper() if isinstance(value, str | int) else ""
    whole = level.prefix + text if text.isdecimal() else text
    if not whole.isascii() or not level.code.fullmatch(whole):
        reason = _("The code %(code)s is malformed; it should be like %(example)s.")
        raise Refused(reason, code=shown(value), example=level.example)
    return whole


def owner(properties: Mapping[str, object], area_code: str) -> str:
    """The code of the municipality an area is of. Refused: its own code says another."""
    by_code = f"GM{area_code[2:6]}"
    value = _said(properties, _OWNER)
    if value is not None and checked_code(value, MUNICIPALITY) != by_code:
        reason = _("The code %(code)s is not one of municipality %(municipality)s, which is beside it.")
        raise Refused(reason, code=area_code, municipality=shown(value))
    return by_code


def name(properties: Mapping[str, object], level: Level) -> str:
    """The name, its spaces tidied. Refused: none, one that is too long or has unprintable characters."""
    value = _said(properties, level.names)
    if value is None:
        raise Refused(_("There is no name (%(names)s)."), names=", ".join(level.names))
    text = " ".join(value.split()) if isinstance(value, str) else ""
    if not text.isprintable() or not 0 < len(text) <= level.longest:
        reason = _("The name %(name)s is not a text of at most %(longest)s characters.")
        raise Refused(reason, name=shown(value), longest=level.longest)
    return text


def year(properties: Mapping[str, object]) -> int | None:
    """The year of the division, from ``jaar`` or the first digits of ``jrstatcode``; None when not said."""
    value = _said(properties, _YEARS)
    if value is None:
        return None
    text = str(value).strip() if isinstance(value, str | int | float) else ""
    match = _YEAR.match(text)
    if not match:
        raise Refused(_("The year %(year)s can't be read."), year=shown(value))
    return int(match[1])


def figures(properties: Mapping[str, object], level: Level) -> dict[str, int | None]:
    """The numbers that the source has, by column; None where they are suppressed or empty."""
    return {
        field: _figure(_said(properties, names))
        for field, names in level.figures.items()
        if any(name in properties for name in names)
    }


def is_water(properties: Mapping[str, object]) -> bool:
    """CBS cuts areas along great water; the wet part is a feature of its own, with the same code."""
    return _ground(properties) == "JA"


def is_abroad(properties: Mapping[str, object]) -> bool:
    """Belgian ground around Baarle-Nassau, which some files of CBS have."""
    return _ground(properties) == "B"


def _ground(properties: Mapping[str, object]) -> str:
    value = _said(properties, _WATER)
    return value.strip().upper() if isinstance(value, str) else ""


def _said(properties: Mapping[str, object], names: tuple[str, ...]) -> object:
    """The value of the first of these properties that has one."""
    return next((properties[name] for name in names if properties.get(name) not in (None, "", ".")), None)


def _figure(value: object) -> int | None:
    if value is None:
        return None
    text = str(value).strip() if isinstance(value, str | int | float) else ""
    match = re.fullmatch(r"(-?\d{1,15})(?:\.0*)?", text, re.ASCII)
    number = int(match[1]) if match else -1
    if number < SUPPRESSED:
        return None
    if not 0 <= number <= _MOST:
        raise Refused(_("%(number)s is not a number of people or households."), number=shown(value))
    return number
