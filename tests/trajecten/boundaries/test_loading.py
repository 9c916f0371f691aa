"""Loading boundaries into the database, through the commands."""

import json
import os
from pathlib import Path

import pytest
from django.contrib.gis.geos import Point
from django.core.management import CommandError, call_command
from django.utils import translation
from django_scopes import scopes_disabled

from tests.geojson import TOWN, area, collection, feature, polygon, ring, town, written
from trajecten.domain import boundaries, places
from trajecten.models import Area, Municipality

pytestmark = pytest.mark.django_db

SHARED = Path(os.environ.get("PORTAL_SHARED") or Path(__file__).parents[4] / "shared")
DATA = SHARED / "data" if (SHARED / "data").is_dir() else SHARED
GEMEENTEN, WIJKEN = DATA / "gemeenten_2024_wgs84.geojson", DATA / "alkmaar_wijken.geojson"


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def load(tmp_path, capsys):
    """Runs a load command on a document or path and gives the line it prints."""

    def run(command, document, **options):
        source = str(document) if isinstance(document, Path) else written(tmp_path / "x.json", document)
        call_command(command, source, **options)
        return capsys.readouterr().out.strip()

    return run


@pytest.fixture
def polderwijk(load):
    load("load_municipalities", collection(town(jaar=2026)))
    return Municipality.objects.get(code="GM9901")


def load_wijken(load, *features, kind="wijk", **options):
    return load("load_areas", collection(*features), municipality="GM9901", kind=kind, **options)


def rows():
    """All values of all municipalities and areas, to compare before and after."""
    with scopes_disabled():
        return [list(model.objects.order_by("pk").values()) for model in (Municipality, Area)]


def test_municipalities_are_new_unchanged_and_changed(load):
    document = collection(town(jaar=2026), town(statcode="GM9902", statnaam="Veenrade", jaar=2026))
    assert load("load_municipalities", document) == "2 new, 0 changed, 0 unchanged."
    before = rows()
    assert load("load_municipalities", document) == "0 new, 0 changed, 2 unchanged."
    assert rows() == before
    document["features"][1]["properties"]["statnaam"] = "Veenrade aan Zee"
    assert load("load_municipalities", document) == "0 new, 1 changed, 1 unchanged."
    assert Municipality.objects.get(code="GM9902").name == "Veenrade aan Zee"


def test_the_same_boundary_drawn_from_another_corner_is_unchanged(load, polderwijk):
    corners = ring(*TOWN)
    turned = polygon({"statcode": "GM9901", "statnaam": "Polderwijk"}, [*corners[2:], *corners[1:3]])
    assert load("load_municipalities", collection(turned)) == "0 new, 0 changed, 1 unchanged."
    assert Municipality.objects.get().boundary_year == 2026


def test_a_known_municipality_keeps_what_is_its_own(load, polderwijk):
    own = {
        "slug": "thuis",
        "is_participating": True,
        "theme": {"a": "b"},
        "contact_email": "info@example.org",
    }
    Municipality.objects.update(**own)
    wider = feature({"statcode": "GM9901", "statnaam": "Polderwijk-Oost"}, (*TOWN[:2], 0.08))
    assert load("load_municipalities", collection(wider)) == "0 new, 1 changed, 0 unchanged."
    row = Municipality.objects.values(*own, "name", "boundary_year").get()
    assert row == {**own, "name": "Polderwijk-Oost", "boundary_year": None}
    assert Municipality.objects.get().boundary.extent == pytest.approx((4.90, 52.60, 4.98, 52.68))


def test_names_in_the_address(load):
    names = ["Bergen (NH.)", "Bergen (L.)", "Súdwest-Fryslân", "Demo", "Bergen (NH.)", "北", "'s-Gravenhage"]
    towns = [town(statcode=f"GM990{n}", statnaam=name) for n, name in enumerate(names)]
    load("load_municipalities", collection(*towns))
    slugs = list(Municipality.objects.order_by("code").values_list("slug", flat=True))
    assert slugs == [
        "bergen-nh", "bergen-l", "sudwest-fryslan", "demo-gemeente", "bergen-nh-gm9904", "gm9905", "s-gravenhage"
    ]  # fmt: skip


