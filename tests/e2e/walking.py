"""Phones with which people walk along, and a network that is worse than none."""

import io
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import BrowserContext, BrowserType, Page, Route, expect

from tests.e2e.running import wait_until

SENT_BY_PHONES = re.compile(r"/(lopen|volg)/")
# Chromium lets a page that was just read again send something before it is held offline.
HELD_OFFLINE = """
const send = window.fetch;
window.fetch = (...asked) =>
  localStorage.getItem("held-offline") ? Promise.reject(new TypeError("Failed to fetch")) : send(...asked);
"""


def photo(colour: str) -> dict[str, Any]:
    """A large photo with a place in its EXIF, as a phone makes it."""
    image = Image.new("RGB", (2600, 1900), colour)
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 30.0, 36.0), 3: "E", 4: (4.0, 54.0, 54.0)})
    file = io.BytesIO()
    image.save(file, "JPEG", exif=exif)
    return {"name": f"{colour}.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


class Phone:
    """One walker's phone: a browser with a folder of its own, which can be shut down and started again."""

    def __init__(self, browser_type: BrowserType, arguments: dict[str, Any], folder: Path, name: str) -> None:
        self.launch = lambda: browser_type.launch_persistent_context(str(folder), **arguments)
        self.name = name
        self.url = ""
        self.start()

    def start(self) -> None:
        self.context: BrowserContext = self.launch()
        self.context.add_init_script(HELD_OFFLINE)
        self.page: Page = self.context.pages[0]

    def come_in(self, address: str, *, email: str = "") -> None:
        """By a name, and a mail address for who wants to hear more."""
        self.page.goto(address)
        self.page.locator("input[name=name]").fill(self.name)
        self.page.locator("input[name=email]").fill(email)
        self.page.locator("form button[type=submit]").last.click()
        self.take_along()

    def take_along(self) -> None:
        """Wait for the app that was asked for, until it can do without a network."""
        self.page.wait_for_url(re.compile("/lopen/"))
        self.url = self.page.url
        self.page.wait_for_selector("[data-line][data-offline]", state="attached", timeout=60_000)

    def go_offline(self) -> None:
        """No network any more, also while a page is read again."""
        self.page.evaluate("localStorage.setItem('held-offline', 'yes')")
        self.context.set_offline(True)

    def go_online(self, network: Callable[[Route], None]) -> None:
        """By a network like this."""
        self.context.route(SENT_BY_PHONES, network)
        self.page.evaluate("localStorage.removeItem('held-offline')")
        self.context.set_offline(False)

    def reload(self) -> None:
        self.page.reload()
        self.ready()

    def restart(self) -> None:
        """Shut the browser down and start it again, still without a network."""
        self.context.close()
        self.start()
        self.context.set_offline(True)
        self.page.goto(self.url)
        self.ready()

    def ready(self) -> None:
        self.page.wait_for_selector("[data-walk-app][data-ready]", timeout=30_000)

    def score(self, stop: Any, statement: Any, value: int) -> None:
        self.page.goto(f"{self.url}#halte-{stop.pk}")
        box = self.page.locator(f'[data-statement="{statement.pk}"]')
        box.locator(f'label:has(input[value="{value}"])').click()
        expect(box.locator("[data-state]")).not_to_be_empty()

    def observe(
        self,
        text: str,
        *,
        kind: int = 0,
        theme: int = 0,
        colour: str = "red",
        stop: Any = None,
        address: str = "",
    ) -> None:
        """Write down what one sees, with a photo; ``kind`` and ``theme`` say which tile."""
        page = self.page
        page.goto(f"{self.url}#noteren-{stop.pk if stop else ''}")
        page.locator("label.portal-tile:has(input[name=kind])").nth(kind).click()
        page.locator("label.portal-tile:has(input[name=category])").nth(theme).click()
        page.locator("textarea[name=text]").fill(text)
        page.locator("input[name=photos]").set_input_files([photo(colour)])
        expect(page.locator(".portal-photo")).to_have_count(1)
        if address:
            page.locator("input[name=address]").fill(address)
        page.locator("form[data-observation] button[type=submit]").click()
        expect(page.locator("[data-saved]")).to_be_visible()

    @property
    def waits(self) -> int:
        return int(self.page.locator("[data-line]").get_attribute("data-waits") or -1)

    def send(self) -> None:
        """Until nothing waits any more; a hand on the button hurries what waits for its turn."""

        def is_empty() -> bool:
            button = self.page.locator("[data-line] button")
            if self.waits and button.is_visible() and button.get_attribute("aria-disabled") != "true":
                button.click()
            return self.waits == 0 and "score" not in self.page.locator("[data-unsent]").inner_text()

        wait_until(is_empty, seconds=120, every=0.5)


PhoneOf = Callable[[str], Phone]


class LosingNetwork:
    """Lets each request through and loses the first answer to it, after the server accepted it."""

    def __init__(self) -> None:
        self.lost: Counter[str] = Counter()

    def __call__(self, route: Route) -> None:
        request = route.request
        name = f"{request.url} {request.headers.get('idempotency-key', '')}"
        if request.method == "GET" or self.lost[name]:
            route.continue_()
            return
        self.lost[name] += 1
        # Again where the server had just closed the line that was kept open: that is no answer that was lost.
        assert route.fetch(max_retries=3).ok
        route.abort("connectionreset")
