"""A portal that really runs, on the test database, and a browser at phone size."""

import os
import re
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import environ
import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_scopes import scope, scopes_disabled
from playwright.sync_api import BrowserType, Page

from tests.e2e.running import Programs, answers, free_port, wait_until
from tests.e2e.walking import Phone, PhoneOf
from tests.factories.buurtschouw import CategoryFactory, SchouwFactory
from tests.factories.core import (
    EAST,
    MIDDLE,
    NORTH,
    SOUTH,
    WEST,
    AreaFactory,
    MunicipalityFactory,
    StaffRoleFactory,
    TeamFactory,
    UserFactory,
    rectangle,
)
from tests.factories.questions import QuestionFactory
from trajecten.demo import mailbox
from trajecten.enums import Role

# Playwright's synchronous interface runs an event loop in this thread; the ORM would refuse to work beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@dataclass
class RunningPortal:
    """Where it runs, what it holds, and the mail it sent."""

    url: str
    redis_port: int
    programs: Programs
    mail: Path
    environment: dict[str, str]
    municipality: Any
    schouw: Any
    handler: Any

    def address(self, path: str) -> str:
        return f"{self.url}/{self.municipality.slug}/{path}"

    def mails_to(self, address: str) -> list[mailbox.CaughtMail]:
        """What this address got, newest first."""
        settings.MAIL_SINK_DIR = self.mail
        return [found for found in mailbox.newest() if address in found.to]

    def mail_to(
        self, address: str, *, containing: str, apart_from: Collection[str] = ()
    ) -> mailbox.CaughtMail:
        """Waits for the newest mail to this address with these words, that has none of these keys."""

        def found() -> mailbox.CaughtMail | None:
            mails = (mail for mail in self.mails_to(address) if mail.key not in apart_from)
            return next((mail for mail in mails if containing in mail.subject + mail.text), None)

        return wait_until(found)

    def committed(self, make: Callable[[], Any]) -> Any:
        """What a thread of its own makes is outside the transaction of the test, so the running portal sees it."""

        def work() -> Any:
            try:
                with scope(municipality=self.municipality):
                    return make()
            finally:
                connection.close()

        with ThreadPoolExecutor(1) as pool:
            return pool.submit(work).result()


def sign_in(page: Page, portal: RunningPortal, address: str, *, at: str = "") -> None:
    """Sign in by the code that is mailed, at this address of the sign-in page."""
    known = {mail.key for mail in portal.mails_to(address)}
    page.goto(at or f"{portal.url}/account/login/")
    page.get_by_label("E-mail").first.fill(address)
    page.locator("main form button:not([name])").first.click()
    mail = portal.mail_to(address, containing="code", apart_from=known)
    code = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", mail.text, re.MULTILINE)
    assert code, mail.text
    page.locator("input[name=code]").fill(code.group(1))
    page.locator("main form button:not([name])").first.click()
    page.wait_for_url(lambda url: "/account/" not in url)


@pytest.fixture(scope="session")
def portal_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("portal")
    made = {name: folder / name for name in ("media", "mail", "logs", "static")}
    for path in made.values():
        path.mkdir()
    return made


def _database_url() -> str:
    """DATABASE_URL of the test database, which pytest-django made under a name of its own."""
    url = environ.urlparse(os.environ["DATABASE_URL"])
    return url._replace(path=f"/{settings.DATABASES['default']['NAME']}").geturl()


