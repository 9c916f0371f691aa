"""The pages of who makes an alternative: with an account, as a guest, without JavaScript, and by its script."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope

from budget.domain.alternatives import beginning, judging, making, telling
from budget.domain.alternatives.judging import Change
from budget.forms.alternatives import ChangesForm
from budget.models import Alternative, Round
from budget.views.alternatives.lines import groups
from tests.factories.budget import AlternativeFactory, RoundFactory
from tests.mails import composed
from tests.signing_in import browser_of
from trajecten.models import Notification, Participant

pytestmark = pytest.mark.usefixtures("english")


def url(name: str, **parts: Any) -> str:
    return reverse(f"budget:{name}", kwargs={"gemeente": "polderwijk", **parts})


def own(mine: Alternative, act: str = "") -> str:
    return url(f"alternative-{act}" if act else "alternative", token=mine.token)


@pytest.fixture
def mine(found: Any) -> Alternative:
    return AlternativeFactory(round=found)


@pytest.fixture
def filled(by_code: Any) -> Any:
    """The fields of the form: new amounts by code."""

    def fields(revision: int = 1, **amounts: Any) -> dict[str, str]:
        told = {code.lstrip("c").replace("_", "."): str(value) for code, value in amounts.items()}
        return {f"amount-{by_code[code].pk}": value for code, value in told.items()} | {
            "revision": str(revision)
        }

    return fields


def kept(mine: Alternative) -> dict[str, int]:
    return {row.line.code: row.change for row in Alternative.objects.get(pk=mine.pk).changes.all()}


def begin_as_guest(found: Round, browser: Client, email: str = "an@example.org") -> Alternative:
    answer = browser.post(url("alternative-begin", pk=found.pk), {"email": email})
    return Alternative.objects.get(token=answer.url.rstrip("/").rpartition("/")[2])


def test_lines_of_programmes_have_no_heading_of_a_main_field(found: Any) -> None:
    """Also where a programme has the number of a task field."""
    for code, kind in (("5.3", "field"), ("2.1", "programme")):
        found.lines.filter(code=code).update(kind=kind)
    form = ChangesForm(lines=list(found.lines.all()), unit=found.unit, given={})
    names = {row.line.code: group.name for group in groups(form, {}, 0) for row in group.rows}
    assert (bool(names["5.3"]), names["2.1"]) == (True, "")


def test_with_an_account_one_begins_at_once(found: Any, resident: Any) -> None:
    browser = browser_of(resident)
    page = url("alternative-begin", pk=found.pk)
    assert not Participant.objects.exists()
    first = browser.post(page)
    assert browser.post(page).url == first.url == own(Alternative.objects.get())
    assert "Go on with my alternative budget" in browser.get(page).content.decode()


def test_a_guest_begins_at_once_and_confirms_by_mail(found: Any, filled: Any) -> None:
    browser = Client()
    draft = begin_as_guest(found, browser)
    row = Notification.objects.get(key=telling.ASKED)
    mail = composed(row)
    confirm = url("alternative-confirm", signed=beginning.token(draft, row.participant))
    assert confirm in mail.body
    assert browser.get(confirm).status_code == 200
    draft.refresh_from_db()
    assert draft.author is None  # looking confirms nothing
    browser.post(own(draft), {**filled(c5_3=550, c2_1=750), "act": "keep"})
    assert "has not been confirmed" in browser.get(own(draft, "finish")).content.decode()
    assert browser.post(confirm).url == own(draft)
    assert browser.get(confirm).url == own(draft)
    finished = browser.post(own(draft, "finish"), {"revision": "2", "kind": "resident"}, follow=True)
    assert "It counts" in finished.content.decode()


def test_who_confirms_elsewhere_has_another_link(found: Any) -> None:
    draft = begin_as_guest(found, Client())
    row = Notification.objects.get(key=telling.ASKED)
    confirm = url("alternative-confirm", signed=beginning.token(draft, row.participant))
    there = Client().post(confirm).url
    assert there != own(draft)
    assert Client().get(there).status_code == 200
    assert Client().get(own(draft)).status_code == 404
    assert Client().post(own(draft, "keep")).json()["message"]


def test_the_browser_in_which_another_began_gets_no_link_of_who_confirmed(found: Any) -> None:
    another = Client()
    draft = begin_as_guest(found, another)
    row = Notification.objects.get(key=telling.ASKED)
    theirs = Client().post(url("alternative-confirm", signed=beginning.token(draft, row.participant))).url
    page = another.get(url("alternative-begin", pk=found.pk)).content.decode()
    assert theirs not in page
    assert "Go on with my alternative budget" not in page


def test_typing_an_address_that_has_one_shows_nothing_of_it(found: Any) -> None:
    first = begin_as_guest(found, Client())
    row = Notification.objects.get(key=telling.ASKED)
    beginning.confirm(alternative=first, by=row.participant)
    second = begin_as_guest(found, Client())
    assert (second.author, second.token != first.token) == (None, True)
    told = composed(Notification.objects.filter(key=telling.ASKED).latest("pk"))
    assert own(first) in told.body
    page = Client().get(url("alternative-confirm", signed=beginning.token(second, row.participant)))
    assert "Keep the one that I had" in page.content.decode()


def test_what_was_begun_in_this_browser_is_found_again(found: Any) -> None:
    browser, other = Client(), Client()
    draft = begin_as_guest(found, browser)
    page = url("alternative-begin", pk=found.pk)
    assert own(draft) in browser.get(page).content.decode()
    assert own(draft) not in other.get(page).content.decode()


def test_a_wrong_address_is_said_beside_it(found: Any) -> None:
    page = Client().post(url("alternative-begin", pk=found.pk), {"email": "an"})
    assert page.status_code == 422
    assert 'value="an"' in page.content.decode()
    assert not Alternative.objects.exists()


def test_reckoning_keeps_nothing_and_shows_the_balance(mine: Any, filled: Any) -> None:
    page = Client().post(own(mine), {**filled(c5_3="+10", c2_1="-5%"), "act": "reckon"})
    assert page.status_code == 200
    assert "Still to divide: €\N{NO-BREAK SPACE}30,000" in page.content.decode()
    assert kept(mine) == {}


def test_what_is_wrong_stands_beside_it_and_all_that_was_typed_stays(mine: Any, filled: Any) -> None:
    typed = filled(c5_3="veel", c2_1="+10") | {"act": "keep"}
    page = Client().post(own(mine), typed)
    assert page.status_code == 422
    words = page.content.decode()
    assert 'value="veel"' in words
    assert 'value="+10"' in words
    assert "Fill in a whole number" in words
    beyond = Client().post(own(mine), filled(c5_3=700) | {"act": "reckon"})
    assert (beyond.status_code, "At most €\N{NO-BREAK SPACE}600,000" in beyond.content.decode()) == (
        422,
        True,
    )


def test_reckoning_tells_of_bounds_beside_what_is_no_amount(mine: Any, filled: Any) -> None:
    page = Client().post(own(mine), filled(c5_3=700, c2_1="veel") | {"act": "reckon"}).content.decode()
    assert "Fill in a whole number" in page
    assert "At most €\N{NO-BREAK SPACE}600,000" in page


def test_what_is_wrong_with_a_mail_address_is_told_once_on_top(found: Any) -> None:
    page = Client().post(url("alternative-begin", pk=found.pk), {"email": "an"}).content.decode()
    assert page.count("data-error-summary") == 1


def test_an_older_page_shows_both_and_one_chooses_by_line(mine: Any, filled: Any, by_code: Any) -> None:
    making.keep(alternative=mine, given={by_code["5.3"].pk: Change(50, "Theater")}, expected=1)
    page = Client().post(own(mine), filled(c5_3=520, c2_1=780) | {"act": "keep"})
    words = page.content.decode()
    assert page.status_code == 409
    assert 'value="520"' in words
    assert "Take what was kept elsewhere: €\N{NO-BREAK SPACE}550,000" in words
    assert 'name="revision" value="2"' in words
    assert kept(mine) == {"5.3": 50}
    again = filled(2, c5_3=520, c2_1=780) | {f"theirs-{by_code['5.3'].pk}": "on", "act": "keep"}
    assert Client().post(own(mine), again).status_code == 302
    assert kept(mine) == {"5.3": 50, "2.1": -20}
    assert judging.of(mine)[by_code["5.3"].pk].reason == "Theater"


def test_the_script_keeps_and_hears_of_conflicts(mine: Any, filled: Any, by_code: Any) -> None:
    keep = own(mine, "keep")
    for _ in range(2):
        assert Client().post(keep, filled(c5_3=550)).json() == {"revision": 2}
    conflict = Client().post(keep, filled(c5_3=560))
    assert conflict.status_code == 409
    lines = {str(by_code["5.3"].pk): {"change": 50, "reason": ""}}
    assert conflict.json() == {"revision": 2, "lines": lines}
    wrong = Client().post(keep, filled(2, c5_3="veel"))
    assert (wrong.status_code, list(wrong.json()["errors"])) == (422, [f"amount-{by_code['5.3'].pk}"])
    Round.objects.update(closed_at="2026-01-01T00:00Z")
    assert Client().post(keep, filled(2, c5_3=560)).status_code == 410
    assert kept(mine) == {"5.3": 50}


def test_done_with_something_missing_says_what(mine: Any, filled: Any) -> None:
    page = Client().post(own(mine), filled(c5_3=550) | {"act": "done"}, follow=True)
    assert "Too much given out" in page.content.decode()
    assert "Last questions" not in page.content.decode()
    assert kept(mine) == {"5.3": 50}


def test_finished_shared_changed_again_and_thrown_away(found: Any) -> None:
    browser = Client()
    mine = AlternativeFactory(round=found, finished=True, changes={"5.3": 50, "2.1": -50})
    shared = url("alternative-shared", token=mine.share_token)
    assert browser.get(shared).status_code == 404
    assert browser.post(own(mine, "share"), {"share": "yes", "is_named": "on"}).status_code in (302, 422)
    browser.post(own(mine, "share"), {"share": "yes"})
    page = Client().get(shared).content.decode()
    assert "The alternative budget of a resident" in page
    assert own(mine) not in page
    browser.post(own(mine, "share"), {"share": "yes", "is_named": "on", "display_name": "Saar"})
    assert "The alternative budget of Saar" in Client().get(shared).content.decode()
    browser.post(own(mine, "reopen"))
    assert Client().get(shared).status_code == 404
    assert "data-alternative" in browser.get(own(mine)).content.decode()
    assert browser.post(own(mine, "withdraw")).url == url("alternative-begin", pk=found.pk)
    for act in ("withdraw", "reopen"):
        assert browser.post(own(mine, act)).status_code == 404
    assert browser.get(own(mine)).status_code == 404


def test_nothing_of_it_is_found_in_another_municipality(found: Any, other_municipality: Any) -> None:
    done = AlternativeFactory(round=found, finished=True, is_shared=True)
    for path in (own(done), url("alternative-shared", token=done.share_token)):
        assert Client().get(path.replace("polderwijk", other_municipality.slug)).status_code == 404
    page = url("alternative-begin", pk=found.pk)
    assert Client().get(page.replace("polderwijk", other_municipality.slug)).status_code == 404


def test_a_closed_round_shows_that_a_draft_does_not_count(mine: Any) -> None:
    Round.objects.update(closed_at="2026-01-01T00:00Z")
    assert "It does not count" in Client().get(own(mine)).content.decode()
    assert "This round is closed" in Client().get(url("alternative-begin", pk=mine.round_id)).content.decode()


def queries(path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as made:
        assert Client().get(path).status_code == 200
    return len(made)


def test_many_lines_take_no_more_queries(trajectory: Any, budget: Any, in_scope: Any) -> None:
    def pages(count: int) -> list[int]:
        Round.objects.update(closed_at="2026-01-01T00:00Z")
        lines = {f"C{n}": (100, 50, 150) for n in range(count)}
        found = RoundFactory(trajectory=trajectory, budget=budget, lines=lines)
        changes = {f"C{n}": 1 if n % 2 else -1 for n in range(count - count % 2)}
        mine = AlternativeFactory(round=found, changes=changes)
        done = AlternativeFactory(round=found, changes=changes, finished=True, is_shared=True)
        paths = [
            url("alternative-begin", pk=found.pk),
            own(mine),
            own(mine, "finish"),
            own(done),
            url("alternative-shared", token=done.share_token),
        ]
        for path in paths:
            Client().get(path)
        return [queries(path) for path in paths]

    assert pages(5) == pages(55)


def test_amounts_in_the_page_are_what_the_script_reads(mine: Any, settings: Any) -> None:
    settings.LANGUAGE_CODE = "nl"
    page = Client().get(own(mine)).content.decode()
    assert re.search(r'data-baseline="1000" data-floor="1000" data-cap="1200"', page)
    assert 'data-inhabitants="40000"' in page
    with scope(municipality=mine.municipality):
        assert Alternative.objects.get().revision == 1
