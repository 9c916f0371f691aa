"""How fast residents read the budget, with ten years of every municipality loaded."""

from typing import Any

from django.contrib.gis.geos import MultiPolygon, Polygon
from django.db import connection
from django.utils import timezone
from django_scopes import scope

from benchmarks import town
from benchmarks.reading import read
from budget.enums import BudgetKind, DeliveryFormat, DeliverySource, DeliveryState, Period
from budget.iv3 import codes, names
from budget.models import Delivery, Programme, ProgrammeShare, YearSize
from trajecten.enums import AreaKind
from trajecten.models import Area, Municipality

MUNICIPALITIES = 342
YEARS = range(2017, 2027)
# How many municipalities have about so many inhabitants, and in which of them is read: that of the fullest class.
SIZES = ((5, 400_000), (27, 150_000), (55, 70_000), (185, 32_000), (70, 14_000))
READ_IN = 100
ROWS_A_LINE = 3
AREAS = 16
SLUG = "meetstad"


def measure(*, seconds: float, clients: int, size: int = MUNICIPALITIES) -> list[dict[str, Any]]:
    """A row for each page, read by an anonymous visitor (``benchmarks.reading``). ``size`` is how many municipalities.

    The pages of a line and a main field have the comparison with all municipalities of the class in them.
    """
    town.clear()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE budget_budgetline")  # no reference leads there from what was cleared
    lines = _fill(size)
    here = f"/{SLUG}/begroting"
    pages = {
        "budget-overview": f"{here}/",
        "budget-other-year": f"{here}/?year=2019&kind=realised",
        "budget-main-field": f"{here}/hoofdtaak/6/",
        "budget-line": f"{here}/taakveld/6.3/",
        "budget-fine-line": f"{here}/taakveld/6.711/",
        "budget-similar": f"{here}/vergelijk/6.3/",
        "budget-rows": f"{here}/herkomst/6/",
        "budget-programmes": f"{here}/per-programma/",
    }
    return read(pages, reader=None, seconds=seconds, clients=clients, size=lines)


def _fill(size: int) -> int:
    """Municipalities with their sizes, and by SQL their budgets and lines with rows; returns how many lines."""
    inhabitants = [people for number, people in SIZES for _ in range(number)][:size]
    square = MultiPolygon(Polygon.from_bbox((5.2, 52.5, 5.3, 52.6)), srid=4326)
    made = Municipality.objects.bulk_create(
        Municipality(
            code=f"GM{8000 + number}",
            name=f"Meetplaats {number}",
            slug=SLUG if number == min(READ_IN, size - 1) else f"meetplaats-{number}",
            is_participating=True,
            boundary=square,
            boundary_year=2026,
        )
        for number in range(len(inhabitants))
    )
    YearSize.objects.bulk_create(
        YearSize(municipality=each, year=year, inhabitants=people + number, households=people // 2)
        for number, (each, people) in enumerate(zip(made, inhabitants, strict=True))
        for year in YEARS
    )
    _own(next(each for each in made if each.slug == SLUG), square)
    delivery = Delivery.objects.create(
        name="meting.json",
        format=DeliveryFormat.CBS,
        source=DeliverySource.COMMAND,
        state=DeliveryState.DONE,
        ended_at=timezone.now(),
    )
    return _figures(delivery.pk)


def _own(municipality: Municipality, square: MultiPolygon) -> None:
    """What the municipality that is read has besides: areas and programmes."""
    with scope(municipality=municipality):
        Area.objects.bulk_create(
            Area(
                municipality=municipality,
                code=f"WK8100{number:02}",
                name=f"Wijk {number}",
                kind=AreaKind.WIJK,
                year=2026,
                geometry=square,
                inhabitants=1000 + number,
                households=500,
            )
            for number in range(AREAS)
        )
        for main in names.MAIN_FIELDS:
            programme = Programme.objects.create(
                municipality=municipality, code=main, name=f"Programma {main}", from_year=2017
            )
            ProgrammeShare.objects.create(municipality=municipality, programme=programme, task_field=main)


def _figures(delivery: int) -> int:
    fields = [
        code
        for code in names.TASK_FIELDS
        if not any(codes.parent(other) == code for other in names.TASK_FIELDS)
    ]
    listed = [(code, codes.comparable(code), codes.main(code)) for code in fields]
    columns = [list(column) for column in zip(*listed, strict=True)]
    kinds = [(BudgetKind.PRIMITIVE, Period.BUDGET), (BudgetKind.REALISED, Period.ACCOUNTS)]
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO budget_budget (municipality_id, year, kind, period, number, is_current, delivery_id, digest,
               row_count, expenditure, income, created_at)
               SELECT m.id, y, k.kind, k.period, 1, true, %s, md5(m.id::text || y || k.kind), 0, 0, 0, now()
               FROM trajecten_municipality m, generate_series(%s, %s) y,
               (SELECT unnest(%s) AS kind, unnest(%s) AS period) k""",
            [
                delivery,
                YEARS[0],
                YEARS[-1],
                [str(kind) for kind, _ in kinds],
                [int(each) for _, each in kinds],
            ],
        )
        cursor.execute(
            """INSERT INTO budget_budgetline (budget_id, task_field, "group", main, programme, expenditure, income,
               moved_expenditure, moved_income, rows, places)
               SELECT b.id, f.code, f.part, f.main, '', spent, 1000 * ((b.id * 31) %% 5000), 1000, 0, r.rows, r.places
               FROM budget_budget b, (SELECT unnest(%s) AS code, unnest(%s) AS part, unnest(%s) AS main,
                                          generate_subscripts(%s, 1) AS number) f,
               LATERAL (SELECT 1000 * (1000 + (b.id * 7919 + length(f.code) * 104729) %% 20000) AS spent) s,
               LATERAL (SELECT string_agg('L 3.' || n || ' ' || spent / %s, ';') AS rows,
                               string_agg((f.number * %s + n)::text, ' ') AS places FROM generate_series(1, %s) n) r""",
            [*columns, columns[0], *[ROWS_A_LINE] * 3],
        )
        lines = cursor.rowcount
        cursor.execute("VACUUM ANALYZE")
    return int(lines)
