"""How fast the dashboards and the public pages are in a country of full size (``manage.py load_scale``).

They are read in its largest municipality. What an earlier run loaded is used again: loading takes minutes.
"""

import sys
from collections.abc import Iterator
from typing import Any

from django.db import connection

from benchmarks import town
from benchmarks.reading import read
from trajecten.enums import Role
from trajecten.models import Municipality, User
from trajecten.scale import country


def measure(*, seconds: float, clients: int, size: int = country.WHOLE.contributions) -> list[dict[str, Any]]:
    """A row for each page, read by the official or adviser whose page it is, or by an anonymous visitor."""
    _load(size)
    largest = Municipality.objects.get(slug=country.slug(1))
    rows = []
    for reader, pages in _pages(largest):
        rows += read(pages, reader=reader, seconds=seconds, clients=clients, size=size)
    return rows


def _load(size: int) -> None:
    whole = country.WHOLE
    sizes = country.Sizes(whole.municipalities, whole.participants, size, whole.promises)
    try:
        country.load(sizes, _show)
    except country.LoadRefused:
        town.clear()  # what another bench left in the database of the benches
        country.load(sizes, _show)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _show(done: int, of: int) -> None:
    print(f"\r{done} of {of} municipalities", end="\n" if done == of else "", file=sys.stderr)


def _pages(largest: Municipality) -> Iterator[tuple[User | None, dict[str, str]]]:
    """The pages by who reads them: a name and a path for each."""
    here = f"/{largest.slug}"
    yield (
        None,
        {
            "front-page": f"{here}/",
            "reports": f"{here}/meldingen/",
        },
    )
    yield _official(largest, Role.HANDLER), {"queue": f"{here}/werk/meldingen/"}
    yield _official(largest, Role.COORDINATOR), {"walks": f"{here}/werk/schouwen/"}
    yield (
        User.objects.filter(is_adviser=True, advised_trajectories__municipality=largest).first(),
        {"advised": "/advies/"},
    )


def _official(municipality: Municipality, role: str) -> User:
    return User.objects.filter(staff_roles__municipality=municipality, staff_roles__role=role).earliest("pk")
