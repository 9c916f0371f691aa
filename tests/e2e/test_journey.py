"""The main job in a real browser, at phone size: a report from the street gets an answer, and a verdict."""

import io
import re
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from buurtschouw.models import Report
from tests.e2e.conftest import RunningPortal, sign_in
from trajecten.models import Attachment

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("database")]


@pytest.fixture
def photo() -> dict[str, Any]:
    """A photo as a phone makes it: large, turned, with a place in its EXIF."""
    image = Image.effect_mandelbrot((2600, 1900), (-2, -1.2, 0.8, 1.2), 40).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 30.0, 36.0), 3: "E", 4: (4.0, 54.0, 54.0)})
    file = io.BytesIO()
    image.save(file, "JPEG", exif=exif)
    return {"name": "IMG_0042.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


@pytest.fixture
def without_javascript(browser: Any, browser_context_args: dict[str, Any]) -> Any:
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    yield context.new_page()
    context.close()


def _answer(page: Page, portal: RunningPortal, report: Report, status: str, message: str) -> None:
    page.goto(portal.address(f"werk/meldingen/{report.pk}/"))
    page.locator(f"input[name=status][value={status}]").check(force=True)
    page.locator("textarea[name=message]").fill(message)
    page.locator("form:has(textarea[name=message]) button[type=submit]:not([name])").first.click()
    expect(page.locator("main")).to_contain_text(message)


def _clean(report: Report) -> None:
    (attachment,) = Attachment.objects.filter(object_id=report.pk)
    with Image.open(attachment.image.path) as image:
        assert max(image.size) <= 2048
        assert not image.getexif()


def test_with_javascript(
    page: Page, portal: RunningPortal, photo: dict[str, Any], settings: Any, portal_files: Any
) -> None:
    """Place from the phone, photo, answer, mail, "no", on top of the queue again."""
    settings.MEDIA_ROOT = portal_files["media"]
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 52.51, "longitude": 4.915, "accuracy": 8})
    page.goto(portal.address(""))
    page.get_by_role("link", name=re.compile("Meld iets op straat|Report something")).first.click()
    page.get_by_label("Stoep en straat").check()
    page.locator("[data-locate], button:has-text('mijn plek'), button:has-text('my place')").first.click()
    expect(page.locator("main")).to_contain_text(re.compile(r"8 met"), timeout=15_000)
    page.locator("input[type=file]").set_input_files([photo])
    page.locator("textarea[name=text]").fill("Stoeptegels liggen los bij de speeltuin.")
    page.locator("input[name=email]").fill("melder.js@example.org")
    page.locator("form[data-report] button[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/volg/.*ontvangen"), timeout=30_000)

    report = Report.objects.get(author__email="melder.js@example.org")
    expect(page.locator("main")).to_contain_text(str(report.pk))
    assert report.area.name == "De Linde"
    _clean(report)
    assert str(report.pk) in portal.mail_to("melder.js@example.org", containing="/volg/").subject
    _official_and_verdict(page, portal, report, "melder.js@example.org")


def test_without_javascript(
    without_javascript: Page,
    page: Page,
    portal: RunningPortal,
    photo: dict[str, Any],
    settings: Any,
    portal_files: Any,
) -> None:
    """The same with address and text, with plain forms only."""
    settings.MEDIA_ROOT = portal_files["media"]
    visitor = without_javascript
    visitor.goto(portal.address("melden/"))
    visitor.get_by_label("Verlichting").check()
    visitor.locator("input[name=address]").fill("bij de brug aan de Meent")
    visitor.locator("input[type=file]").set_input_files([photo])
    visitor.locator("input[name=email]").fill("geen adres")
    visitor.locator("form[data-report] button[type=submit]").click()
    expect(visitor.locator("main")).to_contain_text(re.compile("example.org"))
    expect(visitor.locator("input[name=address]")).to_have_value("bij de brug aan de Meent")
    visitor.locator("input[name=email]").fill("melder.kaal@example.org")
    visitor.locator("textarea[name=text]").fill("De lantaarn bij de brug doet het niet.")
    visitor.locator("form[data-report] button[type=submit]").click()
    visitor.wait_for_url(re.compile(r"/volg/.*ontvangen"))

    report = Report.objects.get(author__email="melder.kaal@example.org")
    _clean(report)
    _official_and_verdict(page, portal, report, "melder.kaal@example.org", visitor=visitor)


def _explain(reporter: Page) -> None:
    """What is not right yet, on the page where the "no" leads to."""
    words = "De tweede lantaarn doet het nog steeds niet."
    form = reporter.locator("form[data-explanation]")
    form.locator("textarea").fill(words)
    form.locator("button[type=submit]").click()
    expect(reporter.locator(".portal-timeline")).to_contain_text(words)


def _official_and_verdict(
    page: Page, portal: RunningPortal, report: Report, address: str, visitor: Page | None = None
) -> None:
    """The official plans and finishes it; the reporter hears of both and says "no"."""
    sign_in(page, portal, portal.handler.email)
    _answer(page, portal, report, "acknowledged", f"Wij gaan kijken bij {report.pk}.")
    portal.mail_to(address, containing=f"Wij gaan kijken bij {report.pk}.")
    _answer(page, portal, report, "done", f"Melding {report.pk} is klaar.")
    mail = portal.mail_to(address, containing=f"Melding {report.pk} is klaar.")

    link = re.search(r"http\S+/oordeel/1/no/", mail.text)
    assert link, mail.text
    reporter = visitor or page
    reporter.goto(link.group())
    if visitor:
        reporter.locator("form[data-verdict] button").first.click()
    reporter.wait_for_url(re.compile(r"/volg/[^/]+/$"))

    report.refresh_from_db()
    assert report.status == "acknowledged"
    assert report.returned_at is not None
    _explain(reporter)
    page.goto(portal.address("werk/meldingen/"))
    rows = page.locator("main tbody tr")
    came_back = page.locator("main tbody tr.staff-queue__back")
    expect(came_back.filter(has_text=report.title)).to_have_count(1)
    on_top = [rows.nth(n).get_attribute("class") or "" for n in range(came_back.count())]
    assert all("staff-queue__back" in kind for kind in on_top)
