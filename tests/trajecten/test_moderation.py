"""Whether others may read a contribution: deciding, objecting, reporting abuse, and the queue."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from buurtschouw.domain import answering
from tests.factories.buurtschouw import ReportFactory
from tests.factories.core import (
    AbuseReportFactory,
    AttachmentFactory,
    ModerationDecisionFactory,
    ObjectionFactory,
    ParticipantFactory,
    StaffRoleFactory,
)
from tests.templates.markup import tree
from trajecten.domain.moderation import abuse, deciding, objecting, premoderation, queue
from trajecten.domain.telling import delivering
from trajecten.enums import AbuseReason, HideReason, Moderation, ObjectionOutcome, Role
from trajecten.models import AbuseReport, Activity, ModerationDecision, Notification, Objection

ITEM = "/polderwijk/werk/moderatie/buurtschouw.report/{}/"


@pytest.fixture
def public(schouw, category, areas):
    return ReportFactory(schouw=schouw, category=category, area=areas[0], public=True)


def owed():
    return sorted(Notification.objects.values_list("key", flat=True))


def deliver():
    delivering.deliver_due()
    return [(sent.to[0], sent.subject, sent.body) for sent in mail.outbox]


# -- Deciding


def test_publishing_opens_the_words_and_the_photos_that_were_seen(report, handler):
    seen, later = AttachmentFactory(target=report), AttachmentFactory(target=report)
    deciding.publish(contribution=report, by=handler, photos=[seen])
    report.refresh_from_db()
    assert report.is_public
    assert [photo.is_public for photo in (seen, later) if photo.refresh_from_db() is None] == [True, False]
    assert owed() == []


def test_hiding_needs_a_reason_and_words_where_the_reason_says_nothing(report, handler):
    for reason, words, field in (
        ("", "", "reason"),
        ("nonsense", "", "reason"),
        (HideReason.OTHER, " ", "words"),
    ):
        with pytest.raises(deciding.ModerationRefused) as refused:
            deciding.hide(contribution=report, by=handler, reason=reason, words=words)
        assert refused.value.field == field
    assert not ModerationDecision.objects.exists()


def test_the_author_gets_the_reason_in_understandable_words(public, handler, english):
    photo = AttachmentFactory(target=public, is_public=True)
    deciding.hide(contribution=public, by=handler, reason=HideReason.PERSONAL, words="Laat de naam weg.")
    photo.refresh_from_db()
    assert not photo.is_public
    ((to, _subject, body),) = deliver()
    assert to == public.author.email
    assert "Laat de naam weg." in body
    assert objecting.token(public) in body


def test_hiding_twice_mails_once(public, handler):
    for _time in range(2):
        deciding.hide(contribution=public, by=handler, reason=HideReason.INSULT)
    assert owed() == [deciding.HIDDEN]
    deciding.hide(contribution=public, by=handler, reason=HideReason.DOUBLE)
    assert owed() == [deciding.HIDDEN] * 2


def test_who_left_no_address_is_not_mailed_but_reads_it_on_the_own_page(schouw, handler, client, english):
    report = ReportFactory(schouw=schouw, anonymous=True)
    deciding.hide(
        contribution=report, by=handler, reason=HideReason.INSULT, words="Zonder scheldwoord mag het."
    )
    assert owed() == []
    page = client.get(f"/polderwijk/volg/{report.token}/").content.decode()
    assert "Zonder scheldwoord mag het." in page
    assert objecting.token(report) in page


def test_restoring_tells_the_author(public, handler):
    deciding.hide(contribution=public, by=handler, reason=HideReason.INSULT)
    deciding.publish(contribution=public, by=handler)
    assert owed() == [deciding.HIDDEN, deciding.RESTORED]
    assert len(deliver()) == 1
    states = dict(Notification.objects.values_list("key", "state"))
    assert states == {deciding.HIDDEN: "dropped", deciding.RESTORED: "sent"}  # the first lost its meaning


def test_decisions_can_t_be_changed_or_removed(public, handler):
    deciding.hide(contribution=public, by=handler, reason=HideReason.INSULT)
    for change in (
        lambda: ModerationDecision.objects.update(words="anders"),
        lambda: ModerationDecision.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            change()


def test_a_trajectory_without_reading_first_publishes_at_once(schouw, coordinator):
    assert deciding.of_new(schouw.trajectory) == Moderation.PENDING
    premoderation.choose(read_first=[], by=coordinator)
    schouw.trajectory.refresh_from_db()
    assert deciding.of_new(schouw.trajectory) == Moderation.PUBLISHED
    assert Activity.objects.get(verb="premoderation_changed").details == {"on": False}
    premoderation.choose(read_first=[schouw.trajectory], by=coordinator)
    schouw.trajectory.refresh_from_db()
    assert schouw.trajectory.premoderation


def test_a_report_of_such_a_trajectory_is_public_but_its_photos_are_not(schouw, category, client):
    schouw.trajectory.premoderation = False
    schouw.trajectory.save()
    sent = {"text": "Los.", "address": "Dijk 1", "category": category.pk}
    key = "0c5a4f0e-8f1e-4f9e-9d52-0a4f3f3c0b11"
    answer = client.post(
        reverse("buurtschouw:intake", kwargs={"gemeente": "polderwijk", "pk": schouw.pk}),
        {**sent, "key": key},
        content_type="application/json",
        headers={"Idempotency-Key": key},
    )
    assert answer.status_code == 201
    report = schouw.reports.get()
    assert report.is_public
    photo = AttachmentFactory(target=report)
    assert photo not in client.get(f"/polderwijk/meldingen/{report.pk}/").context["photos"]


# -- Objecting


def test_an_author_objects_once_and_the_coordinator_answers(
    public, handler, coordinator, client, coordinator_client
):
    deciding.hide(contribution=public, by=handler, reason=HideReason.INSULT)
    address = reverse("objection", kwargs={"gemeente": "polderwijk", "token": objecting.token(public)})
    assert client.post(address, {"words": ""}).status_code == 422
    assert client.post(address, {"words": "Ik schold niemand uit."}).status_code == 302
    assert client.post(address, {"words": "Echt niet."}).status_code == 422
    assert Objection.objects.get().words == "Ik schold niemand uit."
    assert Notification.objects.get(key=objecting.OBJECTED).user == coordinator

    page = ITEM.format(public.pk)
    assert "Ik schold niemand uit." in coordinator_client.get(page).content.decode()
    refused = coordinator_client.post(f"{page}antwoord/", {"outcome": "granted", "answer": ""})
    assert refused.status_code == 422
    coordinator_client.post(f"{page}antwoord/", {"outcome": "granted", "answer": "U heeft gelijk."})
    public.refresh_from_db()
    assert public.is_public
    assert Objection.objects.get().outcome == ObjectionOutcome.GRANTED
    assert deciding.RESTORED not in owed()
    assert any("U heeft gelijk." in body for _to, _subject, body in deliver())


def test_an_objection_is_answered_once(public, coordinator):
    public.moderation = Moderation.HIDDEN
    public.save()
    objection = ObjectionFactory(decision=ModerationDecisionFactory(target=public))
    objecting.answer(objection=objection, by=coordinator, is_granted=False, words="Nee.")
    with pytest.raises(deciding.ModerationRefused):
        objecting.answer(objection=objection, by=coordinator, is_granted=True, words="Ja.")
    public.refresh_from_db()
    assert public.moderation == Moderation.HIDDEN


@pytest.fixture
def own_decision(public, coordinator):
    """The coordinator hid it; the author objects."""
    deciding.hide(contribution=public, by=coordinator, reason=HideReason.INSULT)
    return objecting.object_to_hiding(contribution=public, words="Ik schold niemand uit.")


def test_who_hid_it_does_not_answer_where_somebody_else_coordinates(
    own_decision, public, coordinator_client, municipality, english
):
    other = StaffRoleFactory(municipality=municipality, role=Role.COORDINATOR).user
    page = ITEM.format(public.pk)
    assert "Another coordinator answers the author." in coordinator_client.get(page).content.decode()
    refused = coordinator_client.post(f"{page}antwoord/", {"outcome": "refused", "answer": "Nee."})
    assert refused.status_code == 422
    own_decision.refresh_from_db()
    assert own_decision.outcome == ObjectionOutcome.OPEN
    objecting.answer(objection=own_decision, by=other, is_granted=False, words="Nee, dit klopt.")


def test_an_objection_to_one_s_own_decision_goes_to_the_others(public, coordinator, municipality):
    other = StaffRoleFactory(municipality=municipality, role=Role.COORDINATOR).user
    deciding.hide(contribution=public, by=coordinator, reason=HideReason.INSULT)
    objecting.object_to_hiding(contribution=public, words="Ik schold niemand uit.")
    assert [row.user for row in Notification.objects.filter(key=objecting.OBJECTED)] == [other]


def test_the_only_coordinator_answers_and_reads_that_it_is_about_the_own_decision(
    own_decision, public, coordinator_client, english
):
    page = ITEM.format(public.pk)
    assert "nobody else coordinates here" in coordinator_client.get(page).content.decode()
    sent = {"outcome": "refused", "answer": "Nee, dit klopt."}
    assert coordinator_client.post(f"{page}antwoord/", sent).status_code == 302
    own_decision.refresh_from_db()
    assert own_decision.outcome == ObjectionOutcome.REFUSED


def test_a_handler_does_not_answer_an_objection(public, handler_client):
    ObjectionFactory(decision=ModerationDecisionFactory(target=public))
    sent = {"outcome": "granted", "answer": "Ja."}
    assert handler_client.post(f"{ITEM.format(public.pk)}antwoord/", sent).status_code == 403


@pytest.mark.parametrize("token", ["nonsense", "a.b.c"])
def test_a_link_that_was_not_made_here_opens_nothing(client, municipality, token):
    assert client.get(f"/polderwijk/niet-eens/{token}/").status_code == 404


# -- Reports of abuse


def abuse_address(report):
    return reverse(
        "report-abuse", kwargs={"gemeente": "polderwijk", "kind": "buurtschouw.report", "pk": report.pk}
    )


def test_a_guest_reports_abuse_and_hears_what_became_of_it(public, client, handler, english):
    sent = {"reason": "insult", "words": "Mijn buurman wordt uitgescholden.", "email": "gast@example.org"}
    assert client.post(abuse_address(public), sent).status_code == 302
    assert client.post(abuse_address(public), sent).status_code == 302
    assert AbuseReport.objects.count() == 1
    public.refresh_from_db()
    assert public.is_public  # nothing is held back before an official decided
    deciding.hide(contribution=public, by=handler, reason=HideReason.INSULT)
    assert not abuse.open_on(public).exists()
    assert "gast@example.org" in [to for to, _subject, _body in deliver()]


def test_leaving_it_handles_the_reports_too(public, handler):
    AbuseReportFactory(target=public, reporter=ParticipantFactory())
    AbuseReportFactory(target=public)
    deciding.publish(contribution=public, by=handler)
    assert AbuseReport.objects.filter(handled_by=handler).count() == 2
    assert owed() == [abuse.HANDLED]
    assert not ModerationDecision.objects.exists()


def test_something_else_asks_for_words_and_keeps_what_was_typed(public, client):
    refused = client.post(abuse_address(public), {"reason": "other", "email": "gast@example.org"})
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["words"]
    assert 'value="gast@example.org"' in refused.content.decode()
    assert not AbuseReport.objects.exists()


def test_what_is_hidden_is_not_reported(schouw):
    hidden = ReportFactory(schouw=schouw, hidden=True)
    with pytest.raises(abuse.AbuseRefused):
        abuse.report(contribution=hidden, reason=AbuseReason.INSULT, words="", by=None, device="x")


def test_somebody_reports_only_so_many_an_hour(schouw, client, settings):
    settings.ANONYMOUS_REPORTS_PER_HOUR = 2
    statuses = [
        client.post(abuse_address(report), {"reason": "insult"}).status_code
        for report in ReportFactory.create_batch(3, schouw=schouw, public=True)
    ]
    assert statuses == [302, 302, 422]


def test_an_unknown_kind_is_not_found(client, municipality):
    assert client.get("/polderwijk/meld-misbruik/auth.user/1/").status_code == 404


# -- The queue


def test_the_queue_has_what_is_contested_first_then_the_oldest_and_filters(schouw, handler_client):
    newer = ReportFactory(schouw=schouw, text="Nieuw.")
    older = ReportFactory(schouw=schouw, text="Oud.")
    type(older).objects.filter(pk=older.pk).update(created_at=timezone.now() - timedelta(days=3))
    public = ReportFactory(schouw=schouw, public=True)
    AbuseReportFactory.create_batch(2, target=public)
    AttachmentFactory(target=public)
    hidden = ReportFactory(schouw=schouw, hidden=True)
    ObjectionFactory(decision=ModerationDecisionFactory(target=hidden))

    def shown(query=""):
        page = handler_client.get(f"/polderwijk/werk/moderatie/{query}")
        return [entry.number for entry in page.context["entries"]]

    assert shown() == [public.pk, hidden.pk, older.pk, newer.pk]
    assert shown("?state=waiting") == [older.pk, newer.pk]
    assert shown("?state=reported") == shown("?state=photos") == [public.pk]
    assert shown("?state=objected") == shown("?state=hidden") == [hidden.pk]
    assert len(shown("?state=all")) == 4
    assert len(shown("?state=all&kind=buurtschouw.report")) == 4
    assert shown(f"?trajectory={schouw.trajectory_id}") == [public.pk, hidden.pk, older.pk, newer.pk]
    (entry,) = handler_client.get("/polderwijk/werk/moderatie/?state=reported").context["entries"]
    assert (entry.reports, entry.photos, entry.has_objection) == (2, 1, False)
    figures = queue.figures()
    assert (figures.waiting, figures.reported, figures.objected) == (2, 1, 1)


def test_the_queue_asks_the_database_as_often_for_thirty_as_for_one(schouw, category, handler_client):
    def count():
        with CaptureQueriesContext(connection) as asked:
            handler_client.get("/polderwijk/werk/moderatie/?state=all")
        return len(asked)

    AbuseReportFactory(target=ReportFactory(schouw=schouw, category=category))
    count()
    one = count()
    for report in ReportFactory.create_batch(29, schouw=schouw, category=category):
        AbuseReportFactory(target=report)
    assert count() == one < 20


def test_what_is_short_and_not_contested_is_published_in_the_list_without_its_photos(
    schouw, handler, handler_client, english
):
    short = ReportFactory(schouw=schouw, text="Losse tegel.\nBij de brug.")
    long = ReportFactory(schouw=schouw, text="Tegel. " * 100)
    photo = AttachmentFactory(target=short)
    AbuseReportFactory(target=ReportFactory(schouw=schouw, text="Gemeld."))
    page = tree(handler_client.get("/polderwijk/werk/moderatie/?state=todo").content.decode())
    (form,) = page.one("main").every("form", method="post")
    assert form["action"] == f"{ITEM.format(short.pk)}openbaar/"
    assert "Bij de brug." in page.one("main").text
    answer = handler_client.post(form["action"], {"filter": "state=waiting&kind=nonsense"})
    assert answer.headers["Location"] == "/polderwijk/werk/moderatie/?state=waiting"
    for row in (short, long, photo):
        row.refresh_from_db()
    assert (short.is_public, long.is_public, photo.is_public) == (True, False, False)
    assert Activity.objects.filter(verb="looked_up", actor_user=handler).count() == 1


def test_a_page_of_the_queue_publishes_and_hides(report, handler_client, english):
    photo = AttachmentFactory(target=report)
    page = ITEM.format(report.pk)
    handler_client.post(f"{page}openbaar/", {"photos": [str(photo.uuid)]})
    report.refresh_from_db()
    photo.refresh_from_db()
    assert report.is_public
    assert photo.is_public
    refused = handler_client.post(f"{page}verbergen/", {"reason": "", "words": "Getypt."})
    assert refused.status_code == 422
    assert "Getypt." in refused.content.decode()
    assert handler_client.post(f"{page}verbergen/", {"reason": "insult"}).status_code == 302
    report.refresh_from_db()
    assert report.moderation == Moderation.HIDDEN


def test_who_opens_it_is_in_the_log_once_a_day(report, handler, handler_client):
    for _time in range(2):
        handler_client.get(ITEM.format(report.pk))
        handler_client.get(f"/polderwijk/werk/meldingen/{report.pk}/")
    assert Activity.objects.filter(verb="looked_up", actor_user=handler).count() == 1


def test_who_looked_before_a_colleague_decided_looks_again(
    public, handler, coordinator, handler_client, english
):
    deciding.hide(contribution=public, by=coordinator, reason=HideReason.INSULT)
    page = ITEM.format(public.pk)
    answer = handler_client.post(f"{page}openbaar/", {"seen": "pending"}, follow=True)
    assert "A colleague has decided on this meanwhile." in answer.content.decode()
    public.refresh_from_db()
    assert public.moderation == Moderation.HIDDEN


def test_what_becomes_public_with_it_is_read_first(report, handler, handler_client, english):
    answering.answer(
        report=report, by=handler, status="acknowledged", message="Dag mevrouw Bea.", version=report.version
    )
    assert "Dag mevrouw Bea." in handler_client.get(ITEM.format(report.pk)).content.decode()
    listed = tree(handler_client.get("/polderwijk/werk/moderatie/?state=todo").content.decode())
    assert not listed.one("main").every("form", method="post")
    deciding.publish(contribution=report, by=handler)
    assert "What others can read too" not in handler_client.get(ITEM.format(report.pk)).content.decode()
