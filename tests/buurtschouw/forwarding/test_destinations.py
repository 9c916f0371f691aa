"""Other systems: keeping them with their key, reading their categories, and choosing one for each theme."""

from typing import Any

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db import IntegrityError, transaction

from buurtschouw.domain.forwarding import destinations, keys
from buurtschouw.domain.forwarding.destinations import DestinationRefused
from buurtschouw.enums import System
from buurtschouw.models import Destination
from tests.factories.buurtschouw import CategoryFactory
from tests.factories.forwarding import DestinationFactory, ForwardFactory
from tests.standins.open311 import HERE, KEY, Open311
from tests.standins.serving import Answer, StandIn
from tests.standins.signalen import Signalen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


class Elsewhere(StandIn):
    """A server that gives one answer to everything."""

    def __init__(self, given: Answer) -> None:
        super().__init__()
        self.given = given

    def answer(self, request: Any) -> Answer:
        return self.given


def keep(destination: Destination, by: Any, **changes: Any) -> Destination:
    names = ("name", "system", "url", "jurisdiction", "contact", "is_active")
    given = {name: getattr(destination, name) for name in names}
    return destinations.keep(destination=destination, by=by, **{**given, **changes})


# -- The key --------------------------------------------------------------------------------------------------


def test_a_key_is_kept_encrypted_and_opens_again() -> None:
    sealed = keys.seal(KEY)
    assert KEY not in sealed
    assert keys.opened(sealed) == KEY
    assert keys.seal("") == keys.opened("") == ""


def test_a_key_survives_a_change_of_the_secret(settings: Any) -> None:
    sealed = keys.seal(KEY)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another secret", [settings.SECRET_KEY]
    assert keys.opened(sealed) == KEY
    settings.SECRET_KEY_FALLBACKS = []
    assert keys.opened(sealed) is None


def test_an_empty_key_leaves_the_one_that_there_is(province: Destination, coordinator: Any) -> None:
    keep(province, coordinator, contact="De meldkamer")
    province.refresh_from_db()
    assert keys.opened(province.sealed_key) == KEY
    keep(province, coordinator, forgets_key=True)
    assert province.sealed_key == ""


def test_a_key_does_not_go_along_to_another_server(province: Destination, coordinator: Any) -> None:
    keep(province, coordinator, url="http://localhost:1/open311/v2")
    assert province.sealed_key == ""


# -- The address ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://open311.example.org/v2", "https"),
        ("ftp://open311.example.org", "https"),
        ("https://name:word@open311.example.org", "without a name"),
        ("https://open311.example.org/?a=1", "question mark"),
        ("https://127.0.0.1/open311", "private network"),
        ("https://[::1]/open311", "private network"),
        ("https://169.254.169.254/latest", "private network"),
        ("https://10.0.0.7/", "private network"),
        ("http://127.0.0.1:8080/open311", "https"),
        ("geen adres", "without a name"),
        ("https://[", "no server"),
    ],
)
def test_these_addresses_are_refused(
    url: str, words: str, coordinator: Any, in_scope: Any, settings: Any
) -> None:
    settings.LOCAL_SYSTEMS = False
    with pytest.raises(DestinationRefused, match=words) as caught:
        destinations.keep(
            destination=Destination(municipality=in_scope),
            by=coordinator,
            name="Provincie",
            system=System.OPEN311,
            url=url,
        )
    assert caught.value.field == "url"


def test_a_private_address_is_not_asked_either_when_it_became_one_later(
    province: Destination, coordinator: Any, open311_server: Open311, settings: Any
) -> None:
    settings.LOCAL_SYSTEMS = False
    with pytest.raises(DestinationRefused, match="private network"):
        destinations.read_offers(destination=province, by=coordinator)
    assert not open311_server.asked


def test_a_name_is_used_once(province: Destination, coordinator: Any) -> None:
    other = DestinationFactory()
    with pytest.raises(DestinationRefused, match="name already"):
        keep(other, coordinator, name="DE PROVINCIE", url=province.url)


def test_the_kind_of_a_system_stays(province: Destination, coordinator: Any) -> None:
    with pytest.raises(DestinationRefused, match="kind"):
        keep(province, coordinator, system=System.SIGNALEN)


