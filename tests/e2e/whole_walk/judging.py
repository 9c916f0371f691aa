"""Reporters follow what happened by the links in their mails, and say what they think of it."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.cast import said
from tests.e2e.whole_walk.handling import DONE, PLANNED, RAILING, SMELL, SMELL_DONE, TILE, answer
from tests.e2e.whole_walk.town import Walk
from trajecten.models import Verdict

RAILING_DONE = "De nieuwe leuning staat vast."
NOT_YET = "In de ochtend ruikt het nog wel een beetje."


def judge_all(walk: Walk) -> None:
    _from_the_page_they_follow(walk)
    _by_one_tap_in_the_mail(walk)
    _what_was_promised_for_a_day_is_done(walk)


def follow(walk: Walk, who: str, *, told: str) -> Page:
    """By the link in the mail with these words to the page of the report."""
    page = walk.visit(who, walk.mailed_link(who, containing=told, path=r"/volg/[^/\s]+/(?=\s)"))
    said(page, told)
    return page


def judge(page: Page, value: str, words: str = "") -> None:
    """In the form on that page, which then no longer asks."""
    form = page.locator("main .portal-need form")
    form.locator(f"input[name=value][value={value}]").check(force=True)
    form.locator("textarea[name=words]").fill(words)
    form.locator("button[type=submit]").click()
    expect(page.locator("main summary", has_text="Verander mijn antwoord")).to_be_visible()


def verdict_on(walk: Walk, text: str) -> tuple[str, str]:
    found = Verdict.objects.get(object_id=walk.report(text).pk, municipality=walk.town)
    return found.value, found.words


def _from_the_page_they_follow(walk: Walk) -> None:
    judge(follow(walk, "Sjoerd", told=SMELL_DONE), "partly", NOT_YET)
    assert verdict_on(walk, SMELL) == ("partly", NOT_YET)


def _by_one_tap_in_the_mail(walk: Walk) -> None:
    page = walk.visit("Ria", walk.mailed_link("Ria", containing=DONE, path="/oordeel/1/yes/"))
    page.wait_for_url(re.compile(r"/volg/[^/]+/$"))
    assert verdict_on(walk, TILE) == ("yes", "")


def _what_was_promised_for_a_day_is_done(walk: Walk) -> None:
    page = follow(walk, "Ria", told=PLANNED)
    answer(walk, RAILING, "done", RAILING_DONE)
    page = follow(walk, "Ria", told=RAILING_DONE)
    said(page, PLANNED)
    judge(page, "yes")
    assert verdict_on(walk, RAILING) == ("yes", "")
