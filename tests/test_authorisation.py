"""Who may open what: every address of the portal (``tests.addresses``), for every kind of visitor."""

import uuid
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.apps import apps
from django.contrib import admin
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import get_resolver, reverse
from django_scopes import scopes_disabled

from tests.addresses import MUNICIPALITY, PORTAL, VISITORS, Row, Things, fillings, keys_for
from tests.addresses.buurtschouw import THEME, WALK
from tests.addresses.row import Keys
from tests.factories.buurtschouw import CategoryFactory, ReportFactory, SchouwFactory
from tests.factories.core import (
    AreaFactory,
    ParticipantFactory,
    TeamFactory,
)
from trajecten.models import MunicipalityOwned, Participant

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


@pytest.fixture
def things(
    schouw: Any, report: Any, category: Any, handler: Any, coordinator: Any, adviser: Any, in_scope: Any
) -> Things:
    in_scope.logo.save("logo.jpg", ContentFile(b"logo"))
    in_scope.background.save("water.geojson", ContentFile(b'{"type": "FeatureCollection", "features": []}'))
    return Things(
        schouw=schouw,
        category=category,
        report=report,
        placeless=ReportFactory(schouw=schouw, category=category, placeless=True),
        supporter=ParticipantFactory(),
        handler=handler,
        coordinator=coordinator,
        adviser=adviser,
    )


@pytest.fixture
def keys(row: Row, things: Things) -> Keys:
    """What the row of the test is about."""
    return keys_for(row, things)


@pytest.fixture
def visit(request: Any, things: Things, keys: Keys, sign_in: Any) -> Any:
    """Asks for the address of a row as a visitor, within a municipality or outside any."""

    def visit(row: Row, visitor: str, gemeente: str | None) -> Any:
        browser = Client() if visitor == "anonymous" else sign_in(request.getfixturevalue(visitor))
        kwargs = dict(keys[row.of])
        signed = kwargs.pop("t", None)
        if gemeente:
            kwargs["gemeente"] = gemeente
        filled = fillings(things, keys)
        query = f"?t={signed}" if signed else row.query.format(**filled)
        address = reverse(row.name, kwargs=kwargs) + query
        body = {name: _sent(value, filled) for name, value in row.body.items()}
        answer = getattr(browser, row.method.lower())(address, body or None)
        if answer.streaming:
            b"".join(answer)  # read to its end, a file is closed
        return answer

    return visit


def _sent(value: Any, keys: dict[str, Any]) -> Any:
    return SimpleUploadedFile("file", value) if isinstance(value, bytes) else str(value).format(**keys)


def outcome(answer: Any) -> str:
    """The letter for what came of a request."""
    if answer.status_code == 302 and answer.headers["Location"].startswith("/account/login/"):
        return "L"
    if answer.status_code >= 500 and answer.status_code != 503:
        return str(answer.status_code)
    return {404: ".", 403: "x"}.get(answer.status_code, "+")


@pytest.mark.parametrize("row", PORTAL, ids=str)
def test_outside_any_municipality(row: Row, visit: Any) -> None:
    assert "".join(outcome(visit(row, visitor, None)) for visitor in VISITORS) == row.allowed


# What belongs to a municipality: of each table how many rows there are, and a mark of all that is in them.
KEPT = " UNION ALL ".join(
    f"SELECT '{model.__name__}', count(*), md5(string_agg(kept::text, '' ORDER BY id)) "
    f"FROM {model._meta.db_table} kept"
    for model in apps.get_models()
    if issubclass(model, MunicipalityOwned)
)


def kept() -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(KEPT)
        return {name: marks for name, *marks in cursor.fetchall()}


def participants() -> int:
    with scopes_disabled():
        return Participant.objects.count()


def is_form_of_staff(row: Row) -> bool:
    return row.method == "POST" and row.allowed[0] == "L"


