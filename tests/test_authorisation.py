"""Who may open what: every address of the portal, for every kind of visitor.

A row has one letter for each visitor of ``VISITORS``, in that order:

    +  gets in: the page, or what the form does
    L  is led to the sign-in page
    x  403: has to do with this municipality, but may not do this
    .  404: has nothing to do with it, so it is not confirmed to exist
"""

import uuid
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import get_resolver, reverse
from django_scopes import scopes_disabled

from tests.factories.buurtschouw import CategoryFactory, ReportFactory, SchouwFactory
from tests.factories.core import AreaFactory, AttachmentFactory, ParticipantFactory, TeamFactory
from trajecten.domain import attachments, unsubscribing
from trajecten.models import MunicipalityOwned

VISITORS = (
    "anonymous",
    "resident",
    "other_official",
    "handler",
    "coordinator",
    "clerk",
    "adviser",
    "other_adviser",
    "superuser",
)
EVERYBODY = "+++++++++"


@dataclass(frozen=True)
class Row:
    """One address. ``of`` names the object of Polderwijk that it is about.

    ``query`` and ``body`` are sent along; ``{schouw}``, ``{handler}`` and ``{adviser}`` in them become their keys.
    """

    name: str
    allowed: str
    method: str = "GET"
    of: str = ""
    query: str = ""
    body: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {self.name}{self.query}"


# What is sent with a form of staff: complete, so that only a refusal keeps it from being done.
ANSWER = {"status": "acknowledged", "version": 1, "message": "Wij gaan kijken."}
WALK = {"title": "Schouw Oostpolder", "service_level_days": 4}
REOPEN = {"step": "preparation", "reason": "Er komt een thema bij."}
PLAN = {**WALK, "adviser": "{adviser}"}
THEME = {"name": "Sloten", "icon": "water", "position": 10, "is_active": "on"}

