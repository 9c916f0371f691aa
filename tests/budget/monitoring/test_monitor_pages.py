"""The pages about following the money: for everybody, for who says what they see, and for officials."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from budget.domain.monitoring import observing
from budget.models import BudgetLine, Observation, SpendingReport
from tests.factories.budget_monitor import (
    AlertFactory,
    AmendmentLineFactory,
    ObservationFactory,
    SpendingReportFactory,
    figures,
)
from tests.signing_in import browser_of
from trajecten.enums import CommitmentStatus
from trajecten.models import Notification, Participant, Trajectory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "in_scope")]

DESK = "/polderwijk/begroting/werk/volgen/"


@pytest.fixture
def line(in_scope: Any) -> Any:
    return AmendmentLineFactory()


def trajectory_of(line: Any) -> Any:
    return line.outcome_line.line.round.trajectory


def public(line: Any) -> str:
    return f"/polderwijk/begroting/volgen/{trajectory_of(line).pk}/"


def page_of(line: Any) -> str:
    return f"{public(line)}{line.pk}/"


def words(answer: Any) -> str:
    """The text of the page, without tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())).replace("\xa0", " ")


def observe_url(line: Any) -> str:
    return f"{public(line)}{line.pk}/zie-ik/"


# -- For everybody ---------------------------------------------------------------------------------------------


def test_the_amounts_are_compared_and_each_leads_to_its_page(in_scope: Any, line: Any) -> None:
    figures(in_scope, 2026, plan={"6.3": 500_000}, q2={"6.3": 250_000})
    SpendingReportFactory(line=line, spent=12_000)
    AmendmentLineFactory(amendment=line.amendment)
    cut = AmendmentLineFactory(amendment=line.amendment, asked=-20_000, adopted=-20_000)
    SpendingReportFactory(line=cut, spent=1_000)
    page = Client().get(public(line))
    shown = words(page)
    assert f'href="{page_of(line)}"' in page.content.decode()
    assert "Spent or saved of the amount itself, in percent of the plan" in shown
    assert re.search(r"money stays unspent .{0,60}\+ € 50,000 .{0,90} 24 .{0,90} 24 ", shown)
    assert re.search(r"less is saved than planned .{0,60}− € 20,000 .{0,90} € 1,000 .{0,90} 0 ", shown)
    assert "Spent of the whole line of the budget that it is part of" in shown


def test_of_an_amount_of_which_nothing_is_known_that_is_said(line: Any) -> None:
    assert "is not known yet Regel 6.3 : Adopted: + € 50,000." in words(Client().get(public(line)))


def test_of_a_programme_that_the_figures_do_not_tell_of_that_is_said(in_scope: Any, coordinator: Any) -> None:
    line = AmendmentLineFactory(code="P1", kind="programme")
    figures(in_scope, 2026, plan={"6.3": 1_000_000}, q2={"6.3": 500_000})
    BudgetLine.objects.filter(budget__kind="primitive").update(programme="P1")
    said = "do not tell both what was planned for this programme and what was spent on it"
    for browser, page in (
        (Client(), public(line)),
        (Client(), page_of(line)),
        (browser_of(coordinator), reverse("budget:monitor-line", args=["polderwijk", line.pk])),
    ):
        shown = words(browser.get(page))
        assert (said in shown, "not known" in shown, "stays unspent" in shown) == (True, True, False)
    desk = words(browser_of(coordinator).get(reverse("budget:monitor-desk", args=["polderwijk"])))
    assert ("not known" in desk, "no figures yet" in desk) == (True, False)


def test_of_another_trajectory_or_a_rejected_line_there_is_no_page(line: Any) -> None:
    other, rejected = AmendmentLineFactory(), AmendmentLineFactory(amendment=line.amendment, adopted=0)
    for path in (f"{public(other)}{line.pk}/", page_of(rejected)):
        assert Client().get(path).status_code == 404
    assert Client().get(page_of(line).replace("polderwijk", "duinstad")).status_code == 404


