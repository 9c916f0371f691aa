"""Loading municipalities."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.text import slugify

from trajecten.domain.boundaries import properties
from trajecten.domain.boundaries.features import features
from trajecten.domain.boundaries.loaded import Loaded
from trajecten.domain.boundaries.records import Record, Records
from trajecten.domain.boundaries.refusals import Complaints
from trajecten.domain.boundaries.shapes import same
from trajecten.domain.boundaries.sources import Page, read
from trajecten.models import Municipality
from trajecten.validators import RESERVED_SLUGS

_COLUMNS = ("name", "boundary", "boundary_year")
_BATCH = 200  # rows a statement; a detailed boundary is up to a megabyte
_SLUG_LENGTH = 60  # leaves room for what makes it unique


def load_municipalities(*, source: str) -> Loaded:
    """Make or bring up to date the municipalities of a GeoJSON file or address, all or none of them.

    A known municipality keeps its address, theme, contacts and whether it takes part; those that the source
    doesn't have stay as they are. Raises ``BoundariesRefused`` with every reason, and then changes nothing.
    """
    records, left_out = records_of(read(source))
    return _write(records, left_out)


def records_of(pages: Sequence[Page]) -> tuple[list[Record], int]:
    """What the pages say, and how many features are left out: ground that is abroad."""
    complaints, records, left_out = Complaints(), Records(properties.MUNICIPALITY), 0
    for feature in features(pages, complaints):
        if properties.is_abroad(feature.properties):
            left_out += 1
            continue
        with complaints.about(feature.source, feature.number):
            records.add(records.read(feature, properties.code(feature.properties, records.level)))
    complaints.check()
    return list(records.whole()), left_out


@transaction.atomic
def _write(records: list[Record], left_out: int) -> Loaded:
    codes = [record.code for record in records]
    locked = Municipality.objects.select_for_update(no_key=True).order_by("pk").filter(code__in=codes)
    known = {municipality.code: municipality for municipality in locked}
    changed = [known[one.code] for one in records if one.code in known and _bring(known[one.code], one)]
    new = _made(record for record in records if record.code not in known)
    Municipality.objects.bulk_create(new, batch_size=_BATCH)
    Municipality.objects.bulk_update(changed, _COLUMNS, batch_size=_BATCH)
    return Loaded(len(new), len(changed), len(known) - len(changed), left_out)


def _bring(municipality: Municipality, record: Record) -> bool:
    """Give a known municipality what the record says; whether that is something else.

    A source that says no year says nothing about a boundary that is the same.
    """
    is_same = same(municipality.boundary, record.shape)
    year = municipality.boundary_year if is_same and record.year is None else record.year
    if is_same and municipality.name == record.name and municipality.boundary_year == year:
        return False
    municipality.name, municipality.boundary, municipality.boundary_year = record.name, record.shape, year
    return True


def _made(records: Iterable[Record]) -> list[Municipality]:
    taken = set(Municipality.objects.values_list("slug", flat=True))
    return [
        Municipality(
            code=record.code,
            name=record.name,
            slug=_slug(record, taken),
            boundary=record.shape,
            boundary_year=record.year,
        )
        for record in records
    ]


def _slug(record: Record, taken: set[str]) -> str:
    """The name as part of an address that no other municipality has and the portal doesn't use itself."""
    slug = slugify(record.name)[:_SLUG_LENGTH] or record.code.lower()
    if slug in RESERVED_SLUGS:
        slug = f"{slug}-gemeente"
    if slug in taken:
        slug = f"{slug}-{record.code.lower()}"
    taken.add(slug)
    return slug
