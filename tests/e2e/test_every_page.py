"""Every page in a browser, at both widths, as who sees the most of it: axe finds nothing, nothing sticks out."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import Browser, BrowserContext, Page, expect

from buurtschouw.domain import answering, following
from tests.addresses import MUNICIPALITY, PORTAL, VISITORS, Row, Things, fillings, keys_of
from tests.e2e.conftest import RunningPortal
from tests.e2e.running import ROOT, Programs, answers, free_port, wait_until
from tests.factories.buurtschouw import NoteFactory, ReportFactory, SchouwFactory, SupportFactory
from tests.factories.core import (
    MunicipalityFactory,
    ParticipantFactory,
    StaffRoleFactory,
    UserFactory,
)
from trajecten.enums import Role, TrajectoryStatus
from trajecten.models import Area, User

pytestmark = [pytest.mark.e2e, pytest.mark.django_db]

WIDTHS = (360, 1280)
AXE = ROOT / "node_modules/axe-core/axe.min.js"
RUN_AXE = """async () => {
  const found = await axe.run(document, { resultTypes: ["violations"] });
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
}"""
WIDER_THAN_THE_SCREEN = "document.documentElement.scrollWidth > window.innerWidth"

# Answers to programs, not to people; and forms, which are part of another page.
NO_PAGES = {
    "health-live",
    "health-ready",
    "robots-txt",
    "security-txt",
    "municipality-theme",
    "area-boundaries",
    "background",
    "addresses",
    "address-near",
    "photo",
    "meeting-ics",
    "material",
    "shelf-file",
    "calendar-feed",
    "adviser-feed",
    *(f"staff-{form}" for form in ("step-material", "material-remove")),
    *(f"staff-meeting-{form}" for form in ("invite", "cancel", "minutes", "material")),
    "buurtschouw:reports-geojson",
    "buurtschouw:schouw-ics",
    "buurtschouw:nearby",
    "buurtschouw:ideas-geojson",
    *(f"buurtschouw:joining-{form}" for form in ("confirm", "pull", "back", "leave", "letter")),
    *(f"buurtschouw:idea-{form}" for form in ("judge", "promise", "prepare", "hide-name")),
    *(f"succession-{form}" for form in ("take-back", "begin")),
    *(f"buurtschouw:open311-key-{act}" for act in ("renew", "revoke")),  # lead to the key
    "buurtschouw:queue-geojson",
    "buurtschouw:live-news",
    *(f"buurtschouw:evaluation-{form}" for form in ("ask", "close", "words")),
    "buurtschouw:lesson-use",
    "buurtschouw:results-pdf",
    "buurtschouw:verdict",  # sends itself where JavaScript runs; it is looked at without, below
    "desk",  # leads to another page
    "inbox-message",  # too: to what it is about
    "home-area",
    "invitation-revoke",
    "promise-verdict",  # as that of a report
    *(f"member-{form}" for form in ("again", "out", "role")),
    "trajectory-archive",
    *(f"staff-promise-{form}" for form in ("change", "open", "origin", "progress")),
    *(f"council-{form}" for form in ("discuss", "match", "schedule", "take-off", "withdraw")),
    "proposal-pdf",
    "advice-proposal-pdf",
    *(f"proposal-{form}" for form in ("accept", "changes", "decline")),
    *(f"advice-{form}" for form in ("take-up", "hand-back", "decline", "draft", "renew", "withdraw")),
    "my-data-export",
    "settings-colours",
    "settings-tried",
    "logo",
    "staff-invitation-withdraw",
    "staff-revoke",
    "my-data-consent",
    *(f"moderation-{form}" for form in ("publish", "hide", "answer")),
    *(f"buurtschouw:{form}" for form in ("answer", "assign", "note", "moderate", "place")),
    *(f"buurtschouw:{form}" for form in ("step-close", "step-reopen")),
    "buurtschouw:forward-photo",
    *(f"buurtschouw:{form}" for form in ("forward", "forward-again")),
    *(f"buurtschouw:destination-{form}" for form in ("read", "try", "themes")),
    *(f"buurtschouw:walk-{part}" for part in ("manifest", "worker", "state", "observe", "score", "answer")),
    "buurtschouw:walk-paper-pdf",
    *(f"buurtschouw:{form}" for form in ("merge", "unmerge", "take-up", "reply", "task-add", "task-tick")),
    *(f"buurtschouw:round-{form}" for form in ("add", "change", "pdf")),
    "buurtschouw:route-geojson",
    "buurtschouw:route-gpx",
    "buurtschouw:route-upload",
    "buurtschouw:statement-picture",
    "buurtschouw:take-over",
    *(
        f"buurtschouw:{form}"
        for form in ("task-new", "task-mark", "task-remove", "stop-place", "stop-remove")
    ),
    *(f"buurtschouw:{form}" for form in ("role-new", "role-remove", "walk-invite", "walk-announce")),
    *(f"buurtschouw:{form}" for form in ("core-group-task", "core-group-paper", "paper", "paper-words")),
    *(f"trajectory-{form}" for form in ("start", "step-close", "step-skip", "step-reopen")),
    *(f"budget:ballot-{form}" for form in ("open", "close", "count", "paper-remove", "file")),
    *(f"budget:{form}" for form in ("outcomes", "outcome-freeze", "outcome-file", "outcome-amendment")),
    *(f"budget:amendment-{form}" for form in ("begin", "hand-in", "pdf", "word")),
    *(f"budget:alternative-{form}" for form in ("keep", "reopen", "share", "withdraw")),
    "budget:round-paper-pdf",
    *(f"budget:{thing}-remove" for thing in ("council-programme", "round")),
    *(f"budget:theme-{form}" for form in ("suggest", "suggest-member", "remove")),
    *(f"budget:theme-ballot-{form}" for form in ("confirm", "suggest", "withdraw")),
    *(f"budget:themes-{form}" for form in ("begin", "choose")),
    "budget:question-answer",
    *(f"budget:observation-{form}" for form in ("confirm", "take-back")),
    *(f"budget:own-{form}" for form in ("vote-confirm", "vote-withdraw", "project-confirm")),
    *(f"budget:project-{form}" for form in ("reword", "judge", "promise")),
}
# Names of addresses that give a file.
FILES = ("-csv", "-xlsx", "-json", "-xml", "-rss", "-map", "-qr")
# The first of these that gets in looks at a page: of officials the coordinator, who sees the most of it.
WATCHERS = ("anonymous", "resident", "coordinator", "handler", "clerk", "adviser")


@pytest.fixture(scope="module")
def town(
    portal: RunningPortal, portal_files: dict[str, Path], django_db_blocker: Any
) -> Iterator[SimpleNamespace]:
    """One visitor of every kind, and a walk with reports in every state, each with what belongs to it.

    As long as these tests last there is a second walk, so that one has to choose where to report.
    """
    before, settings.MEDIA_ROOT = settings.MEDIA_ROOT, portal_files["media"]
    with django_db_blocker.unblock(), scope(municipality=portal.municipality):
        second = SchouwFactory(trajectory__title="Schouw Oostpolder").trajectory
        made = _town(portal)
    yield made
    with django_db_blocker.unblock(), scope(municipality=portal.municipality):
        second.status, second.current_step = TrajectoryStatus.EVALUATED, ""
        second.save()
    settings.MEDIA_ROOT = before


def _town(portal: RunningPortal) -> SimpleNamespace:
    MunicipalityFactory(other=True)  # or the front page would lead to the only one
    people = _people(portal)
    walk = portal.schouw
    walk.trajectory.adviser, walk.trajectory.coordinator = people["adviser"], people["coordinator"]
    walk.trajectory.save()
    reports = _reports(walk, people)
    supporter = SupportFactory(report=reports["public"]).participant
    things = Things(
        schouw=walk,
        category=walk.categories.first(),
        report=reports["public"],
        placeless=reports["placeless"],
        supporter=supporter,
        handler=people["handler"],
        coordinator=people["coordinator"],
        adviser=people["adviser"],
    )
    keys = keys_of(things)
    sessions = {name: _session(user) for name, user in people.items()}
    filled = fillings(things, keys)
    return SimpleNamespace(sessions=sessions, walk=walk, reports=reports, keys=keys, filled=filled)


def _people(portal: RunningPortal) -> dict[str, User]:
    roles = {"coordinator": Role.COORDINATOR, "clerk": Role.CLERK}
    return {
        "handler": portal.handler,
        "resident": UserFactory(name="Bewoner"),
        "adviser": UserFactory(name="Adviseur", is_adviser=True),
        **{
            name: StaffRoleFactory(municipality=portal.municipality, role=role).user
            for name, role in roles.items()
        },
    }


def _reports(walk: Any, people: dict[str, User]) -> dict[str, Any]:
    category = walk.categories.first()
    mine = ParticipantFactory(user=people["resident"], email=people["resident"].email)
    common = {"schouw": walk, "category": category, "author": mine, "area": Area.objects.first()}
    made = {name: ReportFactory(**common, **{name: True}) for name in ("overdue", "placeless", "planned")}
    made |= {name: ReportFactory(**common, public=True) for name in ("new", "public", "refused", "came_back")}
    for name, status in {"public": "done", "refused": "not_done", "came_back": "done"}.items():
        answering.answer(
            report=made[name],
            by=people["handler"],
            version=1,
            status=status,
            message="De tegels liggen recht.",
        )
    NoteFactory(report=made["new"], by=people["handler"])
    following.judge(report=made["came_back"], value="no", words="Ze liggen nog los.")
    for report in made.values():
        report.refresh_from_db()
    return made


@pytest.fixture(scope="module")
def browser_of(browser: Browser, town: SimpleNamespace) -> Iterator[Callable[[str], BrowserContext]]:
    """The browser of a visitor, signed in where that is needed."""
    opened: dict[str, BrowserContext] = {}

    def browser_of(visitor: str) -> BrowserContext:
        if visitor not in opened:
            opened[visitor] = browser.new_context(locale="nl-NL", timezone_id="Europe/Amsterdam")
            if visitor in town.sessions:
                cookie = {"name": settings.SESSION_COOKIE_NAME, "value": town.sessions[visitor]}
                opened[visitor].add_cookies([{**cookie, "url": "http://127.0.0.1"}])
        return opened[visitor]

    yield browser_of
    for context in opened.values():
        context.close()


def _session(user: User) -> str:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return store.session_key


def look(
    context: BrowserContext, address: str, act: Callable[[Page], Any] | None = None, status: int = 200
) -> None:
    """Open the page, do something on it if asked to, and look at it at both widths and at its console."""
    page = context.new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    answer = page.goto(address)
    assert answer is not None
    assert (answer.status, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert page.url == address, "led elsewhere"
    if act:
        act(page)
    page.wait_for_load_state("networkidle")
    page.evaluate(AXE.read_text())
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 760})
        assert page.evaluate(RUN_AXE) == [], f"at {width} pixels"
        assert not page.evaluate(WIDER_THAN_THE_SCREEN), f"wider than {width} pixels"
    page.close()
    refused_by_the_server = "Failed to load resource"
    assert [line for line in said if not line.startswith(refused_by_the_server)] == []


def _visits() -> list[tuple[Row, str]]:
    """Each page with who looks at it."""
    rows = [
        row
        for row in PORTAL + MUNICIPALITY
        if row.method == "GET" and row.name not in NO_PAGES and not row.name.endswith(FILES)
    ]
    return [(row, visitor) for row in rows for visitor in _watchers(row)[:1]]


def _watchers(row: Row) -> list[str]:
    return [visitor for visitor in WATCHERS if _gets_in(row, visitor)]


def _gets_in(row: Row, visitor: str) -> bool:
    return row.allowed[VISITORS.index(visitor)] == "+"


@pytest.mark.parametrize(("row", "visitor"), _visits(), ids=str)
def test_page(row: Row, visitor: str, portal: RunningPortal, town: SimpleNamespace, browser_of: Any) -> None:
    kwargs = dict(town.keys[row.of])
    if row in MUNICIPALITY:
        kwargs["gemeente"] = portal.municipality.slug
    query = row.query.format(**town.filled)
    look(browser_of(visitor), portal.url + reverse(row.name, kwargs=kwargs) + query)


@pytest.mark.parametrize(
    "state", ["new", "overdue", "placeless", "planned", "public", "refused", "came_back"]
)
def test_a_report_in_every_state(
    state: str, portal: RunningPortal, town: SimpleNamespace, browser_of: Any
) -> None:
    report = town.reports[state]
    look(browser_of("anonymous"), portal.address(f"volg/{report.token}/"))
    look(browser_of("anonymous"), portal.address(f"meldingen/{report.pk}/"))
    look(browser_of("handler"), portal.address(f"werk/meldingen/{report.pk}/"))


def test_the_question_of_the_mail_before_it_is_answered(
    portal: RunningPortal, town: SimpleNamespace, browser: Browser
) -> None:
    """As it is without JavaScript; axe itself needs it, so just the script that sends the answer is kept out."""
    context = browser.new_context(locale="nl-NL")
    context.route("**/js/verdict*", lambda route: route.abort())
    look(context, portal.address(f"volg/{town.reports['public'].token}/oordeel/1/yes/"))
    context.close()


def _send_empty(form: str) -> Callable[[Page], Any]:
    """Send the form as a browser without any checks of its own would."""

    def send(page: Page) -> None:
        with page.expect_navigation():
            page.evaluate("form => document.querySelector(form).submit()", form)
        expect(page.locator("[data-error-summary]").first).to_be_visible()

    return send


def _answer_nothing(page: Page) -> None:
    page.locator("form:has(textarea[name=message]) button[type=submit]:not([name])").click()
    expect(page.locator(".utrecht-form-field-error-message").first).to_be_visible()


def _choose_planned(page: Page) -> None:
    page.locator("input[name=status][value=planned]").check(force=True)
    expect(page.locator("input[name=planned_for]")).to_be_visible()


@pytest.mark.parametrize(
    ("visitor", "path", "act"),
    [
        ("anonymous", "schouw/{walk}/melden/", _send_empty("form[data-report]")),
        ("handler", "werk/meldingen/?view=map", None),
        ("handler", "werk/meldingen/?words=bestaatniet", None),
        ("handler", "werk/meldingen/?status=all&order=newest", None),
        ("handler", "werk/meldingen/{new}/", _answer_nothing),
        ("handler", "werk/meldingen/{new}/", _choose_planned),
        ("coordinator", "werk/schouwen/nieuw/", _send_empty("main form")),
        ("coordinator", "werk/themas/nieuw/", _send_empty("main form")),
    ],
)
def test_what_a_page_becomes_in_use(
    visitor: str, path: str, act: Any, portal: RunningPortal, town: SimpleNamespace, browser_of: Any
) -> None:
    address = portal.address(path.format(walk=town.walk.pk, new=town.reports["new"].pk))
    look(browser_of(visitor), address, act)


@pytest.mark.parametrize(
    ("visitor", "path", "status"),
    [
        ("anonymous", "/polderwijk/bestaat-niet/", 404),
        ("anonymous", "/bestaat-niet/", 404),
        ("clerk", "/polderwijk/werk/schouwen/nieuw/", 403),
    ],
)
def test_a_refusal(visitor: str, path: str, status: int, portal: RunningPortal, browser_of: Any) -> None:
    look(browser_of(visitor), portal.url + path, status=status)


@pytest.mark.parametrize(
    ("visitor", "name"),
    [
        ("anonymous", "account_login"),
        ("anonymous", "account_signup"),
        ("resident", "account_email"),
        ("resident", "account_logout"),
        ("resident", "mfa_index"),
    ],
)
def test_an_account_page(visitor: str, name: str, portal: RunningPortal, browser_of: Any) -> None:
    look(browser_of(visitor), portal.url + reverse(name))


def test_the_page_for_the_code_that_was_mailed(portal: RunningPortal, browser_of: Any) -> None:
    def ask_for_a_code(page: Page) -> None:
        page.locator("input[name=login]").fill("iemand@example.org")
        page.locator("main form button:not([name])").first.click()
        expect(page.locator("input[name=code]")).to_be_visible()

    look(browser_of("anonymous"), portal.url + reverse("account_login"), ask_for_a_code)


def test_the_second_factor(portal: RunningPortal, browser_of: Any) -> None:
    look(browser_of("handler"), portal.url + reverse("mfa_activate_totp"))
    look(browser_of("handler"), portal.url + reverse("mfa_add_webauthn"))


def test_in_english(portal: RunningPortal, browser: Browser) -> None:
    context = browser.new_context(locale="en-GB")
    context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": "en", "url": portal.url}])
    look(context, portal.address(""))
    look(context, portal.address(f"schouw/{portal.schouw.pk}/melden/"))
    context.close()


@pytest.fixture(scope="module")
def demo(portal: RunningPortal, portal_files: dict[str, Path]) -> Iterator[str]:
    """The same portal in demo mode, which has a few pages more."""
    port = free_port()
    programs = Programs({**portal.environment, "DEMO": "1"}, portal_files["logs"])
    programs.web(port)
    wait_until(lambda: answers(port), seconds=60)
    yield f"http://127.0.0.1:{port}"
    programs.stop_all()


def test_pages_of_the_demo(demo: str, portal: RunningPortal, browser_of: Any) -> None:
    for path in ("/", "/postbus/", "/stijl/"):
        look(browser_of("anonymous"), demo + path)
