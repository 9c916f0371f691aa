"""The kinds of things that can be found, and who may find which of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.search import SearchVector
from django.db.models import Exists, F, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext_lazy as _

from trajecten import registry
from trajecten.domain import places
from trajecten.domain.meetings import finding
from trajecten.enums import Moderation
from trajecten.models import (
    Area,
    Commitment,
    CommitmentOrigin,
    CouncilItem,
    Meeting,
    Municipality,
    Participant,
    Trajectory,
)

CONFIG = "dutch"


@dataclass(frozen=True)
class Reader:
    """Who searches: somebody, perhaps a participant, or an official, who may read everything of the municipality."""

    municipality: Municipality
    participant: Participant | None = None
    is_staff: bool = False


@dataclass(frozen=True)
class Entry:
    """What is shown of something that was found: the line above it, its title, and the path of its page."""

    kicker: str
    title: str
    url: str


Entries = Callable[[Iterable[Any], Reader], Mapping[int, Entry]]


@dataclass(frozen=True)
class Kind:
    """One kind of thing. ``key`` stands in the address.

    ``rows`` gives what this reader may find. ``text`` is an expression with the words of a row, of which a part is
    shown; ``vector`` the expression that is searched, which has an index where there can be many rows. ``newest`` is
    the order in which candidates are taken. ``entries`` gives what is shown, by primary key, in a number of queries
    that does not grow with the rows.
    """

    key: str
    name: str | Promise
    rows: Callable[[Reader], QuerySet[Any]]
    text: Any
    vector: Callable[[Reader], Any]
    newest: tuple[str, ...]
    entries: Entries


def kinds() -> tuple[Kind, ...]:
    """Every kind, in the order in which a page shows them."""
    said = map(of_contribution, registry.contribution_kinds())
    return (TRAJECTORIES, PROMISES, *said, COUNCIL_ITEMS, MEETINGS, AREAS)


# -- What residents said, of any app ---------------------------------------------------------------------------


def of_contribution(kind: registry.ContributionKind) -> Kind:
    """Public words for everybody; for officials all, by the vector that the app keeps for them if it has one."""
    own_vector = any(field.name == "search" for field in kind.model._meta.get_fields())

    def rows(reader: Reader) -> QuerySet[Any]:
        found: QuerySet[Any] = kind.readable(kind.model.objects.all())
        return found if reader.is_staff else kind.listed(found.filter(moderation=Moderation.PUBLISHED))

    def vector(reader: Reader) -> Any:
        return F("search") if own_vector and reader.is_staff else SearchVector(*kind.searched, config=CONFIG)

    def entries(found: Iterable[Any], reader: Reader) -> Mapping[int, Entry]:
        loaded = kind.load([row.pk for row in found])
        url = kind.staff_url if reader.is_staff else kind.public_url
        title = kind.title if reader.is_staff else kind.public_title
        return {key: Entry(_kicker(kind, row), title(row), url(row)) for key, row in loaded.items()}

    name, many = kind.model._meta.model_name, kind.model._meta.verbose_name_plural
    return Kind(name, many, rows, _words(kind.searched), vector, ("-created_at", "-id"), entries)


def _words(fields: Sequence[str]) -> Any:
    """Those of one field, or of several as sentences after each other."""
    if len(fields) == 1:
        return F(fields[0])
    parts = [part for field in fields for part in (F(field), Value(". "))]
    return Concat(*parts[:-1], output_field=TextField())


def _kicker(kind: registry.ContributionKind, row: Any) -> str:
    """What sort of thing it is, where there are several, and where."""
    return " · ".join(part for part in (kind.sort(row), row.area.name if row.area else "") if part)


# -- What the core has -----------------------------------------------------------------------------------------


def _own_page(name: str, row: Any, reader: Reader) -> str:
    """The page for everybody, or that of staff."""
    kwargs = {"gemeente": reader.municipality.slug, "pk": row.pk}
    return reverse(f"staff-{name}" if reader.is_staff else name, kwargs=kwargs)


def _trajectory_entries(found: Iterable[Any], reader: Reader) -> Mapping[int, Entry]:
    return {
        row.pk: Entry(str(row.method.name), row.title, _own_page("trajectory", row, reader)) for row in found
    }


TRAJECTORIES = Kind(
    key="trajectory",
    name=_("trajectories"),
    rows=lambda _reader: Trajectory.objects.all(),
    text=Concat("title", Value(". "), "summary", output_field=TextField()),
    vector=lambda _reader: SearchVector("title", "summary", config=CONFIG),
    newest=("-created_at", "-id"),
    entries=_trajectory_entries,
)


def _promises(reader: Reader) -> QuerySet[Any]:
    """For everybody those of which every origin may be read: the words of a promise may tell of the others."""
    rows: QuerySet[Any] = Commitment.objects.all()
    if reader.is_staff:
        return rows
    for kind in registry.contribution_kinds():
        hidden = kind.model.objects.exclude(moderation=Moderation.PUBLISHED).filter(pk=OuterRef("object_id"))
        origins = CommitmentOrigin.objects.filter(
            Exists(hidden),
            commitment=OuterRef("pk"),
            content_type=ContentType.objects.get_for_model(kind.model),
        )
        rows = rows.exclude(Exists(origins))
    return rows


def _promise_entries(found: Iterable[Any], reader: Reader) -> Mapping[int, Entry]:
    return {
        row.pk: Entry(
            capfirst(row.get_status_display()),
            Truncator(row.text).words(12),
            _own_page("promise", row, reader),
        )
        for row in found
    }


PROMISES = Kind(
    key="commitment",
    name=_("promises"),
    rows=_promises,
    text=F("text"),
    vector=lambda _reader: SearchVector("text", config=CONFIG),
    newest=("-created_at", "-id"),
    entries=_promise_entries,
)


def _council_entries(found: Iterable[Any], reader: Reader) -> Mapping[int, Entry]:
    return {
        row.pk: Entry(
            f"{capfirst(row.get_kind_display())} · {row.get_status_display()}",
            row.title,
            _own_page("council-item", row, reader),
        )
        for row in found
    }


# Everything of a council item can be read by everybody.
COUNCIL_ITEMS = Kind(
    key="councilitem",
    name=_("proposals to the council"),
    rows=lambda _reader: CouncilItem.objects.all(),
    text=Concat("title", Value(". "), "summary", output_field=TextField()),
    vector=lambda _reader: SearchVector("title", "summary", config=CONFIG),
    newest=("-submitted_on", "-id"),
    entries=_council_entries,
)


def _meetings(reader: Reader) -> QuerySet[Any]:
    return Meeting.objects.all() if reader.is_staff else finding.visible_to(reader.participant)


def _meeting_entries(found: Iterable[Any], reader: Reader) -> Mapping[int, Entry]:
    slug = reader.municipality.slug
    return {
        row.pk: Entry(
            row.trajectory.title, row.title, reverse("meeting", kwargs={"gemeente": slug, "pk": row.pk})
        )
        for row in found
    }


MEETINGS = Kind(
    key="meeting",
    name=_("meetings"),
    rows=lambda reader: _meetings(reader).select_related("trajectory"),
    text=Concat("title", Value(". "), "place", Value(". "), "agenda", output_field=TextField()),
    vector=lambda _reader: SearchVector("title", "place", "agenda", config=CONFIG),
    newest=("-starts_at", "-id"),
    entries=_meeting_entries,
)


def _area_entries(found: Iterable[Any], reader: Reader) -> Mapping[int, Entry]:
    def url(area: Area) -> str:
        return reverse("neighbourhood", kwargs={"gemeente": reader.municipality.slug, "code": area.code})

    return {row.pk: Entry(capfirst(row.get_kind_display()), row.name, url(row)) for row in found}


AREAS = Kind(
    key="area",
    name=_("neighbourhoods"),
    rows=lambda _reader: Area.objects.filter(places.latest_areas()).defer("geometry"),
    text=F("name"),
    vector=lambda _reader: SearchVector("name", config=CONFIG),
    newest=("name", "id"),
    entries=_area_entries,
)
