"""Accounts: which addresses they take."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from trajecten.models import User

pytestmark = pytest.mark.django_db

UNSENDABLE = [f"a@{60 * 'é'}.nl", f"{'a' * 249}@İ.nl", '"a"@example.org', "a\u202e@example.org"]


@pytest.fixture(autouse=True)
def nobody_tried_before(settings: Any, request: pytest.FixtureRequest) -> None:
    """Attempts are counted in the cache, which is one for all tests and outlives them."""
    backend = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": request.node.nodeid}}


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