@pytest.mark.parametrize("row", MUNICIPALITY, ids=str)
def test_in_a_municipality(row: Row, visit: Any) -> None:
    """Who is refused comes first: a form of theirs has changed nothing when the others come.

    Nobody becomes a participant by looking at a page.
    """
    before = kept() if is_form_of_staff(row) else {}
    people = participants()
    asked = list(zip(VISITORS, row.allowed, strict=True))
    found = {
        visitor: outcome(visit(row, visitor, "polderwijk")) for visitor, letter in asked if letter != "+"
    }
    if before:
        assert kept() == before
    found |= {
        visitor: outcome(visit(row, visitor, "polderwijk")) for visitor, letter in asked if letter == "+"
    }
    assert "".join(found[visitor] for visitor in VISITORS) == row.allowed
    if row.method == "GET":
        assert participants() == people


@pytest.mark.parametrize("row", [row for row in MUNICIPALITY if row.of], ids=str)
def test_what_is_of_one_municipality_is_not_found_in_another(
    row: Row, visit: Any, other_municipality: Any
) -> None:
    """And a form about it changes nothing by that way."""
    before = kept() if is_form_of_staff(row) else {}
    found = [outcome(visit(row, visitor, other_municipality.slug)) for visitor in VISITORS]
    assert found == ["L" if row.allowed[0] == "L" else "."] + ["."] * 8
    if before:
        assert kept() == before


# -- Forms of staff -------------------------------------------------------------------------------------------

COORDINATOR = VISITORS.index("coordinator")
FORMS = [row for row in MUNICIPALITY if is_form_of_staff(row) and row.allowed[COORDINATOR] == "+"]


@pytest.mark.parametrize("row", FORMS, ids=str)
def test_the_same_form_does_its_work_for_who_may(row: Row, visit: Any) -> None:
    before = kept()
    assert visit(row, "coordinator", "polderwijk").status_code == 302
    assert kept() != before


# Without a cookie there is nothing to abuse: JSON, the button of a mail program, and what a key opens.
WITHOUT_CSRF_TOKEN = {
    "buurtschouw:intake",
    "buurtschouw:walk-observe",
    "mail-choice",
    *(f"buurtschouw:open311-{call}-{form}" for call in ("requests", "updates") for form in ("xml", "json")),
}


@pytest.mark.parametrize(
    "row",
    [row for row in MUNICIPALITY if row.method == "POST" and row.name not in WITHOUT_CSRF_TOKEN],
    ids=str,
)
def test_another_site_can_t_send_a_form(row: Row, keys: Keys, coordinator_client: Client) -> None:
    before = kept()
    coordinator_client.handler.enforce_csrf_checks = True
    address = reverse(row.name, kwargs={**keys[row.of], "gemeente": "polderwijk"})
    assert coordinator_client.post(address, row.body).status_code == 403
    assert kept() == before


# -- What is of another municipality, named in a form or a filter ----------------------------------------------


@pytest.fixture
def elsewhere(other_municipality: Any, other_official: Any) -> dict[str, Any]:
    """The keys of what there is in Duinstad."""
    walk = SchouwFactory(municipality=other_municipality)
    return {
        "area": AreaFactory(municipality=other_municipality).pk,
        "category": CategoryFactory(municipality=other_municipality).pk,
        "official": other_official.pk,
        "schouw": walk.pk,
        "team": TeamFactory(municipality=other_municipality).pk,
        "report": ReportFactory(schouw=walk, public=True).pk,
    }


@pytest.mark.parametrize(
    ("row", "part", "thing", "form"),
    [
        (Row("buurtschouw:category-new", "", body=THEME), "team", "team", "form"),
        (Row("buurtschouw:schouw-new", "", body=WALK), "areas", "area", "form"),
        (Row("buurtschouw:schouw-new", "", body=WALK), "categories", "category", "form"),
        (Row("buurtschouw:assign", "", of="report"), "to", "official", "assign_form"),
    ],
)
def test_a_form_takes_nothing_of_another_municipality(
    row: Row, part: str, thing: str, form: str, keys: Keys, elsewhere: Any, coordinator_client: Client
) -> None:
    before = kept()
    address = reverse(row.name, kwargs={**keys[row.of], "gemeente": "polderwijk"})
    refused = coordinator_client.post(address, {**row.body, part: elsewhere[thing]})
    assert (refused.status_code, list(refused.context[form].errors)) == (422, [part])
    assert kept() == before


