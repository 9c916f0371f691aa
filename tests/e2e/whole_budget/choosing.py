"""Residents choose themes, one with an account and one by the link in a mail; then a programme is chosen."""

from playwright.sync_api import Page

from budget.models import Programme, Theme
from tests.e2e.cast import said, submit
from tests.e2e.whole_budget.figures import PROGRAMMES
from tests.e2e.whole_budget.town import TITLE, Tour, keep, reads

# By the task field of its card.
TOGETHER, CULTURE = ["6.1"], ["5.3", "5.6"]
WHY_THEME = "Twee bewoners kozen dit. Elkaar ontmoeten raakt iedereen."
WHY_PROGRAMME = "Hier gaat het om elkaar ontmoeten in de buurt."


def choose(tour: Tour) -> None:
    _prepare(tour)
    _with_an_account(tour)
    _by_mail(tour)
    _say_what_is_chosen(tour)
    tour.close_step("Programma’s kiezen")
    _choose_a_programme(tour)
    tour.close_step("De begroting begrijpen")


def _prepare(tour: Tour) -> None:
    page = tour.open("coordinator", tour.at_work("themas/"))
    submit(page, "/themas/beginnen/")
    said(page, "12 thema's toegevoegd")


def _theme(tour: Tour, task_fields: list[str]) -> Theme:
    return Theme.objects.get(municipality=tour.town, task_fields=task_fields)


def _tick(tour: Tour, who: str, *choice: list[str]) -> Page:
    page = tour.open(who, tour.route("themas/"))
    for task_fields in choice:
        page.locator(f"input[name=themes][value='{_theme(tour, task_fields).pk}']").check(force=True)
    return page


def _with_an_account(tour: Tour) -> None:
    page = _tick(tour, "Noor", TOGETHER, CULTURE)
    submit(page, "#id_themes_0")
    said(page, "Uw keuze telt mee")


def _by_mail(tour: Tour) -> None:
    """What Wim chose counts from the moment that he confirms it."""
    page = _tick(tour, "Wim", TOGETHER)
    page.locator("input[name=email]").fill(tour.address_of("Wim"))
    submit(page, "#id_themes_0")
    assert _votes(tour) == 1
    page = tour.visit("Wim", tour.mailed_link("Wim", containing=TITLE, path="/begroting/"))
    submit(page, "/bevestigen/")
    said(page, "Uw keuze telt mee")
    assert _votes(tour) == 2


def _votes(tour: Tour) -> int:
    """As the coordinator reads it."""
    page = tour.open("coordinator", tour.at_work("themas/"))
    row = page.locator("main tbody tr", has_text=_theme(tour, TOGETHER).title).first
    return int(row.locator("td").nth(1).inner_text())


def _say_what_is_chosen(tour: Tour) -> None:
    page, theme = tour.pages["coordinator"], _theme(tour, TOGETHER)
    page.locator(f"input[name=chosen_{theme.pk}]").check(force=True)
    page.locator(f"textarea[name=reason_{theme.pk}]").fill(WHY_THEME)
    submit(page, "/themas/kiezen/#choose")
    reads(tour, "passer-by", tour.route("themas/"), WHY_THEME)
    for who in ("Noor", "Wim"):
        tour.portal.mail_to(tour.address_of(who), containing=WHY_THEME)


def _choose_a_programme(tour: Tour) -> None:
    """Which is proposed, for the theme is in it."""
    name = next(iter(PROGRAMMES))
    programme = Programme.objects.get(municipality=tour.town, name=name)
    page = reads(tour, "coordinator", tour.at_work(f"programmas/{programme.pk}/"), name)
    page.locator("input[name=is_chosen][value=yes]").check(force=True)
    page.locator("textarea[name=reason]").fill(WHY_PROGRAMME)
    keep(page)
    reads(tour, "passer-by", tour.route("programmas/"), name, WHY_PROGRAMME)
