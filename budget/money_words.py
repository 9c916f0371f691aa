"""Amounts as people say them. Plain Python, but for the way numbers are written."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

MILLION = 1_000_000


def in_words(euro: int) -> str:
    """ "€ 55 million", "€ 1.2 million", "€ 120,000": rounded to what one can remember; below a thousand exact."""
    size = abs(euro)
    if size >= 10 * MILLION:
        return _("€ %(n)s million") % {"n": number_format(round(euro / MILLION), force_grouping=True)}
    if size >= MILLION:
        return _("€ %(n)s million") % {"n": number_format(euro / MILLION, decimal_pos=1)}
    rounded = round(euro, -3) if size >= 1000 else euro
    return f"€ {number_format(rounded, force_grouping=True)}"


def percent(part: float) -> str:
    """A part from 0 to 1 as a whole percentage; "less than 1" where it is not nothing."""
    if 0 < part < 0.01:
        return _("less than 1")
    return str(round(100 * part))