def test_a_resident_s_report_takes_no_theme_of_another_municipality(schouw: Any, elsewhere: Any) -> None:
    before = kept()
    report = {
        "key": str(uuid.uuid4()),
        "text": "Gat.",
        "address": "Dijk 1",
        "category": elsewhere["category"],
    }
    address = reverse("buurtschouw:intake", kwargs={"gemeente": "polderwijk", "pk": schouw.pk})
    refused = Client().post(
        address, report, content_type="application/json", headers={"Idempotency-Key": report["key"]}
    )
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["category"])
    assert kept() == before


@pytest.mark.parametrize("name", ["buurtschouw:queue-geojson", "buurtschouw:reports-geojson"])
@pytest.mark.parametrize("part", ["schouw", "category", "area"])
def test_a_filter_shows_nothing_of_another_municipality(
    name: str, part: str, report: Any, elsewhere: Any, coordinator_client: Client
) -> None:
    address = reverse(name, kwargs={"gemeente": "polderwijk"})
    features = coordinator_client.get(address, {part: elsewhere[part]}).json()["features"]
    assert [feature["properties"]["number"] for feature in features] == [report.pk]


# -- The second factor ----------------------------------------------------------------------------------------

STAFF = ("handler", "coordinator", "clerk", "adviser", "superuser")


def _with_one_factor(user: Any) -> Client:
    browser = Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return browser


@pytest.mark.parametrize("row", [row for row in MUNICIPALITY if row.allowed[0] == "L"], ids=str)
def test_staff_without_second_factor_get_nowhere(row: Row, keys: Keys, coordinator: Any) -> None:
    before = kept()
    address = reverse(row.name, kwargs={**keys[row.of], "gemeente": "polderwijk"})
    answer = getattr(_with_one_factor(coordinator), row.method.lower())(address, row.body or None)
    assert (answer.status_code, answer.headers.get("Location")) == (302, reverse("mfa_index"))
    assert kept() == before


@pytest.mark.parametrize("visitor", STAFF)
def test_whoever_works_with_residents_data_is_led_to_a_second_factor(
    visitor: str, request: Any, schouw: Any
) -> None:
    browser = _with_one_factor(request.getfixturevalue(visitor))
    for address in ("/", "/advies/", "/polderwijk/", f"/polderwijk/werk/meldingen/?schouw={schouw.pk}"):
        assert browser.get(address).headers.get("Location") == reverse("mfa_index"), address
    assert browser.get(reverse("mfa_index")).status_code == 200


def test_a_session_that_was_opened_before_the_second_factor_was_there_is_asked_for_it(handler: Any) -> None:
    browser = _with_one_factor(handler)
    totp = TOTP.activate(handler, generate_totp_secret())
    address = "/polderwijk/werk/meldingen/?status=all"
    asked = browser.get(address)
    assert asked.headers["Location"] == reverse("mfa_reauthenticate", query={"next": address})
    code = format_hotp_value(
        hotp_value(decrypt(totp.instance.data["secret"]), next(yield_hotp_counters_from_time()))
    )
    assert browser.post(asked.headers["Location"], {"code": code}).headers["Location"] == address
    assert browser.get(address).status_code == 200


def test_a_form_in_such_a_session_does_nothing(handler: Any, report: Any) -> None:
    browser = _with_one_factor(handler)
    TOTP.activate(handler, generate_totp_secret())
    before = kept()
    answer = browser.post(f"/polderwijk/werk/meldingen/{report.pk}/notitie/", {"text": "Gebeld."})
    assert answer.headers["Location"] == reverse("mfa_reauthenticate")
    assert kept() == before


def test_a_second_factor_that_was_taken_away_is_not_there_any_more(
    handler: Any, handler_client: Client
) -> None:
    Authenticator.objects.filter(user=handler).delete()
    answer = handler_client.get("/polderwijk/werk/meldingen/")
    assert answer.headers["Location"] == reverse("mfa_index")