def test_the_page_says_where_the_money_stands(in_scope: Any, line: Any) -> None:
    figures(in_scope, 2025, q2={"6.3": 40_000}, accounts={"6.3": 100_000})
    figures(in_scope, 2026, plan={"6.3": 500_000, "5.1": 100_000}, q2={"6.3": 250_000, "5.1": 40_000})
    SpendingReportFactory(line=line, spent=12_000)
    ObservationFactory(line=line)
    promise = line.council_line.commitment
    type(promise).objects.update(status=CommitmentStatus.DONE, round=1, verdict_yes=3, verdict_no=2)
    shown = words(Client().get(page_of(line))) + words(Client().get(public(line)))
    for told in (
        "Asked: + € 50,000, in 2026.",
        "Adopted: + € 50,000.",
        "money stays unspent",
        "It is half way through the year; € 12,000 of € 50,000 has been spent. If it goes on like this € 26,000 "
        "will be left.",
        "In 2025, 40 percent had been spent by then: that is what we reckon with.",
        "Er komt een inlooppunt in de wijk.",
        "Was it kept? Yes: 3. Partly: 0. No: 2.",
        "Het inlooppunt is twee dagen in de week open.",
        "1 person said something. Yes: 0, A little: 1, No: 0.",
        "Het inlooppunt is vaak dicht.",
        "The newest figures of 2026 are up to and including June.",
        "The whole budget of 2026, in euro",
        "Social domain Spent 250,000 Not spent yet 250,000 Plan 500,000",
        "Sports, culture and recreation Spent 40,000",
    ):
        assert re.sub(r"\s+", " ", told) in shown, told


def test_what_was_changed_or_rejected_has_its_reason(line: Any) -> None:
    part = AmendmentLineFactory(amendment=line.amendment, adopted=20_000)
    AmendmentLineFactory(amendment=line.amendment, adopted=0, asked=9_000)
    assert "Adopted as: 20000 euro" in words(Client().get(page_of(part)))
    shown = words(Client().get(public(line)))
    assert "1 line that the council did not adopt" in shown
    assert "asked + € 9,000. Why: De raad heeft minder geld." in shown


def test_less_money_is_told_as_saved(line: Any) -> None:
    cut = AmendmentLineFactory(amendment=line.amendment, asked=-20_000, adopted=-20_000)
    SpendingReportFactory(line=cut, spent=-4_000)
    shown = words(Client().get(page_of(cut)))
    assert "€ 4,000 of € 20,000 has been saved. If it goes on like this € 12,000 less will be saved" in shown
    assert "Up to and including June: € 4,000 saved." in shown


def test_a_signal_that_is_over_is_said(line: Any) -> None:
    AlertFactory(line=line, ended_at=timezone.now())
    assert "A signal on this amount is over since" in words(Client().get(page_of(line)))


def test_before_the_council_decided_and_without_any_line(in_scope: Any) -> None:
    line = AmendmentLineFactory(adopted=None)
    assert "The council has not decided yet" in words(Client().get(public(line)))
    other = type(trajectory_of(line)).objects.create(municipality=in_scope, method_key="budget", title="Leeg")
    page = Client().get(f"/polderwijk/begroting/volgen/{other.pk}/")
    assert "There is no money to follow" in words(page)
    of_method = Trajectory.objects.create(municipality=in_scope, method_key="visie", title="Anders")
    assert Client().get(f"/polderwijk/begroting/volgen/{of_method.pk}/").status_code == 404
    assert Client().get(public(line).replace("polderwijk", "duinstad")).status_code == 404


def test_the_page_of_the_trajectory_leads_there(line: Any) -> None:
    page = Client().get(f"/polderwijk/trajecten/{trajectory_of(line).pk}/").content.decode()
    assert public(line) in page
    assert f"/polderwijk/begroting/kalender/{trajectory_of(line).pk}/" in page


@pytest.mark.parametrize("which", ["public", "desk", "csv"])
def test_as_many_statements_for_one_as_for_thirty(
    in_scope: Any, line: Any, handler_client: Client, which: str
) -> None:
    def statements() -> int:
        path = {"public": public(line), "desk": DESK, "csv": f"{DESK[:-1]}.csv"}[which]
        with CaptureQueriesContext(connection) as asked:
            answer = handler_client.get(path)
            b"".join(answer) if answer.streaming else answer.content
        assert answer.status_code == 200
        return len(asked)

    def fill(one: Any) -> None:
        SpendingReportFactory(line=one)
        ObservationFactory(line=one)
        AlertFactory(line=one)

    figures(in_scope, 2026, plan={"6.3": 500_000}, q2={"6.3": 250_000})
    fill(line)
    statements()
    one = statements()
    for _n in range(29):
        fill(AmendmentLineFactory(amendment=line.amendment))
    assert statements() == one


# -- Who says what they see ------------------------------------------------------------------------------------


def test_what_the_council_chose_is_said_in_words(line: Any) -> None:
    assert "the council decided to spend € 50,000 more on it." in words(Client().get(observe_url(line)))
    less = AmendmentLineFactory(amendment=line.amendment, asked=-20_000, adopted=-20_000)
    assert "the council decided to spend € 20,000 less on it." in words(Client().get(observe_url(less)))


