"""A walk with two phones in a real browser: offline, restarted, answers lost; then everything is there once."""

import os
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.gis.geos import LineString, Point
from django_scopes import scope
from playwright.sync_api import Browser, expect

from buurtschouw.models import Report
from tests.e2e.conftest import RunningPortal
from tests.e2e.running import wait_until
from tests.e2e.test_every_page import AXE, RUN_AXE, WIDER_THAN_THE_SCREEN
from tests.e2e.walking import Phone, PhoneOf
from tests.factories.buurtschouw import SchouwFactory
from tests.factories.core import StepRecordFactory
from tests.factories.walking import StatementFactory, StatementSetFactory, StopFactory
from trajecten.enums import StepEvent, TrajectoryStatus
from trajecten.models import Trajectory

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("database")]

EACH = 6
STOPS = ((4.910, 52.509), (4.914, 52.511))
# Slow 4G, and a phone that is four times slower than this machine.
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
SLOWER = 4
MOST_BYTES = 250_000
MOST_SECONDS = 3.0


@pytest.fixture(scope="module")
def walk(portal: RunningPortal, django_db_blocker: Any) -> Iterator[SimpleNamespace]:
    """A walk with a route, two stops and two statements; over when these tests are."""
    with django_db_blocker.unblock(), scope(municipality=portal.municipality):
        category = portal.schouw.categories.first()
        schouw = SchouwFactory(
            municipality=portal.municipality,
            categories=[category],
            trajectory__title="Schouw met de telefoon",
            route=LineString(*(Point(*stop) for stop in STOPS), srid=4326),
        )
        statements = StatementSetFactory(municipality=portal.municipality, name="Lijst van de telefoon")
        asked = [
            StatementFactory(category=category, set=statements, text=text)
            for text in ("De stoep is heel.", "Het is hier schoon.")
        ]
        schouw.statements.set(asked)
        stops = [
            StopFactory(schouw=schouw, position=place, name=name, point=Point(*at, srid=4326))
            for place, (name, at) in enumerate(zip(("Speeltuin", "Plein"), STOPS, strict=True), 1)
        ]
    yield SimpleNamespace(schouw=schouw, stops=stops, statements=asked)
    with django_db_blocker.unblock(), scope(municipality=portal.municipality):
        schouw.trajectory.status, schouw.trajectory.current_step = TrajectoryStatus.EVALUATED, ""
        schouw.trajectory.save()


def note(phone: Phone, number: int, *, stop: Any = None) -> None:
    """One observation of a walker: the kinds and colours take turns."""
    phone.observe(
        f"{phone.name} zag iets, nummer {number}.",
        kind=number % 3,
        colour=("red", "green", "blue")[number % 3],
        stop=stop,
        address="" if stop else f"Meent {number}",
    )


def test_what_is_refused_stays_and_a_file_of_it_can_be_handed_in(
    portal: RunningPortal, walk: SimpleNamespace, phone: PhoneOf, tmp_path: Path
) -> None:
    """The server says no: the reason is there, nothing is lost, and all of it fits in a file."""
    mine = phone("Wim")
    mine.come_in(portal.address(f"schouw/{walk.schouw.pk}/meelopen/"))
    refuse = {"status": 422, "json": {"errors": {"text": ["Dit kan niet."]}}}
    mine.context.route(re.compile("/waarnemingen$"), lambda route: route.fulfill(**refuse))
    note(mine, 1)
    mine.page.goto(f"{mine.url}#lijst")
    row = mine.page.locator("[data-waiting] > li")
    expect(row).to_contain_text("Dit kan niet.")
    assert mine.waits == 1
    with mine.page.expect_download() as saving:
        mine.page.locator("[data-export]").click()
    saving.value.save_as(tmp_path / "file.zip")
    with zipfile.ZipFile(tmp_path / "file.zip") as archive:
        assert archive.testzip() is None
        assert [name.partition("/")[0] for name in archive.namelist()] == ["waarnemingen.json", "fotos"]
    mine.page.locator("summary").first.click()
    mine.page.locator(".walk-menu a").first.click()
    expect(mine.page.locator("dialog[data-leaving]")).to_be_visible()
    mine.page.locator("dialog button[value=stay]").click()
    mine.context.unroute(re.compile("/waarnemingen$"))
    row.locator("button").first.click()
    wait_until(lambda: Report.objects.filter(text="Wim zag iets, nummer 1.").exists())


def test_words_are_not_thrown_away_by_one_touch(
    portal: RunningPortal, walk: SimpleNamespace, phone: PhoneOf
) -> None:
    mine = phone("Wim")
    mine.come_in(portal.address(f"schouw/{walk.schouw.pk}/meelopen/"))
    page, words = mine.page, mine.page.locator("textarea[name=text]")
    asked = page.locator("dialog[data-throwing]")
    page.goto(f"{mine.url}#noteren")
    words.fill("Half geschreven")
    page.locator("[data-discard]").click()
    asked.locator("button[value=keep]").click()
    expect(words).to_have_value("Half geschreven")
    page.goto(f"{mine.url}#lijst")
    page.locator("[data-drafts] button").click()
    page.keyboard.press("Escape")
    expect(page.locator("[data-drafts] > li")).to_contain_text("Half geschreven")
    page.locator("[data-drafts] button").click()
    asked.locator("button[value=throw]").click()
    expect(page.locator("[data-drafts] > li")).to_have_count(0)


def to_step(schouw: Any, step: str, event: str) -> None:
    """As if the step of the walk were closed now, or opened again."""
    Trajectory.objects.filter(pk=schouw.trajectory_id).update(current_step=step)
    StepRecordFactory(trajectory=schouw.trajectory, step="walk", event=event)


