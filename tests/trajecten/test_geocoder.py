"""The geocoder's client, over real HTTP against the stand-in, and its reading of answers."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import httpx
import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from trajecten.demo import town
from trajecten.demo.locatieserver import PATH, Locatieserver
from trajecten.domain import geocoder
from trajecten.domain.geocoder import Address, GeocoderUnavailable, cleaned, nearest, parsed, search

DOC = {
    "id": "adr-1",
    "weergavenaam": "Kerkstraat 4A-2, 1999BB Polderwijk",
    "straatnaam": "Kerkstraat",
    "huisnummer": 4,
    "huis_nlt": "4A-2",
    "postcode": "1999BB",
    "woonplaatsnaam": "Polderwijk",
    "gemeentecode": "9901",
    "centroide_ll": "POINT(5.2431 52.54)",
}
ADDRESS = Address(
    id="adr-1",
    label="Kerkstraat 4A-2, 1999BB Polderwijk",
    street="Kerkstraat",
    number="4A-2",
    postcode="1999BB",
    town="Polderwijk",
    municipality_code="GM9901",
    lat=52.54,
    lon=5.2431,
)


def answer(*docs: Any) -> dict[str, Any]:
    return {"response": {"numFound": len(docs), "start": 0, "maxScore": 1.0, "docs": list(docs)}}


@pytest.fixture(autouse=True)
def own_cache(settings: Any) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


@pytest.fixture
def server(settings: Any) -> Iterator[Locatieserver]:
    with Locatieserver() as running:
        settings.GEOCODER_URL = running.url
        yield running


def labels(query: str, name: str = "Polderwijk", **options: Any) -> list[str]:
    return [address.label for address in search(query, municipality_name=name, **options)]


# -- Reading an answer


def test_an_answer_becomes_addresses():
    assert parsed(answer(DOC)) == [ADDRESS]


@pytest.mark.parametrize(
    "change",
    [
        {"centroide_ll": None},
        {"centroide_ll": "POINT(5.2431)"},
        {"centroide_ll": "POINT(nan nan)"},
        {"centroide_ll": "POINT(5.24 91)"},
        {"centroide_ll": "POINT(999 52)"},
        {"centroide_ll": "LINESTRING(5 52, 6 52)"},
        {"centroide_ll": "POINT(5.24 52.54); DROP"},
        {"centroide_ll": [5.24, 52.54]},
        {"weergavenaam": ""},
        {"weergavenaam": 7},
    ],
)
def test_a_doc_without_a_point_or_label_is_left_out(change):
    assert parsed(answer(DOC | change, DOC)) == [ADDRESS]


@pytest.mark.parametrize("code", ["", "GM9901", "99", "99011", "９９０１", None, 9901])
def test_a_malformed_municipality_code_is_left_empty(code):
    assert parsed(answer(DOC | {"gemeentecode": code}))[0].municipality_code == ""


def test_a_leading_zero_of_the_municipality_code_stays():
    assert parsed(answer(DOC | {"gemeentecode": "0363"}))[0].municipality_code == "GM0363"


@pytest.mark.parametrize("document", [None, [], "x", {}, {"response": []}, {"response": {"docs": {}}}])
def test_what_is_not_an_answer_is_refused(document):
    with pytest.raises(GeocoderUnavailable):
        parsed(document)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
POINTS = st.one_of(
    JSON, st.builds("POINT({} {})".format, st.floats(), st.floats()), st.just("POINT(5.2 52.5)")
)
DOCS = st.fixed_dictionaries({}, optional=dict.fromkeys(DOC, JSON) | {"centroide_ll": POINTS})


@given(JSON)
def test_any_json_is_read_or_refused(document):
    try:
        parsed(document)
    except GeocoderUnavailable:
        return
    assert isinstance(document["response"]["docs"], list)


@given(st.lists(DOCS, max_size=4))
def test_what_is_read_has_a_label_and_lies_on_earth(docs):
    for address in parsed(answer(*docs)):
        assert address.label.strip()
        assert -90 <= address.lat <= 90
        assert -180 <= address.lon <= 180
        assert json.loads(json.dumps(address.__dict__, allow_nan=False)) == address.__dict__


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_a_point_is_read_longitude_first(lon, lat):
    lon, lat = round(lon, 8), round(lat, 8)
    (address,) = parsed(answer(DOC | {"centroide_ll": f"POINT({lon:.8f} {lat:.8f})"}))
    assert (address.lon, address.lat) == (lon, lat)


# -- The query


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("  Kerkstraat   4 ", "kerkstraat 4"),
        ("1999 AB", "1999ab"),
        ("Kerkstraat 4, 1999 ab Polderwijk", "kerkstraat 4, 1999ab polderwijk"),
        ("'s-Gravenweg 2-bis", "'s-gravenweg 2-bis"),
        ("Skûtsjekade", "skûtsjekade"),
        ('kerk* OR (id:1) && straat~2 "x" [a TO b]', "kerk or id 1 straat 2 x a to b"),
        ("-kerk +straat !plein", "kerk straat plein"),
        ("a\x00b\nc\\d/e_f", "a b c d e f"),
        ("", ""),
    ],
)
def test_a_query_is_cleaned(typed, asked):
    assert cleaned(typed) == asked


@given(st.text(max_size=300))
def test_a_cleaned_query_is_short_and_stays_as_it_is(typed):
    once = cleaned(typed)
    assert len(once) <= 3 * geocoder.LONGEST_QUERY  # a letter may become two in lower case
    assert not set(once) & set('+!(){}[]^"~*?:\\/&|_\n\x00')
    assert once.strip() == once
    assert len(once) > geocoder.LONGEST_QUERY or cleaned(once) == once


@pytest.mark.parametrize("typed", ["", "ke", "  4 ", "(((", "*:*"])
def test_too_little_asks_nothing(server, typed):
    assert search(typed, municipality_name="Polderwijk") == []
    assert server.asked == []


# -- Searching, over HTTP


def test_an_address_is_found_with_its_point(server):
    door = town.addresses("BU99010100")[0]
    found = search(f"{door.street} {door.number}", municipality_name="Polderwijk")[0]
    assert (found.label, found.lat, found.lon) == (door.label, door.lat, door.lon)
    assert (found.street, found.number, found.postcode) == (door.street, str(door.number), door.postcode)
    assert (found.town, found.municipality_code) == ("Polderwijk", "GM9901")


@pytest.mark.parametrize("typed", ["kerkstr 4", "KERKSTRAAT 4", "kerkstraat 4 polderwijk", "4 kerkstraat"])
def test_search_is_tolerant(server, typed):
    assert labels(typed)[0].startswith("Kerkstraat 4, 1999")


def test_a_name_without_its_accents_is_found(server):
    assert labels("skutsjekade 2")[0].startswith("Skûtsjekade 2, ")


def test_a_postcode_is_found_with_and_without_a_space(server):
    postcode = town.addresses("BU99010200")[0].postcode
    expected = [door.label for door in town.addresses() if door.postcode == postcode]
    assert sorted(labels(postcode, rows=50)) == sorted(expected)
    assert labels(f"{postcode[:4]} {postcode[4:].lower()}", rows=50) == labels(postcode, rows=50)


def test_search_stays_in_the_municipality(server):
    assert labels("dorpsstraat 1") == []
    assert labels("dorpsstraat 1", name="Veenrade")[0].startswith("Dorpsstraat 1, ")
    assert labels("kerkstraat 4", name="Veenrade") == []


def test_at_most_the_rows_asked(server):
    assert len(labels("lindelaan")) == 7
    assert len(labels("lindelaan", rows=3)) == 3


def test_nothing_found_is_no_error(server):
    assert labels("zzyzx") == []


def test_only_documented_parameters_are_sent(server):
    search("kerkstraat", municipality_name='Den "Haag"\\')
    nearest(52.54, 5.25)
    (free, sent), (reverse, sent_reverse) = server.asked
    assert free == "free"
    assert {name for name, _ in sent} == {"q", "fq", "fl", "rows"}
    assert [value for name, value in sent if name == "fq"] == [
        "type:adres",
        "bron:BAG",
        'gemeentenaam:("Den  Haag  ")',
    ]
    assert reverse == "reverse"
    assert dict(sent_reverse) == {
        "lat": "52.540000",
        "lon": "5.250000",
        "type": "adres",
        "distance": "30",
        "fl": geocoder.FIELDS,
        "rows": "1",
    }


def test_nearest_is_the_door_one_stands_at(server):
    door = town.addresses("BU99010300")[5]
    found = nearest(door.lat + 0.00001, door.lon)
    assert (found.lat, found.lon, found.street) == (door.lat, door.lon, door.street)


def test_nothing_is_nearest_in_the_middle_of_the_lake(server):
    assert nearest(52.5, 5.2) is None


# -- The cache


def test_the_same_search_is_asked_once(server):
    assert labels("kerkstraat 4") == labels("Kerkstraat  4")
    assert len(server.asked) == 1
    labels("kerkstraat 4", name="Veenrade")
    labels("kerkstraat 4", rows=2)
    assert len(server.asked) == 3


def test_nothing_found_is_remembered_too(server):
    assert labels("zzyzx") == labels("zzyzx") == []
    assert len(server.asked) == 1


def test_a_cache_that_is_away_costs_nothing_but_time(server, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1",
        }
    }
    assert labels("kerkstraat 4")[0].startswith("Kerkstraat 4, ")
    assert labels("kerkstraat 4")
    assert len(server.asked) == 2


# -- Away, slow, or talking nonsense


def test_a_failure_is_told_and_not_remembered(server):
    server.fail = True
    with pytest.raises(GeocoderUnavailable):
        labels("kerkstraat 4")
    with pytest.raises(GeocoderUnavailable):
        nearest(52.54, 5.25)
    server.fail = False
    assert labels("kerkstraat 4")


def test_a_slow_geocoder_is_given_up_in_time(server, settings):
    settings.GEOCODER_TIMEOUT = 0.3
    server.delay = 20.0
    started = time.monotonic()
    with pytest.raises(GeocoderUnavailable):
        labels("kerkstraat 4")
    assert 0.25 < time.monotonic() - started < 1.5


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "http://[", "nonsense", "ftp://127.0.0.1/", ""])
def test_a_geocoder_that_is_not_there(settings, url):
    settings.GEOCODER_URL = url
    with pytest.raises(GeocoderUnavailable):
        labels("kerkstraat 4")


class Dripping(BaseHTTPRequestHandler):
    """Answers what the test says; a part at a time when it says so."""

    status, parts, pause, stop = 200, (b"",), 0.0, Event()

    def do_GET(self) -> None:
        self.send_response(self.status)
        self.send_header("Location", "http://127.0.0.1:1/")
        self.end_headers()
        for part in self.parts:
            self.wfile.write(part)
            self.stop.wait(self.pause)

    def log_message(self, *args: Any) -> None:
        pass


class Quiet(HTTPServer):
    def handle_error(self, *args: Any) -> None:
        """The client hung up, as it should."""


@pytest.fixture
def odd(settings: Any) -> Iterator[type[Dripping]]:
    handler = type("Odd", (Dripping,), {"stop": Event()})
    running = Quiet(("127.0.0.1", 0), handler)
    thread = Thread(target=running.serve_forever, args=(0.05,))
    thread.start()
    settings.GEOCODER_URL = f"http://127.0.0.1:{running.server_address[1]}/v3_1/"
    yield handler
    handler.stop.set()
    running.shutdown()
    running.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b""),
        (200, b"<html>Onderhoud</html>"),
        (200, b"\xff\xfe\x00"),
        (200, b'{"response": null}'),
        (200, b"[" * 100_000),
        (200, b'{"response": {"docs": [' + b" " * 1_100_000 + b"]}}"),
        (204, b""),
        (301, b""),
        (404, b"{}"),
        (403, json.dumps(answer(DOC)).encode()),
        (429, b""),
        (500, b""),
    ],
)
def test_nonsense_is_unavailable(odd, status, body):
    odd.status, odd.parts = status, (body,)
    with pytest.raises(GeocoderUnavailable):
        labels("kerkstraat 4")


@pytest.mark.parametrize("status", [400, 414, 422])
def test_a_query_that_the_geocoder_refuses_finds_nothing(odd, status):
    odd.status, odd.parts = status, (json.dumps(answer(DOC)).encode(),)
    assert labels("kerkstraat 4") == []


def test_an_answer_in_drops_is_given_up_in_time(odd, settings):
    """Each drop comes within the time that the HTTP client waits for one."""
    settings.GEOCODER_TIMEOUT = 0.4
    odd.parts, odd.pause = (b" ",) * 100, 0.1
    started = time.monotonic()
    with pytest.raises(GeocoderUnavailable):
        labels("kerkstraat 4")
    assert time.monotonic() - started < 1.5


def test_more_at_once_than_can_wait_are_refused_without_waiting(server, settings):
    settings.GEOCODER_TIMEOUT = 5.0
    server.delay = 20.0
    refused: list[str] = []

    def look_up(number: int) -> None:
        try:
            search(f"kerkstraat {number}", municipality_name="Polderwijk")
        except GeocoderUnavailable as error:
            refused.append(str(error))

    threads = [Thread(target=look_up, args=(n,)) for n in range(geocoder.MOST_AT_ONCE)]
    for thread in threads:
        thread.start()
    _wait_for(lambda: len(server.asked) == geocoder.MOST_AT_ONCE)
    started = time.monotonic()
    with pytest.raises(GeocoderUnavailable, match="Too many"):
        labels("breestraat")
    assert time.monotonic() - started < 0.5
    server._stopping.set()  # let those that wait go, so that the next test finds room
    for thread in threads:
        thread.join()
    server.delay = 0.0
    _wait_for(lambda: bool(_room()))
    assert labels("breestraat")
    assert refused == []


def _room() -> bool:
    try:
        nearest(52.54, 5.25)
    except GeocoderUnavailable:
        return False
    return True


def _wait_for(condition: Any) -> None:
    until = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


# -- The stand-in, as strict as the real one


def asked(server: Locatieserver, service: str, **parameters: Any) -> tuple[int, dict[str, Any]]:
    with httpx.Client() as client:
        response = client.get(server.url + service, params=parameters)
    return response.status_code, response.json()


def test_suggest_gives_labels_with_what_matched_marked(server):
    status, found = asked(
        server, "suggest", q="kerkstr 4", fq=["type:adres", "gemeentenaam:(polderwijk)"], rows=2
    )
    assert status == 200
    assert set(found["response"]) == {"numFound", "start", "maxScore", "numFoundExact", "docs"}
    first = found["response"]["docs"][0]
    assert set(first) == {"id", "type", "weergavenaam", "score"}
    assert found["highlighting"][first["id"]]["suggest"][0].startswith("<b>Kerkstr</b>aat <b>4</b>, 1999")
    assert found["response"]["numFound"] > len(found["response"]["docs"]) == 2


def test_lookup_gives_every_field_of_one_address(server):
    _, found = asked(server, "suggest", q="kerkstraat 4", rows=1)
    _, looked_up = asked(server, "lookup", id=found["response"]["docs"][0]["id"])
    (doc,) = looked_up["response"]["docs"]
    assert doc["straatnaam"] == "Kerkstraat"
    assert (doc["huisnummer"], doc["huis_nlt"]) == (4, "4")
    assert (doc["gemeentecode"], doc["wijkcode"], doc["type"]) == ("9901", "WK990100", "adres")
    assert doc["buurtcode"].startswith("BU990100")
    east, north = map(float, doc["centroide_rd"].removeprefix("POINT(").rstrip(")").split())
    assert 145_000 < east < 150_000
    assert 505_000 < north < 507_000
    assert asked(server, "lookup", id="adr-0")[1]["response"]["docs"] == []


def test_reverse_gives_the_nearest_first_with_their_distance(server):
    door = town.addresses("BU99010101")[0]
    _, found = asked(server, "reverse", lat=door.lat, lon=door.lon, rows=5)
    far = [doc["afstand"] for doc in found["response"]["docs"]]
    assert far == sorted(far)
    assert far[0] == 0
    _, none = asked(server, "reverse", lat=52.5, lon=5.2, distance=30)
    assert none["response"]["docs"] == []


def test_pages_and_fields(server):
    _, whole = asked(server, "free", q="lindelaan", fl="id", rows=6)
    _, second = asked(server, "free", q="lindelaan", fl="id", rows=3, start=3)
    assert second["response"]["docs"] == whole["response"]["docs"][3:]
    assert set(second["response"]["docs"][0]) == {"id"}


def test_filters_on_several_names(server):
    _, both = asked(server, "free", q="1", fq='gemeentenaam:(polderwijk OR "veenrade")', rows=0)
    _, one = asked(server, "free", q="1", fq="gemeentenaam:Veenrade", rows=0)
    assert both["response"]["numFound"] > one["response"]["numFound"] > 0


@pytest.mark.parametrize(
    ("service", "parameters"),
    [
        ("suggest", {}),
        ("suggest", {"q": ""}),
        ("suggest", {"q": "kerkstraat", "limit": "3"}),
        ("free", {"q": "kerkstraat", "municipality": "Polderwijk"}),
        ("free", {"q": "kerkstraat", "fq": "colour:red"}),
        ("free", {"q": "kerkstraat", "rows": "many"}),
        ("lookup", {}),
        ("reverse", {"lat": "52.5"}),
        ("reverse", {"lat": "north", "lon": "5"}),
        ("reverse", {"lat": "52.5", "lon": "5.2", "type": "gemeente"}),
    ],
)
def test_what_the_real_one_refuses_is_refused(server, service, parameters):
    status, body = asked(server, service, **parameters)
    assert status == 400
    assert body["message"]


def test_an_unknown_service_is_not_found(server):
    assert asked(server, "search", q="kerkstraat")[0] == 404


def test_the_command_refuses_a_file_that_is_no_address_list(tmp_path):
    (tmp_path / "list.json").write_text('{"Polderwijk": [{"street": "Kerkstraat"}]}')
    for name in ("list.json", "absent.json"):
        with pytest.raises(CommandError, match=name):
            call_command("geocoder_standin", "--addresses", tmp_path / name)


def test_the_command_serves_an_own_list_until_it_is_told_to_stop(tmp_path, settings):
    """In a process of its own, stopped as a supervisor stops it."""
    block = {
        "street": "Vuurtorenweg",
        "postcode": "1995ZZ",
        "area": "BU99020000",
        "points": [[5.2, 52.5, 7, 9]],
    }
    root, addresses = settings.BASE_DIR, tmp_path / "own.json"
    addresses.write_text(json.dumps({"Veenrade": [block]}))
    command = [sys.executable, "manage.py", "geocoder_standin", "--addresses", str(addresses)]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        try:
            line = process.stdout.readline().strip()
            assert line.startswith("2 addresses at http://127.0.0.1:")
            assert line.endswith(PATH)
            with urlopen(f"{line.split()[-1]}free?{urlencode({'q': 'vuurtoren 9'})}") as response:
                assert json.load(response)["response"]["docs"][0]["huisnummer"] == 9
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
