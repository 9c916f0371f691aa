"""How long the core keeps what leads to people, and that nothing that does is forgotten."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db.models import CharField, TextField
from django.utils import timezone

from tests.factories.buurtschouw import ReportFactory, SupportFactory
from tests.factories.core import (
    AbuseReportFactory,
    CommitmentFactory,
    ConsentFactory,
    ModerationDecisionFactory,
    ObjectionFactory,
    ParticipantFactory,
    TrajectoryFactory,
    VerdictFactory,
)
from tests.factories.enrolment import EnrolmentFactory, InvitationFactory
from tests.factories.meetings import AttendanceFactory, MeetingFactory
from tests.factories.proposals import TrajectoryRequestFactory
from trajecten import registry, tasks
from trajecten.demo.past import Past
from trajecten.domain.my_data import relations
from trajecten.domain.retention import running
from trajecten.models import (
    AbuseReport,
    Attendance,
    Enrolment,
    FanOut,
    Invitation,
    Objection,
    Participant,
    Verdict,
)

pytestmark = pytest.mark.usefixtures("in_scope")

# What leads to people or holds their words, with the rules by which it goes.
GOES = {
    "trajecten.Participant": {"trajecten.guests"},
    "trajecten.Notification": {"trajecten.mails", "budget.votes_mails"},
    "trajecten.FanOut": {"trajecten.fan_outs"},
    "trajecten.Activity": {"trajecten.looked_up"},
    "trajecten.AbuseReport": {"trajecten.abuse_reports", "trajecten.abuse_reports_open"},
    "trajecten.Objection": {"trajecten.objections", "trajecten.objections_open"},
    "trajecten.StaffInvitation": {"trajecten.invitations"},
    "trajecten.TrajectoryRequest": {"trajecten.requests"},
    "trajecten.Invitation": {"trajecten.invited"},
    "trajecten.Enrolment": {"trajecten.left", "trajecten.guests"},
    "trajecten.Attendance": {"trajecten.attendances", "trajecten.guests"},
    "trajecten.Verdict": {"trajecten.verdicts", "buurtschouw.reporters"},
    "trajecten.Attachment": {"buurtschouw.photos"},
    "buurtschouw.Report": {"buurtschouw.reporters", "buurtschouw.unpublished_words"},
    "buurtschouw.Support": {"buurtschouw.reporters"},
    "buurtschouw.WalkTask": {"buurtschouw.walk_people"},
    "buurtschouw.WalkRole": {"buurtschouw.walk_people"},
    "buurtschouw.Score": {"buurtschouw.walkers"},
    "buurtschouw.EvaluationReply": {"buurtschouw.evaluations"},
    "buurtschouw.EvaluationWords": {"buurtschouw.evaluation_words"},
    "buurtschouw.Joining": {"buurtschouw.joiners", "buurtschouw.joinings_unconfirmed"},
    "buurtschouw.PullerMessage": {"buurtschouw.puller_messages"},
    "buurtschouw.Reply": {"buurtschouw.replies"},
    "buurtschouw.Bulk": {"buurtschouw.acts_on_several"},
    "buurtschouw.BulkItem": {"buurtschouw.acts_on_several"},
    "budget.ThemeBallot": {"budget.theme_voters", "budget.theme_ballots_unconfirmed"},
    "budget.Theme": {"budget.theme_suggesters", "budget.themes_unpublished"},
    "budget.BudgetQuestion": {"budget.askers", "budget.questions_unpublished"},
    "budget.UnconfirmedQuestion": {"budget.questions_unconfirmed"},
    "budget.ProgrammeNote": {"budget.note_writers", "budget.notes_unpublished"},
    "buurtschouw.Forward": {"buurtschouw.forwards"},
    "buurtschouw.ForwardUpdate": {"buurtschouw.forwards"},
    "budget.Alternative": {"budget.alternatives", "budget.alternatives_unconfirmed"},
    "budget.AlternativeChange": {"budget.alternatives", "budget.alternatives_unconfirmed"},
    "budget.Observation": {"budget.observations", "budget.observations_unconfirmed"},
    "budget.ProjectVote": {"budget.votes_unconfirmed", "budget.votes_uncounted"},
    "budget.BallotProject": {"budget.projects_unconfirmed", "budget.proposers"},
    "budget.LineFeedback": {"budget.line_answers"},
}
# And what stays, with the reason.
STAYS = {
    "trajecten.Consent": "Goes with the participant: as long as somebody is known, so is what they agreed to.",
    "trajecten.Preference": "Goes with the participant.",
    "trajecten.Follow": "Goes with the participant; only who has an account follows.",
    "trajecten.CalendarLink": "Goes with the participant; its owner can close it.",
    "trajecten.Commitment": "A promise is public and kept, with who keeps it; who is erased becomes nobody.",
    "trajecten.CommitmentUpdate": "The history of a promise is public and can't be changed.",
    "trajecten.ModerationDecision": "An official's reason, by which a hiding can be checked; can't be changed.",
    "trajecten.CouncilItem": "What council and college decided on is public.",
    "trajecten.CouncilLine": "As the item.",
    "trajecten.CouncilDecision": "As the item.",
    "trajecten.AgendaItem": "The public agenda of the council.",
    "budget.Delivery": "Where public figures came from; its file goes once it is read, who is erased is nobody.",
    "trajecten.Proposal": "What was agreed with a municipality, and who accepted it for them.",
    "trajecten.ProposalSession": "As the proposal.",
    "trajecten.ProposalLine": "As the proposal.",
    "trajecten.Trajectory": "Words of officials and advisers about their own work.",
    "trajecten.StepRecord": "Words of officials and advisers; can't be changed.",
    "trajecten.Meeting": "Agenda and minutes, written for who came.",
    "trajecten.Material": "What was handed out.",
    "trajecten.MessageText": "The municipality's own words.",
    "trajecten.Area": "A place.",
    "trajecten.Team": "The municipality's own names.",
    "trajecten.RetentionRun": "Numbers.",
    "trajecten.Word": "Words of which several texts that all may read are made.",
    "budget.Amendment": "What was put to the council is public.",
    "budget.ProgrammeShare": "Numbers.",
    "budget.Programme": "The council's own programmes, in the municipality's words.",
    "budget.Outcome": "What residents came to together, without their names.",
    "budget.OutcomeLine": "As the outcome.",
    "budget.Counted": "Goes with the alternative that was counted.",
    "budget.Budget": "Figures, and where they come from.",
    "budget.BudgetLine": "Figures, with the rows that they are the sum of.",
    "budget.YearSize": "Numbers.",
    "budget.ThemeVote": "Goes or stays with its ballot, which knows whose it was.",
    "budget.ProgrammeChoice": "Why a programme was chosen, in words of who coordinates it.",
    "buurtschouw.Category": "The municipality's own names.",
    "buurtschouw.Schouw": "Words of officials about their own work.",
    "buurtschouw.Stop": "A place, and words of officials about it.",
    "buurtschouw.StatementSet": "The municipality's own words.",
    "buurtschouw.Statement": "The municipality's own words.",
    "buurtschouw.Answer": "What the municipality answered; the reporter is let go of.",
    "buurtschouw.Judgement": "What the municipality judged of an idea, with its reason.",
    "trajecten.Succession": "Words of officials about what becomes of something.",
    "trajecten.Companion": "Goes with the participant: that somebody was asked to go along, and what they said.",
    "budget.ProjectBallot": "The municipality's own words.",
    "budget.BallotResult": "Votes without persons, and what came of them.",
    "buurtschouw.Destination": "Organisations, and how they are reached.",
    "buurtschouw.DestinationTheme": "What organisations call their categories.",
    "buurtschouw.AnswerTemplate": "The municipality's own words.",
    "buurtschouw.Subtask": "What officials have to do for a report, in their own words.",
    "buurtschouw.Note": "What officials wrote for each other about a report.",
    "buurtschouw.Lesson": "What was learnt of a walk; who wrote it and is erased becomes nobody.",
    "buurtschouw.LessonUse": "What officials decided on a lesson.",
    "buurtschouw.MonthCount": "Numbers.",
    "buurtschouw.Question": "The municipality's own words.",
    "buurtschouw.ApiKey": "The name of a system.",
    "buurtschouw.ReceivedUpdate": "The number that another system gave an answer.",
    "budget.Round": "Words of officials about what they ask.",
    "budget.RoundLine": "As the round.",
    "budget.SpendingReport": "What officials told of public money; can't be changed.",
    "budget.LineText": "The municipality's own words.",
    "budget.AreaKey": "The municipality's own words.",
    "budget.AreaKeyUse": "Figures.",
    "budget.AreaBooking": "Figures.",
    "buurtschouw.AwaitedPhoto": "Gone within the hour: fetched, given up, or erased with the report.",
}
NOT_OF_A_MUNICIPALITY = {"Municipality", "User", "ShelfItem", "AdviserCalendarLink"}


def ago(days: int) -> Any:
    return timezone.now() - timedelta(days=days)


def put_back(row: Any, **moments: int) -> None:
    type(row)._base_manager.filter(pk=row.pk).update(**{name: ago(days) for name, days in moments.items()})


def old(days: int = 800, **fields: Any) -> Participant:
    with Past().at(ago(days)):
        return ParticipantFactory(**fields)


def exists(person: Participant) -> bool:
    return Participant.objects.filter(pk=person.pk).exists()


def test_all_that_leads_to_people_goes_or_stays_for_a_reason() -> None:
    """Whoever adds a model with a relation to a participant, or with words, says here what becomes of it."""
    people = {relation.related_model for relation in relations.all_of_them()}
    found = {
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in {"trajecten", *(method.key for method in registry.methods())}
        and model.__name__ not in NOT_OF_A_MUNICIPALITY
        and (
            model in people
            or any(
                isinstance(field, CharField | TextField) and not field.choices
                for field in model._meta.concrete_fields
            )
        )
    }
    assert found - set(GOES) - set(STAYS) == set()
    assert {key for keys in GOES.values() for key in keys} == {rule.key for rule in registry.retention()}


def test_who_asked_for_a_trajectory_that_did_not_come_is_forgotten() -> None:
    fields = {"contact_name": "Mo Visser", "contact_role": "Griffier", "contact_phone": "0612345678"}
    closed, running_one = (TrajectoryRequestFactory(contact=old(), **fields) for _ in range(2))
    type(closed)._base_manager.filter(pk=closed.pk).update(status="declined", reason="Geen tijd.")
    for request in (closed, running_one):
        put_back(request, status_since=366)
    assert running.run()
    contact = closed.contact
    for request in (closed, running_one):
        request.refresh_from_db()
    assert (closed.contact, closed.contact_name, closed.contact_role, closed.contact_phone) == (
        None,
        "",
        "",
        "",
    )
    assert closed.question
    assert not exists(contact)
    assert running_one.contact_name == "Mo Visser"


def test_invitations_that_nobody_answered_go_with_their_guests() -> None:
    trajectory = TrajectoryFactory(vision=True)
    guests = [ParticipantFactory(email=f"gast{n}@example.org") for n in range(3)]
    for guest in guests:
        InvitationFactory(mail=True, trajectory=trajectory, participant=guest, expires_at=ago(91))
    EnrolmentFactory(trajectory=trajectory, participant=guests[0], status="invited", turn=0)
    EnrolmentFactory(trajectory=trajectory, participant=guests[1])
    Invitation.objects.filter(participant=guests[2]).update(uses=1)
    assert running.run()
    assert [exists(guest) for guest in guests] == [False, True, True]
    assert list(Invitation.objects.values_list("participant", flat=True)) == [guests[2].pk]


def test_reasons_of_leaving_and_names_on_lists_go() -> None:
    left, young = (EnrolmentFactory(status="left", left_at=ago(n), left_reason="Ziek.") for n in (366, 10))
    past, coming = MeetingFactory(starts_at=ago(367)), MeetingFactory()
    rows = [AttendanceFactory(meeting=meeting, name="Bea", was_present=True) for meeting in (past, coming)]
    assert running.run()
    for row in (left, young, *rows):
        row.refresh_from_db()
    assert (left.left_reason, young.left_reason) == ("", "Ziek.")
    assert [(row.name, row.was_present) for row in rows] == [("", True), ("Bea", True)]


def test_a_guest_of_whom_nothing_new_came_becomes_nobody_and_goes_on_counting() -> None:
    member, walk_in, gone = old(display_name="Saar"), old(email=None, display_name="Bea"), old()
    EnrolmentFactory(participant=member, status="left", left_at=ago(731), left_reason="Verhuisd.")
    AttendanceFactory(
        participant=walk_in, meeting=MeetingFactory(starts_at=ago(740)), name="Bea", was_present=True
    )
    ConsentFactory(participant=member)
    assert running.run()
    assert not exists(gone)
    for person in (member, walk_in):
        person.refresh_from_db()
        assert (person.email, person.display_name) == (None, "")
        assert person.erased_at
    assert Enrolment.objects.get().left_reason == ""
    assert Attendance.objects.get().was_present is True
    assert running.run()


@pytest.mark.parametrize(
    "keep",
    [
        lambda person: EnrolmentFactory(participant=person),
        lambda person: EnrolmentFactory(participant=person, status="left", left_at=ago(10)),
        lambda person: AttendanceFactory(participant=person, meeting=MeetingFactory(past=True)),
        lambda person: InvitationFactory(mail=True, participant=person),
        lambda person: ReportFactory(author=person),
        lambda person: SupportFactory(participant=person),
        lambda person: CommitmentFactory(owner=None, owner_participant=person),
    ],
)
def test_who_still_does_something_or_answers_for_it_stays(keep: Any) -> None:
    person = old(display_name="Saar")
    keep(person)
    assert running.run()
    person.refresh_from_db()
    assert person.display_name == "Saar"


def test_who_takes_part_in_what_is_over_goes_when_it_was_long_ago() -> None:
    trajectory = TrajectoryFactory(vision=True, status="archived")
    enrolment = EnrolmentFactory(trajectory=trajectory, participant=old(display_name="Saar"))
    assert running.run()
    enrolment.participant.refresh_from_db()
    assert enrolment.participant.erased_at


def test_a_verdict_on_a_promise_stays_without_who_gave_it() -> None:
    promise = CommitmentFactory()
    given = VerdictFactory(target=promise, words="Bel mij.")
    of_account = VerdictFactory(target=promise, words="Mooi.", participant__user=CommitmentFactory().owner)
    for verdict in (given, of_account):
        put_back(verdict, at=366)
    assert running.run()
    assert list(Verdict.objects.order_by("pk").values_list("participant", "words", "value")) == [
        (None, "", "yes"),
        (of_account.participant_id, "Mooi.", "yes"),
    ]


def test_who_supports_or_judges_a_report_of_an_account_is_forgotten_too(schouw: Any, resident: Any) -> None:
    author = ParticipantFactory(user=resident, email=resident.email)
    supported, judged = (ReportFactory(schouw=schouw, author=author, done=True) for _ in range(2))
    guests = [
        SupportFactory(report=supported).participant,
        VerdictFactory(target=judged, words="Bel mij.").participant,
    ]
    for report in (supported, judged):
        put_back(report, closed_at=366)
    assert running.run()
    assert [exists(guest) for guest in guests] == [False, False]
    supported.refresh_from_db()
    assert supported.author == author


def test_what_was_said_about_moderation_goes_also_when_nobody_handled_it(report: Any) -> None:
    for days, handled in ((731, False), (700, False), (366, True), (300, True)):
        row = AbuseReportFactory(target=report, handled_at=ago(days) if handled else None)
        put_back(row, at=days)
        outcome = {"outcome": "refused", "answer": "Nee.", "answered_at": ago(days)} if handled else {}
        put_back(ObjectionFactory(decision=ModerationDecisionFactory(target=report), **outcome), at=days)
    assert running.run()
    assert AbuseReport.objects.count() == Objection.objects.count() == 2


def test_messages_to_followers_that_were_made_go(in_scope: Any) -> None:
    for days, is_done in ((181, True), (181, False), (10, True)):
        FanOut.objects.create(
            municipality=in_scope,
            key="x",
            target=in_scope,
            delivery_key=f"{days}-{is_done}",
            done_at=ago(days) if is_done else None,
        )
    assert running.run()
    assert list(FanOut.objects.order_by("pk").values_list("delivery_key", flat=True)) == [
        "181-False",
        "10-True",
    ]


def test_sessions_that_are_over_are_let_go_of() -> None:
    for key, days in (("old", -1), ("new", 1)):
        Session.objects.create(
            session_key=key, session_data="", expire_date=timezone.now() + timedelta(days=days)
        )
    tasks.clear_sessions()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]


def test_what_waits_longest_goes_first(schouw: Any) -> None:
    for rule in registry.retention():
        assert [str(by).lstrip("-") for by in rule.due(timezone.now()).query.order_by][:1]