def test_once_the_walk_is_over_nothing_new_is_asked_and_what_was_begun_is_sent(
    portal: RunningPortal, walk: SimpleNamespace, phone: PhoneOf
) -> None:
    """Who is without a network does not know, and can go on."""
    mine = phone("Wim")
    mine.come_in(portal.address(f"schouw/{walk.schouw.pk}/meelopen/"))
    page, form = mine.page, mine.page.locator("form[data-observation]")
    mine.go_offline()
    page.goto(f"{mine.url}#noteren")
    form.locator("textarea[name=text]").fill("Nog niet af")
    page.goto(f"{mine.url}#lijst")
    expect(page.locator("[data-drafts] a")).to_have_count(1)
    note(mine, 1, stop=walk.stops[0])
    portal.committed(lambda: to_step(walk.schouw, "feedback", StepEvent.CLOSED))
    mine.score(walk.stops[0], walk.statements[0], 4)
    page.evaluate("localStorage.removeItem('held-offline')")
    mine.context.set_offline(False)
    mine.reload()
    score = page.locator("[data-statement] input").first
    expect(score).to_be_disabled()
    expect(page.locator("[data-screen=stop] [data-over]")).to_be_visible()
    page.goto(f"{mine.url}#noteren")
    expect(page.locator("[data-screen=observe] [data-over]")).to_be_visible()
    expect(form).to_be_hidden()
    wait_until(lambda: Report.objects.filter(text="Wim zag iets, nummer 1.").exists())
    page.goto(f"{mine.url}#lijst")
    page.locator("[data-drafts] a").click()
    expect(form).to_be_visible()
    portal.committed(lambda: to_step(walk.schouw, "walk", StepEvent.OPENED))


@pytest.mark.parametrize("width", [360, 1280])
def test_every_screen_is_accessible_and_fits(
    width: int, portal: RunningPortal, walk: SimpleNamespace, browser: Browser
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 740}, locale="nl-NL")
    page = context.new_page()
    page.goto(portal.address(f"schouw/{walk.schouw.pk}/meelopen/"))
    page.locator("input[name=name]").fill("Kijker")
    page.locator("form button[type=submit]").last.click()
    page.wait_for_selector("[data-walk-app][data-ready]")
    url = page.url.partition("#")[0]
    for screen in (
        "route",
        f"halte-{walk.stops[0].pk}",
        f"noteren-{walk.stops[0].pk}",
        "lijst",
        "antwoorden",
    ):
        page.goto(f"{url}#{screen}")
        page.wait_for_timeout(500)
        assert not page.evaluate(WIDER_THAN_THE_SCREEN), screen
        page.evaluate(AXE.read_text())
        assert page.evaluate(RUN_AXE) == [], screen
    context.close()


def _loud() -> float:
    """How much more than its share others use of this machine, at most three times; 1 on a quiet one."""
    return min(max(os.getloadavg()[0] / (os.cpu_count() or 1), 1.0), 3.0)


def test_it_is_light_and_soon_ready(
    portal: RunningPortal, walk: SimpleNamespace, browser: Browser, browser_context_args: dict[str, Any]
) -> None:
    """First visit on slow 4G with a slow phone, measured; maps, tiles and photos are not counted."""
    joined = browser.new_context(**browser_context_args)
    page = joined.new_page()
    page.goto(portal.address(f"schouw/{walk.schouw.pk}/meelopen/"))
    page.locator("input[name=name]").fill("Meting")
    page.locator("form button[type=submit]").last.click()
    page.wait_for_url(re.compile("/lopen/"))
    url = page.url
    joined.close()

    context = browser.new_context(**browser_context_args, service_workers="block")
    context.add_init_script(
        """
        window.lastLong = 0;
        new PerformanceObserver((list) => {
          for (const { startTime, duration } of list.getEntries()) window.lastLong = startTime + duration;
        }).observe({ type: "longtask", buffered: true });
        new MutationObserver(() => {
          const app = document.querySelector("[data-walk-app][data-ready]");
            if (app && !window.readyAt) window.readyAt = performance.now();
        }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-ready"] });
        """
    )
    page = context.new_page()
    devices = context.new_cdp_session(page)
    loaded: dict[str, int] = {}
    names: dict[str, str] = {}
    devices.on(
        "Network.responseReceived", lambda told: names.update({told["requestId"]: told["response"]["url"]})
    )
    devices.on(
        "Network.loadingFinished", lambda told: loaded.update({told["requestId"]: told["encodedDataLength"]})
    )
    devices.send("Network.enable")
    devices.send("Network.emulateNetworkConditions", SLOW_4G)
    devices.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(url, wait_until="commit")
    page.wait_for_function("() => window.readyAt", timeout=60_000)
    page.wait_for_selector(".leaflet-marker-icon", state="attached", timeout=60_000)
    page.wait_for_load_state("networkidle")
    ready = page.evaluate("Math.max(window.readyAt, Math.min(window.lastLong, window.readyAt + 5000))") / 1000
    sizes = {names[key]: size for key, size in loaded.items() if not re.search(r"geojson|foto", names[key])}
    total = sum(sizes.values())
    told = [f"{size:>8}  {name.rpartition('/')[2] or name}\n" for name, size in sizes.items()]
    busy = _loud()
    told.append(
        f"first load {total / 1000:.0f} kB, ready after {ready:.2f} s, machine {busy:.1f} times too busy\n"
    )
    sys.stdout.writelines(told)
    context.close()
    assert total < MOST_BYTES
    assert ready < MOST_SECONDS * busy
