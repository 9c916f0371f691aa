"""Photos that are sent as an address: fetched afterwards, from servers that the key names, and from nowhere inside."""

import socket
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from django.utils import timezone

from buurtschouw.domain.history import history
from buurtschouw.domain.my_data import reports
from buurtschouw.domain.open311 import photos
from buurtschouw.models import AwaitedPhoto, Report
from tests.factories.open311 import api_key
from tests.hostile import files
from trajecten.domain.photos import attachments, cleaning
from trajecten.models import Activity

pytestmark = pytest.mark.django_db

HOST = "photos.example.org"
URL = f"https://{HOST}/album/1.jpg"


@pytest.fixture
def given(sent: Any, in_scope: Any, coordinator: Any) -> dict[str, Any]:
    """A service request with a photo, by a system whose photos are fetched."""
    words = api_key(in_scope, coordinator, media_hosts=f"elders.example.org\n{HOST}")[1]
    return {**sent, "api_key": words, "media_url": URL}


class Outside:
    """A server that this one can reach, in the place of the network: what it is asked, and what it answers."""

    def __init__(self) -> None:
        self.asked: list[httpx.Request] = []
        self.addresses = ["93.184.216.34"]
        self.status, self.headers, self.body = 200, {"Content-Type": "image/jpeg"}, files.jpeg()

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        return httpx.Response(self.status, headers=self.headers, content=self.body)

    def look_up(self, host: str, port: int, **_more: Any) -> list[Any]:
        if not self.addresses:
            raise socket.gaierror
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in self.addresses]


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> Iterator[Outside]:
    made = Outside()
    client = httpx.Client

    def through(**options: Any) -> httpx.Client:
        assert options["follow_redirects"] is options["trust_env"] is False
        return client(transport=httpx.MockTransport(made.answer), **options)

    monkeypatch.setattr(photos.httpx, "Client", through)
    monkeypatch.setattr(socket, "getaddrinfo", made.look_up)
    return made


def photos_of(report: Report) -> list[Any]:
    return list(attachments.of(report))


def test_the_photo_comes_after_the_report_and_waits_for_an_official(
    send: Any, given: Any, outside: Outside
) -> None:
    answer = send(given)
    report = Report.objects.get()
    assert (answer.status_code, outside.asked, photos_of(report)) == (201, [], [])
    assert "photo" not in answer.json()[0]["service_notice"]
    assert photos.fetch_due() == 1
    (photo,) = photos_of(report)
    assert not photo.is_public
    (asked,) = outside.asked
    assert (asked.url.host, asked.headers["Host"]) == ("93.184.216.34", HOST)
    assert asked.extensions["sni_hostname"] == HOST
    assert not AwaitedPhoto.objects.exists()
    assert Activity.objects.filter(verb="photo_added", object_id=report.pk).count() == 1
    send(given)
    assert (photos.fetch_due(), len(outside.asked)) == (0, 1)


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example.org/1.jpg",
        f"http://{HOST}/1.jpg",
        f"https://{HOST}:8443/1.jpg",
        f"https://{HOST}:x/1.jpg",
        f"https://iemand@{HOST}/1.jpg",
        f"https://{HOST}.elders.nl/1.jpg",
        f"https://127.0.0.1/{HOST}",
        f"ftp://{HOST}/1.jpg",
        "file:///etc/passwd",
        "1.jpg",
        f"https://{HOST}/{'x' * 500}",
    ],
)
def test_of_another_address_the_report_is_taken_and_the_photo_is_not(
    send: Any, given: Any, outside: Outside, url: str
) -> None:
    answer = send({**given, "media_url": url})
    assert answer.status_code == 201
    assert "The photo was not taken" in answer.json()[0]["service_notice"]
    assert (photos.fetch_due(), outside.asked) == (0, [])
    assert not AwaitedPhoto.objects.exists()


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["10.0.0.7"],
        ["169.254.169.254"],
        ["::1"],
        ["::ffff:10.0.0.7"],
        ["fd00::7"],
        ["224.0.0.1"],
        ["93.184.216.34", "192.168.1.7"],
    ],
)
def test_a_server_inside_is_never_asked(
    send: Any, given: Any, outside: Outside, addresses: list[str]
) -> None:
    outside.addresses = addresses
    send(given)
    assert (photos.fetch_due(), outside.asked) == (0, [])
    assert not AwaitedPhoto.objects.exists()
    report = Report.objects.get()
    told = "A photo that was sent as an address could not be fetched"
    assert told in [event.title for event in history(report)]
    assert told not in [event.title for event in history(report, own=True)]


@pytest.mark.parametrize(
    "change",
    [
        {"status": 404},
        {"status": 302, "headers": {"Location": "https://127.0.0.1/"}},
        {"headers": {"Content-Type": "text/html"}},
        {"body": b"<html>"},
        {"body": b""},
        {"body": b"x" * (cleaning.MAX_BYTES + 1)},
    ],
)
def test_what_is_no_photo_is_given_up_at_once(send: Any, given: Any, outside: Outside, change: Any) -> None:
    vars(outside).update(change)
    send(given)
    assert photos.fetch_due() == 0
    assert len(outside.asked) == 1
    assert not AwaitedPhoto.objects.exists()
    assert photos_of(Report.objects.get()) == []


@pytest.mark.parametrize("change", [{"status": 503}, {"addresses": []}])
def test_a_server_that_is_away_is_asked_again_later_and_not_for_ever(
    send: Any, given: Any, outside: Outside, change: Any
) -> None:
    vars(outside).update(change)
    send(given)
    for tries in range(1, photos.MOST_TRIES):
        assert photos.fetch_due() == 0
        waiting = AwaitedPhoto.objects.get()
        assert waiting.tries == tries
        pause = waiting.next_try_at - timezone.now()
        assert pause <= timedelta(minutes=2**tries) < pause + timedelta(minutes=1)
        assert photos.fetch_due() == 0
        assert AwaitedPhoto.objects.get().tries == tries
        AwaitedPhoto.objects.update(next_try_at=timezone.now())
    assert photos.fetch_due() == 0
    assert not AwaitedPhoto.objects.exists()


def test_a_server_that_the_key_names_no_more_is_not_asked(send: Any, given: Any, outside: Outside) -> None:
    send(given)
    waiting = AwaitedPhoto.objects.get()
    waiting.key.media_hosts = ""
    waiting.key.save()
    assert (photos.fetch_due(), outside.asked) == (0, [])


def test_what_is_erased_is_not_fetched_any_more(send: Any, given: Any, outside: Outside) -> None:
    send(given)
    reports.forget(Report.objects.get(), keeps_words=True)
    assert (photos.fetch_due(), outside.asked) == (0, [])
