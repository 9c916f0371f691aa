"""How long records are kept, and letting them go."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scopes_disabled

from buurtschouw.models import Report, Support
from tests.factories.buurtschouw import ReportFactory, SupportFactory
from tests.factories.core import (
    AbuseReportFactory,
    ActivityFactory,
    AttachmentFactory,
    ConsentFactory,
    NotificationFactory,
    ParticipantFactory,
    VerdictFactory,
)
from tests.factories.questions import said
from trajecten import registry
from trajecten.demo.past import Past
from trajecten.domain.retention import running
from trajecten.models import (
    AbuseReport,
    Activity,
    Attachment,
    Notification,
    Participant,
    RetentionRun,
    Verdict,
)


def ago(days):
    return timezone.now() - timedelta(days=days)


def put_back(row, **moments):
    type(row)._base_manager.filter(pk=row.pk).update(**{name: ago(days) for name, days in moments.items()})


def rule(key):
    return next(rule for rule in registry.retention() if rule.key == key)


def forecast(municipality, key):
    return next(found for found in running.forecasts(municipality) if found.rule.key == key)


@pytest.fixture
def closed(schouw, category):
    def make(days, **more):
        report = ReportFactory(schouw=schouw, category=category, done=True, facts=said("Op 12."), **more)
        put_back(report, closed_at=days)
        return report

    return make


def test_old_mails_go_and_waiting_ones_stay(in_scope):
    old = NotificationFactory(state="sent", sent_at=timezone.now())
    waiting, young = NotificationFactory(), NotificationFactory(state="dropped")
    put_back(old, created_at=181)
    put_back(waiting, created_at=181)
    assert running.run()
    assert set(Notification.objects.all()) == {waiting, young}
    (run,) = RetentionRun.objects.all()
    assert (run.kind, run.count, run.days) == ("trajecten.mails", 1, 180)


def test_a_municipality_keeps_them_as_long_as_it_says(in_scope):
    row = NotificationFactory(state="sent", sent_at=timezone.now())
    put_back(row, created_at=100)
    running.run()
    assert Notification.objects.exists()
    in_scope.retention_days = {"trajecten.mails": 90}
    in_scope.save()
    running.run()
    assert not Notification.objects.exists()


@pytest.mark.parametrize(("chosen", "days"), [(1, 30), (99999, 3650), ("x", 180), (True, 180), (90, 90)])
def test_a_term_is_never_outside_its_limits(in_scope, chosen, days):
    in_scope.retention_days = {"trajecten.mails": chosen}
    assert running.days_of(rule("trajecten.mails"), in_scope) == days


def test_of_the_log_only_who_looked_things_up_goes(report, handler):
    with Past().at(ago(366)):
        for verb in ("looked_up", "answered"):
            ActivityFactory(target=report, verb=verb, actor_user=handler)
    running.run()
    assert list(Activity.objects.values_list("verb", flat=True)) == ["answered"]


def test_handled_reports_of_abuse_go(report):
    old, young, open_one = AbuseReportFactory.create_batch(3, target=report)
    put_back(old, handled_at=366)
    put_back(young, handled_at=10)
    running.run()
    assert set(AbuseReport.objects.all()) == {young, open_one}


def test_a_guest_is_forgotten_a_year_after_the_report_was_closed(closed):
    report = closed(366)
    guest, supporter = report.author, ParticipantFactory()
    SupportFactory(report=report, participant=supporter, device="a" * 64)
    VerdictFactory(target=report, participant=guest, words="Bel mij op 0612345678.")
    ConsentFactory(participant=guest)
    running.run()
    report.refresh_from_db()
    assert (report.author, report.facts) == (None, [])
    assert report.text
    assert not Participant.objects.filter(pk__in=[guest.pk, supporter.pk]).exists()
    verdict, support = Verdict.objects.get(), Support.objects.get()
    assert (verdict.participant, verdict.words, support.participant, support.device) == (None, "", None, "")


def test_a_guest_with_something_younger_stays(closed, schouw):
    report = closed(366)
    guest = report.author
    other = ReportFactory(schouw=schouw, author=guest)
    running.run()
    report.refresh_from_db()
    other.refresh_from_db()
    assert report.author is None
    assert other.author == guest


def test_who_has_an_account_keeps_the_reports(closed, resident):
    report = closed(366, author=ParticipantFactory(user=resident, email=resident.email))
    running.run()
    report.refresh_from_db()
    assert report.author
    assert report.facts == []


@pytest.mark.django_db(transaction=True)
def test_photos_go_with_their_files(closed):
    photo, young = AttachmentFactory(target=closed(731)), AttachmentFactory(target=closed(10))
    running.run()
    assert list(Attachment.objects.all()) == [young]
    assert not photo.image.storage.exists(photo.image.name)


def test_words_that_are_not_public_go(closed):
    hidden, public = closed(731, address="Dijk 12"), closed(731, public=True)
    running.run()
    hidden.refresh_from_db()
    public.refresh_from_db()
    assert (hidden.text, hidden.address) == ("", "")
    assert public.text


def test_it_goes_on_where_it_broke_off_and_counts_a_night_once(in_scope, monkeypatch):
    monkeypatch.setattr(running, "BATCH", 2)
    for row in NotificationFactory.create_batch(5, state="dropped"):
        put_back(row, created_at=181)
    assert running.run(busy_seconds=-1) is False
    assert Notification.objects.count() == 3
    assert running.run() is True
    assert RetentionRun.objects.get().count == 5
    assert running.run() is True
    assert RetentionRun.objects.get().count == 5


def test_a_batch_that_fails_loses_nothing_and_is_raised(in_scope, monkeypatch):
    row = NotificationFactory(state="dropped")
    put_back(row, created_at=181)
    monkeypatch.setattr(running, "_count", lambda *_args: 1 / 0)
    with pytest.raises(running.RetentionFailed, match=r"trajecten.mails \(GM9901\)"):
        running.run()
    assert Notification.objects.count() == 1


def test_a_rule_that_fails_holds_up_no_other_rule_or_municipality(
    in_scope, other_municipality, report, monkeypatch
):
    """The first municipality can't let go of mails; its reports of abuse, and the mails of the next one, go."""
    abuse = AbuseReportFactory(target=report)
    put_back(abuse, handled_at=366)
    here = NotificationFactory(state="dropped")
    there = NotificationFactory(
        state="dropped", participant=ParticipantFactory(municipality=other_municipality)
    )
    for row in (here, there):
        put_back(row, created_at=181)
    count = running._count

    def broken(rule, municipality, n):
        if (rule.key, municipality) == ("trajecten.mails", in_scope):
            raise ZeroDivisionError
        count(rule, municipality, n)

    monkeypatch.setattr(running, "_count", broken)
    with pytest.raises(running.RetentionFailed), scopes_disabled():
        running.run()
    with scopes_disabled():
        assert list(Notification.objects.all()) == [here]
        assert not AbuseReport.objects.exists()


