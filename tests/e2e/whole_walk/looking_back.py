"""Everybody looks back: what they thought of it, what is learnt, and what came of it on a page and on paper."""

import io

import pypdf
from playwright.sync_api import expect

from buurtschouw.models import EvaluationReply
from tests.e2e.cast import said, submit
from tests.e2e.whole_walk import handling, judging
from tests.e2e.whole_walk.preparing import STATEMENTS, THEMES, close_step, keep
from tests.e2e.whole_walk.town import RESIDENTS, TITLE, Walk
from tests.e2e.whole_walk.walking_along import EVERYTHING, SCORES

SCHOOL = "Loop de volgende keer ook langs het schoolplein."
TIME = "Neem meer tijd voor elke stop."
LESSON = "Begin bij het buurthuis, daar is iedereen snel."


def evaluate(walk: Walk) -> None:
    assert SCHOOL not in " ".join(_results_on_paper(walk))
    _ask(walk)
    for number, who in enumerate((*RESIDENTS, "Sjoerd"), 2):
        _fill_in_as_walker(walk, who, useful=number)
    _fill_in_as_official(walk)
    _read_what_was_said(walk)
    _learn(walk)
    _close(walk)


def _ask(walk: Walk) -> None:
    page = walk.open("coordinator", walk.at_work())
    page.get_by_role("link", name="Evaluatie", exact=True).click()
    said(page, "Er is nog niemand gevraagd")
    submit(page, "/evaluatie/vragen/")
    said(page, "De vragen zijn onderweg")


def _questions(walk: Walk, who: str) -> str:
    return walk.mailed_link(who, containing="/evaluatie/antwoord/", path="/evaluatie/antwoord/")


def _fill_in_as_walker(walk: Walk, who: str, *, useful: int) -> None:
    page = walk.visit(who, _questions(walk, who))
    choices = {"useful": str(useful), "heard": "4", "easy": "5", "again": "yes"}
    for name, value in choices.items():
        page.locator(f"input[name={name}][value='{value}']").check(force=True)
    if who == "Ria":
        page.locator("textarea[name=different]").fill(SCHOOL)
    keep(page)
    said(page, "Uw antwoorden zijn bewaard")


def _fill_in_as_official(walk: Walk) -> None:
    page = walk.visit("handler", _questions(walk, "handler"))
    for name, value in {"useful": "5", "doable": "4"}.items():
        page.locator(f"input[name={name}][value='{value}']").check(force=True)
    page.locator("textarea[name=different]").fill(TIME)
    keep(page)
    said(page, "Uw antwoorden zijn bewaard")
    assert EvaluationReply.objects.filter(evaluation__schouw=walk.schouw).count() == len(RESIDENTS) + 2


def _read_what_was_said(walk: Walk) -> None:
    """And let everybody read it; then nobody can answer any more."""
    page = walk.open("coordinator", walk.at_work("evaluatie/"))
    said(page, "5 mensen hebben geantwoord")
    for words in (SCHOOL, TIME):
        page.locator("li", has_text=words).locator("button[value=yes]").click()
        said(page, "Iedereen kan dit nu lezen")
    page.locator("details:has(form[action$='/evaluatie/sluiten/']) summary").click()
    submit(page, "/evaluatie/sluiten/")
    said(page, "De evaluatie is gesloten")


def _learn(walk: Walk) -> None:
    page = walk.open("coordinator", f"schouw/{walk.schouw.pk}/lessen/")
    page.locator("input[name=advice][value=keep]").check(force=True)
    page.locator("textarea[name=text]").fill(LESSON)
    page.locator("input[name=who]").fill("de kerngroep")
    page.locator("input[name=is_public]").check()
    keep(page)
    said(page, LESSON)


def _close(walk: Walk) -> None:
    """The last step; then the walk is behind us."""
    page = walk.open("coordinator", walk.at_work())
    close_step(page)
    expect(page.locator("main [aria-current=step]")).to_have_count(0)
    assert walk.schouw.trajectory.status == "evaluated"


def read_the_results(walk: Walk) -> None:
    """On a page that everybody can open, and on paper."""
    _on_a_page(walk)
    pages = _results_on_paper(walk)
    assert len(pages) > 2
    assert all(pages)
    text = " ".join(pages)
    for words in _in_the_results():
        assert words in text, words


def _in_the_results() -> list[str]:
    """The scores, what was seen with its answer, what was promised, and what people thought of it."""
    return [
        TITLE,
        *THEMES,
        *(text for _theme, text in STATEMENTS),
        *SCORES,
        *(seen.text for seen in EVERYTHING),
        "Eerste antwoord, in werkdagen",
        handling.DONE,
        handling.SMELL_DONE,
        handling.THANKS,
        judging.RAILING_DONE,
        handling.PROMISE,
        handling.IDEA_PROMISE,
        SCHOOL,
        TIME,
        LESSON,
    ]


def _on_a_page(walk: Walk) -> None:
    page = walk.open("passer-by", f"schouw/{walk.schouw.pk}/")
    page.get_by_role("link", name="Bekijk wat de schouw opleverde").first.click()
    for words in _in_the_results():
        said(page, words)


def _results_on_paper(walk: Walk) -> list[str]:
    """The text of each page of the PDF."""
    page = walk.open("passer-by", f"schouw/{walk.schouw.pk}/resultaten/")
    link = page.get_by_role("link", name="Alle resultaten als").get_attribute("href")
    answer = page.request.get(f"{walk.portal.url}{link}")
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    read = pypdf.PdfReader(io.BytesIO(answer.body()))
    return [" ".join(each.extract_text().split()) for each in read.pages]
