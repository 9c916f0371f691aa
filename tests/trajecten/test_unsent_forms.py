"""A form whose token was refused comes back with what was typed, to send once more; never one of another site."""

import uuid
from typing import Any

import pytest
from django.test import Client

from buurtschouw.models import Report
from tests.templates.markup import Element, tree

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
OWN = {"HTTP_SEC_FETCH_SITE": "same-origin"}
TYPED = 'De stoep ligt "los".\r\nBij <nummer> 12.'


@pytest.fixture
def url(schouw: Any) -> str:
    return f"/polderwijk/schouw/{schouw.pk}/melden/"


@pytest.fixture
def fields(category: Any) -> dict[str, str]:
    place = {"lat": "52.51", "lon": "4.915"}
    return {"key": str(uuid.uuid4()), "kind": "problem", "category": str(category.pk), "text": TYPED, **place}


def kept(page: Any) -> Element | None:
    found = tree(page.content.decode()).one("main").every("form", method="post")
    return found[0] if found else None


def test_without_cookies_the_text_comes_back_and_goes_when_they_are_allowed(
    url: str, fields: dict[str, str]
) -> None:
    browser = Client(enforce_csrf_checks=True)
    refused = browser.post(url, {**fields, "csrfmiddlewaretoken": "old"}, **OWN)
    assert refused.status_code == 403
    assert "no-store" in refused["Cache-Control"]
    assert "Your browser keeps no cookies" in refused.content.decode()
    form = kept(refused)
    assert form
    assert form["action"] == url
    again = {field["name"]: field["value"] for field in form.every("input", type="hidden")}
    token = again.pop("csrfmiddlewaretoken")
    assert again == fields
    assert token != "old"
    assert browser.post(url, {**again, "csrfmiddlewaretoken": token}, **OWN).status_code == 302
    assert Report.objects.get().text.splitlines() == TYPED.splitlines()


def test_who_was_away_too_long_reads_what_they_typed(url: str, fields: dict[str, str]) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.get(url)
    refused = browser.post(url, fields, HTTP_ORIGIN="http://testserver")
    assert "The page was open for a long time." in refused.content.decode()
    form = kept(refused)
    assert form
    assert "Bij <nummer> 12." in form.text
    assert fields["key"] not in form.text


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_SEC_FETCH_SITE": "same-site", "HTTP_ORIGIN": "http://testserver"},
        {"HTTP_ORIGIN": "https://example.org"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_REFERER": "http://testserver.example.org/"},
    ],
)
def test_a_form_of_another_site_does_not_come_back(
    url: str, fields: dict[str, str], sent: dict[str, str]
) -> None:
    refused = Client(enforce_csrf_checks=True).post(url, fields, **sent)
    assert refused.status_code == 403
    assert kept(refused) is None
    assert "De stoep" not in refused.content.decode()


def test_what_cannot_be_read_gets_the_page_all_the_same(url: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    kind = "multipart/form-data; boundary="
    refused = browser.generic("POST", url, b"broken", content_type=kind, **OWN)
    assert refused.status_code in {400, 403}
