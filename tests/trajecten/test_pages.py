"""Pages about the portal, what is not found, and the visitor's own overview: under the municipality they came from."""

from typing import Any

import pytest
from django.test import Client

from tests.factories.buurtschouw import ReportFactory
from tests.factories.core import ParticipantFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

HEADER = 'class="portal-brand" href="/polderwijk/"'


@pytest.mark.parametrize("path", ["privacy", "toegankelijkheid", "over"])
def test_a_page_about_the_portal_keeps_the_municipality(municipality: Any, path: str) -> None:
    assert f'href="/{path}/?gemeente=polderwijk"' in Client().get("/polderwijk/").content.decode()
    assert HEADER in Client().get(f"/{path}/?gemeente=polderwijk").content.decode()
    assert HEADER not in Client().get(f"/{path}/").content.decode()


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