def test_one_mistake_and_nothing_is_loaded(load, polderwijk):
    before = rows()
    document = collection(
        town(statnaam="Other"), town(statcode="GM9902"), town(statcode="GM99"), feature({}, TOWN)
    )
    with pytest.raises(CommandError) as refused:
        load("load_municipalities", document)
    first, second = str(refused.value).splitlines()
    assert "x.json, feature 3: The code 'GM99' is malformed" in first
    assert "x.json, feature 4: There is no code" in second
    assert rows() == before


def test_areas_are_new_unchanged_and_changed(load, polderwijk):
    wijken = [
        area("WK990101", aantal_inwoners=1200, aantal_huishoudens=-99997),
        area("WK990102", place=(0.02, 0.01)),
    ]
    assert load_wijken(load, *wijken) == "2 new, 0 changed, 0 unchanged."
    before = rows()
    assert load_wijken(load, *wijken) == "0 new, 0 changed, 2 unchanged."
    assert rows() == before
    wijken[0]["properties"]["aantal_inwoners"] = 1300
    assert load_wijken(load, *wijken) == "0 new, 1 changed, 1 unchanged."
    with scopes_disabled():
        values = Area.objects.filter(code="WK990101").values_list(
            "name", "kind", "year", "inhabitants", "households"
        )
        assert list(values) == [("Area WK990101", "wijk", 2026, 1300, None)]


def test_numbers_that_a_file_does_not_have_stay(load, polderwijk):
    load_wijken(load, area("WK990101", aantal_inwoners=1200))
    assert load_wijken(load, area("WK990101", place=(0.02, 0.02))) == "0 new, 1 changed, 0 unchanged."
    with scopes_disabled():
        assert Area.objects.get().inhabitants == 1200


def test_a_new_year_adds_areas_and_keeps_the_old(load, polderwijk):
    load_wijken(load, area("WK990101", jaar=2025))
    assert load_wijken(load, area("WK990101", jaar=2026)) == "1 new, 0 changed, 0 unchanged."
    with scopes_disabled():
        assert list(Area.objects.order_by("year").values_list("year", flat=True)) == [2025, 2026]


@pytest.mark.parametrize("first", ["wijk", "buurt"])
def test_buurten_are_part_of_their_wijk_in_either_order(load, polderwijk, first):
    features = {
        "wijk": [area("WK990101"), area("WK990102", place=(0.02, 0.01))],
        "buurt": [area("BU99010203", place=(0.02, 0.01)), area("BU99019999", place=(0.03, 0.01))],
    }
    load_wijken(load, area("WK990102", jaar=2025))
    for kind in sorted(features, key=lambda kind: kind != first):
        load_wijken(load, *features[kind], kind=kind)
    assert load_wijken(load, *features["buurt"], kind="buurt") == "0 new, 0 changed, 2 unchanged."
    with scopes_disabled():
        parents = (
            Area.objects.filter(kind="buurt").order_by("code").values_list("parent__code", "parent__year")
        )
        assert list(parents) == [("WK990102", 2026), (None, None)]


def test_an_area_outside_its_municipality_and_nothing_is_loaded(load, polderwijk):
    with pytest.raises(CommandError) as refused:
        load_wijken(load, area("WK990101"), area("WK990102", place=(0.5, 0)), area("WK990201"))
    first, second = str(refused.value).splitlines()
    assert first.endswith("x.json, feature 2: Area WK990102 lies outside the boundary of Polderwijk.")
    assert second.endswith("x.json, feature 3: Area WK990201 is not of municipality GM9901.")
    assert rows()[1] == []


def test_only_this_municipality(load, polderwijk):
    both = area("WK990101"), area("WK990201")
    printed = load_wijken(load, *both, only_this_municipality=True)
    assert printed == "1 new, 0 changed, 0 unchanged, 1 left out."