# fmt: off
PORTAL = [
    # Outside any municipality
    Row("home", EVERYBODY),
    Row("about", EVERYBODY),
    Row("accessibility", EVERYBODY),
    Row("privacy", EVERYBODY),
    Row("health-live", EVERYBODY),
    Row("health-ready", EVERYBODY),
    Row("security-txt", EVERYBODY),
    Row("set_language", EVERYBODY, "POST", body={"language": "en"}),
    Row("adviser", "L.....++."),
]
MUNICIPALITY = [
    # What everybody sees
    Row("municipality", EVERYBODY),
    Row("municipality-theme", EVERYBODY),
    Row("area-boundaries", EVERYBODY),
    Row("background", EVERYBODY),
    Row("addresses", EVERYBODY, query="?q=Dijk"),
    Row("address-near", EVERYBODY, query="?lat=52.51&lon=4.915"),
    Row("photo", EVERYBODY, of="photo"),
    Row("mail-choice", EVERYBODY, of="mail_choice"),
    Row("mail-choice", EVERYBODY, "POST", of="mail_choice"),
    Row("buurtschouw:choose", EVERYBODY),
    Row("buurtschouw:reports", EVERYBODY),
    Row("buurtschouw:reports-geojson", EVERYBODY),
    Row("buurtschouw:schouw", EVERYBODY, of="schouw"),
    Row("buurtschouw:report-form", EVERYBODY, of="schouw"),
    Row("buurtschouw:report-form", EVERYBODY, "POST", of="schouw"),
    Row("buurtschouw:intake", EVERYBODY, "POST", of="schouw"),
    Row("buurtschouw:nearby", EVERYBODY, of="schouw", query="?lat=52.51&lon=4.915"),
    Row("buurtschouw:public-report", EVERYBODY, of="report"),
    Row("buurtschouw:support", EVERYBODY, "POST", of="report"),
    # Who has the tracking link
    Row("buurtschouw:track", EVERYBODY, of="token"),
    Row("buurtschouw:verdict", EVERYBODY, of="verdict"),
    Row("buurtschouw:verdict", EVERYBODY, "POST", of="verdict"),
    Row("buurtschouw:add-photo", EVERYBODY, "PUT", of="token_photo"),
    # Who is signed in
    Row("my-overview", "L++++++++"),
    # Officials, and the adviser of this walk
    Row("buurtschouw:queue", "L..+++..+"),
    Row("buurtschouw:queue", "L..++++.+", query="?schouw={schouw}"),
    Row("buurtschouw:queue-geojson", "L..+++..+"),
    Row("buurtschouw:queue-geojson", "L..++++.+", query="?schouw={schouw}"),
    Row("buurtschouw:report", "L..++++.+", of="report"),
    Row("buurtschouw:answer", "L..++xx.+", of="report"),
    Row("buurtschouw:answer", "L..++xx.+", "POST", of="report", body=ANSWER),
    Row("buurtschouw:assign", "L..++xx.+", of="report"),
    Row("buurtschouw:assign", "L..++xx.+", "POST", of="report", body={"to": "{handler}"}),
    Row("buurtschouw:note", "L..++xx.+", of="report"),
    Row("buurtschouw:note", "L..++xx.+", "POST", of="report", body={"text": "Gebeld."}),
    Row("buurtschouw:moderate", "L..++xx.+", of="report"),
    Row("buurtschouw:moderate", "L..++xx.+", "POST", of="report", body={"moderation": "published"}),
    Row("buurtschouw:place", "L..++xx.+", of="report"),
    Row("buurtschouw:place", "L..++xx.+", "POST", of="placeless", body={"lat": 52.51, "lon": 4.915}),
    Row("buurtschouw:schouwen", "L..+++..+"),
    Row("buurtschouw:schouw-new", "L..x+x..+"),
    Row("buurtschouw:schouw-new", "L..x+x..+", "POST", body=WALK),
    Row("buurtschouw:schouw-edit", "L..++++.+", of="schouw"),
    Row("buurtschouw:schouw-edit", "L..x+x+.+", "POST", of="schouw", body=PLAN),
    Row("buurtschouw:step-close", "L..x+x+.+", of="schouw"),
    Row("buurtschouw:step-close", "L..x+x+.+", "POST", of="schouw", body={"step": "walk"}),
    Row("buurtschouw:step-reopen", "L..x+x+.+", of="schouw"),
    Row("buurtschouw:step-reopen", "L..x+x+.+", "POST", of="schouw", body=REOPEN),
    Row("buurtschouw:categories", "L..x+x..+"),
    Row("buurtschouw:category-new", "L..x+x..+"),
    Row("buurtschouw:category-new", "L..x+x..+", "POST", body=THEME),
    Row("buurtschouw:category-edit", "L..x+x..+", of="category"),
    Row("buurtschouw:category-edit", "L..x+x..+", "POST", of="category", body=THEME),
]
# fmt: on
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
def things(schouw: Any, report: Any, category: Any, in_scope: Any) -> dict[str, dict[str, Any]]:
    """The keys of what an address is about, by the name that a row gives it."""
    photo = AttachmentFactory(target=report)
    in_scope.background.save("water.geojson", ContentFile(b'{"type": "FeatureCollection", "features": []}'))
    participant = ParticipantFactory()
    stop = unsubscribing.url(participant=participant, municipality=in_scope, category="my-supports")
    return {
        "": {},
        "schouw": {"pk": schouw.pk},
        "category": {"pk": category.pk},
        "report": {"number": report.pk},
        "placeless": {"number": ReportFactory(schouw=schouw, category=category, placeless=True).pk},
        "token": {"token": report.token},
        "token_photo": {"token": report.token, "photo": uuid.uuid4()},
        "verdict": {"token": report.token, "round_number": 1, "value": "yes"},
        "photo": {"photo": photo.uuid, "size": "image", "t": attachments.signature(photo, "image")},
        "mail_choice": {"token": stop.rstrip("/").rpartition("/")[2]},
    }


