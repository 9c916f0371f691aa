"""Signing in, in the portal's look and words: pages, mails and what they must not say."""

import re
from typing import Any

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from tests.templates.markup import Element, tree

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def page_of(browser: Client, name: str) -> Element:
    response = browser.get(reverse(name))
    assert response.status_code == 200
    return tree(response.content.decode())


@pytest.fixture
def resident(resident: Any) -> Any:
    """Somebody who confirmed their address when they made the account."""
    EmailAddress.objects.create(user=resident, email=resident.email, verified=True, primary=True)
    return resident


@pytest.fixture(autouse=True)
def nobody_tried_before(settings: Any, request: pytest.FixtureRequest) -> None:
    """Attempts are counted in the cache, which is one for all tests and outlives them."""
    backend = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": request.node.nodeid}}


def asked_for_a_code(browser: Client, email: str) -> Any:
    response = browser.post(reverse("account_login"), {"login": email})
    assert response.status_code == 302
    (message,) = mail.outbox
    return message


def test_signing_in_with_a_code(client: Client, resident: Any) -> None:
    message = asked_for_a_code(client, resident.email)
    code = re.match(r"(\S+) is your code to sign in", message.subject)[1]
    ((html, kind),) = message.alternatives
    assert kind == "text/html"
    assert f"\n\n{code}\n\n" in message.body
    assert code in tree(html).text
    page = page_of(client, "account_confirm_login_code")
    assert page.one("h1").text == "Type the code"
    assert f"We sent a code to {resident.email}." in page.text
    response = client.post(reverse("account_confirm_login_code"), {"code": code}, follow=True)
    assert client.session["_auth_user_id"] == str(resident.pk)
    assert "You are signed in." in tree(response.content.decode()).one(cls="portal-messages").text


def test_a_wrong_code_says_so_beside_the_field(client: Client, resident: Any) -> None:
    asked_for_a_code(client, resident.email)
    page = tree(client.post(reverse("account_confirm_login_code"), {"code": "wrong"}).content.decode())
    field = page.one("input", name="code")
    assert field["aria-invalid"] == "true"
    assert page.one(id=f"{field['id']}_error").text.startswith("Mistake: ")


def test_who_has_no_account_is_told_by_mail_and_not_on_the_page(client: Client) -> None:
    message = asked_for_a_code(client, "nieuw@example.org")
    assert message.subject == "You have no account yet"
    assert "There is no account with this address yet" in message.body
    assert reverse("account_signup") in message.body


def test_a_new_account_needs_an_address_and_its_code(client: Client) -> None:
    client.post(reverse("account_signup"), {"email": "nieuw@example.org"})
    (message,) = mail.outbox
    code = message.subject.partition(" ")[0]
    assert message.subject == f"{code} is your code"
    assert page_of(client, "account_email_verification_sent").one("h1").text == "Is this your e-mail address?"
    client.post(reverse("account_email_verification_sent"), {"code": code})
    assert "_auth_user_id" in client.session


def test_who_has_an_account_already_is_told_by_mail(client: Client, resident: Any) -> None:
    client.post(reverse("account_signup"), {"email": resident.email})
    (message,) = mail.outbox
    assert message.subject == "You have an account already"
    assert "password" not in message.body


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("account_email", "My e-mail address"),
        ("account_logout", "Sign out"),
        ("mfa_index", "Signing in safely"),
        ("mfa_list_webauthn", "Passkeys and security keys"),
    ],
)
def test_pages_of_who_is_signed_in(client: Client, resident: Any, name: str, heading: str) -> None:
    client.force_login(resident, backend="django.contrib.auth.backends.ModelBackend")
    page = page_of(client, name)
    assert page.one("h1").text == heading
    assert page.one("main").one(cls="portal-account").parent is not None
    assert {who.text for who in page.every(cls="portal-menu__who")} == {str(resident)}


def proven_again(browser: Client, user: Any) -> None:
    """As somebody who just proved once more that it is them."""
    request = HttpRequest()
    request.session = browser.session
    record_authentication(request, user, "mfa", reauthenticated=True)
    request.session.save()


def test_a_key_is_added_in_the_words_of_the_portal(resident_client: Client, resident: Any) -> None:
    proven_again(resident_client, resident)
    words = page_of(resident_client, "mfa_add_webauthn").one("main").text
    assert "Name of this key" in words
    assert "Sign in without a code by mail" in words
    assert "Then your phone asks for your finger, your face or a PIN." in words


@pytest.mark.parametrize("name", ["mfa_edit_webauthn", "mfa_remove_webauthn"])
def test_pages_of_one_key_are_the_portal_s_own(resident_client: Client, resident: Any, name: str) -> None:
    key = Authenticator.objects.create(user=resident, type="webauthn", data={"name": "Telefoon"})
    proven_again(resident_client, resident)
    answer = resident_client.get(reverse(name, kwargs={"pk": key.pk}))
    page = tree(answer.content.decode())
    assert page.one("title").text.partition(" –")[0] == page.one("h1").text
    assert "Security Key" not in page.one("main").text


def test_a_second_factor_can_be_asked_for_in_a_session_that_is_open(client: Client, handler: Any) -> None:
    TOTP.activate(handler, generate_totp_secret())
    client.force_login(handler, backend="django.contrib.auth.backends.ModelBackend")
    page = page_of(client, "mfa_reauthenticate")
    assert page.one("h1").text == "One more step"
    field = page.one("main").one("input", name="code")
    assert field.within("form")["action"] == reverse("mfa_reauthenticate")


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_request_login_code"])
def test_pages_of_who_is_not(client: Client, name: str) -> None:
    page = page_of(client, name)
    assert page.one("html")["lang"] == "en"
    assert page.one("title").text.endswith("– Participation portal")
    assert page.one("a", cls="utrecht-skip-link")["href"] == "#main"
    assert len(page.every("h1")) == 1


def test_signing_out_takes_a_form(client: Client, resident: Any) -> None:
    client.force_login(resident, backend="django.contrib.auth.backends.ModelBackend")
    header = page_of(client, "mfa_index").one("header")
    forms = header.every("form", action=reverse("account_logout"))
    assert [form["method"] for form in forms] == ["post", "post"]  # of the wide menu and of the narrow one
    form = forms[0]
    client.post(form["action"])
    assert "_auth_user_id" not in client.session
