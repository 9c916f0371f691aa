"""The money is followed: figures of the quarter, what an official reports, what residents see; then the verdict."""

from playwright.sync_api import Page, expect

from budget.models import AmendmentLine
from tests.e2e.cast import said, submit
from tests.e2e.whole_budget.council import NO
from tests.e2e.whole_budget.figures import PERIOD, deliver_spending
from tests.e2e.whole_budget.town import Tour, keep, reads
from trajecten.models import Commitment, Verdict

LINE = "6.1"
REPORTED = "De eerste drie buurtavonden zijn geweest."
SEEN = "Er is nu elke week koffie in het buurthuis."
SEEN_BY_GUEST = "Ik merk er nog niets van."
DONE = "Het geld is besteed aan buurtavonden en koffie."


def follow(tour: Tour) -> None:
    deliver_spending(tour)
    _report(tour)
    _see(tour)
    _see_by_mail(tour)
    _everybody_follows(tour)
    _call_it_done(tour)
    _judge(tour)


def _followed(tour: Tour) -> AmendmentLine:
    return AmendmentLine.objects.get(municipality=tour.town, outcome_line__line__code=LINE)


def _promise(tour: Tour) -> Commitment:
    promise = _followed(tour).council_line.commitment
    assert promise is not None
    return promise


def _public(tour: Tour, path: str = "") -> str:
    return f"begroting/volgen/{tour.trajectory.pk}/{path}"


def _line(tour: Tour) -> str:
    return _public(tour, f"{_followed(tour).pk}/")


def _report(tour: Tour) -> None:
    page = tour.open("handler", "begroting/werk/volgen/")
    page.get_by_role("link", name=tour.line(LINE).name).click()
    form = page.locator("#report ~ form")
    form.locator("select[name=period]").select_option(str(int(PERIOD)))
    form.locator("input[name=spent]").fill("45.000")
    form.locator("textarea[name=text]").fill(REPORTED)
    form.locator("button[type=submit]").click()
    said(page, REPORTED)


def _say(page: Page, sees: str, text: str) -> None:
    page.locator(f"input[name=sees][value={sees}]").check(force=True)
    page.locator("textarea[name=text]").fill(text)
    keep(page)


def _observe(tour: Tour, who: str) -> Page:
    """From the page on which the money is followed, by that of the line."""
    page = tour.open(who, _public(tour))
    page.get_by_role("link", name=tour.line(LINE).name).click()
    page.get_by_role("link", name="Ziet u er iets van?").click()
    return page


def _see(tour: Tour) -> None:
    _say(_observe(tour, "Noor"), "yes", SEEN)


def _see_by_mail(tour: Tour) -> None:
    """What Fenna says counts when she has opened the link in the mail."""
    page = _observe(tour, "Fenna")
    page.locator("input[name=email]").fill(tour.address_of("Fenna"))
    _say(page, "no", SEEN_BY_GUEST)
    page = tour.visit("Fenna", tour.mailed_link("Fenna", containing=tour.line(LINE).name, path="/gezien/"))
    submit(page, "/bevestigen/")
    said(page, "Het telt vanaf nu mee")


def _everybody_follows(tour: Tour) -> None:
    """Words are read first; the amounts, the report and the reason of a no stand there at once."""
    reads(tour, "passer-by", _public(tour), tour.line(LINE).name, NO)
    page = reads(tour, "passer-by", _line(tour), REPORTED, "45.000", "Ja: 1, Een beetje: 0, Nee: 1.")
    expect(page.locator("main")).not_to_contain_text(SEEN)
    for seen in _followed(tour).observations.all():
        page = tour.open("coordinator", f"werk/moderatie/budget.observation/{seen.pk}/")
        page.get_by_role("button", name="Laat iedereen het lezen").click()
    reads(tour, "passer-by", _line(tour), SEEN, SEEN_BY_GUEST)
    assert tour.pages["passer-by"].evaluate("document.documentElement.scrollWidth") == 360


def _call_it_done(tour: Tour) -> None:
    page = tour.open("coordinator", f"werk/toezeggingen/{_promise(tour).pk}/")
    form = page.locator("main form[action$='/stand/']")
    form.locator("input[name=status][value=done]").check(force=True)
    form.locator("textarea[name=words]").fill(DONE)
    form.locator("button[type=submit]").click()
    said(page, DONE)


def _judge(tour: Tour) -> None:
    """By the link in the mail; everybody reads what came of it."""
    tour.visit("Noor", tour.mailed_link("Noor", containing=DONE, path="/yes/"))
    promise = _promise(tour)
    assert Verdict.objects.get(object_id=promise.pk, municipality=tour.town).value == "yes"
    reads(tour, "passer-by", f"beloofd-en-gedaan/{promise.pk}/", DONE)
    reads(tour, "passer-by", _line(tour), "Ja: 1.")
