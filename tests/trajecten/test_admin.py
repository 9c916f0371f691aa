"""The administrator's pages."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from tests.factories.core import ParticipantFactory, StaffRoleFactory, TeamFactory
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


def addresses(user: User) -> list[tuple[str, bool, bool]]:
    return list(EmailAddress.objects.filter(user=user).values_list("email", "verified", "primary"))


def change(user: User) -> str:
    return reverse("admin:trajecten_user_change", args=[user.pk])


def test_an_address_that_an_administrator_changes_is_the_one_to_sign_in_with(
    administrator: Client, resident: User
) -> None:
    mine = ParticipantFactory(user=resident, email=resident.email)
    EmailAddress.objects.create(user=resident, email=resident.email, verified=True, primary=True)
    for email in ("Nieuw@Example.org", "nieuw@example.org", "weer-anders@example.org"):
        assert administrator.post(change(resident), filled_in(email=email)).status_code == 302
        resident.refresh_from_db()
        assert resident.email == email.lower()
        assert addresses(resident) == [(email.lower(), True, True)]
    with scopes_disabled():
        mine.refresh_from_db()
    assert mine.email == "weer-anders@example.org"


def test_a_second_address_of_the_user_becomes_the_first(administrator: Client, resident: User) -> None:
    EmailAddress.objects.create(user=resident, email=resident.email, verified=True, primary=True)
    EmailAddress.objects.create(user=resident, email="nieuw@example.org")
    administrator.post(change(resident), filled_in())
    assert addresses(resident) == [("nieuw@example.org", True, True)]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "van-een-ander@example.org"),
        ("email", "BEHEER@example.org"),
        ("email", f"a@{60 * 'é'}.nl"),
        ("email", ""),
        ("language", "klingon"),
    ],
)
def test_what_a_user_can_t_have_is_refused(
    administrator: Client, resident: User, handler: User, field: str, value: str
) -> None:
    EmailAddress.objects.create(user=handler, email="van-een-ander@example.org", verified=True)
    refused = administrator.post(change(resident), filled_in(**{field: value}))
    assert (refused.status_code, list(refused.context["adminform"].errors)) == (200, [field])
    assert User.objects.filter(pk=resident.pk, email=resident.email, language="nl").exists()


def test_a_contact_address_that_no_mail_can_be_sent_to_is_refused(
    administrator: Client, in_scope: Any
) -> None:
    address = reverse("admin:trajecten_municipality_change", args=[in_scope.pk])
    refused = administrator.post(address, {"contact_email": f"a@{60 * 'é'}.nl"})
    assert "contact_email" in refused.context["adminform"].errors


@pytest.mark.parametrize("model", MODELS)
def test_a_character_that_the_database_does_not_know_is_refused(model: str, administrator: Client) -> None:
    address = reverse(f"admin:{model}_changelist")
    for name in ("email", "q", "id", "user__email"):
        assert administrator.get(f"{address}?{name}=%00").status_code == 400


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
