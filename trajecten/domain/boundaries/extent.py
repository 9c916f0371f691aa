"""Whether an area lies in its municipality, when both are drawn with different care.

CBS publishes boundaries in detail and generalised, where a boundary of 57 km is 28 straight lines. Measured
on Alkmaar's detailed wijken of 2024 against its generalised boundary of that year: up to 22.5 % of a wijk
lies outside, up to 1,670 m away. So a small buurt at the edge may lie outside entirely, and an area is
outside when more than a tenth of it is further away than a margin.
"""

import math

from django.contrib.gis.geos import GEOSGeometry, MultiPolygon

from trajecten.domain.boundaries.features import RD, WGS84
from trajecten.domain.boundaries.shapes import transformation

MARGIN_M = 2_000  # metres; the largest distance measured, and a fifth more
MARGIN_OF_SIDE = 0.25  # but no more than this part of the side of a square as large as the municipality
COARSENESS = 0.05  # of the margin: details of the boundary that make the widening slow and not better
SHARE_OUTSIDE = 0.10  # of an area's surface beyond the margin, such as a sandbank


class Extent:
    """The ground where a municipality's areas may lie: everywhere when its boundary is not known."""

    def __init__(self, boundary: MultiPolygon | None) -> None:
        self._ground = _widened(boundary) if boundary else None
        self._prepared = self._ground.prepared if self._ground else None

    def leaves_out(self, shape: MultiPolygon) -> bool:
        """Whether more of the shape (WGS84) lies outside than two ways of drawing explain."""
        if self._ground is None or self._prepared is None or self._prepared.covers(shape):
            return False
        return shape.difference(self._ground).area > SHARE_OUTSIDE * shape.area


def _widened(boundary: MultiPolygon) -> GEOSGeometry:
    """The boundary and the margin around it; measured in RD, where metres are metres."""
    in_metres = boundary.transform(transformation(WGS84, RD), clone=True)
    margin = min(MARGIN_M, MARGIN_OF_SIDE * math.sqrt(in_metres.area))
    coarse = in_metres.simplify(margin * COARSENESS, preserve_topology=True)
    return coarse.buffer(margin).transform(transformation(RD, WGS84), clone=True)
