"""How fast the pages are that everybody reads, in a town with very many reports."""

from typing import Any

from django_scopes import scope

from benchmarks import town
from benchmarks.reading import read
from buurtschouw.enums import ReportStatus
from buurtschouw.models import Report
from trajecten.enums import Moderation

SIZE = 100_000


def measure(*, seconds: float, clients: int, size: int = SIZE) -> list[dict[str, Any]]:
    """A row for the front page, the list of reports, its map, a walk and a report (``benchmarks.reading``)."""
    built = town.build(size)
    return read(_pages(built), reader=None, seconds=seconds, clients=clients, size=size)


def _pages(built: town.Town) -> dict[str, str]:
    with scope(municipality=built.municipality):
        done = Report.objects.filter(status=ReportStatus.DONE, moderation=Moderation.PUBLISHED)
        report = done.values("pk", "token", "area", "category").first()
    slug, theme, area = town.SLUG, report["category"], report["area"]
    return {
        "front-page": f"/{slug}/",
        "reports": f"/{slug}/meldingen/",
        "reports-narrowed": f"/{slug}/meldingen/?state=closed&category={theme}&area={area}",
        "reports-page-20": f"/{slug}/meldingen/?page=20",
        "reports-map": f"/{slug}/meldingen.geojson",
        "walk": f"/{slug}/schouw/{built.schouw.pk}/",
        "report": f"/{slug}/meldingen/{report['pk']}/",
        "tracking": f"/{slug}/volg/{report['token']}/",
    }
