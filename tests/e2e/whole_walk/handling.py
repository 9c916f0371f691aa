"""The official who answers: joins duplicates, asks, answers, promises, and lets an idea go on."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from buurtschouw.models import Report
from tests.e2e.cast import said
from tests.e2e.whole_walk.town import Walk
from tests.e2e.whole_walk.walking_along import RIA, SJOERD
from trajecten.models import Commitment

TILE, OTHER_TILE = RIA[0].text, SJOERD[0].text
IDEA = RIA[2].text
RAILING = RIA[3].text
PLASTIC = SJOERD[1].text
SMELL = SJOERD[3].text

QUESTION = "Aan welke kant van de vlonder ruikt u het?"
REPLY = "Aan de kant van het riet, vooral in de ochtend."
DONE = "De tegel ligt weer vast."
PLANNED = "Wij zetten een nieuwe leuning op de brug."
SMELL_DONE = "De duiker is schoongemaakt, het water stroomt weer."
PROMISE = "Wij halen elke maand het plastic uit de sloot."
IDEA_PROMISE = "Wij planten in het najaar tien bessenstruiken langs het pad."
THANKS = "Bedankt. Wij hebben het gelezen en geven het door aan de buitendienst."


def handle(walk: Walk) -> None:
    _let_everybody_read_it(walk)
    _join_duplicates(walk)
    _answer_both(walk)
    _ask(walk)
    _reply(walk)
    _plan(walk)
    _promise(walk)
    _let_the_idea_go_on(walk)
    _answer_the_others_at_once(walk)


def open_report(walk: Walk, text: str) -> Page:
    """From the queue of this walk, as the official works."""
    report = walk.report(text)
    page = walk.open("handler", f"werk/meldingen/?schouw={walk.schouw.pk}&status=all")
    page.locator(f"main tbody a[href*='/werk/meldingen/{report.pk}/']").first.click()
    page.wait_for_url(re.compile(f"/werk/meldingen/{report.pk}/"))
    return page


def answer(walk: Walk, text: str, status: str, message: str, **more: str) -> Report:
    page = open_report(walk, text)
    page.locator(f"form[data-answer] input[name=status][value={status}]").check(force=True)
    for name, value in more.items():
        page.locator(f"form[data-answer] input[name={name}]").fill(value)
    page.locator("form[data-answer] textarea[name=message]").fill(message)
    page.locator("form[data-answer] button[type=submit]:not([name])").click()
    expect(page.locator("#report-history")).to_contain_text(message)
    return walk.report(text)


def in_days(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def _several_at_once(walk: Walk, action: str, state: str) -> Page:
    page = walk.open("handler", f"werk/meldingen/?schouw={walk.schouw.pk}&status={state}")
    page.locator("summary", has_text="Meer tegelijk").click()
    page.locator("#choose input[name=all]").check()
    page.locator(f"#choose button[name=action][value={action}]").click()
    return page


def _confirm(page: Page) -> None:
    """First one sees what will happen, and then it is done by a worker."""
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/tegelijk/\d+/"))
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("#bulk [role=status]")).to_contain_text("Gedaan voor", timeout=60_000)


def _let_everybody_read_it(walk: Walk) -> None:
    _confirm(_several_at_once(walk, "publish", "all"))
    assert not Report.objects.filter(schouw=walk.schouw).exclude(moderation="published").exists()


def _join_duplicates(walk: Walk) -> None:
    """Sjoerd saw the same tile; his report follows hers."""
    other = walk.report(OTHER_TILE)
    page = open_report(walk, TILE)
    part = page.locator("#report-together")
    part.locator("summary", has_text="Samen met een andere melding behandelen").click()
    part.locator(f"input[name=near][value='{other.pk}']").check(force=True)
    part.locator("button", has_text="Samen behandelen").click()
    expect(part).to_contain_text("1 melding volgt deze")
    walk.portal.mail_to(walk.address_of("Sjoerd"), containing="behandelen beide meldingen samen")


def _answer_both(walk: Walk) -> None:
    """One answer; both reporters hear it."""
    answer(walk, TILE, "done", DONE)
    for who in ("Ria", "Sjoerd"):
        walk.portal.mail_to(walk.address_of(who), containing=DONE)


def _ask(walk: Walk) -> None:
    assert answer(walk, SMELL, "waiting", QUESTION).status == "waiting"


def _reply(walk: Walk) -> None:
    """By the link in the mail; the official reads it with the report, and answers."""
    page = walk.visit("Sjoerd", walk.mailed_link("Sjoerd", containing=QUESTION, path="/volg/"))
    said(page, QUESTION)
    page.locator("#vraag textarea[name=text]").fill(REPLY)
    page.locator("#vraag button[type=submit]").click()
    said(page, REPLY)
    said(open_report(walk, SMELL), REPLY)
    answer(walk, SMELL, "done", SMELL_DONE)


def _plan(walk: Walk) -> None:
    answer(walk, RAILING, "planned", PLANNED, planned_for=in_days(14))
    walk.portal.mail_to(walk.address_of("Ria"), containing=PLANNED)


def _promise(walk: Walk) -> None:
    page = open_report(walk, PLASTIC)
    page.get_by_role("link", name="Iets beloven").click()
    expect(page.locator("input[name=origins]")).to_be_checked()
    page.locator("textarea[name=text]").fill(PROMISE)
    page.locator("input[name=deadline]").fill(in_days(60))
    page.locator("select[name=owner]").select_option(label="Handler")
    page.locator("main form button[type=submit]:not([name])").click()
    said(page, "Het is beloofd")
    assert Commitment.objects.get(text=PROMISE).trajectory_id == walk.schouw.trajectory_id


def _let_the_idea_go_on(walk: Walk) -> None:
    """Judged as possible, with a reason, and then promised."""
    page = open_report(walk, IDEA)
    page.get_by_role("link", name="Wie meedoet, of het haalbaar is").click()
    page.locator("input[name=level][value=easy]").check(force=True)
    page.locator("textarea[name=reason]").fill("De struiken kosten weinig, en de grond is van ons.")
    page.get_by_role("button", name="Bewaar dit oordeel").click()
    said(page, "De struiken kosten weinig")
    form = page.locator("main form[action$='/belofte/']")
    form.locator("textarea[name=text]").fill(IDEA_PROMISE)
    form.locator("input[name=deadline]").fill(in_days(90))
    form.locator("button[type=submit]").click()
    said(page, "Het is beloofd")
    walk.portal.mail_to(walk.address_of("Ria"), containing=IDEA_PROMISE)


def _answer_the_others_at_once(walk: Walk) -> None:
    page = _several_at_once(walk, "answer", "new")
    page.locator("input[name=status][value=acknowledged]").check(force=True)
    page.locator("textarea[name=message]").fill(THANKS)
    _confirm(page)
    assert not Report.objects.filter(schouw=walk.schouw, status="new").exists()
