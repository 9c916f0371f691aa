"""Loading the wijken or buurten of one municipality."""

from collections.abc import Sequence
from contextlib import suppress

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _
from django_scopes import scope

from trajecten.domain.boundaries import properties
from trajecten.domain.boundaries.extent import Extent
from trajecten.domain.boundaries.features import Feature, features
from trajecten.domain.boundaries.loaded import Loaded
from trajecten.domain.boundaries.records import Record, Records
from trajecten.domain.boundaries.refusals import BoundariesRefused, Complaints, Refusal, Refused
from trajecten.domain.boundaries.shapes import same
from trajecten.domain.boundaries.sources import Page, read
from trajecten.enums import AreaKind
from trajecten.models import Area, Municipality

_COLUMNS = ("name", "geometry", "inhabitants", "households")
_BATCH = 500  # rows a statement


def load_areas(
    *,
    source: str,
    municipality: str,
    kind: str,
    year: int | None = None,
    only_this_municipality: bool = False,
) -> Loaded:
    """Make or bring up to date the areas of a GeoJSON file or address, all or none of them.

    ``municipality`` is a CBS code, ``kind`` a value of ``AreaKind``. The year is ``year``, that of the
    source, or else that of the municipality's boundary; areas of other years stay. Areas of other
    municipalities are refused, or left out with ``only_this_municipality``; water outside the boundary is
    always left out. Raises ``BoundariesRefused`` with every reason, and then changes nothing.
    """
    owner, asked = _checked(source, municipality, year)
    pages = read(source)
    return _write(division_of(pages, owner, AreaKind(kind), asked, others_left_out=only_this_municipality))


def division_of(
    pages: Sequence[Page],
    municipality: Municipality,
    kind: AreaKind,
    asked: int | None,
    *,
    others_left_out: bool,
) -> "Division":
    """What the pages say of this municipality, judged. Raises ``BoundariesRefused``."""
    complaints = Complaints()
    found = features(pages, complaints)
    year = asked or _year_of(found) or municipality.boundary_year
    if year is None:
        reason = _("It doesn't say of which year these areas are; say it with --year.")
        raise BoundariesRefused([*complaints.refusals, Refusal(pages[0].name, None, reason)])
    division = Division(municipality, kind, year, others_left_out=others_left_out)
    for feature in found:
        with complaints.about(feature.source, feature.number):
            division.take(feature)
    complaints.check()
    return division


def _checked(source: str, code: str, year: int | None) -> tuple[Municipality, int | None]:
    """The municipality and the year that are asked for."""
    try:
        whole = properties.checked_code(code, properties.MUNICIPALITY)
        asked = properties.year({"jaar": year})
        municipality = Municipality.objects.filter(code=whole).first()
    except Refused as refused:
        raise BoundariesRefused([Refusal(source, None, str(refused))]) from refused
    if municipality is None:
        unknown = Refused(_("Municipality %(code)s is not known; load the municipalities first."), code=whole)
        raise BoundariesRefused([Refusal(source, None, str(unknown))])
    return municipality, asked


def _year_of(found: Sequence[Feature]) -> int | None:
    """The first year that a feature says; one that can't be read is refused with its feature."""
    for feature in found:
        with suppress(Refused):
            if year := properties.year(feature.properties):
                return year
    return None


class Division:
    """The areas of one kind and year of one municipality, as one source has them."""

    def __init__(
        self, municipality: Municipality, kind: AreaKind, year: int, *, others_left_out: bool
    ) -> None:
        self.municipality, self.kind, self.year = municipality, kind, year
        self.others_left_out = others_left_out
        self.extent = Extent(municipality.boundary)
        self.records = Records(properties.AREAS[kind])
        self.left_out = 0

    def take(self, feature: Feature) -> None:
        """Refused: an area that is not of the municipality and the year, or is not a sound one."""
        said = feature.properties
        if properties.is_abroad(said):
            self.left_out += 1
            return
        code = properties.code(said, self.records.level)
        if properties.owner(said, code) == self.municipality.code:
            self._add(self.records.read(feature, code))
        elif self.others_left_out:
            self.left_out += 1
        else:
            wanted = self.municipality.code
            raise Refused(_("Area %(code)s is not of municipality %(wanted)s."), code=code, wanted=wanted)

    def _add(self, record: Record) -> None:
        if record.year not in (None, self.year):
            reason = _("This area is of %(year)s; areas of %(division)s are being loaded.")
            raise Refused(reason, year=record.year, division=self.year)
        if self.extent.leaves_out(record.shape):
            if not record.is_water:
                reason = _("Area %(code)s lies outside the boundary of %(municipality)s.")
                raise Refused(reason, code=record.code, municipality=self.municipality.name)
            self.left_out += 1
            return
        self.records.add(record)


@transaction.atomic
def _write(division: Division) -> Loaded:
    """Loads of one municipality wait for each other."""
    locked = Municipality.objects.select_for_update(no_key=True).only("pk")
    municipality = locked.get(pk=division.municipality.pk)
    records = list(division.records.whole())
    with scope(municipality=municipality):
        areas = Area.objects.filter(municipality=municipality, year=division.year)
        known = {area.code: area for area in areas.filter(kind=division.kind)}
        changed = [known[one.code] for one in records if one.code in known and _bring(known[one.code], one)]
        new = [_made(division, record) for record in records if record.code not in known]
        Area.objects.bulk_create(new, batch_size=_BATCH)
        Area.objects.bulk_update(changed, _COLUMNS, batch_size=_BATCH)
        _join_buurten_to_wijken(areas)
    return Loaded(len(new), len(changed), len(records) - len(new) - len(changed), division.left_out)


def _bring(area: Area, record: Record) -> bool:
    """Give a known area what the record says; whether that is something else."""
    is_same = same(area.geometry, record.shape)
    told = {"name": record.name, **record.figures}
    if is_same and all(getattr(area, column) == value for column, value in told.items()):
        return False
    area.geometry = record.shape
    for column, value in told.items():
        setattr(area, column, value)
    return True


def _made(division: Division, record: Record) -> Area:
    return Area(
        municipality_id=division.municipality.pk,
        code=record.code,
        name=record.name,
        kind=division.kind,
        year=division.year,
        geometry=record.shape,
        **record.figures,
    )


def _join_buurten_to_wijken(areas: QuerySet[Area]) -> None:
    """BU03610123 is part of WK036101 of the same year, whichever of the two was loaded first."""
    code = Concat(Value("WK"), Substr(OuterRef("code"), 3, 6))
    wijk = areas.filter(kind=AreaKind.WIJK, code=code).values("pk")
    orphans = areas.filter(kind=AreaKind.BUURT, parent=None)
    orphans.filter(Exists(wijk)).update(parent=Subquery(wijk))
