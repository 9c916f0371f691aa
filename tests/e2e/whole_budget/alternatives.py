"""Five alternatives in one round: on a phone, by keyboard alone, without JavaScript, and two on paper."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from budget.models import Alternative, Budget
from tests.e2e.cast import said, submit
from tests.e2e.whole_budget.figures import BUDGET
from tests.e2e.whole_budget.town import TITLE, YEAR, Tour, keep, reads

ROUND = "Wat zou u doen met dit geld?"
# What each changes, in thousands of euros.
NOOR = {"6.1": 100, "2.1": -100}
WIM = {"6.1": 50, "5.7": 50, "2.1": -100}
AISHA = {"2.1": -60, "5.3": -40, "5.7": 100}
PAPERS = ({"6.1": 200, "5.7": 20, "2.1": -200, "5.3": -20}, {"6.1": 53, "2.1": -53})
EVERYBODY = (NOOR, WIM, AISHA, *PAPERS)
REASON = "Wie elkaar kent, let op elkaar."
# One press of plus or minus moves these lines so much.
PRESS = 20
NO_BREAK = "\N{NO-BREAK SPACE}"


def make_alternatives(tour: Tour) -> None:
    _prepare(tour)
    _open(tour)
    _on_a_phone(tour)
    _without_javascript(tour)
    _with_the_keyboard_alone(tour)
    for changes in PAPERS:
        _on_paper(tour, changes)
    _close(tour)


def _prepare(tour: Tour) -> None:
    page = tour.open("coordinator", "begroting/werk/rondes/nieuw/")
    page.locator("select[name=trajectory]").select_option(label=TITLE)
    page.locator("select[name=budget]").select_option(str(_budget(tour)))
    page.locator("input[name=title]").fill(ROUND)
    keep(page)
    for code in ("6.1", "6.3"):
        said(page, tour.line(code).name)


def _budget(tour: Tour) -> int:
    return Budget.objects.get(municipality=tour.town, year=YEAR).pk


def _open(tour: Tour) -> None:
    page = tour.open("coordinator", _desk(tour))
    page.locator("input[name=closes_on]").fill((timezone.localdate() + timedelta(days=14)).isoformat())
    submit(page, "/openen/")
    said(page, "De ronde is open")
    reads(tour, "passer-by", "", ROUND)


def _desk(tour: Tour, path: str = "") -> str:
    return f"begroting/werk/rondes/{tour.round.pk}/{path}"


def _begin(tour: Tour, who: str) -> Page:
    page = reads(tour, who, f"begroting/alternatief/{tour.round.pk}/", ROUND)
    if who == "Wim":
        page.locator("input[name=email]").fill(tour.address_of(who))
    page.locator("#begin form button[type=submit]").click()
    page.wait_for_url("**/alternatief/mijn/**")
    return page


def _field(tour: Tour, code: str) -> str:
    return f"#id_amount-{tour.line(code).pk}"


def _balances(page: Page) -> None:
    expect(page.locator("[data-balance]")).to_contain_text(f"€{NO_BREAK}0")


def _finish(page: Page) -> None:
    page.wait_for_url("**/klaar/")
    page.locator("main form button[type=submit].utrecht-button--primary-action").last.click()
    said(page, "Uw begroting telt mee")


def _kept(tour: Tour, who: str) -> dict[str, int]:
    mine = Alternative.objects.get(round=tour.round, author__email=tour.address_of(who))
    assert mine.state == "finished"
    return {row.line.code: row.change for row in mine.changes.select_related("line")}


def _on_a_phone(tour: Tour) -> None:
    """With plus and minus; the balance follows, and nothing is taken from what the law fixes."""
    page = _begin(tour, "Noor")
    fixed = page.locator(f'[data-line="{tour.line("6.3").pk}"]')
    expect(fixed.locator("[data-control] button").first).to_be_disabled()
    expect(fixed.locator("[data-bound-text]")).to_contain_text("Een uitkering is een recht")
    _balances(page)
    for code, change in NOOR.items():
        button = page.locator(f'[data-line="{tour.line(code).pk}"] [data-control] button')
        for _press in range(abs(change) // PRESS):
            (button.last if change > 0 else button.first).click()
    _balances(page)
    why = page.locator(f'[data-line="{tour.line("6.1").pk}"] [data-why]')
    why.locator("summary").click()
    why.locator("textarea").fill(REASON)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.locator("button[name=act][value=done]").click()
    _finish(page)
    assert _kept(tour, "Noor") == NOOR


def _without_javascript(tour: Tour) -> None:
    """With an address only; it counts after the link in the mail, and not while it does not balance."""
    page = _begin(tour, "Wim")
    page.locator(_field(tour, "6.1")).fill("+50")
    page.locator(_field(tour, "2.1")).fill("-100")
    page.locator("button[name=act][value=done]").click()
    said(page, "Dit ontbreekt nog")
    page = tour.visit("Wim", tour.mailed_link("Wim", containing=ROUND, path="/bevestigen/"))
    page.get_by_role("button", name="Ja, deze is van mij").click()
    page.locator(_field(tour, "5.7")).fill("2450")
    page.locator("button[value=reckon]").click()
    _balances(page)
    page.locator("button[name=act][value=done]").click()
    _finish(page)
    assert _kept(tour, "Wim") == WIM


def _with_the_keyboard_alone(tour: Tour) -> None:
    """From the first line to the button by Tab, arrows, digits and Enter."""
    page = _begin(tour, "Aisha")
    for code, change in AISHA.items():
        _tab_to(page, _field(tour, code))
        if change > 0:
            for _press in range(change // PRESS):
                page.keyboard.press("ArrowUp")
        else:
            page.keyboard.press("Control+A")
            page.keyboard.type(str(BUDGET[code] + change))
    _balances(page)
    _tab_to(page, "button[name=act][value=done]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/klaar/")
    _tab_to(page, "main form button[type=submit].utrecht-button--primary-action")
    page.keyboard.press("Enter")
    said(page, "Uw begroting telt mee")
    assert _kept(tour, "Aisha") == AISHA


def _tab_to(page: Page, wanted: str) -> None:
    """As who has no mouse: until what is wanted has the focus, and shows that."""
    for _press in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"Tab never came to {wanted}")


def _on_paper(tour: Tour, changes: dict[str, int]) -> None:
    page = tour.open("coordinator", _desk(tour, "papier/"))
    for code, change in changes.items():
        page.locator(_field(tour, code)).fill(f"{change:+d}")
    page.locator("button[name=act][value=keep]").click()
    said(page, "Het formulier is bewaard")


def _close(tour: Tour) -> None:
    page = tour.open("coordinator", _desk(tour))
    said(page, str(len(EVERYBODY)))
    page.locator("main details:has(form[action$='/sluiten/']) > summary").click()
    submit(page, "/sluiten/")
    said(page, "De ronde is gesloten")
    reads(tour, "passer-by", f"begroting/alternatief/{tour.round.pk}/", "Deze ronde is gesloten")