@pytest.fixture
def visit(
    request: Any, things: dict[str, dict[str, Any]], schouw: Any, handler: Any, adviser: Any, sign_in: Any
) -> Any:
    """Asks for the address of a row as a visitor, within a municipality or outside any."""

    def visit(row: Row, visitor: str, gemeente: str | None) -> Any:
        browser = Client() if visitor == "anonymous" else sign_in(request.getfixturevalue(visitor))
        kwargs = dict(things[row.of])
        signed = kwargs.pop("t", None)
        if gemeente:
            kwargs["gemeente"] = gemeente
        keys = {"schouw": schouw.pk, "handler": handler.pk, "adviser": adviser.pk}
        query = f"?t={signed}" if signed else row.query.format(**keys)
        address = reverse(row.name, kwargs=kwargs) + query
        body = {name: str(value).format(**keys) for name, value in row.body.items()}
        answer = getattr(browser, row.method.lower())(address, body or None)
        if answer.streaming:
            b"".join(answer)  # read to its end, a file is closed
        return answer

    return visit


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


@pytest.mark.parametrize("row", MUNICIPALITY, ids=str)
def test_in_a_municipality(row: Row, visit: Any) -> None:
    assert "".join(outcome(visit(row, visitor, "polderwijk")) for visitor in VISITORS) == row.allowed


@pytest.mark.parametrize("row", [row for row in MUNICIPALITY if row.of], ids=str)
def test_what_is_of_one_municipality_is_not_found_in_another(
    row: Row, visit: Any, other_municipality: Any
) -> None:
    found = [outcome(visit(row, visitor, other_municipality.slug)) for visitor in VISITORS]
    assert found == ["L" if row.allowed[0] == "L" else "."] + ["."] * 8


# -- Forms of staff -------------------------------------------------------------------------------------------

FORMS = [row for row in MUNICIPALITY if row.method == "POST" and row.allowed[0] == "L"]


def kept() -> dict[str, list[Any]]:
    """Every row that belongs to a municipality."""
    with scopes_disabled():
        return {
            model.__name__: list(model.objects.order_by("pk").values())
            for model in apps.get_models()
            if issubclass(model, MunicipalityOwned)
        }


@pytest.mark.parametrize("row", FORMS, ids=str)
def test_a_refused_visitor_changes_nothing(row: Row, visit: Any) -> None:
    before = kept()
    for visitor, letter in zip(VISITORS, row.allowed, strict=True):
        if letter != "+":
            visit(row, visitor, "polderwijk")
    assert kept() == before


@pytest.mark.parametrize("row", [row for row in FORMS if row.of], ids=str)
def test_nothing_changes_by_way_of_another_municipality(
    row: Row, visit: Any, other_municipality: Any
) -> None:
    before = kept()
    for visitor in VISITORS:
        visit(row, visitor, other_municipality.slug)
    assert kept() == before


@pytest.mark.parametrize("row", FORMS, ids=str)
def test_the_same_form_does_its_work_for_who_may(row: Row, visit: Any) -> None:
    before = kept()
    assert visit(row, "coordinator", "polderwijk").status_code == 302
    assert kept() != before


# Without a cookie there is nothing to abuse: JSON, and the button of a mail program.
WITHOUT_CSRF_TOKEN = {"buurtschouw:intake", "mail-choice"}


@pytest.mark.parametrize(
    "row",
    [row for row in MUNICIPALITY if row.method == "POST" and row.name not in WITHOUT_CSRF_TOKEN],
    ids=str,
)
def test_another_site_can_t_send_a_form(row: Row, things: Any, coordinator_client: Client) -> None:
    before = kept()
    coordinator_client.handler.enforce_csrf_checks = True
    address = reverse(row.name, kwargs={**things[row.of], "gemeente": "polderwijk"})
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
    row: Row, part: str, thing: str, form: str, things: Any, elsewhere: Any, coordinator_client: Client
) -> None:
    before = kept()
    address = reverse(row.name, kwargs={**things[row.of], "gemeente": "polderwijk"})
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
def test_staff_without_second_factor_get_nowhere(row: Row, things: Any, coordinator: Any) -> None:
    before = kept()
    address = reverse(row.name, kwargs={**things[row.of], "gemeente": "polderwijk"})
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
