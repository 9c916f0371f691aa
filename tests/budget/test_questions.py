"""Questions about the budget: asked, promised, answered, judged (budget/domain/analysing)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from budget.domain.analysing import confirming, notes, questions
from budget.domain.analysing.questions import Asked
from budget.domain.analysing.refusals import AnalysisRefused
from budget.method import ANALYSE, ANSWER_DAYS, CHOOSE_THEMES, MAKE_ALTERNATIVE, MONITOR
from budget.models import BudgetQuestion, ProgrammeNote, UnconfirmedQuestion
from tests.factories.budget import BudgetTrajectoryFactory, ProgrammeFactory, step_that_allows
from tests.factories.choosing import (
    ChoiceFactory,
    NoteFactory,
    QuestionFactory,
    UnconfirmedQuestionFactory,
)
from tests.factories.core import CommitmentFactory, ParticipantFactory
from tests.factories.enrolment import EnrolmentFactory
from tests.mails import in_english
from trajecten.domain import workdays
from trajecten.domain.moderation import deciding
from trajecten.domain.promises import judging
from trajecten.enums import CommitmentStatus, Moderation, ParticipantKind, VerdictValue
from trajecten.models import Commitment, Notification

pytestmark = pytest.mark.usefixtures("english", "in_scope")
DESK = "/polderwijk/begroting/werk/vragen/"


@pytest.fixture
def trajectory(in_scope: Any, coordinator: Any, adviser: Any) -> Any:
    return BudgetTrajectoryFactory(act=ANALYSE, coordinator=coordinator, adviser=adviser)


def ask_page(trajectory: Any) -> str:
    return f"/polderwijk/begroting/traject/{trajectory.pk}/vragen/stellen/"


def mail_of(key: str) -> Any:
    return in_english(Notification.objects.get(key=f"budget.{key}"))


# -- The chain


def test_from_question_to_verdict(
    trajectory: Any, client: Client, handler: Any, coordinator: Any, handler_client: Client
) -> None:
    client.post(ask_page(trajectory), {"text": "Waar gaat het geld heen?", "email": "vraagt@example.org"})
    assert not BudgetQuestion.objects.exists()
    waiting = UnconfirmedQuestion.objects.get()
    confirm = f"/polderwijk/begroting/vragen/bevestigen/{waiting.token}/"
    assert confirm in mail_of("question_confirm").body
    client.get(confirm)
    assert not BudgetQuestion.objects.exists()

    client.post(confirm)
    question = BudgetQuestion.objects.get()
    assert (question.moderation, question.commitment) == (Moderation.PENDING, None)
    assert client.get(f"/polderwijk/begroting/vragen/{question.pk}/").status_code == 404
    assert client.get(f"/polderwijk/begroting/vragen/mijn/{question.token}/").status_code == 200
    assert "reads it first" in mail_of("question_received").body

    deciding.publish(contribution=question, by=handler)
    question.refresh_from_db()
    promise = question.commitment
    assert (promise.owner, promise.deadline) == (
        coordinator,
        workdays.after(timezone.localdate(), ANSWER_DAYS),
    )
    assert str(promise.deadline.day) in mail_of("question_published").body
    assert Notification.objects.get(key="budget.question_to_answer").user == coordinator

    handler_client.post(f"{DESK}{question.pk}/antwoord/", {"text": "Naar de bijstand."})
    question.refresh_from_db()
    promise.refresh_from_db()
    assert (question.answer, question.answered_by) == ("Naar de bijstand.", handler)
    assert promise.status == CommitmentStatus.DONE
    assert "Naar de bijstand." in client.get(f"/polderwijk/begroting/vragen/{question.pk}/").content.decode()
    answered = mail_of("question_answered").body
    assert "Naar de bijstand." in answered
    assert judging.token(commitment=promise, participant=question.author) in answered
    assert not Notification.objects.filter(key="trajecten.promise_done").exists()

    judging.judge(commitment=promise, participant=question.author, value=VerdictValue.NO, round_number=1)
    promise.refresh_from_db()
    assert promise.status == CommitmentStatus.IN_PROGRESS
    assert list(questions.to_answer()) == [question]

    questions.answer(question=question, text="Voor driekwart naar de bijstand.", by=handler)
    judging.judge(commitment=promise, participant=question.author, value=VerdictValue.YES, round_number=2)
    promise.refresh_from_db()
    assert (promise.status, promise.verdict_yes) == (CommitmentStatus.DONE, 1)
    assert Notification.objects.filter(key="budget.question_answered").count() == 2
    assert list(questions.to_answer()) == []


def test_publishing_twice_makes_one_promise(trajectory: Any, handler: Any) -> None:
    question = QuestionFactory(trajectory=trajectory, unread=True)
    deciding.publish(contribution=question, by=handler)
    questions.promise(question, handler)
    deciding.publish(contribution=question, by=handler)
    assert Commitment.objects.count() == 1


def test_without_reading_first_it_is_promised_when_it_is_asked(trajectory: Any) -> None:
    trajectory.premoderation = False
    trajectory.save()
    made = questions.ask(trajectory=trajectory, by=ParticipantFactory(), asked=Asked("Wat kost dit?"))
    assert made.commitment.owner == trajectory.coordinator


def test_where_nobody_could_keep_it_nothing_is_promised_and_it_can_be_answered(handler: Any) -> None:
    question = QuestionFactory()
    assert questions.promise(question, None) is None
    assert questions.answer(question=question, text="Zo zit het.", by=handler).answer == "Zo zit het."


def test_an_account_asks_at_once_and_a_member_by_their_own_link(
    trajectory: Any, resident_client: Client, client: Client
) -> None:
    programme = ChoiceFactory(trajectory=trajectory).programme
    about = {"text": "Wat kost dit?", "programme": programme.pk, "task_field": "6.3"}
    resident_client.post(ask_page(trajectory), about)
    member = EnrolmentFactory(trajectory=trajectory)
    client.post(f"/polderwijk/begroting/mee/{member.token}/vragen/stellen/", {"text": "En dit?"})

    first, second = BudgetQuestion.objects.order_by("pk")
    assert (first.programme, first.task_field) == (programme, "6.3")
    assert second.author == member.participant


def test_a_confirmed_question_is_not_asked_twice(trajectory: Any) -> None:
    waiting = UnconfirmedQuestionFactory(trajectory=trajectory)
    assert confirming.confirm(waiting=waiting) is not None
    assert confirming.confirm(waiting=waiting) is None
    assert BudgetQuestion.objects.count() == 1


def test_who_does_not_recognise_it_throws_it_away(trajectory: Any, client: Client) -> None:
    waiting = UnconfirmedQuestionFactory(trajectory=trajectory)
    confirm = f"/polderwijk/begroting/vragen/bevestigen/{waiting.token}/"
    client.post(confirm, {"answer": "forget"})
    assert not BudgetQuestion.objects.exists()
    assert client.get(confirm).status_code == 404


def test_what_can_not_be_asked_or_answered_is_refused(trajectory: Any, handler: Any) -> None:
    person = ParticipantFactory()
    with pytest.raises(AnalysisRefused):
        questions.ask(trajectory=trajectory, by=person, asked=Asked("  "))
    closed = BudgetTrajectoryFactory(act=CHOOSE_THEMES)
    with pytest.raises(AnalysisRefused):
        questions.ask(trajectory=closed, by=person, asked=Asked("Wat kost dit?"))
    for question, text in (
        (QuestionFactory(unread=True), "Zo."),
        (QuestionFactory(), " "),
        (QuestionFactory(answered=True), "Nog eens."),
    ):
        with pytest.raises(AnalysisRefused):
            questions.answer(question=question, text=text, by=handler)


def test_a_hidden_question_is_not_to_be_found(trajectory: Any, client: Client, handler: Any) -> None:
    question = QuestionFactory(trajectory=trajectory, text="Dit is van de buurvrouw")
    deciding.hide(contribution=question, by=handler, reason="personal")
    listed = client.get(f"/polderwijk/begroting/traject/{trajectory.pk}/vragen/").content.decode()
    assert "buurvrouw" not in listed
    assert client.get(f"/polderwijk/begroting/vragen/{question.pk}/").status_code == 404


# -- The desk


def test_the_page_of_a_programme_says_that_an_answer_is_late(trajectory: Any, client: Client) -> None:
    choice = ChoiceFactory(trajectory=trajectory)
    late = CommitmentFactory(trajectory=trajectory, deadline=timezone.localdate() - timedelta(3))
    QuestionFactory(trajectory=trajectory, programme=choice.programme, commitment=late)
    shown = client.get(f"/polderwijk/begroting/traject/{trajectory.pk}/programmas/{choice.programme_id}/")
    assert "and is late." in shown.content.decode()


def test_where_nothing_can_be_asked_nobody_is_invited_to(in_scope: Any, client: Client) -> None:
    trajectory = BudgetTrajectoryFactory(act=CHOOSE_THEMES)
    shown = client.get(f"/polderwijk/begroting/traject/{trajectory.pk}/vragen/").content.decode()
    assert "You can't ask questions in this step of the route." in shown
    assert "An official answers within" not in shown
    assert "Ask it." not in shown


def test_what_was_promised_soonest_comes_first_and_late_is_said(
    trajectory: Any, handler_client: Client
) -> None:
    today = timezone.localdate()
    none = QuestionFactory(trajectory=trajectory)
    later, late = (
        QuestionFactory(
            trajectory=trajectory,
            commitment=CommitmentFactory(trajectory=trajectory, deadline=today + timedelta(days)),
        )
        for days in (5, -3)
    )
    QuestionFactory(trajectory=trajectory, answered=True)
    QuestionFactory(trajectory=trajectory, unread=True)

    answer = handler_client.get(DESK)

    assert [question.pk for question in answer.context["page"]] == [late.pk, later.pk, none.pk]
    assert answer.content.decode().count(">too late<") == 1
    assert "1 question has to be read first" in answer.content.decode()
    assert "?state=waiting&amp;kind=budget.budgetquestion" in answer.content.decode()


@pytest.mark.parametrize("address", [DESK, "list"])
def test_as_many_queries_for_one_question_as_for_thirty(
    address: str, trajectory: Any, handler_client: Client, django_assert_max_num_queries: Any
) -> None:
    path = DESK if address == DESK else f"/polderwijk/begroting/traject/{trajectory.pk}/vragen/"

    def made() -> None:
        programme = ProgrammeFactory()
        promise = CommitmentFactory(trajectory=trajectory, owner=trajectory.coordinator)
        QuestionFactory(trajectory=trajectory, programme=programme, commitment=promise)

    made()
    handler_client.get(path)
    with django_assert_max_num_queries(30) as one:
        handler_client.get(path)
    for _number in range(29):
        made()
    with django_assert_max_num_queries(len(one)):
        assert handler_client.get(path).status_code == 200


# -- Notes


def test_a_note_needs_a_source_and_says_as_whom_it_was_written(
    trajectory: Any, resident_client: Client, handler_client: Client, client: Client
) -> None:
    programme = ChoiceFactory(trajectory=trajectory).programme
    page = f"/polderwijk/begroting/traject/{trajectory.pk}/programmas/{programme.pk}/"
    note = {"aspect": "reach", "text": "Werkende armen vallen erbuiten.", "kind": "professional"}
    assert resident_client.post(page, {**note, "source": ""}).status_code == 422

    resident_client.post(page, {**note, "source": "Jaarverslag, blz. 8"})
    made = ProgrammeNote.objects.get()
    assert (made.kind, made.moderation) == (ParticipantKind.PROFESSIONAL, Moderation.PENDING)
    assert "Werkende armen" not in client.get(page).content.decode()

    desk = f"/polderwijk/begroting/werk/traject/{trajectory.pk}/programmas/{programme.pk}/notitie/"
    handler_client.post(desk, {**note, "text": "Wij bereiken 61 procent.", "source": "Monitor"})
    shown = client.get(page).content.decode()
    assert "Wij bereiken 61 procent." in shown
    assert "Written by: official" in shown


def test_officials_are_led_to_the_page_where_they_write_as_such(
    trajectory: Any, handler_client: Client, resident_client: Client
) -> None:
    choice = ChoiceFactory(trajectory=trajectory)
    page = f"/polderwijk/begroting/traject/{trajectory.pk}/programmas/{choice.programme_id}/"
    desk = reverse(
        "budget:note-desk",
        kwargs={"gemeente": "polderwijk", "pk": trajectory.pk, "programme": choice.programme_id},
    )
    for client, is_staff in ((handler_client, True), (resident_client, False)):
        shown = client.get(page).content.decode()
        assert (desk in shown, 'name="aspect"' in shown) == (is_staff, not is_staff)


def test_the_adviser_goes_back_to_what_is_theirs(trajectory: Any, sign_in: Any, adviser: Any) -> None:
    question = QuestionFactory(trajectory=trajectory)
    shown = sign_in(adviser).get(f"{DESK}{question.pk}/").content.decode()
    assert f'"{DESK}"' not in shown
    assert f'"/polderwijk/begroting/werk/traject/{trajectory.pk}/"' in shown


def test_who_is_not_known_adds_no_note(trajectory: Any, client: Client) -> None:
    programme = ChoiceFactory(trajectory=trajectory).programme
    page = f"/polderwijk/begroting/traject/{trajectory.pk}/programmas/{programme.pk}/"
    client.post(page, {"aspect": "goal", "text": "Ja", "source": "Ja", "kind": "resident"})
    assert not ProgrammeNote.objects.exists()


def test_notes_are_of_chosen_programmes_only(trajectory: Any) -> None:
    finding = notes.Finding("goal", "Niet te meten", "Begroting")
    with pytest.raises(AnalysisRefused):
        notes.write(
            trajectory=trajectory, programme=ProgrammeFactory(), by=ParticipantFactory(), finding=finding
        )


def test_who_takes_part_comes_to_the_notes_from_their_own_page(trajectory: Any, client: Client) -> None:
    programme, left_out = ChoiceFactory(trajectory=trajectory).programme, ProgrammeFactory()
    ChoiceFactory(trajectory=trajectory, programme=left_out, is_chosen=False)
    enrolment = EnrolmentFactory(trajectory=trajectory)
    own = client.get(f"/polderwijk/deelname/{enrolment.token}/").content.decode()
    way = f"/polderwijk/begroting/mee/{enrolment.token}/programmas/{programme.pk}/"
    assert (way in own, programme.name in own, left_out.name in own) == (True, True, False)
    client.post(way, {"aspect": "goal", "text": "Ja", "source": "Ja", "kind": "professional"})
    assert ProgrammeNote.objects.get().author == enrolment.participant


def test_a_double_press_asks_once_and_notes_once(trajectory: Any, resident: Any, client: Client) -> None:
    programme = ChoiceFactory(trajectory=trajectory).programme
    client.force_login(resident)
    note_page = f"/polderwijk/begroting/traject/{trajectory.pk}/programmas/{programme.pk}/"
    note = {"aspect": "goal", "text": "Niet te meten.", "source": "Begroting", "kind": "resident"}
    ways = {client.post(ask_page(trajectory), {"text": "Waarom?"}).headers["Location"] for _ in range(2)}
    for _ in range(2):
        client.post(note_page, note)
    assert (len(ways), BudgetQuestion.objects.count(), ProgrammeNote.objects.count()) == (1, 1, 1)
    client.post(ask_page(trajectory), {"text": "Waarom?", "programme": programme.pk})
    client.post(note_page, {**note, "aspect": "result"})
    assert (BudgetQuestion.objects.count(), ProgrammeNote.objects.count()) == (2, 2)


def test_who_was_too_late_with_a_note_keeps_the_words(trajectory: Any, resident: Any, client: Client) -> None:
    programme = ChoiceFactory(trajectory=trajectory).programme
    trajectory.current_step = step_that_allows(MAKE_ALTERNATIVE)
    trajectory.save()
    client.force_login(resident)
    page = f"/polderwijk/begroting/traject/{trajectory.pk}/programmas/{programme.pk}/"
    given = {"aspect": "goal", "text": "Dit is niet te meten.", "source": "Begroting", "kind": "resident"}
    late = client.post(page, given)
    assert late.status_code == 422
    assert "Dit is niet te meten." in late.content.decode()
    assert "The analysis is not open now." in late.content.decode()
    assert not ProgrammeNote.objects.exists()


def test_notes_stand_by_aspect_and_by_area(trajectory: Any, areas: list[Any]) -> None:
    programme = ChoiceFactory(trajectory=trajectory).programme
    given = {"trajectory": trajectory, "programme": programme}
    whole, part = NoteFactory(**given), NoteFactory(**given, area=areas[0], aspect="goal")
    NoteFactory(**given, moderation=Moderation.HIDDEN)

    found = notes.public(trajectory, programme)

    assert {each.aspect: each.notes for each in notes.by_aspect(found) if each.notes} == {"reach": (whole,)}
    assert [(each.area, each.notes) for each in notes.by_area(found)] == [(areas[0], (part,))]


# -- The route


def test_the_route_tells_what_came_of_each_step(trajectory: Any, client: Client) -> None:
    choice = ChoiceFactory(trajectory=trajectory)
    QuestionFactory(trajectory=trajectory, answered=True)
    shown = client.get(f"/polderwijk/begroting/traject/{trajectory.pk}/").content.decode()
    assert str(choice.programme) in shown
    assert "1 question was asked; 1 answered." in shown
    assert ask_page(trajectory) in shown


def test_the_route_begins_with_the_money_while_it_is_followed(client: Client) -> None:
    followed = BudgetTrajectoryFactory(act=MONITOR)
    shown = client.get(f"/polderwijk/begroting/traject/{followed.pk}/")
    first = shown.context["acts"][0]
    assert first["url"] == f"/polderwijk/begroting/volgen/{followed.pk}/"
    assert client.get(first["url"]).status_code == 200


def test_the_only_trajectory_is_opened_at_once(trajectory: Any, client: Client) -> None:
    answer = client.get("/polderwijk/begroting/traject/")
    assert answer.headers["Location"] == f"/polderwijk/begroting/traject/{trajectory.pk}/"
    BudgetTrajectoryFactory()
    assert client.get("/polderwijk/begroting/traject/").status_code == 200
