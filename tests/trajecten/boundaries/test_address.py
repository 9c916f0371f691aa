"""Reading GeoJSON from an address, page by page, from a server on this machine."""

import gzip
import json
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import translation

from tests.geojson import collection, town
from trajecten.domain.boundaries import sources
from trajecten.domain.boundaries.municipalities import records_of
from trajecten.domain.boundaries.refusals import BoundariesRefused


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


class Server(ThreadingHTTPServer):
    """``answers``: by path, a status, headers and body, or a function that writes to the socket itself."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = {}
        self.asked = []
        self.base = f"http://127.0.0.1:{self.server_address[1]}"

    def has(self, path, document, status=200, **headers):
        body = document if isinstance(document, bytes) else json.dumps(document).encode()
        self.answers[path] = (status, headers, body)
        return self.base + path


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append((self.path, self.headers["Accept"]))
        status, headers, body = self.server.answers.get(self.path, (404, {}, b"not here"))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        with suppress(BrokenPipeError, ConnectionResetError):  # a reader that has had enough
            self.wfile.write(body)

    def log_message(self, *args):
        """Silent."""


@pytest.fixture
def server():
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def page(code, following=None):
    links = [{"rel": "self", "href": "x"}, {"rel": "next", "href": following}] if following else []
    return collection(town(statcode=code), links=links)


def refusal(address):
    with pytest.raises(BoundariesRefused) as refused:
        sources.read(address)
    (only,) = refused.value.refusals
    assert (only.source, only.number) == (address, None)
    return only.reason


def test_pages_are_followed_absolute_and_relative(server):
    first = server.has("/items?f=json&limit=1", page("GM9901", f"{server.base}/items?cursor=a"))
    server.has("/items?cursor=a", page("GM9902", "?cursor=b"))
    server.has("/items?cursor=b", page("GM9903"))
    pages = sources.read(first)
    assert [record.code for record in records_of(pages)[0]] == ["GM9901", "GM9902", "GM9903"]
    assert [path for path, _accept in server.asked] == [
        "/items?f=json&limit=1",
        "/items?cursor=a",
        "/items?cursor=b",
    ]
    assert {accept for _path, accept in server.asked} == {"application/geo+json, application/json"}


def test_a_refused_feature_is_told_with_its_page(server):
    server.has("/a", page("GM9901", "/b"))
    server.has("/b", page("GM99"))
    with pytest.raises(BoundariesRefused, match=r"/b, feature 1: The code 'GM99' is malformed"):
        records_of(sources.read(server.base + "/a"))


def test_a_redirect_and_a_packed_answer(server):
    packed = gzip.compress(json.dumps(page("GM9901")).encode())
    server.has("/new", packed, Content_Encoding="gzip")
    address = server.has("/old", b"", status=301, Location="/new")
    assert len(records_of(sources.read(address))[0]) == 1


def test_addresses_that_cannot_be_read(server):
    assert refusal(f"{server.base}/nowhere") == "The server answered 404."
    assert refusal(server.has("/html", b"<html>")) == "This is not JSON: line 1, column 1."
    assert refusal(server.has("/round", b"", status=302, Location="/round")).startswith(
        "This address can't be read"
    )
    assert refusal(server.has("/packed", b"{}", Content_Encoding="gzip")).startswith(
        "This address can't be read"
    )
    assert refusal("http://").startswith("This address can't be read")
    assert refusal("https://[::1").startswith("This address can't be read")


def test_a_server_that_is_not_there():
    with Server() as gone:
        address = gone.base
    assert refusal(address).startswith("This address can't be read: ")


@pytest.mark.parametrize("link", ["http://127.0.0.2/items", "https://example.org/", "ftp://127.0.0.1/"])
def test_a_next_page_elsewhere_is_not_asked_for(server, link):
    assert refusal(server.has("/a", page("GM9901", link))) == f"The next page is on another server: {link!r}."
    assert len(server.asked) == 1


def test_pages_that_go_round(server, monkeypatch):
    server.has("/b", page("GM9902", "/a"))
    assert refusal(server.has("/a", page("GM9901", "/b"))).startswith("The pages go round in a circle")
    monkeypatch.setattr(sources, "MAX_PAGES", 3)
    for number in range(5):
        server.has(f"/{number}", page("GM9901", f"/{number + 1}"))
    assert refusal(server.base + "/0").endswith("or are more than 3.")
    assert [path for path, _accept in server.asked[2:]] == ["/0", "/1", "/2"]


def test_no_more_is_read_than_the_limit_over_all_pages_unpacked(server, monkeypatch):
    monkeypatch.setattr(sources, "MAX_BYTES", 3_000_000)
    bomb = gzip.compress(b" " * 20_000_000)
    assert refusal(server.has("/bomb", bomb, Content_Encoding="gzip")).startswith("This is larger than 3 MB")
    server.has("/b", {**page("GM9902"), "filler": "x" * 2_000_000})
    first = server.has("/a", {**page("GM9901", "/b"), "filler": "x" * 2_000_000})
    assert refusal(first).startswith("This is larger than 3 MB")


def test_a_slow_server_is_left(server, monkeypatch):
    monkeypatch.setattr(sources, "TOTAL_SECONDS", 0.2)
    slow = collection(town(), filler="x" * 3_000_000)
    address = server.has("/slow", slow)
    monkeypatch.setattr(
        Handler, "end_headers", lambda self: (time.sleep(0.3), BaseHTTPRequestHandler.end_headers(self))
    )
    assert refusal(address) == "The server took longer than 0 seconds."


def test_a_silent_server_is_left(server, monkeypatch):
    monkeypatch.setattr(sources, "SILENT_SECONDS", 0.1)
    address = server.has("/silent", page("GM9901"))
    monkeypatch.setattr(
        Handler, "end_headers", lambda self: (time.sleep(0.5), BaseHTTPRequestHandler.end_headers(self))
    )
    assert refusal(address).startswith("This address can't be read")
