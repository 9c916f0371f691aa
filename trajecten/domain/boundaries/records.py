"""Records: what a feature says about one municipality, wijk or buurt, judged, ready to become a row."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.contrib.gis.geos import MultiPolygon
from django.utils.translation import gettext as _

from trajecten.domain.boundaries import properties, shapes
from trajecten.domain.boundaries.features import Feature
from trajecten.domain.boundaries.refusals import Refused


@dataclass(frozen=True)
class Record:
    """``shape`` is WGS84; ``figures`` has only the columns that the source has."""

    code: str
    name: str
    year: int | None
    shape: MultiPolygon
    figures: dict[str, int | None]
    is_water: bool


class Records:
    """The records of one source: a code is there once, or once as land and once as water."""

    def __init__(self, level: properties.Level) -> None:
        self.level = level
        self._land: dict[str, Record] = {}
        self._water: dict[str, Record] = {}
        self._seen: dict[tuple[str, bool], Feature] = {}

    def read(self, feature: Feature, code: str) -> Record:
        """Refused: a code that was read already, and all that ``properties`` and ``shapes`` refuse."""
        is_water = properties.is_water(feature.properties)
        earlier = self._seen.setdefault((code, is_water), feature)
        if earlier is not feature:
            reason = _("The code %(code)s is also that of feature %(number)s of %(source)s.")
            raise Refused(reason, code=code, number=earlier.number, source=earlier.source)
        return Record(
            code=code,
            name=properties.name(feature.properties, self.level),
            year=properties.year(feature.properties),
            shape=shapes.shape(feature),
            figures=properties.figures(feature.properties, self.level),
            is_water=is_water,
        )

    def add(self, record: Record) -> None:
        (self._water if record.is_water else self._land)[record.code] = record

    def whole(self) -> Iterator[Record]:
        """Land and water of one code as one record, with the name and figures of the land."""
        for code in self._land | self._water:
            land, water = self._land.get(code), self._water.get(code)
            if land and water:
                yield replace(land, shape=shapes.joined(land.shape, water.shape))
            elif record := land or water:
                yield record
