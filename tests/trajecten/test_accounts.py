"""Accounts: which addresses they take, and where one lands after signing in."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.factories.core import ParticipantFactory
from tests.templates.markup import tree
from trajecten.models import User

pytestmark = pytest.mark.django_db

UNSENDABLE = [f"a@{60 * 'é'}.nl", f"{'a' * 249}@İ.nl", '"a"@example.org', "a\u202e@example.org"]


@pytest.fixture(autouse=True)
def nobody_tried_before(settings: Any, request: pytest.FixtureRequest) -> None:
    """Attempts are counted in the cache, which is one for all tests and outlives them."""
    backend = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {**settings.CACHES, "default": {"BACKEND": backend, "LOCATION": request.node.nodeid}}


@pytest.mark.parametrize("email", UNSENDABLE, ids=ascii)
@pytest.mark.parametrize(
    ("page", "field"), [("login", "login"), ("signup", "email"), ("request_login_code", "email")]
)
def test_an_address_that_no_mail_can_be_sent_to_is_refused(
    client: Client, page: str, field: str, email: str
) -> None:
    refused = client.post(reverse(f"account_{page}"), {field: email})
    assert (refused.status_code, list(refused.context["form"].errors)) == (200, [field])
    assert (User.objects.count(), EmailAddress.objects.count(), mail.outbox) == (0, 0, [])


def test_such_an_address_is_not_added_to_an_account_either(resident: Any, resident_client: Client) -> None:
    refused = resident_client.post(reverse("account_email"), {"email": UNSENDABLE[0], "action_add": ""})
    assert list(refused.context["form"].errors) == ["email"]
    assert not EmailAddress.objects.filter(user=resident).exclude(email=resident.email).exists()


@pytest.mark.parametrize(
    ("page", "field"), [("login", "login"), ("signup", "email"), ("request_login_code", "email")]
)
def test_an_empty_field_says_what_to_fill_in_and_repeats_no_label(
    client: Client, page: str, field: str
) -> None:
    form = client.post(reverse(f"account_{page}"), {field: ""}).context["form"]
    assert form.errors == {field: ["Vul uw e-mailadres in."]}
    assert "placeholder" not in str(form)


def test_an_account_on_another_script_s_domain_is_kept_in_ascii(client: Client) -> None:
    client.post(reverse("account_signup"), {"email": "Jan@München.example"})
    assert User.objects.get().email == "jan@xn--mnchen-3ya.example"
    assert mail.outbox[0].to == ["jan@xn--mnchen-3ya.example"]


# -- Where one lands ------------------------------------------------------------------------------------------


def signed_in(client: Client, user: User, page: str) -> str:
    """The page on which somebody lands who signs in by the link in the header of this one."""
    header = tree(client.get(page).content.decode()).one("a", cls="portal-tool")
    form = tree(client.get(header["href"]).content.decode()).one("form", action=reverse("account_login"))
    hidden = {field["name"]: field["value"] for field in form.every("input") if field["name"] == "next"}
    asked = client.post(reverse("account_login"), {"login": user.email, **hidden})
    code = re.search(r"^\S+", mail.outbox[-1].subject)[0]
    return client.post(asked.headers["Location"], {"code": code, **hidden}).headers["Location"]


@pytest.fixture
def resident(resident: User) -> User:
    EmailAddress.objects.create(user=resident, email=resident.email, verified=True, primary=True)
    return resident


def test_one_comes_back_to_the_page_one_was_on(client: Client, resident: User, municipality: Any) -> None:
    page = "/polderwijk/meldingen/?order=newest"
    assert signed_in(client, resident, page) == page


def test_from_the_front_page_one_lands_where_one_takes_part(
    client: Client, resident: User, municipality: Any, other_municipality: Any
) -> None:
    """As a guest up to now: what a guest did is the account's by then."""
    ParticipantFactory(email=resident.email)
    assert signed_in(client, resident, "/") == "/polderwijk/overzicht/"


def test_from_the_sign_in_page_one_does_not_land_on_it_again(client: Client, resident: User) -> None:
    assert signed_in(client, resident, "/account/login/?next=/privacy/") == "/"


# -- Where one came from --------------------------------------------------------------------------------------

HEADER = 'class="portal-brand" href="/polderwijk/"'


@pytest.mark.parametrize("name", ["account_login", "account_signup"])
def test_signing_in_keeps_the_look_of_the_municipality(client: Client, municipality: Any, name: str) -> None:
    answer = client.get(reverse(name), {"next": "/polderwijk/meldingen/"})
    assert HEADER in answer.content.decode()
    first = answer.context["navigation"][0]
    assert (first.url, first.is_back) == ("/polderwijk/", True)
    assert answer.context["request"].municipality is None
    assert HEADER not in client.get(reverse(name)).content.decode()
    assert not client.cookies.get("sessionid")


def test_so_does_the_page_on_which_the_code_is_typed(
    client: Client, resident: User, municipality: Any
) -> None:
    sent = {"login": resident.email, "next": "/polderwijk/"}
    answer = client.post(reverse("account_login"), sent, follow=True)
    assert HEADER in answer.content.decode()


def test_so_do_the_pages_of_the_account_also_without_saying_so_again(
    resident_client: Client, municipality: Any
) -> None:
    links = re.findall(r'href="(/account/[^"]+)"', resident_client.get("/polderwijk/").content.decode())
    assert len(set(links)) == 2
    for link in [*links, reverse("account_email"), reverse("mfa_index")]:
        assert HEADER in resident_client.get(link).content.decode()


def test_an_official_goes_back_to_the_own_work(coordinator_client: Client, municipality: Any) -> None:
    answer = coordinator_client.get(reverse("account_email"), {"next": "/polderwijk/werk/"})
    assert answer.context["navigation"][0].url == "/polderwijk/werk/"


@pytest.mark.parametrize(
    "page", ["", "/", "/nergens/", "//polderwijk/", "http://[", "/%00/", "javascript:alert(1)", "/privacy/"]
)
def test_an_address_of_no_municipality_changes_nothing(client: Client, municipality: Any, page: str) -> None:
    answer = client.get(reverse("account_login"), {"next": page})
    assert answer.status_code == 200
    assert HEADER not in answer.content.decode()


# -- One's addresses ------------------------------------------------------------------------------------------


def buttons(client: Client) -> list[str]:
    page = tree(client.get(reverse("account_email")).content.decode())
    return [button["name"] for button in page.one("main").every("button") if "name" in button.attributes]


def test_with_one_address_there_is_nothing_to_choose_or_remove(
    resident: User, resident_client: Client
) -> None:
    assert buttons(resident_client) == ["action_add"]
    EmailAddress.objects.create(user=resident, email="tweede@example.org", verified=True)
    assert buttons(resident_client) == ["action_primary", "action_send", "action_remove", "action_add"]


def test_one_address_that_is_not_proven_yet_can_be(resident: User, resident_client: Client) -> None:
    EmailAddress.objects.filter(user=resident).update(verified=False)
    assert buttons(resident_client) == ["action_send", "action_add"]
