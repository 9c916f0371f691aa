"""The map of reports, clustered on the server: always the same reports as the list, whatever was folded when."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buurtschouw.domain import merging
from buurtschouw.domain.mapping import folding, viewport
from buurtschouw.domain.mapping.grid import COARSEST, FINEST, Box, Cells, cell_of, covering
from buurtschouw.domain.queries import public
from buurtschouw.enums import ReportStatus
from buurtschouw.models import MapCell, MapChange, Report
from buurtschouw.views import mapping
from tests.factories.buurtschouw import CategoryFactory, ReportFactory, SchouwFactory
from tests.factories.core import AreaFactory

GEOJSON = "/polderwijk/meldingen.geojson"
TOWN = Box(4.85, 52.45, 4.98, 52.56)


def put(schouw: Any, *places: tuple[float, float], **more: Any) -> list[Report]:
    return [ReportFactory(schouw=schouw, point=Point(*place, srid=4326), **more) for place in places]


def shown(**more: Any) -> int:
    return look(TOWN, **more)


def look(box: Box | None, **more: Any) -> int:
    rows = public.reports(**more)
    return viewport.look(rows=rows, counting=viewport.Counting(**more), box=box, zoom=13).total


# --- The grid


@pytest.mark.django_db
@given(st.floats(3, 7.5), st.floats(50, 54), st.integers(COARSEST, 21))
def test_python_and_the_database_reckon_the_same_cell(longitude: float, latitude: float, level: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT portal_cell_x(%s, %s), portal_cell_y(%s, %s)", [longitude, level, latitude, level]
        )
        assert cursor.fetchone() == cell_of(longitude, latitude, level)


@given(st.floats(3.5, 7), st.floats(51, 53.4), st.floats(0.0001, 3), st.floats(0.0001, 2), st.integers(0, 22))
def test_a_view_never_has_more_cells_than_may_be_and_always_holds_its_corners(
    west: float, south: float, width: float, height: float, zoom: int
) -> None:
    box = Box(west, south, west + width, south + height)
    cells = covering(box, zoom, 400)

    assert cells.count <= 400
    for longitude, latitude in ((box.west, box.south), (box.east, box.north)):
        x, y = cell_of(longitude, latitude, cells.level)
        assert cells.x[0] <= x <= cells.x[1]
        assert cells.y[0] <= y <= cells.y[1]


def test_a_coarser_cell_holds_four() -> None:
    assert Cells(18, (10, 11), (20, 21)).coarser() == Cells(17, (5, 5), (10, 10))
    assert Cells(18, (10, 11), (20, 21)).at(16) == Cells(16, (2, 2), (5, 5))


# --- Counts follow the reports


def test_a_report_is_on_the_map_before_anything_was_folded_and_stays_so_after(schouw: Any) -> None:
    put(schouw, (4.915, 52.51))
    assert MapChange.objects.count() == 1

    before = viewport._clusters(viewport.Counting(), covering(TOWN, 13, 400))
    assert folding.fold_all() == 1
    after = viewport._clusters(viewport.Counting(), covering(TOWN, 13, 400))

    assert MapChange.objects.count() == 0
    assert [cluster.reports for cluster in before] == [1]
    assert [round(cluster.longitude, 9) for cluster in before] == [4.915]
    assert before == after


def test_every_level_has_all(schouw: Any) -> None:
    put(schouw, (4.91, 52.51), (4.9101, 52.5101), (4.93, 52.52), (4.96, 52.47))
    folding.fold_all()

    for level in range(COARSEST, FINEST + 1):
        assert sum(MapCell.objects.filter(level=level).values_list("reports", flat=True)) == 4


@pytest.mark.parametrize("fold_in_between", [False, True])
def test_what_changes_a_report_changes_the_counts(schouw: Any, fold_in_between: bool) -> None:
    (report,) = put(schouw, (4.915, 52.51))
    theme, area = CategoryFactory(), AreaFactory()

    def then() -> None:
        if fold_in_between:
            folding.fold_all()

    then()
    assert (shown(), shown(state="open"), shown(state="closed")) == (1, 1, 0)

    report.status, report.closed_at = ReportStatus.DONE, timezone.now()
    report.save()
    then()
    assert (shown(), shown(state="open"), shown(state="closed")) == (1, 0, 1)

    report.category, report.area = theme, area
    report.save()
    then()
    assert (shown(category=theme), shown(category=report.schouw.themes()[0]), shown(area=area)) == (1, 0, 1)

    report.point = Point(5.5, 52.51, srid=4326)
    report.save()
    then()
    assert shown() == 0
    assert look(None) == 1

    report.point, report.address = None, "bij de speeltuin"
    report.save()
    then()
    assert look(None) == 0

    folding.fold_all()
    assert not MapCell.objects.exists()


@pytest.mark.parametrize("fold_in_between", [True, False])
@pytest.mark.parametrize("one_by_one", [True, False])
def test_what_is_merged_counts_with_the_report_that_it_follows(
    schouw: Any, handler: Any, monkeypatch: Any, fold_in_between: bool, one_by_one: bool
) -> None:
    kept, other = put(schouw, (4.91, 52.5), (4.95, 52.53))
    if not one_by_one:
        monkeypatch.setattr(viewport, "READ_ONE_BY_ONE", -1)

    def counts() -> tuple[int, ...]:
        if fold_in_between:
            folding.fold()
        return tuple(shown(state=state) for state in ("open", "closed", ""))

    assert counts() == (2, 0, 2)
    merging.merge(report=other, into=kept, by=handler)
    assert counts() == (1, 0, 1)
    assert list(public.reports()) == [kept]
    merging.undo(report=other, by=handler)
    assert counts() == (2, 0, 2)
    other.refresh_from_db()
    merging.merge(report=other, into=kept, by=handler)
    Report.objects.filter(pk=kept.pk).update(status=ReportStatus.DONE, closed_at=timezone.now())
    assert counts() == (0, 1, 1)
    Report.objects.filter(pk=other.pk).delete()
    assert counts() == (0, 1, 1)


def test_what_goes_is_gone_and_other_walks_stay(schouw: Any) -> None:
    other = SchouwFactory()
    put(other, (4.92, 52.51))
    (report,) = put(schouw, (4.915, 52.51))
    folding.fold_all()
    report.delete()

    assert (shown(schouw=schouw), shown(schouw=other), shown()) == (0, 1, 1)


def test_a_save_that_moves_nothing_writes_nothing(schouw: Any) -> None:
    (report,) = put(schouw, (4.915, 52.51))
    folding.fold_all()
    report.supports = 5
    report.save()

    assert not MapChange.objects.exists()


def test_an_area_that_goes_takes_no_report_with_it(schouw: Any) -> None:
    area = AreaFactory()
    put(schouw, (4.915, 52.51), area=area)
    folding.fold_all()
    area.delete()
    folding.fold_all()

    assert shown() == 1
    assert set(MapCell.objects.values_list("area", "reports")) == {(None, 1)}


def test_folding_in_small_batches_gives_the_same(schouw: Any) -> None:
    put(schouw, *((4.9 + n / 1000, 52.5) for n in range(7)))
    assert [folding.fold(batch=3) for _ in range(4)] == [3, 3, 1, 0]
    assert shown() == 7


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.floats(4.86, 4.97), st.floats(52.46, 52.55), st.booleans()), max_size=12),
    st.integers(0, 12),
    st.integers(9, 19),
)
def test_the_counts_are_those_of_the_reports(
    schouw: Any, places: list[tuple[float, float, bool]], folded: int, zoom: int
) -> None:
    """Whatever lies where, however much was folded in, the counted clusters are those of the reports one by one."""
    Report.objects.all().delete()
    for longitude, latitude, is_closed in places:
        put(schouw, (longitude, latitude), **({"done": True} if is_closed else {}))
    folding.fold(batch=folded)

    cells = covering(TOWN, zoom, 400).at(FINEST)
    counted = viewport._clusters(viewport.Counting(state="open"), cells)
    read = viewport._one_by_one(public.reports(state="open"), TOWN, cells.level)
    singles = [viewport.Cluster(report.point.x, report.point.y, 1) for report in read.reports if report.point]
    assert _rounded(counted) == _rounded([*read.clusters, *singles])


def _rounded(clusters: list[viewport.Cluster]) -> list[tuple[float, float, int]]:
    return sorted((round(each.longitude, 8), round(each.latitude, 8), each.reports) for each in clusters)


# --- The answer


def asked(client: Client, **query: Any) -> Any:
    return client.get(GEOJSON, query).json()


def test_near_each_other_they_are_one_and_closer_by_each_by_itself(client: Client, schouw: Any) -> None:
    first, second = put(schouw, (4.9150, 52.5100), (4.9153, 52.5100))

    far = asked(client, bbox="4.85,52.45,4.98,52.56", zoom=12)
    near = asked(client, bbox="4.914,52.509,4.916,52.511", zoom=19)

    assert [feature["properties"] for feature in far["features"]] == [{"count": 2}]
    assert far["features"][0]["geometry"]["coordinates"] == pytest.approx([4.91515, 52.51])
    assert sorted(feature["properties"]["number"] for feature in near["features"]) == [first.pk, second.pk]
    assert far["total"] == near["total"] == 2


def test_a_report_tells_what_everybody_may_know(client: Client, schouw: Any) -> None:
    (report,) = put(schouw, (4.915, 52.51))
    answer = asked(client)

    assert answer["features"][0]["properties"] == {
        "number": report.pk,
        "kind": "problem",
        "title": report.category.name,
        "status": "nieuw",
        "tone": "new",
        "category": report.category_id,
    }
    assert answer["categories"][str(report.category_id)]["name"] == report.category.name
    assert client.get(f"{answer['url']}{report.pk}/").status_code == 200
    assert answer["bbox"] == [4.915, 52.51, 4.915, 52.51]


@pytest.mark.parametrize(
    "bbox", ["", "x", "1,2,3", "nan,nan,nan,nan", "5,53,4,52", "1,2,3,1e400", "4,52,5,89"]
)
def test_a_part_that_is_none_is_the_whole(bbox: str, client: Client, schouw: Any) -> None:
    put(schouw, (4.915, 52.51))
    assert asked(client, bbox=bbox, zoom=14)["total"] == 1
    assert client.get("/polderwijk/meldingen/", {"bbox": bbox}).context["page"].paginator.count == 1


def test_the_list_and_the_map_show_the_same_part(client: Client, schouw: Any) -> None:
    inside, _outside = put(schouw, (4.915, 52.51), (4.96, 52.47))
    box = "4.91,52.50,4.92,52.52"

    page = client.get("/polderwijk/meldingen/", {"bbox": box})

    assert [report.pk for report in page.context["page"]] == [inside.pk]
    assert asked(client, bbox=box, zoom=16)["total"] == 1
    assert f'data-bounds="{box}"' in page.content.decode()
    assert "bbox" not in page.context["whole_query"]


def test_more_than_can_be_read_are_counted_only(
    client: Client, schouw: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(viewport, "READ_ONE_BY_ONE", 1)
    put(schouw, (4.915, 52.51), (4.93, 52.52))

    answer = asked(client, bbox="4.85,52.45,4.98,52.56", zoom=14)

    assert [feature["properties"] for feature in answer["features"]] == [{"count": 1}, {"count": 1}]


def test_the_whole_of_a_wide_municipality_has_no_more_markers_than_may_be(
    client: Client, schouw: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(viewport, "MOST_MARKERS", 3)
    put(schouw, *((4.87 + n / 100, 52.5) for n in range(8)))

    answer = asked(client)

    assert len(answer["features"]) <= 3
    assert answer["total"] == 8


def test_asking_again_costs_nothing_until_something_changed(client: Client, schouw: Any) -> None:
    (report,) = put(schouw, (4.915, 52.51))
    first = client.get(GEOJSON)
    again = client.get(GEOJSON, headers={"If-None-Match": first.headers["ETag"]})
    report.status, report.first_answer_at = ReportStatus.ACKNOWLEDGED, timezone.now() - timedelta(hours=1)
    report.save()
    changed = client.get(GEOJSON, headers={"If-None-Match": first.headers["ETag"]})

    assert "no-cache" in first.headers["Cache-Control"]
    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200


def test_a_long_title_is_cut_and_many_are_small(client: Client, schouw: Any) -> None:
    put(
        schouw,
        *((4.86 + n / 200, 52.46 + m / 200) for n in range(20) for m in range(15)),
        text="Woord " * 60,
        public=True,
    )

    answer = client.get(GEOJSON, {"bbox": "4.85,52.45,4.98,52.56", "zoom": 14})

    assert all(
        len(each["properties"].get("title", "")) <= mapping.TITLE for each in answer.json()["features"]
    )
    assert len(answer.content) < 100_000


def test_one_and_thirty_reports_take_the_same_number_of_statements(client: Client, schouw: Any) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(GEOJSON, {"bbox": "4.85,52.45,4.98,52.56", "zoom": 17})
        return len(captured)

    put(schouw, (4.9, 52.5))
    statements()
    one = statements()
    put(schouw, *((4.86 + n / 300, 52.47) for n in range(30)))

    assert statements() == one


def test_the_words_of_what_is_not_public_are_not_on_the_map(client: Client, schouw: Any) -> None:
    put(schouw, (4.915, 52.51), text="Iets over de buurman")
    assert "buurman" not in json.dumps(asked(client))
