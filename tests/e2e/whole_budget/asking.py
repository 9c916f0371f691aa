"""A resident asks something about the budget; an official reads it, answers, and the answer is mailed."""

from budget.models import BudgetQuestion, Programme
from tests.e2e.cast import said, submit
from tests.e2e.whole_budget.figures import PROGRAMMES
from tests.e2e.whole_budget.town import Tour, reads

QUESTION = "Waarom kost het buurthuis meer dan vorig jaar?"
ANSWER = "De huur is gestegen. Het staat op bladzijde 12 van de begroting."


def ask(tour: Tour) -> None:
    _ask(tour)
    _let_everybody_read_it(tour)
    _answer(tour)
    tour.close_step("Een eigen begroting maken")


def _ask(tour: Tour) -> None:
    programme = Programme.objects.get(municipality=tour.town, name=next(iter(PROGRAMMES)))
    page = tour.open("Noor", tour.route("vragen/stellen/"))
    page.locator("textarea[name=text]").fill(QUESTION)
    page.locator("select[name=programme]").select_option(str(programme.pk))
    page.locator("main form button[type=submit]").first.click()
    said(page, "uw vraag is gesteld")
    said(page, QUESTION)


def _let_everybody_read_it(tour: Tour) -> None:
    page = reads(tour, "coordinator", f"werk/moderatie/budget.budgetquestion/{_question(tour).pk}/", QUESTION)
    page.get_by_role("button", name="Laat iedereen het lezen").click()
    reads(tour, "passer-by", tour.route("vragen/"), QUESTION)


def _question(tour: Tour) -> BudgetQuestion:
    return BudgetQuestion.objects.get(municipality=tour.town)


def _answer(tour: Tour) -> None:
    page = tour.open("handler", "begroting/werk/vragen/")
    page.get_by_role("link", name=QUESTION).click()
    page.locator("textarea[name=text]").fill(ANSWER)
    submit(page, "/antwoord/")
    reads(tour, "passer-by", f"begroting/vragen/{_question(tour).pk}/", ANSWER)
    _it_helps(tour)


def _it_helps(tour: Tour) -> None:
    """By one tap in the mail with the answer."""
    tour.visit("Noor", tour.mailed_link("Noor", containing=ANSWER, path="/yes/"))
    reads(tour, "handler", f"begroting/werk/vragen/{_question(tour).pk}/", "1 van 1 zegt ja")
