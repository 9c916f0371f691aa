"""Rounds for officials: preparing, what is counted, paper, and who may do what."""

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from budget.domain.alternatives import reminding, telling
from budget.models import Alternative, Round
from tests.factories.budget import AlternativeFactory, BudgetFactory, RoundFactory
from tests.factories.core import AreaFactory
from tests.mails import composed
from tests.signing_in import browser_of
from trajecten import registry
from trajecten.models import Activity, Notification

pytestmark = pytest.mark.usefixtures("english")

CHANGES = {"5.3": 50, "2.1": -50}


def url(name: str, **parts: Any) -> str:
    return reverse(f"budget:{name}", kwargs={"gemeente": "polderwijk", **parts})


@pytest.fixture
def browser(coordinator: Any) -> Client:
    return browser_of(coordinator)


def test_a_round_is_prepared_its_lines_kept_and_opened(
    browser: Client, trajectory: Any, budget: Any, tmp_path: Any
) -> None:
    asked = {"title": "Wat doet u?", "by": "fields", "percent": "10", "unit": "1000", "allows_guests": "on"}
    wrong = browser.post(url("round-new"), asked)
    assert (wrong.status_code, "Choose a budget." in wrong.content.decode()) == (422, True)
    asked |= {"trajectory": trajectory.pk, "budget": budget.pk}
    browser.post(url("round-new"), asked)
    made = Round.objects.get()
    lines = {line.code: line for line in made.lines.all()}
    typed = {
        f"line-{line.pk}-{name}": str(getattr(line, name))
        for line in lines.values()
        for name in ("name", "text", "baseline", "floor", "floor_reason", "cap", "cap_reason")
    }
    five = f"line-{lines['5.3'].pk}"
    page = url("round-lines", pk=made.pk)
    refused = browser.post(page, typed | {f"{five}-floor": "501", f"{five}-text": "Theater"})
    words = refused.content.decode()
    assert (refused.status_code, "Theater" in words, 'value="501"' in words) == (422, True, True)
    assert made.lines.get(code="5.3").text == ""
    two = f"line-{lines['2.1'].pk}"
    browser.post(page, typed | {f"{five}-text": "Theater", f"{two}-remove": "on", f"{two}-floor": "x"})
    assert list(made.lines.values_list("code", "text")) == [("5.3", "Theater"), ("6.3", "")]
    opened = browser.post(url("round-open", pk=made.pk), {"closes_on": "2020-01-01"})
    assert (opened.status_code, "This day has passed" in opened.content.decode()) == (422, True)
    assert Client().get(url("alternative-begin", pk=made.pk)).status_code == 404


def test_a_line_is_added_of_what_the_others_are_or_what_was_chosen(browser: Client, trajectory: Any) -> None:
    made = RoundFactory(trajectory=trajectory, opened_at=None, lines={"1.1": (10, 5, 15)})
    made.lines.update(kind="programme")
    page = browser.get(url("round-lines", pk=made.pk))
    assert page.context["add_form"]["kind"].value() == "programme"
    words = {"name": "Sociaal domein", "baseline": "10", "floor": "5", "cap": "15", "kind": "field"}
    for code, status in (("X", 422), ("6", 302)):
        typed = {f"new-{name}": value for name, value in (words | {"code": code}).items()}
        assert browser.post(url("round-line-add", pk=made.pk), typed).status_code == status
    assert list(made.lines.values_list("kind", "code")) == [("programme", "1.1"), ("field", "6")]


