"""What residents together see of adopted money. Counts point at nobody; where they live is only told of enough."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber

from budget.domain import districts
from budget.enums import Seen
from budget.models import Observation
from trajecten.domain.dashboards.suppression import suppress
from trajecten.enums import Moderation

# Of each line the newest words on the page.
WORDS = 10


@dataclass(frozen=True)
class Sightings:
    """Of one line: how many say what, from which wijken (None: hidden, because there are too few), and the words that
    all may read, newest first."""

    counts: Mapping[str, int] = field(default_factory=dict)
    areas: Mapping[str, int | None] = field(default_factory=dict)
    words: tuple[Observation, ...] = ()

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def answers(self) -> list[tuple[Seen, int]]:
        return [(seen, self.counts.get(seen, 0)) for seen in Seen]


def counted() -> QuerySet[Observation]:
    """What counts: confirmed, and not hidden from others."""
    found: QuerySet[Observation] = Observation.objects.filter(confirmed_at__isnull=False)
    return found.exclude(moderation=Moderation.HIDDEN)


def of_lines(keys: Collection[int]) -> dict[int, Sightings]:
    """Of each of these lines, in two statements."""
    counts: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    areas: dict[int, dict[Hashable, int]] = defaultdict(lambda: defaultdict(int))
    rows = counted().filter(line__in=keys).order_by().annotate(district=districts.name_of())
    for line, sees, area, n in rows.values_list("line", "sees", "district").annotate(n=Count("*")):
        counts[line][sees] += n
        areas[line][area or ""] += n
    words = _words(keys)
    return {key: Sightings(counts[key], _shown(areas[key]), tuple(words[key])) for key in keys}


def _shown(areas: dict[Hashable, int]) -> dict[str, int | None]:
    """By wijk, with what is too small hidden; nothing when all of it is. Who named none is not told apart."""
    shown = suppress(areas)
    if shown.total is None:
        return {}
    named = {str(name): number for name, number in shown.tables[0].items() if name}
    return dict(sorted(named.items()))


def _words(keys: Collection[int]) -> dict[int, list[Observation]]:
    found: dict[int, list[Observation]] = defaultdict(list)
    newest_first = Window(RowNumber(), partition_by=F("line"), order_by=F("pk").desc())
    said = counted().filter(line__in=keys, moderation=Moderation.PUBLISHED).exclude(text="")
    rows = said.annotate(place=newest_first).filter(place__lte=WORDS).select_related("area")
    for row in rows.defer("area__geometry").order_by("-pk"):
        found[row.line_id].append(row)
    return found
