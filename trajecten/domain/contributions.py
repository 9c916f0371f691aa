"""Finding contributions of any app: by their number or by words in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from trajecten import registry
from trajecten.domain.searching import finding
from trajecten.domain.searching.kinds import Reader, of_contribution
from trajecten.models import Municipality

# Of each kind; who looks for one thing among more than these writes more words.
MOST = 10


@dataclass(frozen=True)
class Found:
    """A contribution with its kind. ``key`` names it in a form, whatever its app."""

    kind: registry.ContributionKind
    row: Any

    @property
    def key(self) -> str:
        return key_of(self.row)

    @property
    def title(self) -> str:
        return self.kind.title(self.row)

    @property
    def staff_url(self) -> str:
        return self.kind.staff_url(self.row)


def key_of(row: Model) -> str:
    """What names this contribution in a form or an address, whatever its app."""
    return f"{ContentType.objects.get_for_model(row).pk}-{row.pk}"


def search(typed: str, municipality: Municipality) -> list[Found]:
    """The contribution with this number, and those with all of these words, the best match first, as an official
    finds them; none without words.
    """
    words = finding.words_of(typed)
    if not words:
        return []
    number = typed.strip().removeprefix("#")
    reader = Reader(municipality, is_staff=True)
    return [found for kind in registry.contribution_kinds() for found in _search(kind, words, number, reader)]


def _search(
    kind: registry.ContributionKind, words: Sequence[str], number: str, reader: Reader
) -> list[Found]:
    rows = kind.model.objects
    numbered = kind.readable(rows.filter(pk=int(number))) if _is_number(number) else rows.none()
    matches = finding.matches(kind=of_contribution(kind), words=words, reader=reader)
    keys = [*numbered.values_list("pk", flat=True), *matches.values_list("pk", flat=True)[:MOST]]
    return _loaded(kind, list(dict.fromkeys(keys)))


def by_keys(keys: Iterable[str]) -> list[Found]:
    """Those with these keys, in the scope at hand; a key that names nothing is left out."""
    kinds = {ContentType.objects.get_for_model(kind.model).pk: kind for kind in registry.contribution_kinds()}
    wanted: dict[int, list[int]] = {}
    for key in keys:
        number, _dash, row = key.partition("-")
        if _is_number(number) and _is_number(row) and int(number) in kinds:
            wanted.setdefault(int(number), []).append(int(row))
    return [found for number, rows in wanted.items() for found in _loaded(kinds[number], rows)]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def _loaded(kind: registry.ContributionKind, keys: list[int]) -> list[Found]:
    loaded = kind.load(keys)
    return [Found(kind, loaded[key]) for key in keys if key in loaded]