def test_with_an_account(line: Any, resident: Any) -> None:
    browser = browser_of(resident)
    answer = browser.post(observe_url(line), {"sees": "yes", "text": ""})
    assert (answer.status_code, answer.url) == (302, f"{page_of(line)}#main")
    made = Observation.objects.get()
    assert (made.author.user, made.sees, bool(made.confirmed_at)) == (resident, "yes", True)
    assert browser.get(observe_url(line)).context["form"]["sees"].value() == "yes"


def test_who_writes_words_hears_that_they_are_read_first(line: Any, resident: Any) -> None:
    browser = Client()
    browser.force_login(resident)
    told = words(browser.post(observe_url(line), {"sees": "yes", "text": "Meer open."}, follow=True))
    assert "An official reads your words first" in told
    told = words(browser.post(observe_url(line), {"sees": "yes"}, follow=True))
    assert ("It counts." in told, "reads your words" in told) == (True, False)


def test_with_a_mail_address_and_the_own_page(line: Any) -> None:
    browser = Client()
    answer = browser.post(
        observe_url(line), {"sees": "no", "text": "Niets te zien.", "email": "Ik@Example.org"}, follow=True
    )
    assert "Look in your mail" in words(answer)
    made = Observation.objects.get()
    own = f"/polderwijk/begroting/gezien/{made.token}/"
    assert "Confirm it here; only then it counts." in words(browser.get(own))
    assert "Thank you! It counts from now on." in words(browser.post(f"{own}bevestigen/", follow=True))
    assert browser.get(own).headers["X-Robots-Tag"] == "noindex, nofollow"
    changed = browser.post(own, {"sees": "little", "text": "Nu iets."}, follow=True)
    assert "Your changes have been kept." in words(changed)
    made.refresh_from_db()
    assert (made.sees, made.text, made.moderation) == ("little", "Nu iets.", "pending")
    assert "It is gone" in words(browser.post(f"{own}weg/", follow=True))
    assert not Observation.objects.exists()
    assert browser.get(own).status_code == 404


def test_changing_what_was_taken_back_in_another_window_says_so(
    line: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, change = ObservationFactory(line=line), observing.change

    def after_it_went(**what: Any) -> Observation:
        observing.take_back(observation=made)
        return change(**what)

    monkeypatch.setattr(observing, "change", after_it_went)
    own = f"/polderwijk/begroting/gezien/{made.token}/"
    answer = Client().post(own, {"sees": "little"}, follow=True)
    assert answer.status_code == 404
    assert "This link does not work any more" in words(answer)


def test_who_is_hidden_reads_that_it_does_not_count(line: Any) -> None:
    made = ObservationFactory(line=line, moderation="hidden")
    shown = words(Client().get(f"/polderwijk/begroting/gezien/{made.token}/"))
    assert "Your words are hidden" in shown
    assert "It counts." not in shown


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"email": "ik@example.org"}, "Choose whether you see anything of it."),
        ({"sees": "no"}, "Fill in your e-mail address."),
        ({"sees": "no", "email": "ik"}, "e-mail address"),
        ({"sees": "no", "email": "ik@example.org", "text": "x" * 1001}, "1000"),
    ],
)
def test_errors_keep_what_was_typed(line: Any, given: dict[str, str], error: str) -> None:
    answer = Client().post(observe_url(line), {"text": "Mijn woorden", **given})
    assert answer.status_code == 422
    assert error in words(answer)
    assert given.get("text", "Mijn woorden") in answer.content.decode()
    assert not Observation.objects.exists()
    assert not Participant.objects.filter(email__startswith="ik").exists()


def test_one_sender_can_not_go_on(line: Any, settings: Any) -> None:
    settings.ANONYMOUS_REPORTS_PER_HOUR = 1
    statuses = [
        Client().post(observe_url(line), {"sees": "no", "email": f"{n}@example.org"}).status_code
        for n in "ab"
    ]
    assert statuses == [302, 422]
    assert Observation.objects.count() == 1


def test_one_address_is_not_mailed_for_ever(line: Any, settings: Any) -> None:
    settings.MAILS_PER_ADDRESS_PER_HOUR = 1
    given = {"sees": "no", "email": "ik@example.org"}
    Client().post(observe_url(line), given)
    answer = Client().post(observe_url(line), given)
    assert "Many mails went to this address" in words(answer)
    assert Notification.objects.filter(key="budget.observation_asked").count() == 1


def test_what_is_not_asked_any_more_is_said(line: Any) -> None:
    Trajectory.objects.update(current_step="council")
    assert "This trajectory does not ask this now." in words(Client().get(observe_url(line)))
    answer = Client().post(observe_url(line), {"sees": "no", "email": "ik@example.org"})
    assert answer.status_code == 422
    assert "zie-ik" not in Client().get(page_of(line)).content.decode()


