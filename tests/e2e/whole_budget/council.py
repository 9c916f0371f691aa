"""The outcome becomes a concept amendment, is handed in, and the council decides on each of its lines."""

import io
import re
import zipfile
from datetime import timedelta

import pypdf
from django.utils import timezone
from playwright.sync_api import Page, expect

from budget.models import Amendment
from tests.e2e.cast import said, submit
from tests.e2e.whole_budget.counting import OUTCOME, SUMMARY, in_euros
from tests.e2e.whole_budget.town import Tour, keep, reads

AMENDMENT = "Meer voor ontmoeten in de buurt"
# Of each line what the council decides, and how much of it in thousands of euros.
DECIDED = {"2.1": ("adopted", -103), "5.3": ("rejected", 0), "5.7": ("changed", 20), "6.1": ("adopted", 81)}
NO = "Op kunst en cultuur willen wij niet bezuinigen."
PART = "Voor meer is dit jaar geen grond beschikbaar."
WHOLE = "De raad neemt het meeste over."


def propose(tour: Tour) -> None:
    page = _write(tour)
    _on_paper(tour, page)
    _hand_in(tour, page)
    _put_on_the_agenda(tour)
    _decide(tour)
    _everybody_hears_it(tour)
    _it_is_promised(tour)
    tour.close_step("Het geld volgen")


def _write(tour: Tour) -> Page:
    page = tour.open("coordinator", f"begroting/werk/bewonersbegroting/{tour.round.pk}/")
    submit(page, "/1/amendement/")
    page.wait_for_url(re.compile(r"/werk/amendement/\d+/"))
    page.locator("input[name=title]").fill(AMENDMENT)
    page.get_by_role("button", name="Tekst bewaren").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(AMENDMENT)
    return page


def _on_paper(tour: Tour, page: Page) -> None:
    """As PDF and as a Word document, both with the same amounts."""
    pdf = pypdf.PdfReader(io.BytesIO(_downloaded(tour, page, "concept.pdf")))
    word = zipfile.ZipFile(io.BytesIO(_downloaded(tour, page, "concept.docx"))).read("word/document.xml")
    of_pdf = " ".join(" ".join(each.extract_text() for each in pdf.pages).split())
    of_word = " ".join(re.sub(r"<[^>]+>", " ", word.decode()).split())
    for text in (of_pdf, of_word):
        assert AMENDMENT in text
        assert SUMMARY in text
        for change in OUTCOME.values():
            assert in_euros(change) in text


def _downloaded(tour: Tour, page: Page, name: str) -> bytes:
    link = page.locator(f"main a[href$='/{name}']").get_attribute("href")
    answer = page.request.get(f"{tour.portal.url}{link}")
    assert answer.status == 200
    return answer.body()


def _hand_in(tour: Tour, page: Page) -> None:
    submit(page, "/indienen/")
    said(page, "Ingediend. De griffie gaat er nu mee verder.")
    tour.portal.mail_to(tour.address_of("clerk"), containing=AMENDMENT)


def _item(tour: Tour) -> int:
    item = Amendment.objects.get(municipality=tour.town).council_item_id
    assert item is not None
    return item


def _put_on_the_agenda(tour: Tour) -> None:
    page = reads(tour, "clerk", f"werk/raad/{_item(tour)}/", AMENDMENT)
    page.locator("input[name=day]").fill((timezone.localdate() + timedelta(days=1)).isoformat())
    submit(page, "/agenderen/")
    reads(tour, "passer-by", f"raad/{_item(tour)}/", AMENDMENT)


def _decide(tour: Tour) -> None:
    """The first attempt forgets why; nothing that was typed is lost."""
    page = tour.open("clerk", f"werk/raad/{_item(tour)}/besluit/")
    page.locator("input[name=decided_on]").fill(timezone.localdate().isoformat())
    for number, (decision, amount) in enumerate(DECIDED.values(), start=1):
        page.locator(f"[name=decision_{number}][value={decision}]").check(force=True)
        if decision == "changed":
            page.locator(f"input[name=amount_{number}]").fill(f"{amount}.000")
            page.locator(f"textarea[name=reason_{number}]").fill(PART)
    page.locator("textarea[name=reason]").fill(WHOLE)
    keep(page)
    said(page, "waarom dit punt niet")
    page.locator("textarea[name=reason_2]").fill(NO)
    keep(page)
    reads(tour, "passer-by", f"raad/{_item(tour)}/", WHOLE, NO, PART, in_euros(20))


def _everybody_hears_it(tour: Tour) -> None:
    for who in ("Noor", "Wim", "Aisha"):
        mail = tour.portal.mail_to(tour.address_of(who), containing=NO)
        assert PART in mail.text


def _it_is_promised(tour: Tour) -> None:
    """What was adopted, whole or in part; what was rejected is not."""
    page = tour.open("passer-by", "beloofd-en-gedaan/")
    text = " ".join(page.locator("main").inner_text().split())
    for code, (_decision, amount) in DECIDED.items():
        words = f"€ {abs(amount)}.000 {'meer' if amount > 0 else 'minder'}"
        assert (words in text) == bool(amount)
        assert (tour.line(code).name in text) == bool(amount)
