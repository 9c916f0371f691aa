"""Codes as they are written, each checked once a file: caches from what stands there to what is kept."""

from functools import lru_cache

from django.utils.translation import gettext as _

from budget.iv3 import categories, names
from trajecten.validators import MUNICIPALITY_CODE

MAX_PROGRAMME = 20
MAX_NAME = 80


class NotACode(ValueError):
    """The message says why."""


@lru_cache(maxsize=4096)
def municipality(text: str) -> str:
    """As "GM0361". Raises ``NotACode`` for what has another form; whether it exists is not looked at."""
    code = text.strip()
    if not MUNICIPALITY_CODE.fullmatch(code) or not code.isascii():
        raise NotACode(_("This is not the code of a municipality. It looks like GM0361."))
    return code


@lru_cache(maxsize=4096)
def task_field(text: str) -> str:
    """A code of a list of any year, or a part of one: files roll codes up, or divide them further."""
    code = text.strip()
    if not code.isascii() or not names.is_known(code):
        raise NotACode(_("This task field is in no list of Iv3. It looks like 6.3 or 6.711."))
    return code


@lru_cache(maxsize=4096)
def category(text: str, of: str) -> str:
    """A category of this side, with or without the letter of the side before it; "" for none."""
    code = text.strip()
    if not code:
        return ""
    if code[0] in "LB":
        if code[0] != of:
            raise NotACode(_("This category is of the other side: L is expenditure, B is income."))
        code = code[1:]
    if not categories.is_known(of, code):
        raise NotACode(_("This category is in no list of Iv3 for this side. It looks like L4.1.1 or 4.1.1."))
    return code


def side(text: str) -> str:
    """The side that a category with its letter is of."""
    if text[:1] not in ("L", "B"):
        raise NotACode(_("A category begins with L (expenditure) or B (income)."))
    return text[0]


@lru_cache(maxsize=4096)
def programme(text: str) -> str:
    """As the municipality numbers it, "" for none. Raises ``NotACode`` for what is too long or can't be shown."""
    code = text.strip()
    if len(code) > MAX_PROGRAMME or not code.isprintable():
        raise NotACode(_("The number of a programme has at most %(n)d signs.") % {"n": MAX_PROGRAMME})
    return code


def inhabitants(text: str) -> int | None:
    """Nothing where nothing stands; a number of people may be written as 238147 or 238147.0."""
    number = text.strip().removesuffix(".0")
    if not number:
        return None
    if not (number.isascii() and number.isdecimal()) or len(number) > 9 or not int(number):
        raise NotACode(_("This is not a number of inhabitants."))
    return int(number)


def name(text: str) -> str:
    """Of a municipality: what can be shown of it."""
    return "".join(sign for sign in text.strip() if sign.isprintable())[:MAX_NAME]