def test_of_another_trajectory_or_a_rejected_line_there_is_no_form(line: Any) -> None:
    other, rejected = AmendmentLineFactory(), AmendmentLineFactory(amendment=line.amendment, adopted=0)
    for path in (f"{public(other)}{line.pk}/zie-ik/", observe_url(rejected)):
        assert Client().get(path).status_code == 404


# -- For officials ---------------------------------------------------------------------------------------------


def test_signals_come_first_and_what_is_missing_is_said(
    in_scope: Any, line: Any, handler_client: Client
) -> None:
    more = [AmendmentLineFactory(amendment=line.amendment) for _n in range(3)]
    for one, spent in zip([line, *more[:2]], (24_000, 12_000, 49_000), strict=True):
        SpendingReportFactory(line=one, spent=spent)
    figures(in_scope, 2026, plan={"6.3": 500_000}, q1={"6.3": 100_000})
    answer = handler_client.get(DESK)
    # The last one is seen in the figures of the whole field, in which it is too early to say.
    assert [row["one"].line.pk for row in answer.context["rows"]] == [
        more[1].pk, more[0].pk, more[2].pk, line.pk,
    ]  # fmt: skip
    assert re.search(r"The figures up to and including \w+ are not there yet.", words(answer))
    sheet = b"".join(handler_client.get(f"{DESK[:-1]}.csv")).decode().splitlines()
    assert len(sheet) == 5
    assert ",49000,98000,48000,more is spent than planned," in sheet[1]


def test_an_adviser_sees_the_own_trajectory_only(line: Any, adviser: Any) -> None:
    browser = browser_of(adviser)
    trajectory = trajectory_of(line)
    assert browser.get(f"{DESK}?trajectory={trajectory.pk}").status_code == 404
    Trajectory.objects.filter(pk=trajectory.pk).update(adviser=adviser)
    AmendmentLineFactory()
    answer = browser.get(f"{DESK}?trajectory={trajectory.pk}")
    assert [row["one"].line.pk for row in answer.context["rows"]] == [line.pk]
    assert browser.get(DESK).status_code == 404
    page = browser.get(f"{DESK}{line.pk}/")
    assert (page.status_code, page.context["may_report"]) == (200, False)


def test_an_official_reports_what_was_spent(line: Any, handler: Any, handler_client: Client) -> None:
    page = f"{DESK}{line.pk}/"
    given = {"period": "2", "spent": "12.000", "text": "Twee avonden in de week open."}
    assert handler_client.post(page, given).status_code == 302
    made = SpendingReport.objects.get()
    assert (made.spent, made.by, made.period) == (12_000, handler, 2)
    shown = words(handler_client.get(page))
    assert "Behandelaar Openbare Ruimte: Up to and including June: € 12,000 spent." in shown
    assert "less is spent than planned, up to and including June" in shown


def test_of_less_money_one_reports_what_was_saved(line: Any, handler_client: Client) -> None:
    cut = AmendmentLineFactory(amendment=line.amendment, asked=-20_000, adopted=-20_000)
    page = f"{DESK}{cut.pk}/"
    assert "How much was saved of it so far?" in words(handler_client.get(page))
    handler_client.post(page, {"period": "2", "spent": "4.000", "text": "Minder inhuur."})
    assert SpendingReport.objects.get().spent == -4_000


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"spent": "veel"}, "Write the amount in whole euros"),
        ({"spent": "12,50"}, "Write whole euros, without cents."),
        ({"spent": ""}, "Fill in a number."),
        ({"text": ""}, "Write in a few words what was done with it."),
        ({"period": "9"}, "This period is not over yet."),
        ({"spent": "9999999999999"}, "1"),
    ],
)
def test_a_report_that_is_wrong_says_so(
    line: Any, handler_client: Client, given: dict[str, str], error: str
) -> None:
    whole = {"period": "2", "spent": "12.000", "text": "Twee avonden."}
    answer = handler_client.post(f"{DESK}{line.pk}/", {**whole, **given})
    assert answer.status_code == 422
    assert error in words(answer)
    assert not SpendingReport.objects.exists()


def test_before_the_first_quarter_is_over_there_is_nothing_to_report(handler_client: Client) -> None:
    coming = AmendmentLineFactory(amendment__outcome__round__budget__year=2099)
    shown = words(handler_client.get(f"{DESK}{coming.pk}/"))
    assert "You can report from 1 April 2099 on" in shown
    assert "The year 2099 has not begun yet." in words(Client().get(public(coming)))
