"""How fast the handler's queue is with very many reports, and whether its statements grow with its rows."""

from typing import Any

from django_scopes import scope

from benchmarks import town
from benchmarks.reading import queries, read
from buurtschouw.models import Report

SIZE = 100_000


def measure(*, seconds: float, clients: int, size: int = SIZE) -> list[dict[str, Any]]:
    """A row for the queue as it opens, and one for each way of narrowing it (``benchmarks.reading``)."""
    built = town.build(size)
    rows = read(_pages(built), reader=built.handler, seconds=seconds, clients=clients, size=size)
    rows[0]["queries_one_row"] = _queries_one_row(built)
    return rows


def _path(query: str) -> str:
    return f"/{town.SLUG}/werk/meldingen/?{query}"


def _pages(built: town.Town) -> dict[str, str]:
    with scope(municipality=built.municipality):
        area = Report.objects.values_list("area", flat=True).first()
    narrowed = {
        "queue": "",
        "queue-status": "status=planned",
        "queue-theme": f"category={built.categories[0].pk}",
        "queue-area": f"area={area}",
        "queue-overdue": "term=overdue",
        "queue-mine": "mine=on",
        "queue-search": "words=stoeptegel+lantaarn",
        "queue-newest": "order=newest&status=all",
        "queue-page-20": "page=20",
    }
    return {name: _path(query) for name, query in narrowed.items()}


def _queries_one_row(built: town.Town) -> int:
    """The same page with one report left."""
    with scope(municipality=built.municipality):
        keep = Report.objects.open().values_list("pk", flat=True).first()
        Report.objects.exclude(pk=keep).delete()
    return queries(_path(""), built.handler)