# -- Their categories -----------------------------------------------------------------------------------------


def test_reads_the_categories_of_signalen(duinstad: Destination, coordinator: Any) -> None:
    destinations.read_offers(destination=duinstad, by=coordinator)
    assert [destinations.label_of(row) for row in duinstad.offered] == [
        "Afval › Container is vol",
        "Afval › Grofvuil",
        "Wegen, verkeer, straatmeubilair › Onderhoud stoep straat en fietspad",
    ]
    assert duinstad.offered_at is not None


def test_the_address_of_signalen_may_be_written_with_its_path(
    duinstad: Destination, coordinator: Any, signalen_server: Signalen
) -> None:
    keep(duinstad, coordinator, url=f"{signalen_server.url}/signals/v1/public/")
    assert len(destinations.read_offers(destination=duinstad, by=coordinator)) == 3


@pytest.mark.parametrize("speaks", [{"json"}, {"xml"}, {"json", "xml"}])
def test_reads_the_services_of_open311_and_finds_out_what_it_speaks(
    speaks: set[str], province: Destination, coordinator: Any, open311_server: Open311
) -> None:
    open311_server.speaks = speaks
    destinations.read_offers(destination=province, by=coordinator)
    assert province.uses_xml is ("json" not in speaks)
    assert province.offered == [
        {"code": "017", "name": "Gat in de weg", "group": "Wegen", "asks_more": False},
        {"code": "002", "name": "Kapotte lamp", "group": "Verlichting", "asks_more": False},
        {"code": "042", "name": "Paal of bord", "group": "Wegen", "asks_more": True},
    ]


@pytest.mark.parametrize("system", ["signalen", "open311"])
@pytest.mark.parametrize(
    ("given", "words"),
    [
        (Answer(200, b"<html>Welkom</html>", "text/html"), "This answers, but it is not"),
        (Answer(200, b'{"anders": true}'), "This answers, but it is not"),
        (Answer(200, b"[1, 2"), "This answers, but it is not"),
        (Answer(401, b"{}"), "do not accept our key"),
        (Answer(500), "can't take it now"),
        (Answer(502), "out of reach"),
        (Answer(302, headers={"Location": "https://elders.example.org/"}), "another server"),
        (Answer(200, b" " * 2_000_001), "broke off"),
    ],
)
def test_each_wrong_answer_has_words_of_its_own(
    system: str, given: Answer, words: str, coordinator: Any, in_scope: Any
) -> None:
    with Elsewhere(given) as server:
        destination = DestinationFactory(system=system, url=server.url)
        with pytest.raises(DestinationRefused, match=words):
            destinations.read_offers(destination=destination, by=coordinator)
    destination.refresh_from_db()
    assert destination.offered == []


@pytest.mark.parametrize("body", [b"<services/>", b"null", b"[]"])
def test_a_system_without_categories_says_so(body: bytes, coordinator: Any, in_scope: Any) -> None:
    with Elsewhere(Answer(200, body, "text/xml" if body.startswith(b"<") else "application/json")) as server:
        destination = DestinationFactory(system=System.OPEN311, url=server.url)
        with pytest.raises(DestinationRefused, match="no categories"):
            destinations.read_offers(destination=destination, by=coordinator)


def test_xml_that_would_exhaust_us_is_not_read(coordinator: Any, in_scope: Any) -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "cc">]><services><service><service_code>&b;</service_code></service></services>'
    with Elsewhere(Answer(200, bomb, "text/xml")) as server:
        destination = DestinationFactory(system=System.OPEN311, url=server.url)
        with pytest.raises(DestinationRefused, match="not Open311"):
            destinations.read_offers(destination=destination, by=coordinator)


def test_nobody_there_says_so(coordinator: Any, in_scope: Any) -> None:
    destination = DestinationFactory(url="http://127.0.0.1:9")
    with pytest.raises(DestinationRefused, match="No connection"):
        destinations.read_offers(destination=destination, by=coordinator)


