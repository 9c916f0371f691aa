"""The pages of the residents' alternative and of its amendment."""

import io
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document
from pypdf import PdfReader

from budget.domain.amendments.handing_in import hand_in
from budget.domain.outcomes.freezing import freeze
from budget.domain.rounds.opening import close
from budget.models import AlternativeChange, Amendment, Outcome, RoundLine
from tests.factories.budget import RoundFactory

TODAY = timezone.localdate()


def public(outcome: Outcome, rest: str = "") -> str:
    return f"/polderwijk/begroting/bewonersbegroting/{outcome.round_id}/{outcome.number}/{rest}"


def desk(opened: Any, rest: str = "") -> str:
    return f"/polderwijk/begroting/werk/bewonersbegroting/{opened.pk}/{rest}"


def text(path: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(path)
    assert answer.status_code == 200
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_everybody_sees_what_residents_shift(outcome: Outcome) -> None:
    page = text(public(outcome))
    for words in ("Regel 5.1", "Regel 6.1", "Regel 6.3", "€ 10.000", "€ 210.000"):
        assert words in page
    assert re.search(r">5 (more|meer), 1 (leave it|gelijk)<", page)  # and nobody wants less of it
    newest = Client().get(f"/polderwijk/begroting/bewonersbegroting/{outcome.round_id}/")
    assert newest.headers["Location"] == public(outcome)


def test_an_interim_count_is_for_officials_only(
    opened: Any, finish: Any, coordinator: Any, coordinator_client: Client
) -> None:
    finish(5, changes={"5.1": -12, "6.1": 12})
    interim = freeze(round=opened, by=coordinator)
    row = interim.lines.get(line__code="6.1")
    for rest in ("", "zo-is-dit-berekend/", f"regel/{row.pk}/", "voorstellen.csv", "regels.csv"):
        assert Client().get(public(interim, rest)).status_code == 404
        assert coordinator_client.get(public(interim, rest)).status_code == 200
    assert str(opened) in text(f"/polderwijk/begroting/bewonersbegroting/{opened.pk}/")
    assert "1/amendement/" not in text(desk(opened), coordinator_client)
    close(found=opened, by=coordinator)
    last = freeze(round=opened, by=coordinator)
    assert f"/{opened.pk}/1/" not in text(public(last))


def test_before_it_is_counted_the_page_says_when(opened: Any) -> None:
    page = text(f"/polderwijk/begroting/bewonersbegroting/{opened.pk}/")
    assert opened.title in page
    unopened = RoundFactory(
        trajectory__municipality=opened.municipality, budget=opened.budget, opened_at=None, closes_on=None
    )
    assert Client().get(f"/polderwijk/begroting/bewonersbegroting/{unopened.pk}/").status_code == 404


def test_how_it_was_counted_is_told_with_a_line_of_its_own(outcome: Outcome) -> None:
    page = text(public(outcome, "zo-is-dit-berekend/"))
    assert outcome.sha256 in page
    assert "60.000" in page  # all changes of the line together
    assert re.search(r"that is [+−] € 10.000,00 each|is dat [+−] € 10.000,00", page)  # divided by six
    assert "€ 6.667" in page  # what one person can move of the first line: (120 - 80) / 6


def test_the_files_are_what_was_counted(outcome: Outcome) -> None:
    for name, contents in (("regels", outcome.lines_file), ("voorstellen", outcome.file)):
        answer = Client().get(public(outcome, f"{name}.csv"))
        assert answer.content.decode() == contents
    assert Client().get(public(outcome, "namen.csv")).status_code == 404


def test_only_reasons_that_are_public_are_read_by_all(outcome: Outcome, coordinator_client: Client) -> None:
    first, second = outcome.counted.order_by("pk")[:2]
    for counted, words in ((first, "Voor ontmoeting."), (second, "Scheldwoord.")):
        rows = AlternativeChange.objects.filter(alternative=counted.alternative, line__code="6.1")
        rows.update(reason=words)
    second.alternative.moderation = "hidden"
    second.alternative.save()
    row = outcome.lines.get(line__code="6.1")
    page = text(public(outcome, f"regel/{row.pk}/"))
    assert "Voor ontmoeting." in page
    assert "Scheldwoord." not in page
    read = text(desk(outcome.round, f"{outcome.number}/regel/{row.pk}/"), coordinator_client)
    assert "Scheldwoord." in read


@pytest.mark.usefixtures("english")
def test_the_same_reason_stands_there_once_with_how_many_gave_it(outcome: Outcome) -> None:
    words = ("Voor  ontmoeting.", "voor ontmoeting", "Voor ontmoeting.", "Het is al genoeg.")
    for counted, reason in zip(outcome.counted.order_by("pk"), words, strict=False):
        rows = AlternativeChange.objects.filter(alternative=counted.alternative, line__code="6.1")
        rows.update(reason=reason)
    page = text(public(outcome, f"regel/{outcome.lines.get(line__code='6.1').pk}/"))
    assert (page.lower().count("ontmoeting"), "by 3 residents" in page, page.count("by 1 resident")) == (
        1,
        True,
        0,
    )
    assert page.index("ontmoeting") < page.index("Het is al genoeg.")


def test_an_official_freezes_summarises_and_begins_the_amendment(
    opened: Any, finish: Any, coordinator_client: Client
) -> None:
    finish(4, changes={"5.1": -12, "6.1": 12})
    few = coordinator_client.post(desk(opened, "vastzetten/"))
    assert few.status_code == 422
    finish(2, changes={"5.1": -12, "6.1": 12})
    close(found=opened, by=opened.trajectory.coordinator)
    assert coordinator_client.post(desk(opened, "vastzetten/")).status_code == 302
    outcome = Outcome.objects.get()
    row = outcome.lines.get(line__code="6.1")
    kept = coordinator_client.post(desk(opened, f"1/regel/{row.pk}/"), {"summary": "Ontmoeten."})
    assert kept.status_code == 302
    assert "Ontmoeten." in text(desk(opened), coordinator_client)
    late = coordinator_client.post(desk(opened, f"1/regel/{row.pk}/"), {"summary": "Samen eten.", "seen": ""})
    assert late.status_code == 409
    assert all(words in late.content.decode() for words in ("Ontmoeten.", "Samen eten."))
    assert late.context["form"]["seen"].value() == "Ontmoeten."
    too_long = coordinator_client.post(desk(opened, f"1/regel/{row.pk}/"), {"summary": "a" * 2001})
    assert (too_long.status_code, "a" * 2001 in too_long.content.decode()) == (422, True)
    begun = coordinator_client.post(desk(opened, "1/amendement/"))
    made = Amendment.objects.get()
    assert begun.headers["Location"] == f"/polderwijk/begroting/werk/amendement/{made.pk}/"


def test_two_who_write_at_once_lose_nothing(amendment: Amendment, coordinator_client: Client) -> None:
    page = f"/polderwijk/begroting/werk/amendement/{amendment.pk}/"
    words = {"version": 1, "title": "De eerste", "findings": "Zo is het.", "considerations": "Daarom."}
    assert coordinator_client.post(page, words).status_code == 302
    late = coordinator_client.post(page, {**words, "title": "De tweede"})
    assert late.status_code == 409
    assert all(title in late.content.decode() for title in ("De eerste", "De tweede"))
    assert late.context["form"]["version"].value() == 2
    empty = coordinator_client.post(page, {**words, "version": 2, "title": ""})
    assert (empty.status_code, list(empty.context["form"].errors)) == (422, ["title"])


def test_the_papers_say_what_goes_where(amendment: Amendment, coordinator_client: Client) -> None:
    page = f"/polderwijk/begroting/werk/amendement/{amendment.pk}/"
    pdf = PdfReader(io.BytesIO(coordinator_client.get(f"{page}concept.pdf").content))
    read = " ".join(sheet.extract_text() for sheet in pdf.pages).replace("\N{NO-BREAK SPACE}", " ")
    word = Document(io.BytesIO(coordinator_client.get(f"{page}concept.docx").content))
    assert [round(word.sections[0].page_width.cm, 1), round(word.sections[0].page_height.cm, 1)] == [21, 29.7]
    assert word.core_properties.created.year == timezone.localdate().year
    assert 'w:lang w:val="nl-NL"' in word.styles.element.xml
    cells = [
        [cell.text.replace("\N{NO-BREAK SPACE}", " ") for cell in row.cells] for row in word.tables[0].rows
    ]
    for words in ("5.1 Regel 5.1", "€ 90.000", "€ 210.000", amendment.outcome.sha256[:12]):
        assert words in read
    assert [row[3] for row in cells[1:-1]] == ["€ 90.000", "€ 210.000"]
    assert cells[-1][2] == "€ 0"
    assert Client().get(public(amendment.outcome, "amendement.pdf")).status_code == 404


def test_handing_in_leads_to_the_item_and_makes_the_paper_public(
    amendment: Amendment, coordinator_client: Client
) -> None:
    page = f"/polderwijk/begroting/werk/amendement/{amendment.pk}/"
    refused = coordinator_client.post(f"{page}indienen/", {"version": 1, "submitted_on": "morgen"})
    assert (refused.status_code, list(refused.context["hand_in_form"].errors)) == (422, ["submitted_on"])
    done = coordinator_client.post(f"{page}indienen/", {"version": 1, "submitted_on": TODAY.isoformat()})
    amendment.refresh_from_db()
    assert done.headers["Location"] == f"/polderwijk/werk/raad/{amendment.council_item_id}/"
    assert Client().get(public(amendment.outcome, "amendement.pdf")).status_code == 200
    assert f"/polderwijk/raad/{amendment.council_item_id}/" in text(public(amendment.outcome))


def test_many_lines_take_as_many_statements_as_few(
    opened: Any, finish: Any, coordinator: Any, coordinator_client: Client
) -> None:
    def statements() -> list[int]:
        outcome = Outcome.objects.first()
        found = []
        for path in (public(outcome), public(outcome, "zo-is-dit-berekend/"), desk(opened)):
            coordinator_client.get(path)
            with CaptureQueriesContext(
                connection,
            ) as asked:
                coordinator_client.get(path)
            found.append(len(asked))
        return found

    finish(5, changes={"5.1": -12, "6.1": 12})
    coordinator_client.post(desk(opened, "vastzetten/"))
    few = statements()
    for number in range(30):
        own = {"code": f"9.{number}", "name": f"Regel {number}", "position": 10 + number, "baseline": 100}
        RoundLine.objects.create(municipality=opened.municipality, round=opened, floor=0, cap=200, **own)
    finish(9, changes={"9.1": -12, "9.2": 12})
    coordinator_client.post(desk(opened, "vastzetten/"))
    assert statements() == few


def test_of_another_municipality_nothing_is_found(
    amendment: Amendment, coordinator: Any, coordinator_client: Client, other_municipality: Any
) -> None:
    hand_in(amendment=amendment, by=coordinator, submitted_on=TODAY, version=1)
    outcome = amendment.outcome
    for path in (
        public(outcome),
        public(outcome, "voorstellen.csv"),
        public(outcome, "amendement.pdf"),
        f"/polderwijk/begroting/werk/amendement/{amendment.pk}/",
    ):
        elsewhere = path.replace("/polderwijk/", f"/{other_municipality.slug}/")
        assert coordinator_client.get(elsewhere).status_code == 404


def test_counting_again_says_that_nothing_changed(
    opened: Any, finish: Any, coordinator_client: Client
) -> None:
    finish(5, changes={"5.1": -10, "6.1": 10})
    desk = f"/polderwijk/begroting/werk/bewonersbegroting/{opened.pk}/vastzetten/"
    said = [
        [str(message) for message in coordinator_client.post(desk, follow=True).context["messages"]]
        for _time in range(2)
    ]
    assert said[0] != said[1]
    assert Outcome.objects.count() == 1
