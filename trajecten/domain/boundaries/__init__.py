"""Boundaries from GeoJSON: municipalities, wijken and buurten.

source (file or address) -> pages -> features -> records -> rows. Everything is read and judged before the
first row is written; what is wrong with a source is told all at once, and then nothing changes.
"""

from trajecten.domain.boundaries.areas import load_areas
from trajecten.domain.boundaries.loaded import Loaded
from trajecten.domain.boundaries.municipalities import load_municipalities
from trajecten.domain.boundaries.refusals import BoundariesRefused

__all__ = ["BoundariesRefused", "Loaded", "load_areas", "load_municipalities"]
