"""The verdict of those behind a promise."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from buurtschouw.domain import answering, following
from buurtschouw.enums import ReportStatus
from buurtschouw.models import Report
from tests.factories.buurtschouw import ReportFactory, SupportFactory
from tests.factories.core import ParticipantFactory, VerdictFactory
from tests.mails import composed
from trajecten import registry
from trajecten.domain import verdicts
from trajecten.domain.links import NoSuchLink
from trajecten.domain.promises import asking, judging, making, moving
from trajecten.models import Commitment, Notification, Verdict

LATER = timezone.localdate() + timedelta(days=30)


@pytest.fixture
def author(report: Any) -> Any:
    return report.author


@pytest.fixture
def supporter(report: Any) -> Any:
    return SupportFactory(report=report, participant=ParticipantFactory()).participant


@pytest.fixture
def done(report: Any, handler: Any, supporter: Any) -> Commitment:
    """A promise on the report that is called done."""
    made = making.promise_for(
        trajectory=report.trajectory,
        origins=[report],
        text="Wij leggen een zebrapad aan.",
        deadline=LATER,
        owner=handler,
        by=handler,
    )
    return moving.move(commitment=made, status="done", by=handler, text="Het ligt er.")


def counted(commitment: Commitment) -> tuple[int, int, int]:
    commitment.refresh_from_db()
    return commitment.verdict_yes, commitment.verdict_partly, commitment.verdict_no


def asked(key: str) -> set[int]:
    return set(Notification.objects.filter(key=key).values_list("participant", flat=True))


def test_everybody_behind_it_is_asked(done: Commitment, author: Any, supporter: Any) -> None:
    assert asked(asking.DONE) == {author.pk, supporter.pk}
    assert done.round == 1


def test_who_left_no_address_is_not_asked(report: Any, done: Commitment, handler: Any) -> None:
    SupportFactory(report=report, participant=ParticipantFactory(email=None))
    moving.reopen(commitment=done, by=None)
    moving.move(commitment=done, status="partly", by=handler)
    turn = done.updates.get(round=2)
    assert Notification.objects.filter(key=asking.DONE, object_id=turn.pk).count() == 2


def test_a_report_that_is_closed_asks_its_author_and_the_promise_asks_the_others_with_one_mail_each(
    done: Commitment, report: Any, author: Any, supporter: Any, handler: Any
) -> None:
    other = ReportFactory(schouw=report.schouw, category=report.category)
    both = making.promise_for(
        trajectory=report.trajectory,
        origins=[report, other],
        text="Er komen banken.",
        deadline=LATER,
        owner=handler,
        by=handler,
    )
    own = making.promise(contribution=report, text="Ja.", deadline=LATER, owner=handler, by=handler)
    before = set(Notification.objects.values_list("pk", flat=True))
    answering.answer(report=report, by=handler, version=report.version, status="done", message="Klaar.")
    for commitment, status in ((own, "done"), (both, "promised")):
        commitment.refresh_from_db()
        assert commitment.status == status
    new = Notification.objects.exclude(pk__in=before)
    asked = set(new.filter(key=asking.DONE).values_list("participant", flat=True))
    assert asked == {supporter.pk}
    assert [new.filter(participant=who).count() for who in (author, supporter, other.author)] == [1, 1, 0]


@pytest.mark.parametrize("status", ["done", "not_done"])
def test_who_supports_a_report_without_a_promise_that_asks_hears_that_it_is_closed(
    report: Any, supporter: Any, handler: Any, status: str
) -> None:
    if status == "not_done":
        making.promise(contribution=report, text="Ja.", deadline=LATER, owner=handler, by=handler)
    answering.answer(report=report, by=handler, version=report.version, status=status, message="Klaar.")
    told = Notification.objects.get(participant=supporter)
    assert told.key == answering.SUPPORTED_CLOSED


def test_the_mail_has_a_link_for_each_answer(done: Commitment, author: Any, client: Any) -> None:
    row = Notification.objects.get(key=asking.DONE, participant=author)
    mail = composed(row)
    for value in ("yes", "partly", "no"):
        assert f"/1/{value}/" in mail.body
        assert f"/1/{value}/" in str(mail.alternatives[0][0])
    assert "Het ligt er." in mail.body
    assert mail.extra_headers["List-Unsubscribe"]


def test_a_mail_about_a_round_that_is_over_is_not_sent(done: Commitment, author: Any) -> None:
    row = Notification.objects.get(key=asking.DONE, participant=author)
    moving.reopen(commitment=done, by=None)
    with pytest.raises(registry.NothingToSay):
        composed(Notification.objects.get(pk=row.pk))


def test_verdicts_are_counted_and_can_be_changed(done: Commitment, author: Any, supporter: Any) -> None:
    judging.judge(commitment=done, participant=author, value="yes", round_number=1)
    judging.judge(commitment=done, participant=supporter, value="partly", words="Bijna.", round_number=1)
    assert counted(done) == (1, 1, 0)
    judging.judge(commitment=done, participant=supporter, value="yes", round_number=1)
    judging.judge(commitment=done, participant=supporter, value="yes", round_number=1)
    assert counted(done) == (2, 0, 0)
    assert Verdict.objects.count() == 2


def test_no_from_who_raised_it_opens_it_again_and_tells_the_owner(
    done: Commitment, author: Any, handler: Any
) -> None:
    judging.judge(commitment=done, participant=author, value="no", round_number=1)
    done.refresh_from_db()
    assert (done.status, done.closed_at) == ("in_progress", None)
    assert counted(done) == (0, 0, 1)
    told = Notification.objects.get(key=moving.CAME_BACK)
    assert told.user == handler
    assert "open" in composed(told).body


def test_no_from_a_supporter_counts_and_opens_nothing(done: Commitment, supporter: Any) -> None:
    judging.judge(commitment=done, participant=supporter, value="no", round_number=1)
    assert counted(done) == (0, 0, 1)
    assert done.status == "done"


def test_a_stranger_has_no_say(done: Commitment) -> None:
    with pytest.raises(judging.VerdictRefused):
        judging.judge(commitment=done, participant=ParticipantFactory(), value="no", round_number=1)


def test_a_round_that_is_over_takes_words_only(done: Commitment, author: Any, supporter: Any) -> None:
    judging.judge(commitment=done, participant=author, value="no", round_number=1)
    judging.judge(commitment=done, participant=author, value="no", words="De verf is weg.", round_number=1)
    assert Verdict.objects.get().words == "De verf is weg."
    for who, value in ((author, "yes"), (supporter, "no")):
        with pytest.raises(judging.VerdictRefused):
            judging.judge(commitment=done, participant=who, value=value, round_number=1)


def test_a_new_round_begins_at_nought(done: Commitment, author: Any, handler: Any) -> None:
    judging.judge(commitment=done, participant=author, value="no", round_number=1)
    moving.move(commitment=done, status="done", by=handler)
    assert counted(done) == (0, 0, 0)
    assert asked(asking.DONE)
    assert Notification.objects.filter(key=asking.DONE).count() == 4
    judging.judge(commitment=done, participant=author, value="yes", round_number=2)
    assert counted(done) == (1, 0, 0)


def test_four_weeks_later_it_is_asked_once_more(done: Commitment, author: Any, supporter: Any) -> None:
    assert asking.ask_still() == 0
    Commitment.objects.update(closed_at=timezone.now() - timedelta(days=200))
    assert (asking.ask_still(), asking.ask_still()) == (1, 0)
    assert asked(asking.STILL) == {author.pk, supporter.pk}
    row = Notification.objects.filter(key=asking.STILL).first()
    assert "/1/no/" in composed(row).body


def test_it_is_not_asked_of_what_was_opened_again(done: Commitment) -> None:
    Commitment.objects.update(closed_at=timezone.now() - timedelta(days=29))
    moving.reopen(commitment=done, by=None)
    assert asking.ask_still() == 0


def test_the_verdict_on_a_report_counts_for_the_promise_on_it(report: Any, handler: Any) -> None:
    made = making.promise(contribution=report, text="Ja.", deadline=LATER, owner=handler, by=handler)
    moving.move(commitment=made, status="done", by=handler)
    Report.objects.filter(pk=report.pk).update(
        status=ReportStatus.DONE, closed_at=timezone.now(), round=1, first_answer_at=timezone.now()
    )
    following.judge(report=Report.objects.get(pk=report.pk), value="partly")
    assert counted(made) == (0, 1, 0)
    following.judge(report=Report.objects.get(pk=report.pk), value="no")
    assert counted(made) == (0, 0, 1)
    assert made.status == "in_progress"


def test_counting_again_puts_right_what_differs(done: Commitment, author: Any) -> None:
    judging.judge(commitment=done, participant=author, value="yes", round_number=1)
    assert not judging.recount(done)
    VerdictFactory(target=done, value="no")
    Commitment.objects.update(verdict_yes=7)
    assert judging.recount(done)
    assert counted(done) == (1, 0, 1)


def test_the_link_is_of_one_person_one_promise_and_one_municipality(
    done: Commitment, author: Any, other_municipality: Any
) -> None:
    token = judging.token(commitment=done, participant=author)
    assert judging.read(token=token, municipality=done.municipality) == (done, author)
    for wrong, municipality in ((token[:-1] + "x", done.municipality), (token, other_municipality)):
        with pytest.raises(NoSuchLink):
            judging.read(token=wrong, municipality=municipality)


def test_several_authors_each_have_a_say(done: Commitment, report: Any, handler: Any) -> None:
    other = ReportFactory(schouw=report.schouw, category=report.category)
    making.add_origin(commitment=done, origin=other, by=handler)
    judging.judge(commitment=done, participant=other.author, value="no", round_number=1)
    done.refresh_from_db()
    assert done.status == "in_progress"


# -- A "no" that opens again what was closed --------------------------------------------------------------------


@pytest.fixture
def closed(report: Any, handler: Any, coordinator: Any) -> Commitment:
    """The promise on the report, kept by the coordinator; the handler closed both with one answer."""
    Report.objects.filter(pk=report.pk).update(assigned_to=handler)
    made = making.promise(contribution=report, text="Ja.", deadline=LATER, owner=coordinator, by=handler)
    answering.answer(report=report, by=handler, version=report.version, status="done", message="Klaar.")
    made.refresh_from_db()
    report.refresh_from_db()
    assert (made.status, report.status) == ("done", "done")
    return made


def test_no_on_the_report_tells_who_keeps_its_promise(
    closed: Commitment, report: Any, handler: Any, coordinator: Any
) -> None:
    following.judge(report=report, value="no")
    assert Notification.objects.get(key=moving.CAME_BACK).user == coordinator
    assert Notification.objects.get(key=following.CAME_BACK).user == handler
    assert closed.updates.last().by_participant == report.author


def test_who_hears_that_the_report_came_back_does_not_hear_it_of_the_promise_too(
    closed: Commitment, report: Any, coordinator: Any
) -> None:
    Report.objects.filter(pk=report.pk).update(assigned_to=coordinator)
    following.judge(report=report, value="no")
    told = Notification.objects.filter(user=coordinator).values_list("key", flat=True)
    assert list(told) == [following.CAME_BACK]


def test_no_on_the_promise_opens_the_report_again(
    closed: Commitment, report: Any, author: Any, coordinator: Any
) -> None:
    judging.judge(commitment=closed, participant=author, value="no", words="Ligt er nog.", round_number=1)
    report.refresh_from_db()
    assert (report.status, report.closed_at) == (ReportStatus.ACKNOWLEDGED, None)
    assert report.returned_at
    assert verdicts.of(report).get().words == "Ligt er nog."
    assert counted(closed) == (0, 0, 1)
    assert closed.status == "in_progress"
    assert Notification.objects.filter(key=moving.CAME_BACK, user=coordinator).count() == 1


def test_no_of_a_supporter_on_the_promise_leaves_the_report_closed(
    closed: Commitment, report: Any, supporter: Any
) -> None:
    judging.judge(commitment=closed, participant=supporter, value="no", round_number=1)
    report.refresh_from_db()
    assert report.status == ReportStatus.DONE


def test_no_on_the_promise_leaves_a_report_that_is_open_as_it_is(
    done: Commitment, report: Any, author: Any
) -> None:
    judging.judge(commitment=done, participant=author, value="no", round_number=1)
    report.refresh_from_db()
    assert (report.status, report.returned_at) == (ReportStatus.NEW, None)
    assert not verdicts.of(report).exists()


# -- Verdicts of people without a name --------------------------------------------------------------------------


@pytest.fixture
def nameless(done: Commitment, report: Any, handler: Any) -> list[Any]:
    """Two more reports that the promise answers, of people who left no address."""
    made = [ReportFactory(schouw=report.schouw, category=report.category, anonymous=True) for _ in range(2)]
    for each in made:
        making.add_origin(commitment=done, origin=each, by=handler)
    return made


def test_two_without_a_name_each_have_their_own_verdict(done: Commitment, nameless: list[Any]) -> None:
    first, second = nameless
    judging.take_over(contribution=first, participant=None, value="yes")
    judging.take_over(contribution=second, participant=None, value="partly")
    assert counted(done) == (1, 1, 0)
    judging.take_over(contribution=second, participant=None, value="yes")
    judging.take_over(contribution=second, participant=None, value="yes")
    assert counted(done) == (2, 0, 0)


def test_the_verdict_of_who_was_erased_stays_beside_that_of_who_has_no_name(
    done: Commitment, nameless: list[Any], supporter: Any
) -> None:
    judging.judge(commitment=done, participant=supporter, value="no", round_number=1)
    Verdict.objects.update(participant=None)
    judging.take_over(contribution=nameless[0], participant=None, value="yes")
    assert counted(done) == (1, 0, 1)


def test_who_gets_a_name_keeps_the_verdict(done: Commitment, nameless: list[Any]) -> None:
    judging.take_over(contribution=nameless[0], participant=None, value="partly")
    person = ParticipantFactory()
    judging.take_over(contribution=nameless[0], participant=person, value="yes")
    assert counted(done) == (1, 0, 0)
    assert Verdict.objects.get().participant == person
