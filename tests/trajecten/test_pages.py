"""Pages about the portal, what is not found, and the visitor's own overview: under the municipality they came from."""

from typing import Any

import pytest
from django.test import Client

from tests.factories.buurtschouw import ReportFactory
from tests.factories.core import ParticipantFactory
from trajecten import registry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

HEADER = 'class="portal-brand" href="/polderwijk/"'


@pytest.mark.parametrize("path", ["privacy", "toegankelijkheid", "over"])
def test_a_page_about_the_portal_keeps_the_municipality(municipality: Any, path: str) -> None:
    assert f'href="/{path}/?gemeente=polderwijk"' in Client().get("/polderwijk/").content.decode()
    assert HEADER in Client().get(f"/{path}/?gemeente=polderwijk").content.decode()
    assert HEADER not in Client().get(f"/{path}/").content.decode()


def test_privacy_tells_how_long_this_municipality_keeps_what(municipality: Any) -> None:
    municipality.retention_days = {"trajecten.mails": 33}
    municipality.save()
    here, anywhere = (
        {term["rule"].key: term["days"] for term in Client().get(f"/privacy/{query}").context["terms"]}
        for query in ("?gemeente=polderwijk", "")
    )
    assert set(here) == {rule.key for rule in registry.retention()}
    assert (here["trajecten.mails"], anywhere["trajecten.mails"]) == (33, 180)
    assert "Mails: 33 days" in Client().get("/privacy/?gemeente=polderwijk").content.decode()


@pytest.mark.parametrize("named", ["nergens", "%00", "x" * 500, ""])
def test_a_municipality_that_takes_no_part_is_not_named(municipality: Any, named: str) -> None:
    answer = Client().get(f"/privacy/?gemeente={named}")
    assert answer.status_code == 200
    assert HEADER not in answer.content.decode()


@pytest.mark.parametrize("path", ["/polderwijk/bestaat-niet/", "/polderwijk/volg/onbekend/"])
def test_what_is_not_found_under_a_municipality_leads_to_its_front_page(municipality: Any, path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 404
    assert HEADER in answer.content.decode()
    assert 'href="/polderwijk/">To the front page</a>' in answer.content.decode()


@pytest.mark.parametrize("who", ["resident", "handler", "coordinator", "adviser", "superuser"])
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/privacy/?gemeente=polderwijk", 200),
        ("/toegankelijkheid/?gemeente=polderwijk", 200),
        ("/over/?gemeente=polderwijk", 200),
        ("/polderwijk/bestaat-niet/", 404),
        ("/polderwijk/werk/bestaat-niet/", 404),
        ("/polderwijk/volg/onbekend/", 404),
        ("/nergens/", 404),
    ],
)
def test_these_pages_are_there_for_who_is_signed_in_too(
    sign_in: Any, request: pytest.FixtureRequest, municipality: Any, who: str, path: str, status: int
) -> None:
    answer = sign_in(request.getfixturevalue(who)).get(path)
    assert answer.status_code == status
    assert ('class="portal-tool portal-bell"' in answer.content.decode()) == ("polderwijk" in path)


def test_who_may_not_open_a_page_keeps_the_header(sign_in: Any, clerk: Any, municipality: Any) -> None:
    answer = sign_in(clerk).get("/polderwijk/werk/moderatie/")
    assert answer.status_code == 403
    assert HEADER in answer.content.decode()


def test_a_form_that_was_open_too_long_keeps_the_header(resident: Any, municipality: Any) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(resident, backend="django.contrib.auth.backends.ModelBackend")
    answer = browser.post("/polderwijk/")
    assert answer.status_code == 403
    assert HEADER in answer.content.decode()


def test_a_mistake_of_the_portal_has_a_page_for_who_is_signed_in(
    resident: Any, municipality: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_municipality: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("trajecten.views.home.pages.ways", broken)
    browser = Client(raise_request_exception=False)
    browser.force_login(resident, backend="django.contrib.auth.backends.ModelBackend")
    answer = browser.get("/polderwijk/")
    assert answer.status_code == 500
    assert "<h1" in answer.content.decode()


def test_what_is_not_found_elsewhere_leads_to_the_portal(municipality: Any) -> None:
    answer = Client().get("/nergens/")
    assert answer.status_code == 404
    assert HEADER not in answer.content.decode()


def test_what_waits_for_the_visitor_comes_first(
    schouw: Any, resident: Any, resident_client: Client, municipality: Any
) -> None:
    me = ParticipantFactory(municipality=municipality, user=resident, email=resident.email)
    ReportFactory(schouw=schouw, author=me, text="Wacht op de gemeente", done=False)
    ReportFactory(schouw=schouw, author=me, text="Wacht op mij", done=True)
    ReportFactory(schouw=schouw, author=me, text="Ook nog niet")
    shown = resident_client.get("/polderwijk/overzicht/").content.decode()
    told = ["Your turn now", "Wacht op mij", 'id="said"', "Ook nog niet", "Wacht op de gemeente"]
    places = [shown.index(words) for words in told]
    assert places == sorted(places)
    assert 'href="/polderwijk/overzicht/" aria-current="page">My overview</a>' in shown


def test_who_is_signed_in_reads_where_the_mail_goes(schouw: Any, resident_client: Client) -> None:
    shown = resident_client.get(f"/polderwijk/schouw/{schouw.pk}/melden/").content.decode()
    assert "We mail you at bewoner@example.org." in shown
    assert 'name="email"' not in shown
