"""Points of a budget: what was asked, what was adopted of it, and how that is entered."""

from datetime import timedelta
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone, translation

from tests.factories.core import CouncilItemFactory
from trajecten import money
from trajecten.domain.council import items
from trajecten.domain.council.items import Facts, Point
from trajecten.domain.council.refusals import CouncilRefused
from trajecten.models import CouncilDecision, CouncilItem

pytestmark = pytest.mark.usefixtures("english")
TODAY = timezone.localdate()
FACTS = Facts(
    kind="amendment",
    body="council",
    title="De begroting van bewoners",
    summary="",
    submitted_on=TODAY - timedelta(days=30),
)


@pytest.fixture
def clerk_client(sign_in: Any, clerk: Any) -> Client:
    return sign_in(clerk)


@pytest.fixture
def item(in_scope: Any, municipality: Any, clerk: Any) -> CouncilItem:
    points = [Point("Meer voor het buurthuis.", 50000), Point("Minder voor folders.", -50000)]
    return items.submit(municipality=municipality, by=clerk, facts=FACTS, lines=points)


def typed(**changes: Any) -> dict[str, Any]:
    whole = {
        "version": 1,
        "decided_on": TODAY.isoformat(),
        "reason": "Er is geld voor een deel.",
        "decision_1": "changed",
        "amount_1": "20.000",
        "reason_1": "De rest komt later.",
        "decision_2": "adopted",
    }
    return {**whole, **changes}


def decide(client: Client, item: CouncilItem, **changes: Any) -> Any:
    return client.post(f"/polderwijk/werk/raad/{item.pk}/besluit/", typed(**changes))


def amounts(item: CouncilItem) -> list[tuple[int | None, int | None]]:
    return list(item.lines.values_list("amount", "adopted_amount"))


def test_a_part_of_an_amount_is_adopted_and_everybody_reads_it(
    clerk_client: Client, item: CouncilItem
) -> None:
    assert decide(clerk_client, item).status_code == 302
    assert amounts(item) == [(50000, 20000), (-50000, -50000)]
    kept = CouncilDecision.objects.get().lines
    assert [(line["amount"], line["adopted_amount"]) for line in kept] == [(50000, 20000), (-50000, -50000)]
    assert item.lines.get(number=1).changed_text
    public = Client().get(f"/polderwijk/raad/{item.pk}/").content.decode()
    with translation.override("en"):
        asked, adopted = money.change(50000), money.change(20000)
    assert f"Asked: {asked}." in public
    assert f"Adopted: {adopted}." in public


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, "saves €\N{NO-BREAK SPACE}30,000 more than it costs"),
        (
            {"decision_1": "adopted", "amount_1": "", "decision_2": "changed", "amount_2": "-10.000"}
            | {"reason_2": "Een deel."},
            "costs €\N{NO-BREAK SPACE}40,000 more than it saves",
        ),
    ],
)
def test_amounts_that_cover_each_other_no_longer_are_said_to_everybody(
    clerk_client: Client, item: CouncilItem, changes: dict[str, str], says: str
) -> None:
    pages = (clerk_client, f"/polderwijk/werk/raad/{item.pk}/"), (Client(), f"/polderwijk/raad/{item.pk}/")
    for browser, page in pages:
        assert "covered itself" not in browser.get(page).content.decode()
    decide(clerk_client, item, **changes)
    for browser, page in pages:
        assert says in browser.get(page).content.decode()


def test_a_corrected_amount_leaves_no_words_of_the_one_before(
    clerk_client: Client, item: CouncilItem
) -> None:
    decide(clerk_client, item)
    form = clerk_client.get(f"/polderwijk/werk/raad/{item.pk}/besluit/").context["form"]
    assert (form["amount_1"].value(), form["changed_text_1"].value()) == (20000, "")
    decide(clerk_client, item, version=2, amount_1="30.000", changed_text_1="", why_corrected="Verkeerd.")
    line = item.lines.get(number=1)
    assert line.adopted_amount == 30000
    assert money.whole(30000) in line.changed_text
    assert money.whole(20000) not in line.changed_text


