"""The numbers of a municipality's own regulation (verordening) on what residents may bring to the council.

The law leaves them to the municipality (Gemeentewet, articles 149 and 150), so they are settings. What is set here
is what many of them chose; an app reads them with ``of``.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trajecten.models import Municipality


@dataclass(frozen=True)
class Threshold:
    """One number, with the least and the most that it may be."""

    key: str
    name: str | Promise
    default: int
    least: int
    most: int


THRESHOLDS = (
    Threshold(
        "initiative_signatures",
        _("Signatures under a residents' initiative (burgerinitiatief)"),
        50,
        1,
        10_000,
    ),
    Threshold("initiative_age", _("Age from which one may sign, in years"), 16, 12, 18),
    Threshold("initiative_weeks", _("Weeks within which the council decides on it"), 12, 1, 52),
    Threshold("initiative_years", _("Years after which the same may be brought in again"), 2, 0, 10),
)


def of(municipality: Municipality) -> Mapping[str, int]:
    """Every threshold by its key: what the municipality chose, or the default; never outside its limits."""
    return {threshold.key: _chosen(threshold, municipality) for threshold in THRESHOLDS}


def _chosen(threshold: Threshold, municipality: Municipality) -> int:
    value = municipality.thresholds.get(threshold.key)
    number = value if isinstance(value, int) and not isinstance(value, bool) else threshold.default
    return min(max(number, threshold.least), threshold.most)
