"""How fast the dashboards and the public pages are in a country of full size (``manage.py load_scale``).

They are read in its largest municipality. What an earlier run loaded is used again: loading takes minutes.
"""

import sys
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.db.models import Count
from django_scopes import scope

from benchmarks import town
from benchmarks.reading import read
from buurtschouw.models import Report
from trajecten.domain import participants
from trajecten.enums import AreaKind, Role
from trajecten.models import Area, Municipality, Trajectory, User
from trajecten.scale import country

SAID = 30


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
    work = f"{here}/werk"
    with scope(municipality=largest):
        group = Trajectory.objects.filter(municipality=largest).annotate(n=Count("enrolments")).latest("n")
        area = Area.objects.filter(municipality=largest, kind=AreaKind.BUURT).first()
    yield (
        None,
        {
            "front-page": f"{here}/",
            "reports": f"{here}/meldingen/",
            "trajectories": f"{here}/trajecten/",
            "promises": f"{here}/beloofd-en-gedaan/",
            "promises-late": f"{here}/beloofd-en-gedaan/?status=late",
            "promises-json": f"{here}/beloofd-en-gedaan.json",
            "promises-widget": f"{here}/beloofd-en-gedaan/kader/",
            "council": f"{here}/raad/",
            "meetings": f"{here}/bijeenkomsten/",
            "neighbourhood": f"{here}/buurten/{area.code}/",
            "trajectory": f"{here}/trajecten/{group.pk}/",
            "search": f"{here}/zoeken/?q=lantaarn+kapot",
        },
    )
    yield _resident(largest), {"my-overview": f"{here}/overzicht/", "inbox": f"{here}/berichten/"}
    yield (
        _official(largest, Role.HANDLER),
        {
            "queue": f"{work}/meldingen/",
            "staff-promises": f"{work}/toezeggingen/",
            "moderation": f"{work}/moderatie/",
        },
    )
    yield (
        _official(largest, Role.COORDINATOR),
        {
            "dashboard": f"{work}/overzicht/",
            "staff-trajectories": f"{work}/trajecten/",
            "staff-trajectory": f"{work}/trajecten/{group.pk}/",
            "members": f"{work}/trajecten/{group.pk}/deelnemers/",
            "staff-meetings": f"{work}/trajecten/{group.pk}/bijeenkomsten/",
            "missing": f"{work}/wie-ontbreekt/",
            "walks": f"{work}/schouwen/",
            "log": f"{work}/logboek/",
        },
    )
    yield _official(largest, Role.CLERK), {"council-desk": f"{work}/raad/"}
    yield (
        User.objects.filter(is_adviser=True, advised_trajectories__municipality=largest).first(),
        {
            "advised": "/advies/",
            "pipeline": "/advies/aanvragen/",
            "comparison": "/advies/vergelijken/?method=buurtschouw",
        },
    )


def _official(municipality: Municipality, role: str) -> User:
    roles = {"staff_roles__municipality": municipality, "staff_roles__role": role}
    return User.objects.filter(**roles).earliest("pk")


def _resident(municipality: Municipality) -> User:
    """Somebody with an account who said something now and then."""
    user, _made = User.objects.get_or_create(
        email=f"inwoner@{municipality.slug}.example.org", defaults={"name": "Inwoner"}
    )
    with scope(municipality=municipality):
        participant = participants.of_user(municipality=municipality, user=user)
        said = Report.objects.order_by("-pk").values_list("pk", flat=True)[:SAID]
        Report.objects.filter(pk__in=list(said)).update(author=participant)
    return user
