"""The administrator's pages."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from tests.factories.core import StaffRoleFactory, TeamFactory
from trajecten.models import Municipality, User

MODELS = sorted(model._meta.label_lower.replace(".", "_") for model in admin.site._registry)
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def administrator(superuser: Any, sign_in: Any) -> Client:
    return sign_in(superuser)


@pytest.fixture
def second_factor(handler: Any) -> Any:
    return TOTP.activate(handler, SECRET).instance


def filled_in(**changes: Any) -> dict[str, Any]:
    """The form of a new user."""
    return {"email": "nieuw@example.org", "name": "Nieuw", "language": "nl", "is_active": "on", **changes}


@pytest.mark.parametrize("model", MODELS)
def test_every_list_opens_and_can_be_searched(
    model: str, administrator: Client, schouw: Any, other_official: Any
) -> None:
    TeamFactory()
    address = reverse(f"admin:{model}_changelist")
    assert administrator.get(address).status_code == 200
    assert administrator.get(address, {"q": "polder"}).status_code == 200


@pytest.mark.parametrize("model", [model for model in MODELS if model != "mfa_authenticator"])
def test_every_form_opens(model: str, administrator: Client, municipality: Any) -> None:
    assert administrator.get(reverse(f"admin:{model}_add")).status_code == 200


def test_what_there_is_opens(administrator: Client, in_scope: Any, handler: Any) -> None:
    for thing in (in_scope, handler, StaffRoleFactory(user=handler), TeamFactory(members=[handler])):
        name = thing._meta.label_lower.replace(".", "_")
        assert administrator.get(reverse(f"admin:{name}_change", args=[thing.pk])).status_code == 200, name


def test_who_is_added_can_sign_in_with_a_code_at_once(administrator: Client) -> None:
    assert administrator.post(reverse("admin:trajecten_user_add"), filled_in()).status_code == 302
    made = User.objects.get(email="nieuw@example.org")
    address = EmailAddress.objects.get(user=made)
    assert (address.email, address.verified, address.primary) == ("nieuw@example.org", True, True)


def test_a_municipality_can_t_take_an_address_of_the_portal(administrator: Client, in_scope: Any) -> None:
    data = {"code": "GM9903", "name": "Gezond", "slug": "gezond", "service_level_days": 5, "theme": "{}"}
    answer = administrator.post(reverse("admin:trajecten_municipality_add"), data)
    assert list(answer.context["adminform"].errors) == ["slug"]
    assert not Municipality.objects.filter(code="GM9903").exists()


def test_the_secret_of_a_second_factor_is_on_no_page(administrator: Client, second_factor: Any) -> None:
    page = administrator.get(reverse("admin:mfa_authenticator_change", args=[second_factor.pk]))
    assert page.status_code == 200
    assert SECRET not in page.content.decode()


def test_a_second_factor_is_not_made_or_changed_by_an_administrator(
    administrator: Client, second_factor: Any, handler: Any
) -> None:
    data = {"user": handler.pk, "type": "totp", "data": '{"secret": "AAAA"}'}
    change = reverse("admin:mfa_authenticator_change", args=[second_factor.pk])
    before = list(Authenticator.objects.order_by("pk").values("user", "type", "data"))
    for address in (reverse("admin:mfa_authenticator_add"), change):
        assert administrator.post(address, data).status_code == 403
    assert list(Authenticator.objects.order_by("pk").values("user", "type", "data")) == before


def test_a_second_factor_that_was_lost_is_taken_away(administrator: Client, second_factor: Any) -> None:
    address = reverse("admin:mfa_authenticator_delete", args=[second_factor.pk])
    assert administrator.post(address, {"post": "yes"}).status_code == 302
    assert not Authenticator.objects.filter(pk=second_factor.pk).exists()
