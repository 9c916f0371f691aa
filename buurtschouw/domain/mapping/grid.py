"""The grid by which reports are clustered: that of web maps (EPSG:3857), where level n has 2^n by 2^n cells.

The same reckoning stands in the database as ``portal_cell_x`` and ``portal_cell_y`` (migration 0007).
"""

import math
from dataclasses import dataclass

from django.contrib.gis.geos import Polygon

# Counts are kept from the coarsest of these levels (a cell is larger than the country) to the finest (about 93 m).
COARSEST, FINEST = 6, 18
# A tile of 256 pixels is four cells wide, so a cell is 64 pixels: room for a marker and the finger that wants it.
CELLS_PER_TILE_LOG2 = 2
# The most that web maps can show, in degrees north and south.
EDGE = 85.0


@dataclass(frozen=True)
class Box:
    """A part of the world in degrees (WGS84)."""

    west: float
    south: float
    east: float
    north: float

    def polygon(self) -> Polygon:
        shape = Polygon.from_bbox((self.west, self.south, self.east, self.north))
        shape.srid = 4326
        return shape


@dataclass(frozen=True)
class Cells:
    """The cells of one level that a box touches, both ends included."""

    level: int
    x: tuple[int, int]
    y: tuple[int, int]

    @property
    def count(self) -> int:
        return (self.x[1] - self.x[0] + 1) * (self.y[1] - self.y[0] + 1)

    def coarser(self) -> "Cells":
        """Those of one level up that hold them."""
        west, east = (edge >> 1 for edge in self.x)
        north, south = (edge >> 1 for edge in self.y)
        return Cells(self.level - 1, (west, east), (north, south))

    def at(self, level: int) -> "Cells":
        """The same ground in the cells of a level that is as coarse or coarser."""
        cells = self
        while cells.level > level:
            cells = cells.coarser()
        return cells


def cell_of(longitude: float, latitude: float, level: int) -> tuple[int, int]:
    """Column and row of the cell that a place lies in."""
    latitude = max(-EDGE, min(EDGE, latitude))
    side = 1 << level
    x = math.floor((longitude + 180) / 360 * side)
    angle = math.radians(latitude)
    y = math.floor((1 - math.log(math.tan(angle) + 1 / math.cos(angle)) / math.pi) / 2 * side)
    return max(0, min(side - 1, x)), max(0, min(side - 1, y))


def covering(box: Box, zoom: int, most: int) -> Cells:
    """The cells of 64 pixels at this zoom that the box touches; coarser ones where there are more than ``most``."""
    level = zoom + CELLS_PER_TILE_LOG2
    (west, north), (east, south) = (
        cell_of(box.west, box.north, level),
        cell_of(box.east, box.south, level),
    )
    cells = Cells(level, (west, east), (north, south))
    while cells.count > most:
        cells = cells.coarser()
    return cells


def everywhere(level: int) -> Cells:
    """All cells of a level."""
    last = (1 << level) - 1
    return Cells(level, (0, last), (0, last))