@pytest.fixture(scope="session")
def portal(
    django_db_setup: None, django_db_blocker: Any, portal_files: dict[str, Path]
) -> Iterator[RunningPortal]:
    """All programs, with one municipality, one schouw that takes reports, and one handler."""
    web, mail, geocoder, redis = (free_port() for _ in range(4))
    environment = {
        "REDIS_URL": f"redis://127.0.0.1:{redis}/0",
        "DATABASE_URL": _database_url(),
        "BASE_URL": f"http://127.0.0.1:{web}",
        "HTTPS": "0",
        "ALLOWED_HOSTS": "127.0.0.1",
        "CSRF_TRUSTED_ORIGINS": f"http://127.0.0.1:{web}",
        "EMAIL_URL": f"smtp://127.0.0.1:{mail}",
        "MAIL_SINK_DIR": str(portal_files["mail"]),
        "MEDIA_ROOT": str(portal_files["media"]),
        "STATIC_ROOT": str(portal_files["static"]),
        "GEOCODER_URL": f"http://127.0.0.1:{geocoder}/",
        "TILE_URL": "",
        "LOCAL_SYSTEMS": "1",
        "STAFF_SECOND_FACTOR": "0",
        "ANONYMOUS_REPORTS_PER_HOUR": "100000",
        "ANONYMOUS_REQUESTS_PER_HOUR": "100000",
        "OPEN311_REQUESTS_PER_MINUTE": "100000",
        "MAILS_PER_ADDRESS_PER_HOUR": "100000",
    }
    programs = Programs(environment, portal_files["logs"])
    with django_db_blocker.unblock():
        call_command("flush", interactive=False, verbosity=0)
        municipality, schouw, handler = _fill()
        programs.redis(redis)
        programs.manage("static", "collectstatic", "--noinput", "--verbosity", "0").wait(timeout=120)
        programs.manage("mail", "mail_sink", "--port", str(mail))
        programs.manage("geocoder", "geocoder_standin", "--port", str(geocoder))
        programs.worker()
        programs.beat(portal_files["logs"] / "beat-schedule")
        programs.web(web)
        try:
            for port in (redis, mail, geocoder, web):
                wait_until(lambda port=port: answers(port), seconds=60)
            yield RunningPortal(
                environment["BASE_URL"],
                redis,
                programs,
                portal_files["mail"],
                environment,
                municipality,
                schouw,
                handler,
            )
        finally:
            programs.stop_all()
            _disconnect_others()


def _disconnect_others() -> None:
    """The server notices a little later than its clients that they have ended."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    connection.close()


def _fill() -> tuple[Any, Any, Any]:
    municipality = MunicipalityFactory(is_participating=True)
    with scope(municipality=municipality):
        areas = [
            AreaFactory(code="WK990101", name="De Linde", geometry=rectangle(WEST, SOUTH, MIDDLE, NORTH)),
            AreaFactory(code="WK990102", name="Oostpolder", geometry=rectangle(MIDDLE, SOUTH, EAST, NORTH)),
        ]
        handler = StaffRoleFactory(
            user=UserFactory(name="Behandelaar", email="behandelaar@example.org"),
            municipality=municipality,
            role=Role.HANDLER,
        ).user
        EmailAddress.objects.create(user=handler, email=handler.email, verified=True, primary=True)
        team = TeamFactory(municipality=municipality)
        team.members.add(handler)
        categories = [
            CategoryFactory(name="Stoep en straat", team=team),
            CategoryFactory(name="Verlichting", team=team),
        ]
        QuestionFactory(category=categories[1])
        schouw = SchouwFactory(
            categories=categories,
            trajectory__title="Schouw De Linde",
            trajectory__areas=areas,
            walk_at=timezone.now(),
        )
    return municipality, schouw, handler


@pytest.fixture
def database(db: None) -> Iterator[None]:
    """The database that the running portal uses, for a look at what is in it: what is written here is undone."""
    with scopes_disabled():
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {
        "executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
        ],
    }


@pytest.fixture
def browser_context_args() -> dict[str, Any]:
    return {"viewport": {"width": 360, "height": 740}, "locale": "nl-NL", "timezone_id": "Europe/Amsterdam"}


@pytest.fixture
def phone(
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    browser_context_args: dict[str, Any],
    tmp_path: Path,
) -> Iterator[PhoneOf]:
    """Makes the phone of somebody with this name."""
    made: list[Phone] = []

    def phone(name: str) -> Phone:
        arguments = {**browser_type_launch_args, **browser_context_args, "accept_downloads": True}
        made.append(Phone(browser_type, arguments, tmp_path / name, name))
        return made[-1]

    yield phone
    for each in made:
        each.context.close()
