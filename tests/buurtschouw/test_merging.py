"""Handling reports of the same together: who follows, who is told, how many are counted, and undoing all of it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django_scopes import scope
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buurtschouw.contributions import behind
from buurtschouw.domain import answering, following, merging, together
from buurtschouw.domain.history import history
from buurtschouw.enums import ReportKind
from buurtschouw.models import Joining, Merge, Report, Support
from tests.factories.buurtschouw import ReportFactory, SupportFactory
from tests.factories.core import FollowFactory, ParticipantFactory
from tests.factories.ideas import IdeaReportFactory, JoiningFactory
from tests.mails import composed
from trajecten.domain.telling import fanning_out
from trajecten.enums import Moderation
from trajecten.models import Notification
from trajecten.transitions import TransitionRefused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

STATE = (
    "status",
    "due_on",
    "planned_for",
    "closed_at",
    "first_answer_at",
    "returned_at",
    "supports",
    "assigned_to_id",
)


@pytest.fixture
def make(schouw: Any, category: Any) -> Any:
    def made(**fields: Any) -> Report:
        return ReportFactory(schouw=schouw, category=category, **fields)

    return made


@pytest.fixture
def pair(make: Any) -> tuple[Report, Report]:
    """The one that is kept, and the one that will follow."""
    return make(), make()


def support(report: Report, **who: Any) -> Support:
    made = SupportFactory(report=report, **who)
    Report.objects.filter(pk=report.pk).update(supports=report.support_rows.count())
    return made


def answer(report: Report, by: Any, status: str = "in_progress", **fields: Any) -> Any:
    newest = Report.objects.get(pk=report.pk)
    return answering.answer(
        report=newest, by=by, version=newest.version, status=status, message="Wij zijn bezig.", **fields
    )


def state(report: Report) -> dict[str, Any]:
    return Report.objects.filter(pk=report.pk).values(*STATE).get()


def mails(key: str) -> list[int]:
    rows = Notification.objects.filter(key=f"buurtschouw.{key}").order_by("id")
    return list(rows.values_list("participant_id", flat=True))


# -- Merging


def test_the_one_that_follows_is_closed_and_its_reporter_told_once(pair: Any, handler: Any) -> None:
    kept, other = pair
    made = merging.merge(report=other, into=kept, by=handler)
    assert merging.merge(report=other, into=kept, by=handler) == made

    other.refresh_from_db()
    assert (other.status, other.merged_into, other.is_open, other.version) == ("merged", kept, False, 2)
    assert other.first_answer_at == other.closed_at == made.at
    assert mails("report_merged") == [other.author_id]
    assert state(kept)["status"] == "new"


def test_answers_go_once_to_everybody_of_both(pair: Any, handler: Any) -> None:
    kept, other = pair
    both = ParticipantFactory()
    for report in pair:
        support(report, participant=both)
    far = support(other, participant=ParticipantFactory()).participant
    support(kept, participant=other.author)
    FollowFactory(target=other, participant__email="volger@example.org")
    merging.merge(report=other, into=kept, by=handler)

    answer(kept, handler, "in_progress")
    assert mails("report_answered") == [kept.author_id]
    assert mails("merged_answered") == [other.author_id]
    answer(kept, handler, "done")
    fanning_out.fan_out_due()
    assert mails("report_closed") == [kept.author_id]
    assert mails("merged_answered") == [other.author_id] * 2
    assert set(mails("supported_closed")) == {both.pk, far.pk}
    assert len(mails("supported_closed")) == 2
    assert mails("followed_answered")


def test_the_same_person_behind_both_gets_one_mail(make: Any, handler: Any) -> None:
    kept = make()
    other = make(author=kept.author)
    merging.merge(report=other, into=kept, by=handler)
    answer(kept, handler, "done")
    assert (mails("report_closed"), mails("merged_answered")) == ([kept.author_id], [])


def test_a_promise_that_is_kept_asks_those_who_follow_instead(pair: Any, handler: Any) -> None:
    kept, other = pair
    merging.merge(report=other, into=kept, by=handler)
    answer(kept, handler, "planned", planned_for=timezone.localdate() + timedelta(days=5))
    assert mails("merged_answered") == [other.author_id]
    answer(kept, handler, "done")
    assert mails("merged_answered") == [other.author_id]
    asked = Notification.objects.filter(participant=other.author, key__startswith="trajecten.")
    assert asked.count() == 1
    assert set(behind([kept.pk])) == {kept.author, other.author}


def test_nobody_is_asked_about_one_that_follows(pair: Any, handler: Any) -> None:
    kept, other = pair
    answer(other, handler, "done")
    following.judge(report=other, value="no")
    merging.merge(report=other, into=kept, by=handler)
    with pytest.raises(following.VerdictRefused):
        following.judge(report=other, value="no", round_number=1)
    following.bring_back(report=other, words="Nog steeds.")
    assert state(other)["status"] == "merged"
    with pytest.raises(TransitionRefused):
        answer(other, handler)
    with pytest.raises(following.SupportRefused, match=str(kept.pk)):
        following.support(report=other, by=None, device="a")


# -- How many see it


def test_nobody_is_counted_twice(pair: Any, handler: Any) -> None:
    """Three see it: who supports both, the other supporter, and the reporter of the one that follows."""
    kept, other = pair
    both = ParticipantFactory()
    support(kept, participant=both)
    support(other, participant=both)
    support(other, participant=None, device="a" * 64)
    support(other, participant=kept.author)
    support(kept, participant=other.author)
    merging.merge(report=other, into=kept, by=handler)
    assert state(kept)["supports"] == 3


def test_one_browser_is_one_person(pair: Any, handler: Any) -> None:
    kept, other = pair
    support(kept, participant=None, device="a" * 64)
    support(other, participant=ParticipantFactory(), device="a" * 64)
    merging.merge(report=other, into=kept, by=handler)
    assert state(kept)["supports"] == 2


def test_who_supported_the_other_counts_no_second_time_later(pair: Any, handler: Any) -> None:
    kept, other = pair
    known = support(other, participant=ParticipantFactory()).participant
    merging.merge(report=other, into=kept, by=handler)
    following.support(report=kept, by=known, device="")
    assert state(kept)["supports"] == 2
    following.support(report=kept, by=ParticipantFactory(), device="")
    assert state(kept)["supports"] == 3
    merging.undo(report=other, by=handler)
    assert state(kept)["supports"] == 2


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(backed=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4), st.integers(0, 3)), max_size=12))
def test_any_supports_come_back_as_they_were(make: Any, handler: Any, backed: Any) -> None:
    reports = [make() for _ in range(4)]
    people = [None, *(ParticipantFactory() for _ in range(4))]
    for at, person, device in backed:
        following.support(report=reports[at], by=people[person], device=str(device) * 64 if device else "")
    before = [state(report) for report in reports]
    merging.merge(report=reports[0], into=reports[1], by=handler)
    merging.merge(report=reports[2], into=reports[1], by=handler)
    merging.merge(report=reports[1], into=reports[3], by=handler)
    assert state(reports[3])["supports"] <= sum(row["supports"] for row in before) + 3
    for number in (0, 1, 2):
        merging.undo(report=reports[number], by=handler)
    assert [state(report) for report in reports] == before


# -- Undoing


@pytest.mark.parametrize("trait", ["acknowledged", "returned", "overdue"])
def test_undoing_restores_everything_also_after_answers(make: Any, handler: Any, trait: str) -> None:
    kept, other = make(), make(**{trait: True})
    support(other, participant=ParticipantFactory())
    before = state(kept), state(other)
    merging.merge(report=other, into=kept, by=handler)
    answer(kept, handler, "done")
    merging.undo(report=other, by=handler)

    assert state(other) == before[1]
    assert state(kept)["supports"] == before[0]["supports"]
    assert not Merge.objects.filter(undone_at__isnull=True).exists()
    assert mails("report_unmerged") == [other.author_id]
    with pytest.raises(merging.MergeRefused):
        merging.undo(report=other, by=handler)
    answer(kept, handler, "acknowledged")
    assert mails("merged_answered") == [other.author_id]
    answer(other, handler, "done")
    assert mails("report_closed")[-1] == other.author_id


def test_a_second_merging_after_undoing_is_told_again(pair: Any, handler: Any) -> None:
    kept, other = pair
    merging.merge(report=other, into=kept, by=handler)
    merging.undo(report=other, by=handler)
    merging.merge(report=other, into=kept, by=handler)
    assert mails("report_merged") == [other.author_id] * 2


# -- Chains


def test_a_kept_one_may_follow_another_and_takes_its_own_along(make: Any, handler: Any) -> None:
    first, middle, last = make(), make(), make()
    merging.merge(report=first, into=middle, by=handler)
    merging.merge(report=middle, into=last, by=handler)
    assert set(last.merged.all()) == {first, middle}
    answer(last, handler, "done")
    assert set(mails("merged_answered")) == {first.author_id, middle.author_id}

    merging.undo(report=middle, by=handler)
    assert set(middle.merged.all()) == {first}
    assert not last.merged.exists()


def test_the_first_of_a_chain_leaves_by_itself(make: Any, handler: Any) -> None:
    first, middle, last = make(), make(), make()
    merging.merge(report=first, into=middle, by=handler)
    merging.merge(report=middle, into=last, by=handler)
    merging.undo(report=first, by=handler)
    assert set(last.merged.all()) == {middle}
    assert [state(report)["supports"] for report in (first, middle, last)] == [0, 0, 1]


def test_no_circle_and_nothing_with_itself(pair: Any, handler: Any) -> None:
    kept, other = pair
    merging.merge(report=other, into=kept, by=handler)
    for report, into in ((kept, other), (kept, kept), (other, other)):
        with pytest.raises(merging.MergeRefused):
            merging.merge(report=report, into=into, by=handler)
    third = ReportFactory(schouw=kept.schouw, category=kept.category)
    with pytest.raises(merging.MergeRefused, match=str(kept.pk)):
        merging.merge(report=other, into=third, by=handler)
    with pytest.raises(merging.MergeRefused, match=str(kept.pk)):
        merging.merge(report=third, into=other, by=handler)


# -- Refused


def test_a_closed_one_keeps_nothing_and_follows_nothing(make: Any, handler: Any) -> None:
    done, fresh = make(done=True), make()
    with pytest.raises(merging.MergeRefused, match="finished"):
        merging.merge(report=fresh, into=done, by=handler)
    with pytest.raises(TransitionRefused):
        merging.merge(report=done, into=fresh, by=handler)
    with pytest.raises(TransitionRefused):
        merging.merge(report=make(waiting=True), into=fresh, by=handler)


def test_other_kinds_and_open_promises_are_refused(make: Any, handler: Any) -> None:
    kept, idea, promised = make(), make(kind=ReportKind.IDEA), make()
    with pytest.raises(merging.MergeRefused, match="kinds"):
        merging.merge(report=idea, into=kept, by=handler)
    answer(promised, handler, "planned", planned_for=timezone.localdate() + timedelta(days=5))
    with pytest.raises(merging.MergeRefused, match="promised"):
        merging.merge(report=promised, into=kept, by=handler)
    merging.merge(report=kept, into=promised, by=handler)
    assert state(kept)["status"] == "merged"


def test_one_that_changed_meanwhile_is_refused(pair: Any, handler: Any) -> None:
    kept, other = pair
    answer(other, handler)
    with pytest.raises(answering.ReportChanged):
        merging.merge(report=other, into=kept, by=handler, version=1)


def test_one_of_another_municipality_is_not_found(
    report: Report, handler: Any, other_municipality: Any
) -> None:
    with scope(municipality=other_municipality):
        other = ReportFactory(schouw__municipality=other_municipality)
    with pytest.raises((ObjectDoesNotExist, KeyError)):
        merging.merge(report=other, into=report, by=handler)
    assert not Merge.objects.exists()


def test_the_database_knows_what_follows_what(pair: Any) -> None:
    kept, other = pair
    for fields in (
        {"status": "merged", "closed_at": timezone.now()},
        {"merged_into": kept},
        {"status": "merged", "closed_at": timezone.now(), "merged_into": other},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Report.objects.filter(pk=other.pk).update(**fields)


# -- What its reporter reads


def test_their_own_page_has_the_answers_of_the_other(make: Any, handler: Any) -> None:
    kept, other = make(), make()
    answering.answer(report=kept, by=handler, version=1, status="acknowledged", message="Alleen voor u.")
    merging.merge(report=other, into=kept, by=handler)
    answering.answer(
        report=kept, by=handler, version=3, status="waiting", message="Waar precies bij u thuis?"
    )
    answer(kept, handler, "in_progress")
    other.refresh_from_db()
    told = [(event.title, event.text) for event in history(other, own=True) if event.kind == "answer"]
    assert told == [("Acknowledged", ""), ("In progress", "Wij zijn bezig.")]
    Report.objects.filter(pk=kept.pk).update(moderation=Moderation.PUBLISHED)
    assert history(other, own=True)[0].text == "Alleen voor u."

    other = merging.undo(report=other, by=handler)
    answer(kept, handler, "done")
    told = [event.title for event in history(other, own=True) if event.kind == "answer"]
    assert told == ["In progress"]


def test_answers_through_a_chain_are_theirs_from_the_moment_they_followed(make: Any, handler: Any) -> None:
    first, middle, last = make(), make(), make()
    merging.merge(report=first, into=middle, by=handler)
    answer(middle, handler, "acknowledged")
    merging.merge(report=middle, into=last, by=handler)
    answer(last, handler, "in_progress")
    assert [told.answer.status for told in together.told(first)] == ["acknowledged", "in_progress"]


# -- Two at once


@pytest.mark.django_db(transaction=True)
def test_two_officials_crosswise_make_one_follow_the_other(pair: Any, handler: Any, coordinator: Any) -> None:
    kept, other = pair
    together_now = Barrier(2)

    def merge(report: Report, into: Report, by: Any) -> str:
        try:
            with scope(municipality=report.municipality):
                together_now.wait()
                merging.merge(report=report, into=into, by=by)
        except merging.MergeRefused:
            return "refused"
        finally:
            connection.close()
        return "merged"

    with ThreadPoolExecutor(2) as pool:
        acts = [pool.submit(merge, other, kept, handler), pool.submit(merge, kept, other, coordinator)]
        assert sorted(act.result(timeout=20) for act in acts) == ["merged", "refused"]
    statuses = [state(report)["status"] for report in pair]
    assert sorted(statuses) == ["merged", "new"]


# -- Its pages


def url(report: Report, action: str = "") -> str:
    return f"/polderwijk/werk/meldingen/{report.pk}/{action + '/' if action else ''}"


def test_from_the_page_either_of_two_nearby_can_be_kept(handler_client: Any, pair: Any, make: Any) -> None:
    kept, other = pair
    page = handler_client.get(url(kept)).content.decode()
    assert f'value="{other.pk}"' in page
    assert handler_client.post(url(kept, "samen"), {"near": other.pk, "keep": "this"}).status_code == 302
    third = make()
    assert handler_client.post(url(kept, "samen"), {"number": third.pk, "keep": "other"}).status_code == 302
    assert set(third.merged.all()) == {kept, other}
    assert f"report {third.pk}" in handler_client.get(url(kept)).content.decode()
    assert handler_client.post(url(kept, "los")).status_code == 302
    assert state(kept)["status"] == "new"
    assert handler_client.post(url(kept, "los")).status_code == 422


def test_what_can_t_be_merged_is_said_beside_what_was_chosen(handler_client: Any, pair: Any) -> None:
    kept, _other = pair
    for fields, says in (
        ({"keep": "this"}, "fill in its number"),
        ({"number": 999999, "keep": "this"}, "no report with this number"),
        ({"number": kept.pk, "keep": "this"}, "with itself"),
    ):
        answered = handler_client.post(url(kept, "samen"), fields)
        assert (answered.status_code, says in answered.content.decode()) == (422, True)


def test_the_public_page_and_the_reporter_s_lead_to_the_one_that_is_kept(
    client: Any, make: Any, handler: Any
) -> None:
    kept, other = make(text="Geheim van de buurman."), make(public=True, text="Het gat in de stoep.")
    merging.merge(report=other, into=kept, by=handler)
    for address in (f"/polderwijk/meldingen/{other.pk}/", f"/polderwijk/volg/{other.token}/"):
        page = client.get(address).content.decode()
        assert f"/polderwijk/meldingen/{kept.pk}/" in page
        assert "Geheim" not in page
        assert "steun/" not in page
    assert client.post(f"/polderwijk/meldingen/{other.pk}/steun/").status_code == 302
    assert not Support.objects.exists()


@pytest.mark.parametrize("key", ["report_merged", "report_unmerged", "merged_answered"])
def test_mails_tell_nothing_of_the_other_one(make: Any, handler: Any, key: str) -> None:
    kept, other = make(text="Geheim van de buurman."), make(author__language="en")
    merging.merge(report=other, into=kept, by=handler)
    answer(kept, handler)
    if key == "report_unmerged":
        merging.undo(report=other, by=handler)
    mail = composed(Notification.objects.get(key=f"buurtschouw.{key}"))
    for part in (mail.subject, mail.body, mail.alternatives[0].content):
        assert "Geheim" not in part
        assert str(other.pk) in part
    assert f"/volg/{other.token}/" in mail.body
    assert kept.token not in mail.body


# -- Ideas: who joins goes along ------------------------------------------------------------------------------


def joined(report: Report, **fields: Any) -> Joining:
    return JoiningFactory(report=report, **fields)


def joining(report: Report) -> set[int | None]:
    return set(report.joinings.values_list("participant", flat=True))


@pytest.fixture
def ideas(schouw: Any, category: Any) -> list[Report]:
    """Three public ideas; each is joined by one person, and the first two by the same besides."""
    made = [IdeaReportFactory(schouw=schouw, category=category) for _number in range(3)]
    for idea in made:
        joined(idea, hours=2)
    twice = ParticipantFactory()
    for idea in made[:2]:
        joined(idea, participant=twice, hours=5)
    return made


def test_who_joins_an_idea_goes_along_and_comes_back(ideas: list[Report], handler: Any) -> None:
    kept, other, _third = ideas
    before = [joining(idea) for idea in ideas]
    merging.merge(report=other, into=kept, by=handler)
    assert joining(kept) == before[0] | before[1]
    kept.idea.refresh_from_db()
    assert (kept.idea.joiners, kept.idea.hours) == (3, 9)
    other.idea.refresh_from_db()
    assert not other.idea.is_ranked
    assert set(mails("idea_news")) == joining(kept) | {kept.author_id}

    merging.undo(report=other, by=handler)
    assert [joining(idea) for idea in ideas] == before
    kept.idea.refresh_from_db()
    other.idea.refresh_from_db()
    assert (kept.idea.joiners, other.idea.joiners, other.idea.is_ranked) == (2, 2, True)
    assert not Joining.objects.filter(joined_first__isnull=False).exists()


def test_who_followed_twice_comes_back_to_where_they_joined(ideas: list[Report], handler: Any) -> None:
    before = [joining(idea) for idea in ideas]
    first, second, third = ideas
    merging.merge(report=first, into=second, by=handler)
    second.refresh_from_db()
    merging.merge(report=second, into=third, by=handler)
    assert joining(third) == before[0] | before[1] | before[2]
    second.refresh_from_db()
    merging.undo(report=second, by=handler)
    assert joining(second) == before[0] | before[1]
    assert joining(third) == before[2]
    first.refresh_from_db()
    merging.undo(report=first, by=handler)
    assert [joining(idea) for idea in ideas] == before


def test_their_own_page_tells_of_the_idea_that_is_kept(
    ideas: list[Report], handler: Any, client: Any
) -> None:
    kept, other, _third = ideas
    mine = other.joinings.order_by("pk").first()
    merging.merge(report=other, into=kept, by=handler)
    page = client.get(f"/polderwijk/ideeen/mee/{mine.token}/")
    assert page.context["joining"].report == kept
