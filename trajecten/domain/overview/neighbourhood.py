"""What goes on where somebody lives: promises, what was said, and trajectories of their wijk or buurt."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from trajecten import registry
from trajecten.domain import activities, places
from trajecten.domain.promises import promised
from trajecten.domain.promises.promised import PromiseFilter
from trajecten.enums import Moderation
from trajecten.models import Area, Commitment, Participant, Trajectory
from trajecten.refusals import Refused
from trajecten.registry import ContributionKind

SHOWN = 3


class NeighbourhoodRefused(Refused):
    """This area can't be somebody's own; the message says why."""


@dataclass(frozen=True)
class Said:
    """What was said there, of one kind, as everybody may read it: titles with their addresses."""

    kind: ContributionKind
    titles: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Neighbourhood:
    """The newest of what goes on in an area. A trajectory of the whole wijk is one of its buurten too."""

    area: Area
    promises: list[Commitment]
    said: list[Said]
    trajectories: list[Trajectory]

    @property
    def is_quiet(self) -> bool:
        return not (self.promises or self.said or self.trajectories)


@transaction.atomic
def choose(*, participant: Participant, area: Area | None, by: Participant) -> None:
    """Keep where the participant lives; None takes it away. Refused: an area of another municipality.

    The log says that it was chosen, not which one.
    """
    if area is not None and area.municipality_id != participant.municipality_id:
        raise NeighbourhoodRefused(_("This neighbourhood is in another municipality."))
    participant.home_area = area
    participant.save(update_fields=["home_area"])
    activities.record(verb="home_area_chosen", target=participant, by=by)


def find(code: str) -> Area | None:
    """The area with this CBS code, of the latest year that has it; None when there is none here."""
    rows = Area.objects.select_related("municipality", "parent")
    found: Area | None = (
        rows.defer("geometry", "parent__geometry", "municipality__boundary")
        .filter(code=code)
        .order_by("-year")
        .first()
    )
    return found


def divided() -> list[Area]:
    """Every wijk and buurt of the latest year, each wijk before its buurten."""
    rows = Area.objects.filter(places.latest_areas()).select_related("parent")
    return list(
        rows.defer("geometry", "parent__geometry").order_by(Coalesce("parent__code", "code"), "-kind", "code")
    )


def of(area: Area) -> Neighbourhood:
    """What goes on in an area and its parts."""
    here = places.with_children(area)
    found = (_said(kind, here) for kind in registry.contribution_kinds())
    return Neighbourhood(
        area=area,
        promises=promised.with_public_words(promised.newest(PromiseFilter()).filter(area__in=here)[:SHOWN]),
        said=[said for said in found if said.titles],
        trajectories=_trajectories(area, here),
    )


def _said(kind: ContributionKind, here: list[int]) -> Said:
    said = kind.model.objects.filter(area__in=here).exclude(moderation=Moderation.HIDDEN)
    rows: Any = kind.listed(kind.readable(said))
    keys = list(rows.order_by("-created_at", "-pk").values_list("pk", flat=True)[:SHOWN])
    loaded = kind.load(keys)
    known = (loaded[key] for key in keys if key in loaded)
    return Said(kind, tuple((kind.public_title(row), kind.public_url(row)) for row in known))


def _trajectories(area: Area, here: list[int]) -> list[Trajectory]:
    around = [*here, area.parent_id] if area.parent_id else here
    rows = Trajectory.objects.current().filter(areas__in=around).distinct()
    return list(rows.order_by("-created_at", "-id")[:SHOWN])
