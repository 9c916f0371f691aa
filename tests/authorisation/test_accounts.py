"""Pages that are not ours: signing in, and the administration; and that each of ours has a row."""

from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from tests.addresses import MUNICIPALITY, PORTAL, VISITORS
from tests.authorisation.listing import admin_pages, names_of
from tests.authorisation.marks import outcome

# The pages of django-allauth that a visitor without account has to reach; the others ask to sign in first.
ACCOUNT_WITHOUT_SIGNING_IN = {
    "account_login",
    "account_signup",
    "account_logout",
    "account_inactive",
    "account_request_login_code",
    "account_confirm_login_code",
    "account_email_verification_sent",
    "mfa_authenticate",
    "mfa_login_webauthn",
}


def test_every_address_has_a_row() -> None:
    others = ("admin:", "account_", "mfa_")
    ours = {name for name in names_of(get_resolver().url_patterns) if not name.startswith(others)}
    assert ours - {row.name for row in PORTAL + MUNICIPALITY} == {"no-passwords"}


def _account_pages() -> list[str]:
    return [
        name
        for name in names_of(get_resolver().url_patterns)
        if name.startswith(("account_", "mfa_")) and "password" not in name
    ]


@pytest.mark.parametrize("name", _account_pages())
def test_account_pages_ask_to_sign_in(name: str, db: None) -> None:
    kwargs = {"pk": 1} if name in {"mfa_remove_webauthn", "mfa_edit_webauthn"} else {}
    answer = Client().get(reverse(name, kwargs=kwargs))
    assert answer.status_code < 500
    if name not in ACCOUNT_WITHOUT_SIGNING_IN:
        assert outcome(answer) == "L"


def test_there_are_no_passwords(db: None) -> None:
    for path in ("change/", "set/", "reset/", "reset/done/", "reset/key/1-abc/"):
        assert Client().get(f"/account/password/{path}").status_code == 404


@pytest.mark.parametrize("visitor", VISITORS[:-1])
def test_only_the_superuser_administers(visitor: str, request: Any, sign_in: Any, schouw: Any) -> None:
    browser = Client() if visitor == "anonymous" else sign_in(request.getfixturevalue(visitor))
    for address in admin_pages():
        answer = browser.get(address)
        assert (answer.status_code, "login" in answer.headers["Location"]) == (302, True), address