def test_the_municipality_and_year_that_are_asked_for(load, polderwijk):
    def refusal(code, **options):
        with pytest.raises(CommandError) as refused:
            load(
                "load_areas",
                collection(area("WK990101", jaar=None)),
                municipality=code,
                kind="wijk",
                **options,
            )
        return str(refused.value)

    assert refusal("GM9909").endswith(
        "x.json: Municipality GM9909 is not known; load the municipalities first."
    )
    assert "The code 'Polderwijk' is malformed" in refusal("Polderwijk")
    assert refusal("GM9901", year=99999).endswith("The year 99999 can't be read.")
    printed = load("load_areas", collection(area("WK990101", jaar=None)), municipality="9901", kind="wijk")
    assert printed == "1 new, 0 changed, 0 unchanged."
    with scopes_disabled():
        assert Area.objects.get().year == 2026


def test_the_number_of_queries_does_not_grow(load, django_assert_max_num_queries):
    for amount in (1, 60):
        towns = [town(statcode=f"GM98{n:02}", statnaam=f"Town {n}") for n in range(amount)]
        with django_assert_max_num_queries(8):
            load("load_municipalities", collection(*towns))


def test_boundaries_refused_names_every_feature(tmp_path):
    source = written(tmp_path / "y.json", collection(feature({}, TOWN), {}))
    with pytest.raises(boundaries.BoundariesRefused) as refused:
        boundaries.load_municipalities(source=source)
    told = sorted((refusal.source, refusal.number) for refusal in refused.value.refusals)
    assert told == [(source, 1), (source, 2)]


@pytest.mark.skipif(
    not GEMEENTEN.exists(), reason="the real boundaries (PORTAL_SHARED) are not on this machine"
)
def test_the_real_files(load):
    assert load("load_municipalities", GEMEENTEN) == "342 new, 0 changed, 0 unchanged."
    wijken = {"municipality": "GM0361", "kind": "wijk"}
    assert load("load_areas", WIJKEN, **wijken) == "8 new, 0 changed, 0 unchanged."
    before = rows()
    assert load("load_municipalities", GEMEENTEN) == "0 new, 0 changed, 342 unchanged."
    assert load("load_areas", WIJKEN, **wijken) == "0 new, 0 changed, 8 unchanged."
    assert rows() == before
    assert Municipality.objects.filter(boundary_year=2024).count() == 342
    alkmaar = Municipality.objects.get(code="GM0361")
    point = Point(4.7534, 52.6324, srid=4326)
    with scopes_disabled():
        assert {one.code for one in Area.objects.all() if one.geometry.covers(point)} == {"WK036108"}
        assert Area.objects.get(pk=places.area_of(municipality=alkmaar, point=point)).name == "Centrum"
        assert not [one.code for one in Area.objects.all() if not one.geometry.valid]
    assert not [one.code for one in Municipality.objects.all() if not one.boundary.valid]


@pytest.mark.skipif(not WIJKEN.exists(), reason="the real boundaries (PORTAL_SHARED) are not on this machine")
def test_the_real_wijken_moved_or_renamed_are_refused(load, tmp_path):
    load("load_municipalities", GEMEENTEN)
    for code, move, reason in [
        ("WK036101", 0.1, "Area WK036101 lies outside the boundary of Alkmaar."),
        ("WK036301", 0.0, "Area WK036301 is not of municipality GM0361."),
    ]:
        document = json.loads(WIJKEN.read_text(encoding="utf-8"))
        document["features"][0]["properties"]["wijkCode"] = code
        for rings in document["features"][0]["geometry"]["coordinates"]:
            for position in rings[0]:
                position[0] -= move
        with pytest.raises(CommandError) as refused:
            load("load_areas", document, municipality="GM0361", kind="wijk")
        assert str(refused.value).endswith(f"x.json, feature 1: {reason}")
        assert rows()[1] == []