def test_the_mail_names_the_point_of_which_a_part_was_adopted(
    clerk_client: Client, item: CouncilItem
) -> None:
    decide(clerk_client, item)
    told = {"decision": CouncilDecision.objects.get(), "lines": CouncilDecision.objects.get().lines}
    mail = render_to_string("mail/council_decision.txt", {"item": item, **told})
    assert "Meer voor het buurthuis." in mail


def test_what_is_rejected_gets_nothing(clerk_client: Client, item: CouncilItem) -> None:
    rejected = {"decision_1": "rejected", "amount_1": "", "reason_1": "Te duur."}
    assert decide(clerk_client, item, **rejected).status_code == 302
    assert amounts(item) == [(50000, 0), (-50000, -50000)]


@pytest.mark.parametrize("amount", ["", "0", "50.000", "50.001", "-20000", "12,50", "veel"])
def test_an_amount_that_can_not_be_is_said_beside_it(
    clerk_client: Client, item: CouncilItem, amount: str
) -> None:
    answer = decide(clerk_client, item, amount_1=amount)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["amount_1"]
    assert "De rest komt later." in answer.content.decode()
    assert amounts(item) == [(50000, None), (-50000, None)]


def test_all_that_is_missing_is_said_at_once(clerk_client: Client, item: CouncilItem) -> None:
    none = decide(clerk_client, item, decision_1="", decision_2="")
    assert list(none.context["form"].errors) == ["decision_1", "decision_2"]
    bare = decide(clerk_client, item, reason="", reason_1="", amount_1="", decision_2="rejected")
    assert list(bare.context["form"].errors) == ["reason", "reason_1", "amount_1", "reason_2"]


def test_points_with_amounts_are_not_written_anew(clerk: Any, item: CouncilItem) -> None:
    given = {"item": item, "by": clerk, "facts": FACTS, "origins": []}
    with pytest.raises(CouncilRefused, match="amounts of a budget"):
        items.change(version=1, lines=["Iets anders."], **given)
    same = list(item.lines.values_list("text", flat=True))
    items.change(version=1, lines=same, **given)
    assert amounts(item) == [(50000, None), (-50000, None)]


def test_the_rest_of_an_item_with_amounts_can_be_written_anew(
    clerk_client: Client, clerk: Any, in_scope: Any, municipality: Any
) -> None:
    points = [Point(f"Sport: {money.whole(12000)} meer.", 12000)]
    item = items.submit(municipality=municipality, by=clerk, facts=FACTS, lines=points)
    url = f"/polderwijk/werk/raad/{item.pk}/wijzigen/"
    form = clerk_client.get(url).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields if name not in {"words", "origins"}}
    answer = clerk_client.post(url, {**sent, "title": "Amendement A12"})
    assert answer.status_code == 302
    item.refresh_from_db()
    assert item.title == "Amendement A12"
    assert [(line.text, line.amount) for line in item.lines.all()] == [(points[0].text, 12000)]


def test_a_point_without_an_amount_asks_for_none(clerk_client: Client, in_scope: Any) -> None:
    plain = CouncilItemFactory(texts=["Een zebrapad."])
    page = clerk_client.get(f"/polderwijk/werk/raad/{plain.pk}/besluit/").content.decode()
    assert "decision_1" in page
    assert "amount_1" not in page


@pytest.mark.parametrize(
    ("amount", "words"),
    [(0, "€ 0"), (12500, "+ € 12.500"), (-3, "− € 3")],
)
def test_a_change_is_written_with_its_sign(amount: int, words: str) -> None:
    with translation.override("nl"):
        assert money.change(amount).replace("\N{NO-BREAK SPACE}", " ") == words
