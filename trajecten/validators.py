"""Checks on single values."""

import re

import idna
from django.core.exceptions import ValidationError
from django.core.validators import (
    MaxLengthValidator,
    ProhibitNullCharactersValidator,
    RegexValidator,
    validate_email,
)
from django.utils.translation import gettext_lazy as _

MUNICIPALITY_CODE = re.compile(r"GM\d{4}")
AREA_CODES = {"wijk": re.compile(r"WK\d{6}"), "buurt": re.compile(r"BU\d{8}")}

# As long as a mail address can be, and as its columns are.
LONGEST_EMAIL = 254
_short_enough = MaxLengthValidator(LONGEST_EMAIL)
_without_null = ProhibitNullCharactersValidator()
_unquoted = RegexValidator(r"\A[a-zA-Z0-9!#$%&'*+/=?^_`{|}~.-]+\Z")
NOT_AN_EMAIL_ADDRESS = _("This is not an e-mail address. It looks like name@example.org.")

# First parts of the portal's own addresses, which no municipality can have as its name in the address.
RESERVED_SLUGS = frozenset(
    [
        "account",
        "accounts",
        "admin",
        "advies",
        "api",
        "demo",
        "gezond",
        "jsi18n",
        "media",
        "over",
        "postbus",
        "privacy",
        "static",
        "stijl",
        "taal",
        "toegankelijkheid",
        "trajecten",
        "v1",
        "voorstel",
        "well-known",
    ]
)


# Embeddings, overrides and isolates with their ends, and marks.
_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def without_directions(value: str) -> str:
    """The words without characters that only turn the direction of text: of a name, what stands beside it too."""
    return _DIRECTIONS.sub("", value)


def municipality_code(value: str) -> None:
    """Refuse what is not a CBS code such as GM0627."""
    if not MUNICIPALITY_CODE.fullmatch(value):
        raise ValidationError(_("A municipality code is GM and four digits, such as GM0627."), code="code")


def free_slug(value: str) -> None:
    """Refuse a slug that the portal uses itself."""
    if value in RESERVED_SLUGS:
        raise ValidationError(
            _("The portal uses “%(slug)s” itself."), params={"slug": value}, code="reserved"
        )


def canonical_email(value: str) -> str:
    """The address in the one form in which it is kept: in lower case, the domain in ASCII (IDNA).

    Refuses what mail can't be sent to: a part before the @ that is quoted or not ASCII, control and direction
    characters, a domain that IDNA refuses, and what is longer than 254 characters in this form.
    """
    typed = value.strip()
    _without_null(typed)
    _short_enough(typed)
    local, _at, domain = typed.rpartition("@")
    try:
        ascii_domain = domain if domain.isascii() else idna.encode(domain, uts46=True).decode()
        _unquoted(local)
        address = f"{local}@{ascii_domain}".lower()
        validate_email(address)
    except (idna.IDNAError, ValidationError) as error:
        raise ValidationError(NOT_AN_EMAIL_ADDRESS, code="invalid") from error
    _short_enough(address)
    return address


def is_email_address(value: str | None) -> bool:
    """Whether mail can be sent to this address."""
    try:
        canonical_email(value or "")
    except ValidationError:
        return False
    return True