def test_a_digest_goes_with_what_is_in_it(in_scope):
    digest = NotificationFactory(state="sent", sent_at=timezone.now())
    item = NotificationFactory(participant=digest.participant, state="bundled", digest=digest)
    put_back(item, created_at=182)
    put_back(digest, created_at=181)
    assert running.run()
    assert not Notification.objects.exists()


def test_a_guest_who_got_a_digest_is_forgotten_as_well(closed):
    report = closed(366)
    digest = NotificationFactory(participant=report.author, state="sent", sent_at=timezone.now())
    NotificationFactory(participant=report.author, state="bundled", digest=digest)
    assert running.run()
    assert not Participant.objects.filter(pk=report.author_id).exists()
    assert not Notification.objects.exists()


def test_the_preview_says_what_goes_tonight_and_within_a_month(in_scope, closed):
    closed(400, author=None)
    closed(340, author=None)
    closed(100, author=None)
    found = forecast(in_scope, "buurtschouw.reporters")
    assert (found.now, found.ahead, found.first_on) == (1, 2, timezone.localdate())
    assert forecast(in_scope, "trajecten.mails").first_on is None


def test_the_page_asks_as_often_for_thirty_as_for_one(in_scope, closed, coordinator_client):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert coordinator_client.get("/polderwijk/werk/bewaren/").status_code == 200
        return len(queries)

    RetentionRun.objects.create(
        municipality=in_scope, kind="trajecten.mails", on=timezone.localdate(), days=1
    )
    asked()
    one = asked()
    for days in range(1, 30):
        RetentionRun.objects.create(municipality=in_scope, kind="x", on=ago(days).date(), days=1)
    assert asked() == one < 15 + len(registry.retention())  # each rule looks what it would let go of


def test_every_rule_names_rows_with_their_beginning(in_scope, closed):
    AttachmentFactory(target=closed(800))
    for each in registry.retention():
        assert all(hasattr(row, "since") for row in each.due(timezone.now()))
    assert Report.objects.exists()