def test_two_who_change_lines_at_once_undo_nothing_of_each_other(
    browser: Client, trajectory: Any, budget: Any
) -> None:
    asked = {"title": "Wat doet u?", "by": "fields", "percent": "10", "unit": "1000", "allows_guests": "on"}
    browser.post(url("round-new"), asked | {"trajectory": trajectory.pk, "budget": budget.pk})
    made = Round.objects.get()
    page = url("round-lines", pk=made.pk)
    read = {}
    for form in browser.get(page).context["forms"]:
        read |= {form.add_prefix(name): str(value) for name, value in form.initial.items()}
        read[form.add_prefix("seen")] = form.stands
    two, five = (f"line-{made.lines.get(code=code).pk}" for code in ("2.1", "5.3"))
    browser.post(page, read | {f"{five}-text": "Theater"})
    browser.post(page, read | {f"{two}-text": "Wegen"})
    assert dict(made.lines.values_list("code", "text")) == {"2.1": "Wegen", "5.3": "Theater", "6.3": ""}
    refused = browser.post(page, read | {f"{five}-text": "Museum"})
    words = refused.content.decode()
    assert (refused.status_code, "Museum" in words, ". Theater. At least" in words) == (
        409,
        True,
        True,
    )
    again = {form.add_prefix("seen"): form.stands for form in refused.context["forms"]}
    browser.post(page, read | again | {f"{five}-text": "Museum", f"{two}-text": "Wegen"})
    assert made.lines.get(code="5.3").text == "Museum"


def test_small_numbers_are_not_told_by_kind_and_area(browser: Client, found: Any, areas: Any) -> None:
    page = url("round", pk=found.pk)
    for n in range(4):
        AlternativeFactory(round=found, finished=True, changes=CHANGES, area=areas[n % 2])
    AlternativeFactory(round=found)
    AlternativeFactory(round=found, confirmed_at=None, author=None)
    words = browser.get(page).content.decode()
    assert "They are too few" in words
    assert areas[0].name not in words
    for _ in range(8):
        AlternativeFactory(round=found, finished=True, changes=CHANGES, area=areas[0])
    AlternativeFactory(round=found, finished=True, kind="official", changes=CHANGES, area=areas[1])
    words = browser.get(page).content.decode()
    assert areas[0].name in words
    assert "fewer than 5" in words


def test_a_buurt_counts_in_its_wijk(browser: Client, found: Any, areas: Any) -> None:
    buurt = AreaFactory(name="De Hoek", buurt=True, parent=areas[0])
    for n in range(6):
        AlternativeFactory(round=found, finished=True, changes=CHANGES, area=buurt if n % 2 else areas[0])
    words = browser.get(url("round", pk=found.pk)).content.decode()
    assert "By district" in words
    assert areas[0].name in words
    assert "De Hoek" not in words


def test_what_was_finished_is_shown_without_who(browser: Client, found: Any) -> None:
    done = AlternativeFactory(
        round=found, finished=True, changes=CHANGES, author__display_name="Saar", text="Meer cultuur"
    )
    page = browser.get(url("round-alternative", pk=found.pk, alternative=done.pk)).content.decode()
    for words in (page, browser.get(url("round", pk=found.pk)).content.decode()):
        assert "Meer cultuur" in words
        assert "Saar" not in words
        assert done.token not in words
    draft = AlternativeFactory(round=found, changes=CHANGES)
    assert browser.get(url("round-alternative", pk=found.pk, alternative=draft.pk)).status_code == 404


def test_a_form_on_paper_is_entered_once(handler: Any, found: Any, by_code: Any) -> None:
    browser, page = browser_of(handler), url("round-paper", pk=found.pk)
    typed = {
        "revision": "1",
        "key": str(uuid.uuid4()),
        "kind": "resident",
        f"amount-{by_code['5.3'].pk}": "+50",
        f"amount-{by_code['2.1'].pk}": "800",
    }
    wrong = browser.post(page, typed)
    assert (wrong.status_code, "Too much given out" in wrong.content.decode()) == (422, True)
    for _ in range(2):
        assert browser.post(page, typed | {f"amount-{by_code['2.1'].pk}": "-50"}).status_code == 302
    made = Alternative.objects.get()
    assert (made.author, made.state) == (None, "finished")


def test_the_form_to_print_has_all_lines(browser: Client, found: Any) -> None:
    made = browser.get(url("round-paper-pdf", pk=found.pk))
    assert made["Content-Type"] == "application/pdf"
    assert made.content.startswith(b"%PDF")