@pytest.mark.django_db(transaction=True)
def test_setting_up_an_app_counts_as_using_it(handler: Any) -> None:
    browser = _with_one_factor(handler)
    form = browser.get(reverse("mfa_activate_totp")).context["form"]
    code = format_hotp_value(hotp_value(form.secret, next(yield_hotp_counters_from_time())))
    assert browser.post(reverse("mfa_activate_totp"), {"code": code}).status_code == 302
    assert browser.get("/polderwijk/werk/meldingen/").status_code == 200


def test_an_administrator_without_second_factor_opens_no_page_of_the_admin(superuser: Any) -> None:
    browser = _with_one_factor(superuser)
    for address in _admin_pages():
        assert browser.get(address).headers.get("Location") == reverse("mfa_index"), address


@pytest.mark.parametrize("visitor", STAFF)
def test_a_demo_asks_no_second_factor(visitor: str, request: Any, schouw: Any, settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False
    browser = _with_one_factor(request.getfixturevalue(visitor))
    assert browser.get(f"/polderwijk/werk/meldingen/?schouw={schouw.pk}").status_code == 200


def test_a_resident_needs_none(resident: Any, municipality: Any) -> None:
    assert _with_one_factor(resident).get("/polderwijk/overzicht/").status_code == 200


# -- Who is gone ----------------------------------------------------------------------------------------------


def test_who_is_no_adviser_any_more_finds_nothing(adviser: Any, schouw: Any) -> None:
    adviser.is_adviser = False
    adviser.save()
    browser = _with_one_factor(adviser)
    for address in ("/advies/", f"/polderwijk/werk/schouwen/{schouw.pk}/"):
        assert browser.get(address).status_code == 404


def test_who_lost_the_role_finds_nothing_with_the_session_that_was_open(
    handler: Any, handler_client: Client, schouw: Any
) -> None:
    assert handler_client.get("/polderwijk/werk/meldingen/").status_code == 200
    handler.staff_roles.all().delete()
    assert handler_client.get("/polderwijk/werk/meldingen/").status_code == 404


def test_an_account_that_is_not_active_any_more_is_signed_out(
    handler: Any, handler_client: Client, schouw: Any
) -> None:
    handler.is_active = False
    handler.save()
    assert outcome(handler_client.get("/polderwijk/werk/meldingen/")) == "L"


def test_a_municipality_that_takes_no_part_is_not_found(other_municipality: Any) -> None:
    other_municipality.is_participating = False
    other_municipality.save()
    assert Client().get(f"/{other_municipality.slug}/").status_code == 404


# -- Other people's pages -------------------------------------------------------------------------------------


def _names(patterns: Any, namespace: str = "") -> list[str]:
    found = []
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            prefix = f"{pattern.namespace}:" if pattern.namespace else ""
            found += _names(pattern.url_patterns, namespace + prefix)
        else:
            found.append(f"{namespace}{pattern.name}")
    return found


def test_every_address_has_a_row() -> None:
    others = ("admin:", "account_", "mfa_")
    ours = {name for name in _names(get_resolver().url_patterns) if not name.startswith(others)}
    assert ours - {row.name for row in PORTAL + MUNICIPALITY} == {"no-passwords"}


def _account_pages() -> list[str]:
    return [
        name
        for name in _names(get_resolver().url_patterns)
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


def _admin_pages() -> list[str]:
    models = [model._meta.label_lower.replace(".", "_") for model in admin.site._registry]
    return [
        reverse("admin:index"),
        *(reverse(f"admin:{model}_{page}") for model in models for page in ("changelist", "add")),
    ]


@pytest.mark.parametrize("visitor", VISITORS[:-1])
def test_only_the_superuser_administers(visitor: str, request: Any, sign_in: Any, schouw: Any) -> None:
    browser = Client() if visitor == "anonymous" else sign_in(request.getfixturevalue(visitor))
    for address in _admin_pages():
        answer = browser.get(address)
        assert (answer.status_code, "login" in answer.headers["Location"]) == (302, True), address
