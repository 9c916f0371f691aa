"""The coordinator's pages of keys, and the page for developers."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtschouw.domain.open311 import keys
from buurtschouw.models import ApiKey
from tests.buurtschouw.open311.facts import BASE
from tests.factories.core import StaffRoleFactory, UserFactory
from tests.factories.open311 import api_key
from trajecten.enums import Role
from trajecten.models import Activity

pytestmark = pytest.mark.django_db

PAGE = "/polderwijk/werk/koppelingen/open311/"
WORDS = re.compile(r"o311_[0-9a-f]{12}_[\w-]{43}")


@pytest.fixture
def fields() -> dict[str, Any]:
    return {
        "name": "App van de woningbouw",
        "may_report": "on",
        "requests_per_minute": 60,
        "reports_per_hour": 20,
        "media_hosts": "Photos.example.org\n\nphotos.example.org cdn.example.net",
    }


def text_of(response: Any) -> str:
    return response.content.decode()


def opens(words: str) -> bool:
    return Client().get(f"{BASE}/services.json", {"api_key": words}).status_code == 200


def test_a_key_is_shown_once_and_kept_as_a_hash(
    coordinator_client: Client, coordinator: Any, fields: Any, in_scope: Any
) -> None:
    own = coordinator_client.post(f"{PAGE}nieuw/", {**fields, "may_read": "on"}).url
    shown = WORDS.findall(text_of(coordinator_client.get(own)))
    again = WORDS.findall(text_of(coordinator_client.get(own)))
    assert (len(shown), again) == (1, [])
    key = ApiKey.objects.get()
    assert (key.owner, key.may_report, key.may_update) == (coordinator, True, False)
    assert key.hosts == ["photos.example.org", "cdn.example.net"]
    secret = shown[0].split("_", 2)[2]
    assert secret not in str(vars(key))
    assert len(key.secret_hash) == 64
    assert opens(shown[0])
    key.refresh_from_db()
    assert timezone.now() - key.last_used_at < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"may_report": ""}, "may_read"),
        ({"requests_per_minute": 0}, "requests_per_minute"),
        ({"requests_per_minute": 601}, "requests_per_minute"),
        ({"reports_per_hour": 10_001}, "reports_per_hour"),
        ({"media_hosts": "https://photos.example.org/"}, "media_hosts"),
        ({"media_hosts": "127.0.0.1"}, "media_hosts"),
        ({"media_hosts": "localhost"}, "media_hosts"),
        ({"media_hosts": "photos.example.org:8443"}, "media_hosts"),
    ],
)
def test_a_key_with_a_mistake_comes_back(
    coordinator_client: Client, in_scope: Any, coordinator: Any, fields: Any, change: Any, field: str
) -> None:
    page = coordinator_client.post(f"{PAGE}nieuw/", {**fields, **change})
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert not ApiKey.objects.exists()
    key, _words = api_key(in_scope, coordinator)
    page = coordinator_client.post(f"{PAGE}{key.pk}/", {**fields, **change})
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])


def test_a_key_is_changed_renewed_and_revoked_and_that_is_written_down(
    coordinator_client: Client, in_scope: Any, coordinator: Any, fields: Any
) -> None:
    maker = UserFactory(name="Vorige coördinator")
    key, first = api_key(in_scope, maker)
    own = f"{PAGE}{key.pk}/"

    coordinator_client.post(own, fields)
    key.refresh_from_db()
    assert (key.name, key.may_update, key.owner) == (fields["name"], False, maker)

    (second,) = WORDS.findall(text_of(coordinator_client.post(f"{own}vernieuwen/", follow=True)))
    key.refresh_from_db()
    assert key.owner == coordinator
    coordinator_client.post(own, {**fields, "may_read": "on"})
    assert (opens(first), opens(second)) == (False, True)

    for _time in range(2):
        page = text_of(coordinator_client.post(f"{own}intrekken/", follow=True))
    assert "It opens nothing any more." in page
    assert not opens(second)
    assert coordinator_client.post(f"{own}vernieuwen/").url == own
    assert not WORDS.search(text_of(coordinator_client.get(own)))
    acts = Activity.objects.filter(object_id=key.pk, verb__startswith="open311_key_").order_by("pk")
    verbs = [act.verb.removeprefix("open311_key_") for act in acts]
    assert verbs == ["made", "changed", "renewed", "changed", "revoked"]
    for verb in ("Made", "Changed", "Renewed", "Revoked"):
        assert f": {verb} (" in page


def test_another_key_is_not_shown_the_words_of_this_one(
    coordinator_client: Client, in_scope: Any, coordinator: Any
) -> None:
    key, other = api_key(in_scope, coordinator)[0], api_key(in_scope, coordinator)[0]
    renewed = coordinator_client.post(f"{PAGE}{key.pk}/vernieuwen/").url
    assert not WORDS.search(text_of(coordinator_client.get(f"{PAGE}{other.pk}/")))
    assert WORDS.search(text_of(coordinator_client.get(renewed)))


def test_a_key_of_another_municipality_is_not_found(
    coordinator_client: Client, other_municipality: Any, coordinator: Any
) -> None:
    elsewhere = api_key(other_municipality, coordinator)[0]
    assert coordinator_client.get(f"{PAGE}{elsewhere.pk}/").status_code == 404


def test_the_list_takes_as_many_queries_for_thirty_as_for_one(
    coordinator_client: Client, in_scope: Any, coordinator: Any, municipality: Any
) -> None:
    def one_more() -> None:
        owner = StaffRoleFactory(user=UserFactory(), municipality=municipality, role=Role.COORDINATOR).user
        api_key(in_scope, owner)

    one_more()
    coordinator_client.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        coordinator_client.get(PAGE)
    for _number in range(29):
        one_more()
    with CaptureQueriesContext(connection) as thirty:
        page = coordinator_client.get(PAGE)
    assert "30 keys" in text_of(page)
    assert len(one) == len(thirty)


def test_recognising_a_key_asks_one_row_and_writes_once_a_minute(in_scope: Any, coordinator: Any) -> None:
    _key, words = api_key(in_scope, coordinator)
    with CaptureQueriesContext(connection) as first:
        assert keys.recognise(words)
    with CaptureQueriesContext(connection) as second:
        assert keys.recognise(words)
    assert (len(first), len(second)) == (2, 1)


def test_developers_read_where_it_is_and_what_may_be_asked(
    client: Client, schouw: Any, asks: Any, settings: Any, in_scope: Any, coordinator: Any
) -> None:
    settings.OPEN311_REQUESTS_PER_MINUTE = 45
    settings.BASE_URL = "https://portaal.example.org"
    _key, words = api_key(in_scope, coordinator)
    page = text_of(client.get("/polderwijk/open311/"))
    assert "https://portaal.example.org/polderwijk/open311/discovery.json" in page
    assert f"https://portaal.example.org/polderwijk/open311/v2/services/{asks.pk}.json" in page
    assert "up to 45 calls a minute" in page
    assert schouw.municipality.code in page
    assert words[:17] not in page
