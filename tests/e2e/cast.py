"""The people of a story, each at a screen of their own, and what they do on every page."""

import re
from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress
from playwright.sync_api import Page, expect

from tests.e2e.conftest import RunningPortal
from tests.factories.core import UserFactory

DESK = {"width": 1280, "height": 800}


@dataclass
class Cast:
    """``name`` is of the story: it stands in the mail addresses, so that no two stories share one."""

    name: str
    portal: RunningPortal
    town: Any
    pages: dict[str, Page] = field(default_factory=dict)

    def address_of(self, who: str) -> str:
        return address_of(who, self.name)

    def open(self, who: str, path: str, *, outside: bool = False) -> Page:
        """This person goes to a page, of the municipality or outside any."""
        return self.visit(who, f"{self.portal.url}/{path}" if outside else self.url(path))

    def url(self, path: str) -> str:
        return f"{self.portal.url}/{self.town.slug}/{path}"

    def visit(self, who: str, address: str) -> Page:
        """This person goes to an address, which has to be there."""
        page = self.pages[who]
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        return page

    def mailed_link(self, who: str, *, containing: str, path: str) -> str:
        """The link with this path in the newest mail with these words."""
        mail = self.portal.mail_to(self.address_of(who), containing=containing)
        found = re.search(rf"http\S+{path}\S*", mail.text)
        assert found, mail.text
        return found.group()


def address_of(who: str, story: str) -> str:
    return f"{who.lower()}.{story}@example.org"


def account(who: str, story: str, **more: Any) -> Any:
    """Somebody who can sign in."""
    user = UserFactory(name=who.capitalize(), email=address_of(who, story), **more)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def submit(page: Page, action: str) -> None:
    """Press the button of the form that goes to an address with this end."""
    page.locator(f"main form[action$='{action}'] button[type=submit]").first.click()


def said(page: Page, words: str) -> None:
    expect(page.locator("main")).to_contain_text(words)
