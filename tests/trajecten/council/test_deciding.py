"""Council items: their way, the decision line by line, its corrections and promises, and who hears it."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_scopes import scope
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buurtschouw.domain.chain import chain_of
from tests.factories.buurtschouw import ReportFactory, SupportFactory
from tests.factories.core import (
    CommitmentFactory,
    CommitmentOriginFactory,
    CouncilItemFactory,
    ParticipantFactory,
    TrajectoryFactory,
)
from trajecten.domain.council import behind, items, queries
from trajecten.domain.council.deciding import decide
from trajecten.domain.council.decisions import (
    Decision,
    Judged,
    NewPromise,
    Settled,
    outcome_of,
)
from trajecten.domain.council.items import Facts
from trajecten.domain.council.queries import CouncilFilter
from trajecten.domain.council.refusals import CouncilRefused, ItemChanged
from trajecten.domain.promises import finding
from trajecten.domain.telling import delivering
from trajecten.enums import COUNCIL_TRANSITIONS, CouncilStatus, LineDecision
from trajecten.models import (
    Activity,
    Commitment,
    CouncilDecision,
    CouncilItem,
    CouncilLine,
    Notification,
)
from trajecten.transitions import TransitionRefused

TODAY = timezone.localdate()


def facts(**changes: Any) -> Facts:
    given = {
        "kind": "motion",
        "body": "council",
        "title": "Een veilige oversteek",
        "summary": "",
        "submitted_on": TODAY - timedelta(days=30),
    }
    return Facts(**{**given, **changes})


def adopted(*numbers: int) -> list[Judged]:
    return [Judged(number, LineDecision.ADOPTED) for number in numbers]


def rejected(*numbers: int) -> list[Judged]:
    return [Judged(number, LineDecision.REJECTED, reason="Te duur.") for number in numbers]


@pytest.fixture
def three(in_scope: Any, schouw: Any) -> CouncilItem:
    """An item of three points."""
    return CouncilItemFactory(trajectory=schouw.trajectory, texts=["Een zebrapad.", "Licht.", "Een drempel."])


@pytest.fixture
def say(clerk: Any) -> Any:
    """Enters a decision as the clerk."""

    def say(item: CouncilItem, **changes: Any) -> CouncilDecision:
        item = CouncilItem.objects.get(pk=item.pk)
        decision = Decision(**{"decided_on": TODAY, **changes})
        return decide(item=item, by=clerk, version=item.version, decision=decision)

    return say


# -- Before the decision -------------------------------------------------------------------------------------


def test_an_item_is_submitted_with_its_points_and_what_is_behind_it(report: Any, clerk: Any) -> None:
    made = items.submit(
        municipality=report.municipality,
        by=clerk,
        facts=facts(trajectory=report.trajectory),
        lines=["Een zebrapad.", "Licht."],
        origins=[report],
    )
    assert [(line.number, line.text) for line in made.lines.all()] == [(1, "Een zebrapad."), (2, "Licht.")]
    assert [origin.origin for origin in made.origins.all()] == [report]
    logged = Activity.objects.get(verb="council_submitted")
    assert (logged.target, logged.actor_user, logged.is_public) == (made, clerk, True)


def test_what_is_of_another_municipality_is_refused(report: Any, clerk: Any, other_municipality: Any) -> None:
    elsewhere = ReportFactory(schouw__municipality=other_municipality)
    there = TrajectoryFactory(municipality=other_municipality)
    for part in ({"origins": [elsewhere]}, {"facts": facts(trajectory=there)}):
        with pytest.raises(ValueError, match="another municipality"), transaction.atomic():
            items.submit(municipality=report.municipality, by=clerk, **{"facts": facts(), **part})
    assert not CouncilItem.objects.exists()


def test_a_number_in_the_information_system_is_of_one_item(in_scope: Any, clerk: Any) -> None:
    CouncilItemFactory(external_id="7853341")
    with pytest.raises(CouncilRefused) as refused:
        items.submit(municipality=in_scope, by=clerk, facts=facts(external_id="7853341"))
    assert refused.value.field == "external_id"


def test_changing_lets_go_of_what_is_not_behind_it_any_more(report: Any, clerk: Any) -> None:
    other = ReportFactory(schouw=report.schouw, category=report.category)
    item = CouncilItemFactory(origins=[report], texts=["Licht."])
    items.change(
        item=item, by=clerk, version=1, facts=facts(title="Anders"), lines=["Zebrapad."], origins=[other]
    )
    item = CouncilItem.objects.get()
    assert (item.title, item.version) == ("Anders", 2)
    assert [origin.origin for origin in item.origins.all()] == [other]
    assert [line.text for line in item.lines.all()] == ["Zebrapad."]


def test_who_has_an_old_page_changes_nothing(three: CouncilItem, clerk: Any) -> None:
    items.discuss(item=three, by=clerk, version=1)
    with pytest.raises(ItemChanged):
        items.schedule(item=three, by=clerk, version=1, day=TODAY)
    assert CouncilItem.objects.get().status == "discussed"


def test_the_points_stay_once_they_are_decided(three: CouncilItem, clerk: Any, say: Any) -> None:
    say(three, lines=adopted(1, 2, 3))
    with pytest.raises(CouncilRefused) as refused:
        items.change(item=three, by=clerk, version=2, facts=facts(), lines=["Iets anders."], origins=[])
    assert refused.value.field == "lines"
    assert three.lines.count() == 3


def test_an_item_gets_a_date_and_another_one_and_none(three: CouncilItem, clerk: Any) -> None:
    day = TODAY + timedelta(days=7)
    items.schedule(item=three, by=clerk, version=1, day=day, meeting_name="Gemeenteraad")
    items.schedule(item=three, by=clerk, version=2, day=day, meeting_name="Gemeenteraad")
    found = CouncilItem.objects.get()
    assert (found.status, found.scheduled_for, found.version) == ("scheduled", day, 2)
    items.schedule(item=three, by=clerk, version=2, day=day + timedelta(days=7))
    items.take_off(item=three, by=clerk, version=3)
    found = CouncilItem.objects.get()
    assert (found.status, found.scheduled_for, found.meeting_name) == ("submitted", None, "")
    days = [row.details["from"] for row in Activity.objects.filter(verb="council_scheduled")]
    assert days == [None, day.isoformat()]


def test_a_day_before_it_was_submitted_is_refused(three: CouncilItem, clerk: Any) -> None:
    with pytest.raises(CouncilRefused, match="voor de dag"):
        items.schedule(item=three, by=clerk, version=1, day=TODAY - timedelta(days=31))


@pytest.mark.parametrize("day", [date(9999, 12, 31), TODAY + timedelta(days=1), date(1, 1, 1)])
def test_a_day_that_can_not_be_is_not_taken_as_that_of_submitting(
    in_scope: Any, clerk: Any, day: date
) -> None:
    with pytest.raises(CouncilRefused) as refused:
        items.submit(municipality=in_scope, by=clerk, facts=facts(submitted_on=day))
    assert refused.value.field == "submitted_on"
    item = CouncilItemFactory()
    with pytest.raises(CouncilRefused) as refused:
        items.change(item=item, by=clerk, version=1, facts=facts(submitted_on=day), lines=[], origins=[])
    assert (refused.value.field, CouncilItem.objects.get().version) == ("submitted_on", 1)


def test_a_meeting_is_not_thousands_of_years_ahead(three: CouncilItem, clerk: Any) -> None:
    with pytest.raises(CouncilRefused) as refused:
        items.schedule(item=three, by=clerk, version=1, day=date(9999, 12, 31))
    assert (refused.value.field, CouncilItem.objects.get().status) == ("day", "submitted")


def test_withdrawing_asks_why_and_is_for_good(three: CouncilItem, clerk: Any, say: Any) -> None:
    with pytest.raises(CouncilRefused):
        items.withdraw(item=three, by=clerk, version=1, reason=" ")
    items.withdraw(item=three, by=clerk, version=1, reason="Het college doet het al.")
    with pytest.raises(TransitionRefused):
        say(three, lines=adopted(1, 2, 3))
    assert CouncilItem.objects.get().reason == "Het college doet het al."


# -- The decision --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "reason", "outcome"),
    [
        (adopted(1, 2, 3), "", "adopted"),
        ([*adopted(1), *rejected(2, 3)], "Er is geld voor één ding.", "partly"),
        (rejected(1, 2, 3), "Geen geld.", "rejected"),
        (
            [*adopted(1, 2), Judged(3, LineDecision.CHANGED, changed_text="Een plateau.", reason="Beter.")],
            "Op één punt anders.",
            "partly",
        ),
    ],
)
def test_the_outcome_follows_from_the_points(
    three: CouncilItem, say: Any, lines: list[Judged], reason: str, outcome: str
) -> None:
    made = say(three, lines=lines, reason=reason)
    item = CouncilItem.objects.get()
    assert (item.status, item.decided_on, item.round, made.outcome) == (outcome, TODAY, 1, outcome)
    assert [line.decision for line in item.lines.all()] == [judged.decision for judged in lines]
    assert [line["decision"] for line in made.lines] == [judged.decision for judged in lines]


@given(st.lists(st.sampled_from(["adopted", "changed", "rejected"]), min_size=1, max_size=12))
def test_property_an_outcome_is_all_or_none_or_a_part(decisions: list[str]) -> None:
    expected = {frozenset({"adopted"}): "adopted", frozenset({"rejected"}): "rejected"}
    assert outcome_of(decisions) == expected.get(frozenset(decisions), "partly")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"lines": adopted(1, 2)}, "decision_3"),
        ({"lines": [*adopted(1, 2), Judged(3, LineDecision.PENDING)]}, "decision_3"),
        ({"lines": [*adopted(1, 2), *rejected(3)]}, "reason"),
        ({"lines": [*adopted(1, 2), Judged(3, LineDecision.REJECTED)], "reason": "Nee."}, "reason_3"),
        (
            {"lines": [*adopted(1, 2), Judged(3, LineDecision.CHANGED, reason="Zo.")], "reason": "Ja."},
            "changed_text_3",
        ),
        ({"lines": adopted(1, 2, 3), "decided_on": TODAY + timedelta(days=1)}, "decided_on"),
        ({"lines": adopted(1, 2, 3), "decided_on": TODAY - timedelta(days=31)}, "decided_on"),
    ],
)
def test_what_is_missing_is_said_at_its_place(
    three: CouncilItem, say: Any, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(CouncilRefused) as refused:
        say(three, **changes)
    assert refused.value.field == field
    assert (CouncilItem.objects.get().status, CouncilDecision.objects.count()) == ("submitted", 0)


@pytest.mark.parametrize(("outcome", "reason"), [("adopted", ""), ("partly", "Deels."), ("rejected", "Nee.")])
def test_without_points_the_outcome_is_chosen(in_scope: Any, say: Any, outcome: str, reason: str) -> None:
    item = CouncilItemFactory(scheduled=True)
    say(item, outcome=outcome, reason=reason)
    assert CouncilItem.objects.get().status == outcome


@pytest.mark.parametrize(
    ("outcome", "field"),
    [("", "outcome"), ("withdrawn", "outcome"), ("rejected", "reason"), ("partly", "reason")],
)
def test_such_an_outcome_is_complete(in_scope: Any, say: Any, outcome: str, field: str) -> None:
    with pytest.raises(CouncilRefused) as refused:
        say(CouncilItemFactory(), outcome=outcome)
    assert refused.value.field == field


def test_a_form_that_is_sent_twice_counts_once(three: CouncilItem, clerk: Any) -> None:
    decision = Decision(decided_on=TODAY, lines=[*adopted(1), *rejected(2, 3)], reason="Geen geld.")
    first = decide(item=three, by=clerk, version=1, decision=decision)
    again = decide(item=three, by=clerk, version=1, decision=decision)
    assert (again, CouncilDecision.objects.count(), Commitment.objects.count()) == (first, 1, 0)


def test_of_two_clerks_the_second_hears_that_it_was_decided(
    three: CouncilItem, clerk: Any, coordinator: Any
) -> None:
    decision = Decision(decided_on=TODAY, lines=adopted(1, 2, 3))
    decide(item=three, by=clerk, version=1, decision=decision)
    with pytest.raises(ItemChanged):
        decide(item=three, by=coordinator, version=1, decision=decision)
    assert CouncilDecision.objects.count() == 1


def test_a_correction_asks_why_and_keeps_what_was_said_before(three: CouncilItem, say: Any) -> None:
    say(three, lines=adopted(1, 2, 3))
    lines = [*adopted(1, 2), *rejected(3)]
    with pytest.raises(CouncilRefused) as refused:
        say(three, lines=lines, reason="Drempel niet.")
    assert refused.value.field == "why_corrected"
    say(three, lines=lines, reason="Drempel niet.", why_corrected="Verkeerd overgenomen.")
    kept = list(CouncilDecision.objects.values_list("round", "outcome", "why_corrected"))
    assert kept == [(1, "adopted", ""), (2, "partly", "Verkeerd overgenomen.")]
    assert (CouncilItem.objects.get().status, CouncilLine.objects.get(number=3).decision) == (
        "partly",
        "rejected",
    )


def test_the_database_keeps_a_decision_as_it_was(three: CouncilItem, say: Any) -> None:
    made = say(three, lines=adopted(1, 2, 3))
    for act in (
        lambda: CouncilDecision.objects.update(reason="Anders."),
        lambda: CouncilDecision.objects.filter(pk=made.pk)._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            act()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["schedule", "take_off", "discuss", "withdraw", "decide", "correct"]),
            st.integers(0, 2),
        ),
        max_size=12,
    )
)
def test_property_no_row_of_acts_leads_where_the_table_does_not(
    in_scope: Any, clerk: Any, acts: list[tuple[str, int]]
) -> None:
    item = CouncilItemFactory(texts=["Een.", "Twee."])
    for act, stale in acts:
        before = CouncilItem.objects.get(pk=item.pk)
        try:
            _do(act, item, clerk, before.version - (stale == 2))
        except (TransitionRefused, CouncilRefused, ItemChanged):
            after = CouncilItem.objects.get(pk=item.pk)
            assert (after.status, after.version) == (before.status, before.version)
        else:
            after = CouncilItem.objects.get(pk=item.pk)
            if after.version != before.version:
                assert after.status in COUNCIL_TRANSITIONS[before.status]
        assert after.decisions.count() == after.round
        assert after.is_decided == (after.decided_on is not None) == (after.round > 0)


def _do(act: str, item: CouncilItem, clerk: Any, version: int) -> None:
    given: dict[str, Any] = {"item": item, "by": clerk, "version": version}
    with transaction.atomic():
        if act == "schedule":
            items.schedule(**given, day=TODAY)
        elif act == "take_off":
            items.take_off(**given)
        elif act == "discuss":
            items.discuss(**given)
        elif act == "withdraw":
            items.withdraw(**given, reason="Niet nodig.")
        else:
            why = "Verkeerd." if act == "correct" else ""
            decision = Decision(decided_on=TODAY, lines=adopted(1, 2), why_corrected=why)
            decide(**given, decision=decision)


# -- Promises ------------------------------------------------------------------------------------------------


def promised(handler: Any, text: str = "Het zebrapad ligt er.") -> NewPromise:
    return NewPromise(text=text, owner=handler, deadline=TODAY + timedelta(days=90))


def test_a_point_makes_a_promise_to_those_behind_it(report: Any, handler: Any, say: Any) -> None:
    item = CouncilItemFactory(trajectory=report.trajectory, origins=[report], texts=["Zebrapad.", "Licht."])
    lines = [Judged(1, LineDecision.ADOPTED, promise=promised(handler)), *adopted(2)]
    say(item, lines=lines)
    made = finding.of(report).get()
    assert (made.text, made.owner, made.trajectory) == ("Het zebrapad ligt er.", handler, report.trajectory)
    assert item.lines.get(number=1).commitment == made
    assert list(behind.made(item)) == [made]


@pytest.mark.parametrize("case", ["rejected", "no trajectory"])
def test_such_a_promise_is_refused(three: CouncilItem, handler: Any, say: Any, case: str) -> None:
    first = Judged(1, LineDecision.ADOPTED, promise=promised(handler))
    if case == "rejected":
        first = Judged(1, LineDecision.REJECTED, reason="Nee.", promise=promised(handler))
    else:
        CouncilItem.objects.update(trajectory=None)
    with pytest.raises(CouncilRefused) as refused:
        say(three, lines=[first, *adopted(2, 3)], reason="Zo is het.")
    assert refused.value.field == "promise_1"
    assert not Commitment.objects.exists()


def test_a_correction_withdraws_the_promise_of_what_was_rejected_after_all(
    three: CouncilItem, handler: Any, say: Any
) -> None:
    say(three, lines=[Judged(1, LineDecision.ADOPTED, promise=promised(handler)), *adopted(2, 3)])
    say(three, lines=[*rejected(1), *adopted(2, 3)], reason="Nee.", why_corrected="Verkeerd geteld.")
    assert Commitment.objects.get().status == "withdrawn"
    assert three.lines.get(number=1).commitment == Commitment.objects.get()
    say(three, lines=adopted(1, 2, 3), why_corrected="Toch wel.")
    assert Commitment.objects.get().status == "withdrawn"
    assert three.lines.get(number=1).commitment is None


def test_a_point_whose_promise_was_withdrawn_can_make_another(
    three: CouncilItem, handler: Any, say: Any
) -> None:
    first = Judged(1, LineDecision.ADOPTED, promise=promised(handler))
    say(three, lines=[first, *adopted(2, 3)])
    say(three, lines=[*rejected(1), *adopted(2, 3)], reason="Nee.", why_corrected="Verkeerd geteld.")
    again = Judged(1, LineDecision.ADOPTED, promise=promised(handler, "Toch een zebrapad."))
    say(three, lines=[again, *adopted(2, 3)], why_corrected="Toch wel.")
    made = three.lines.get(number=1).commitment
    assert (made.text, made.status) == ("Toch een zebrapad.", "promised")
    assert sorted(Commitment.objects.values_list("status", flat=True)) == ["promised", "withdrawn"]


def test_a_correction_keeps_the_promise_that_was_made(three: CouncilItem, handler: Any, say: Any) -> None:
    first = Judged(1, LineDecision.ADOPTED, promise=promised(handler))
    say(three, lines=[first, *adopted(2, 3)])
    with pytest.raises(CouncilRefused) as refused:
        say(three, lines=[first, *adopted(2, 3)], why_corrected="Nog een keer.")
    assert refused.value.field == "promise_1"
    say(three, lines=adopted(1, 2, 3), why_corrected="Andere dag.")
    assert Commitment.objects.get().status == "promised"


def test_without_points_the_item_makes_the_promise(schouw: Any, handler: Any, say: Any) -> None:
    item = CouncilItemFactory(trajectory=schouw.trajectory)
    say(item, outcome="adopted", promise=promised(handler))
    assert CouncilItem.objects.get().commitment == Commitment.objects.get()


def test_a_decision_keeps_the_promise_that_was_put_to_the_council(report: Any, say: Any) -> None:
    promise = CommitmentFactory(trajectory=report.trajectory)
    item = CouncilItemFactory(trajectory=report.trajectory, origins=[promise])
    say(item, outcome="adopted", settled=[Settled(promise, "done")])
    assert Commitment.objects.get().status == "done"
    assert list(behind.promises(item)) == [promise]


def test_a_promise_is_not_broken_without_a_reason(report: Any, say: Any) -> None:
    promise = CommitmentFactory(trajectory=report.trajectory)
    item = CouncilItemFactory(trajectory=report.trajectory, origins=[promise])
    with pytest.raises(CouncilRefused) as refused:
        say(item, outcome="adopted", settled=[Settled(promise, "broken")])
    assert (refused.value.field, CouncilDecision.objects.count()) == ("reason", 0)
    say(item, outcome="adopted", settled=[Settled(promise, "broken")], reason="Het geld is op.")
    assert list(Commitment.objects.values_list("status", "reason")) == [("broken", "Het geld is op.")]


def test_a_decision_settles_no_other_promise(report: Any, say: Any) -> None:
    promise = CommitmentFactory(trajectory=report.trajectory)
    with pytest.raises(ValueError, match="not put"):
        say(CouncilItemFactory(), outcome="adopted", settled=[Settled(promise, "done")])
    assert Commitment.objects.get().status == "promised"


# -- Who hears it --------------------------------------------------------------------------------------------


@pytest.fixture
def asked(report: Any) -> CouncilItem:
    """An item with a report behind it that one other person supports."""
    SupportFactory(report=report, participant__email="steun@example.org")
    SupportFactory(report=report, participant__email=None)
    return CouncilItemFactory(
        trajectory=report.trajectory, origins=[report], texts=["Een zebrapad.", "Licht."]
    )


def test_authors_and_supporters_hear_it_each_in_their_own_words(
    asked: CouncilItem, report: Any, say: Any
) -> None:
    say(asked, lines=[*adopted(1), *rejected(2)], reason="Licht is er al.")
    owed = {row.participant.email: row.key for row in Notification.objects.select_related("participant")}
    assert owed == {
        report.author.email: "trajecten.council_decided",
        "steun@example.org": "trajecten.council_decided_supporter",
    }


def test_who_said_it_and_supports_another_hears_it_once(asked: CouncilItem, report: Any, say: Any) -> None:
    other = ReportFactory(schouw=report.schouw, category=report.category)
    SupportFactory(report=other, participant=report.author)
    items.change(
        item=asked,
        by=other.trajectory.coordinator,
        version=1,
        facts=facts(trajectory=asked.trajectory),
        lines=["Een zebrapad."],
        origins=[report, other],
    )
    say(asked, lines=adopted(1))
    counted = Counter(Notification.objects.values_list("participant", flat=True))
    assert set(counted.values()) == {1}
    assert len(counted) == 3


def test_who_is_behind_a_promise_hears_what_became_of_it(report: Any, say: Any) -> None:
    promise = CommitmentOriginFactory(contribution=report).commitment
    say(CouncilItemFactory(origins=[promise]), outcome="adopted")
    assert Notification.objects.get().participant == report.author


@pytest.mark.usefixtures("english")
def test_the_mail_tells_the_decision_line_by_line(
    asked: CouncilItem, report: Any, handler: Any, say: Any
) -> None:
    lines = [
        Judged(1, LineDecision.CHANGED, "Een plateau & zebra.", "Dat is veiliger.", promised(handler)),
        *rejected(2),
    ]
    report.author.language = "en"
    report.author.save()
    say(asked, lines=lines, reason="Er is geld voor één ding.")
    for row in Notification.objects.all():
        delivering.deliver(delivery_key=row.delivery_key)
    sent = {each.to[0]: each for each in mail.outbox}
    words = sent[report.author.email]
    assert words.subject == "What you said: adopted in part"
    for part in (words.body, words.alternatives[0].content.replace("&amp;", "&")):
        for said in (
            "What you said went to the municipal council",
            "Point 1: adopted in other words",
            "Een plateau & zebra.",
            "Why: Dat is veiliger.",
            "Point 2: rejected",
            "Why: Te duur.",
            "Er is geld voor één ding.",
            "Het zebrapad ligt er. By ",
            f"/polderwijk/raad/{asked.pk}/",
        ):
            assert said in part, said
    assert sent["steun@example.org"].subject.startswith("Wat u steunt")


def test_a_correction_is_told_and_what_it_corrects_is_not_any_more(asked: CouncilItem, say: Any) -> None:
    say(asked, lines=adopted(1, 2))
    say(asked, lines=[*adopted(1), *rejected(2)], reason="Nee.", why_corrected="Verkeerd overgenomen.")
    states = Counter(
        delivering.deliver(delivery_key=row.delivery_key) for row in Notification.objects.order_by("pk")
    )
    assert states == {"dropped": 2, "sent": 2}
    assert all("Verkeerd overgenomen." in each.body for each in mail.outbox)


def test_who_left_no_address_is_owed_nothing(schouw: Any, category: Any, say: Any) -> None:
    silent = ReportFactory(schouw=schouw, category=category, author=ParticipantFactory(email=None))
    say(CouncilItemFactory(origins=[silent]), outcome="adopted")
    assert not Notification.objects.exists()


# -- The chain -----------------------------------------------------------------------------------------------


def test_the_chain_of_a_report_shows_what_was_decided_on_it(report: Any, clerk: Any, say: Any) -> None:
    def third() -> tuple[str, str]:
        link = chain_of(report)[2]
        return link.state, link.detail

    assert third() == ("skipped", "")
    item = CouncilItemFactory(origins=[report])
    assert third() == ("now", "wacht op een datum")
    items.schedule(item=item, by=clerk, version=1, day=date(2030, 5, 1))
    assert third() == ("now", "1 mei")
    item = CouncilItem.objects.get()
    items.take_off(item=item, by=clerk, version=item.version)
    say(item, outcome="rejected", reason="Nee.")
    assert third() == ("done", "afgewezen")


def test_the_chain_shows_what_was_decided_on_its_promise(report: Any, say: Any) -> None:
    promise = CommitmentOriginFactory(contribution=report).commitment
    say(CouncilItemFactory(origins=[promise]), outcome="adopted")
    assert chain_of(report)[2].state == "done"


# -- Lists ---------------------------------------------------------------------------------------------------


def test_the_parts_of_the_list_and_their_figures(in_scope: Any, say: Any) -> None:
    late = CouncilItemFactory(scheduled=True, scheduled_for=TODAY - timedelta(days=1))
    coming = CouncilItemFactory(scheduled=True)
    waits = CouncilItemFactory(submitted_on=TODAY - timedelta(days=50))
    done = CouncilItemFactory()
    say(done, outcome="adopted")
    found = {state: list(queries.items(CouncilFilter(state=state))) for state in queries.STATES}
    assert found["open"] == [late, coming, waits]
    assert (found["enter"], found["coming"], found["undated"]) == ([late], [coming], [waits])
    assert (found["decided"], found["withdrawn"], len(found["all"])) == ([done], [], 4)
    figures = queries.figures()
    assert (figures.coming, figures.enter, figures.undated, figures.decided) == (1, 1, 1, 1)
    assert figures.oldest_undated == waits.submitted_on
    assert queries.decided_in(TODAY.year) == {"adopted": 1, "partly": 0, "rejected": 0}


def test_the_list_narrows_by_kind_year_trajectory_and_words(schouw: Any) -> None:
    mine = CouncilItemFactory(
        kind="letter", title="Brief over het bos", trajectory=schouw.trajectory, submitted_on=date(2024, 3, 1)
    )
    CouncilItemFactory()
    for asked in (
        CouncilFilter(kind="letter"),
        CouncilFilter(year=2024),
        CouncilFilter(trajectory=schouw.trajectory),
        CouncilFilter(words="BOS"),
    ):
        assert list(queries.items(asked)) == [mine]
    assert queries.years()[-1] == 2024


def test_another_municipality_has_its_own(in_scope: Any, other_municipality: Any) -> None:
    CouncilItemFactory()
    with scope(municipality=other_municipality):
        assert not queries.items(CouncilFilter()).exists()
        assert queries.figures().undated == 0


def test_every_status_has_its_row_in_the_table() -> None:
    assert set(COUNCIL_TRANSITIONS) == set(CouncilStatus)