def test_a_redirect_within_the_server_is_followed(
    province: Destination, coordinator: Any, open311_server: Open311
) -> None:
    real = open311_server.answer

    def answer(request: Any) -> Answer:
        if request.path == "/open311/v2/services.json" and "moved" not in request.query:
            query = f"jurisdiction_id={HERE}&moved=1"
            return Answer(301, headers={"Location": f"/open311/v2/services.json?{query}"})
        return real(request)

    open311_server.answer = answer  # type: ignore[method-assign]
    assert len(destinations.read_offers(destination=province, by=coordinator)) == 3


# -- Trying ---------------------------------------------------------------------------------------------------


def test_trying_makes_nothing_and_says_what_is_gone(
    duinstad: Destination, coordinator: Any, signalen_server: Signalen, category: Any
) -> None:
    assert destinations.trial(destination=duinstad, by=coordinator) == destinations.Trial(3, [])
    duinstad.themes.update(code=signalen_server.code("afval", "oud"))
    assert destinations.trial(destination=duinstad, by=coordinator).lost == [category.name]
    assert not signalen_server.signals


def test_trying_finds_a_wrong_key(province: Destination, coordinator: Any) -> None:
    assert destinations.trial(destination=province, by=coordinator).categories == 3
    keep(province, coordinator, key="verkeerd")
    with pytest.raises(DestinationRefused, match="key"):
        destinations.trial(destination=province, by=coordinator)


def test_a_key_that_can_not_be_opened_is_asked_for_again(
    province: Destination, coordinator: Any, settings: Any
) -> None:
    settings.SECRET_KEY = "a new one, without the old one among the fallbacks"
    with pytest.raises(DestinationRefused, match="fill it in again"):
        destinations.trial(destination=province, by=coordinator)


# -- Themes ---------------------------------------------------------------------------------------------------


def test_a_theme_becomes_a_category_that_they_have(
    province: Destination, coordinator: Any, category: Any
) -> None:
    lights = CategoryFactory(name="Verlichting")
    destinations.read_offers(destination=province, by=coordinator)
    assert destinations.unmapped(province) == [lights]
    destinations.choose(destination=province, by=coordinator, codes={category: "042", lights: "002"})
    assert dict(province.themes.values_list("category", "label")) == {
        category.pk: "Wegen › Paal of bord",
        lights.pk: "Verlichting › Kapotte lamp",
    }
    destinations.choose(destination=province, by=coordinator, codes={category: "", lights: "002"})
    assert destinations.unmapped(province) == [category]


def test_a_category_that_they_do_not_have_is_refused_and_changes_nothing(
    province: Destination, coordinator: Any, category: Any
) -> None:
    destinations.read_offers(destination=province, by=coordinator)
    with pytest.raises(DestinationRefused, match="not known there"):
        destinations.choose(
            destination=province, by=coordinator, codes={category: "002", CategoryFactory(): "999"}
        )
    assert list(province.themes.values_list("code", flat=True)) == ["017"]


def test_a_category_that_is_gone_there_may_stay_as_it_is(
    province: Destination, coordinator: Any, category: Any
) -> None:
    province.themes.update(code="oud")
    destinations.read_offers(destination=province, by=coordinator)
    destinations.choose(destination=province, by=coordinator, codes={category: "oud"})
    assert list(province.themes.values_list("code", flat=True)) == ["oud"]


# -- What the database holds itself ----------------------------------------------------------------------------


def test_one_report_is_with_one_system(in_scope: Any) -> None:
    first = ForwardFactory()
    with pytest.raises(IntegrityError, match="forward_one_live_a_report"), transaction.atomic():
        ForwardFactory(report=first.report)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"shares_contact": True}, "forward_contact_agreed"),
        ({"next_try_at": None}, "forward_waits_until"),
        ({"state": "accepted"}, "forward_accepted_has_handle"),
    ],
)
def test_a_forward_that_can_not_be_is_refused(fields: dict[str, Any], constraint: str, in_scope: Any) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ForwardFactory(**fields)


def test_the_key_is_no_field_of_a_form() -> None:
    assert not Destination._meta.get_field("sealed_key").editable
    with pytest.raises(FieldDoesNotExist):
        Destination._meta.get_field("key")
