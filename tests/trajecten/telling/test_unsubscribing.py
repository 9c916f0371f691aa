"""Stopping the mail of one category by its link: asked first, done on POST, undone by the same link."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from movisie_portal.logs import mask
from tests.factories.core import MunicipalityFactory, ParticipantFactory
from trajecten import registry
from trajecten.domain.telling import unsubscribing
from trajecten.enums import Channel, Frequency
from trajecten.models import Activity, Participant, Preference

pytestmark = pytest.mark.usefixtures("english")

CATEGORY = "my-supports"


@pytest.fixture
def supporter(in_scope: Any) -> Participant:
    made = ParticipantFactory()
    unsubscribing.stop(participant=made, category="my-work")
    return made


def link(participant: Participant, category: str = CATEGORY) -> str:
    address = unsubscribing.url(
        participant=participant, municipality=participant.municipality, category=category
    )
    return urlsplit(address).path


def muted(participant: Participant) -> list[str]:
    with scopes_disabled():
        rows = Preference.objects.filter(participant=participant, frequency=Frequency.NEVER)
        return list(rows.filter(channel=Channel.EMAIL).order_by("id").values_list("category", flat=True))


def test_following_the_link_only_asks(client: Client, supporter: Participant) -> None:
    for method in (client.get, client.head):
        assert method(link(supporter)).status_code == 200

    assert "mails you about reports that you support" in client.get(link(supporter)).content.decode()
    assert muted(supporter) == ["my-work"]


def test_the_button_stops_them_without_touching_others(client: Client, supporter: Participant) -> None:
    page = client.post(link(supporter), {"choice": "stop"})

    assert page.status_code == 200
    assert "no longer mails you about reports that you support" in page.content.decode()
    assert muted(supporter) == ["my-work", CATEGORY]


def test_a_mail_program_stops_them_in_one_click_without_cookies(supporter: Participant) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(link(supporter), {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert muted(supporter) == ["my-work", CATEGORY]


def test_stopping_twice_is_one_act(client: Client, supporter: Participant) -> None:
    client.post(link(supporter))
    client.post(link(supporter))

    assert muted(supporter) == ["my-work", CATEGORY]
    (act,) = Activity.objects.filter(details__category=CATEGORY)
    details = {"category": CATEGORY, "channel": "email", "frequency": "never"}
    assert (act.verb, act.target, act.details) == ("preference_chosen", supporter, details)


def test_who_stopped_can_let_them_come_again(client: Client, supporter: Participant) -> None:
    client.post(link(supporter))
    assert "Mail me again" in client.get(link(supporter)).content.decode()
    page = client.post(link(supporter), {"choice": "resume"})

    assert "You get these mails again" in page.content.decode()
    assert muted(supporter) == ["my-work"]


def test_the_page_shows_nobody_s_address_and_is_kept_by_no_cache(
    client: Client, supporter: Participant
) -> None:
    page = client.get(link(supporter))

    assert supporter.email not in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert "noindex" in page.content.decode()


def test_a_link_that_was_not_made_here_does_not_exist(client: Client, supporter: Participant) -> None:
    other = ParticipantFactory()
    payload, signature = link(supporter).rstrip("/").rsplit("/", 1)[1].split(".")
    other_payload = link(other).rstrip("/").rsplit("/", 1)[1].split(".")[0]
    for token in (f"{other_payload}.{signature}", f"{payload}.{signature[:-1]}", payload, "1", "x.y"):
        assert client.post(f"/polderwijk/geen-mail/{token}/").status_code == 404

    assert muted(other) == []
    assert muted(supporter) == ["my-work"]


@pytest.mark.parametrize("category", ["my-reports", "unheard-of"])
def test_mail_that_can_t_be_stopped_has_no_working_link(
    category: str, client: Client, supporter: Participant
) -> None:
    assert client.post(link(supporter, category)).status_code == 404
    assert muted(supporter) == ["my-work"]


def test_a_link_works_only_in_its_own_municipality(
    client: Client, supporter: Participant, other_municipality: Any
) -> None:
    address = link(supporter).replace("/polderwijk/", "/duinstad/")

    assert client.post(address).status_code == 404
    assert muted(supporter) == ["my-work"]


def test_the_link_of_who_is_gone_does_not_exist(client: Client, supporter: Participant) -> None:
    address = link(supporter)
    Participant.objects.filter(pk=supporter.pk).delete()

    assert client.get(address).status_code == 404


def test_two_municipalities_are_stopped_apart(client: Client, supporter: Participant) -> None:
    elsewhere = ParticipantFactory(municipality=MunicipalityFactory(other=True), email=supporter.email)
    client.post(link(supporter))

    assert muted(elsewhere) == []


def test_the_link_stands_in_no_log(supporter: Participant) -> None:
    address = link(supporter)
    token = address.rstrip("/").rsplit("/", 1)[1]

    assert mask(f"GET {address}") == f"GET {address.replace(token, '…')}"


def test_the_registry_says_what_is_stopped_and_refuses_the_rest() -> None:
    assert registry.stops(CATEGORY) == "reports that you support"
    with pytest.raises(KeyError):
        registry.stops("my-reports")