def test_who_has_not_finished_is_reminded_once(in_scope: Any, found: Any) -> None:
    draft = AlternativeFactory(round=found, changes=CHANGES, author__language="en")
    AlternativeFactory(round=found, finished=True, changes=CHANGES)
    AlternativeFactory(round=found, confirmed_at=None, author=None)
    assert reminding.remind() == 0
    Round.objects.update(closes_on="2020-01-01")
    assert reminding.remind() == 0
    found.closes_on = timezone.localdate()
    found.save()
    for _ in range(2):
        reminding.remind()
    told = Notification.objects.get(key=telling.UNFINISHED)
    assert told.participant == draft.author
    mail = composed(told)
    assert "It balances already" in mail.body
    assert draft.token in mail.body


def test_a_list_of_many_takes_no_more_queries(browser: Client, found: Any) -> None:
    def asked(rows: int) -> int:
        for _ in range(rows):
            AlternativeFactory(round=found, finished=True, changes=CHANGES)
        browser.get(url("round", pk=found.pk))
        with CaptureQueriesContext(connection) as made:
            browser.get(url("round", pk=found.pk))
        return len(made)

    assert asked(1) == asked(29)


def test_moderators_read_the_reasons_too_and_nothing_of_drafts(found: Any) -> None:
    kind = registry.contribution_kind(Alternative)
    done = AlternativeFactory(round=found, finished=True, changes=CHANGES)
    done.changes.filter(change=50).update(reason="Voor het theater")
    draft = AlternativeFactory(round=found, changes=CHANGES, text="Nog niet af")
    draft.changes.update(reason="Geheim")
    rows = kind.load([done.pk, draft.pk])
    assert list(kind.opens(rows[done.pk])) == ["Voor het theater"]
    assert (rows[draft.pk].text, list(kind.opens(rows[draft.pk]))) == ("", [])
    assert (kind.can_be_promised(rows[done.pk]), kind.can_be_promised(rows[draft.pk])) == (True, False)
    assert list(kind.behind([done.pk])) == [done.author]


def test_other_rounds_stay_apart(browser: Client, found: Any, in_scope: Any) -> None:
    other = RoundFactory(trajectory__municipality=in_scope, budget=found.budget)
    done = AlternativeFactory(round=found, finished=True, changes=CHANGES)
    assert browser.get(url("round-alternative", pk=other.pk, alternative=done.pk)).status_code == 404


@pytest.mark.parametrize("number", ["²", "9" * 5000, "-1", "1.5"])
@pytest.mark.parametrize("name", ["rounds", "round-new"])
def test_what_is_no_trajectory_in_the_address_is_left_out(browser: Client, name: str, number: str) -> None:
    assert browser.get(f"{url(name)}?trajectory={number}").status_code == 200


def test_a_round_of_the_wrong_budget_is_removed_before_it_is_opened(browser: Client, found: Any) -> None:
    remove = url("round-remove", pk=found.trajectory_id, round=found.pk)
    rounds = f"{url('rounds')}?trajectory={found.trajectory_id}"
    assert browser.post(remove).headers["Location"] == rounds
    assert Round.objects.count() == 1
    assert remove not in browser.get(url("round", pk=found.pk)).content.decode()
    Round.objects.update(opened_at=None)
    assert remove in browser.get(url("round", pk=found.pk)).content.decode()
    for _twice in range(2):
        assert browser.post(remove).headers["Location"] == rounds
    assert not Round.objects.exists()
    assert Activity.objects.get(verb="budget_round_removed").details == {"title": found.title}


def test_what_was_spent_is_no_budget_to_shift(browser: Client, in_scope: Any, budget: Any) -> None:
    spent = BudgetFactory(municipality=in_scope, year=2020, kind="realised", period=5)
    offered = set(browser.get(url("round-new")).context["form"].fields["budget"].queryset)
    assert budget in offered
    assert spent not in offered
