"""How fast searching is among very many reports: words that are everywhere, words that are rare, and mistakes."""

from typing import Any

from django.db import connection
from django_scopes import scope

from benchmarks import town
from benchmarks.reading import read
from buurtschouw.models import Report
from trajecten.domain.searching import vocabulary

SIZE = 200_000
RARE = 40


def measure(*, seconds: float, clients: int, size: int = SIZE) -> list[dict[str, Any]]:
    """A row for each search, by an anonymous visitor and by an official (``benchmarks.reading``).

    Each word of the town is in about four of ten reports, so the first searches match tens of thousands of them.
    """
    built = town.build(size)
    with scope(municipality=built.municipality):
        _make_rare()
        vocabulary.collect(built.municipality)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    rows = read(_searches(""), reader=None, seconds=seconds, clients=clients, size=size)
    return rows + read(_searches("staff-"), reader=built.handler, seconds=seconds, clients=clients, size=size)


def _make_rare() -> None:
    """Give some reports, old and new, a word that no other has."""
    keys = list(Report.objects.order_by("pk").values_list("pk", flat=True))
    Report.objects.filter(pk__in=keys[:: max(1, len(keys) // RARE)]).update(text="een krokodil in de sloot")


def _searches(prefix: str) -> dict[str, str]:
    asked = {
        "everywhere": "lantaarn",
        "beginning": "stoep",
        "three-words": "lantaarn+kapot+school",
        "rare": "krokodil",
        "mistake": "krokodll",
        "nothing": "xyzzyxyzzy",
        "one-kind": "lantaarn&soort=report",
        "one-kind-page-10": "lantaarn&soort=report&page=10",
    }
    return {f"{prefix}{name}": f"/{town.SLUG}/zoeken/?q={words}" for name, words in asked.items()}
