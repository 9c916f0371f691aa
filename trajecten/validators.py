"""Checks on single values."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MUNICIPALITY_CODE = re.compile(r"GM\d{4}")
AREA_CODES = {"wijk": re.compile(r"WK\d{6}"), "buurt": re.compile(r"BU\d{8}")}

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
        "v1",
        "well-known",
    ]
)


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
