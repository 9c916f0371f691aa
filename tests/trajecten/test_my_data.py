"""What somebody sees, takes along, withdraws and has erased of themselves."""

import io
import json
import zipfile

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from buurtschouw.models import Report, Support
from tests.factories.buurtschouw import ReportFactory, SupportFactory
from tests.factories.core import (
    AbuseReportFactory,
    AttachmentFactory,
    CommitmentFactory,
    CommitmentOriginFactory,
    ConsentFactory,
    FollowFactory,
    ModerationDecisionFactory,
    MunicipalityFactory,
    NotificationFactory,
    ObjectionFactory,
    ParticipantFactory,
    PreferenceFactory,
    StaffRoleFactory,
    TrajectoryFactory,
    VerdictFactory,
)
from tests.factories.enrolment import EnrolmentFactory
from tests.factories.meetings import AttendanceFactory, CalendarLinkFactory
from tests.factories.proposals import TrajectoryRequestFactory
from tests.factories.questions import said
from tests.templates.markup import tree
from trajecten.domain import consents, participants
from trajecten.domain.my_data import erasing, export
from trajecten.domain.telling import delivering, digesting, fanning_out, notify
from trajecten.enums import EnrolmentStatus, Moderation, NotificationState
from trajecten.models import (
    AbuseReport,
    Activity,
    Attachment,
    Consent,
    Enrolment,
    Notification,
    Objection,
    Participant,
    Preference,
    User,
    Verdict,
)

MINE = "/polderwijk/mijn-gegevens/"


@pytest.fixture
def me(in_scope, resident):
    return ParticipantFactory(user=resident, email=resident.email, display_name="Saar")


def test_the_page_tells_who_one_is_and_apart_from_it_what_one_did(me, schouw, resident_client, english):
    ReportFactory(schouw=schouw, author=me)
    page = tree(resident_client.get(MINE).content.decode())
    person, did = (
        page.one("section", **{"aria-labelledby": "person"}),
        page.one("section", **{"aria-labelledby": "did"}),
    )
    assert "Nederlands" in person.text
    assert "What you reported" not in person.text
    assert (did.one("dt").text, did.one("dd").text) == ("What you reported", "1")
    erase = tree(resident_client.get(f"{MINE}wissen/").content.decode())
    (button,) = erase.one("main").every("button")
    assert "utrecht-button--danger" in button.classes


@pytest.fixture
def mine(schouw, category, me):
    """A public report of mine and one that nobody has looked at, both with a photo."""
    made = {
        name: ReportFactory(
            schouw=schouw,
            category=category,
            author=me,
            text=f"{name} Bel mij: 0612345678.",
            facts=said("Ik woon op 12."),
            address="Dijk 12",
            moderation=moderation,
        )
        for name, moderation in (("Open", Moderation.PUBLISHED), ("Dicht", Moderation.PENDING))
    }
    for report in made.values():
        AttachmentFactory(target=report)
    return made


def unpacked(browser):
    answer = browser.get(f"{MINE}alles.zip")
    assert answer.headers["Content-Type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(b"".join(answer)))


# -- Seeing and taking along


def test_the_export_has_json_a_page_and_the_photos(resident_client, mine, me, english):
    SupportFactory(participant=me, report=ReportFactory(public=True))
    VerdictFactory(target=mine["Open"], participant=me, words="Goed gedaan.")
    ConsentFactory(participant=me)
    NotificationFactory(participant=me)
    package = unpacked(resident_client)
    assert package.testzip() is None
    data = json.loads(package.read("data.json"))
    assert (data["format"], data["version"]) == ("participation-portal/my-data", 1)
    assert data["municipality"] == {"code": "GM9901", "name": "Polderwijk"}
    assert data["parts"]["person"][0]["email"] == me.email
    assert [entry["number"] for entry in data["parts"]["buurtschouw.reports"]] == [
        report.pk for report in mine.values()
    ]
    assert {"consents", "verdicts", "mails", "buurtschouw.supports"} <= set(data["parts"])
    photos = [path for entry in data["parts"]["buurtschouw.reports"] for path in entry["photos"]]
    assert len(photos) == 2
    assert all(package.read(path)[:3] == b"\xff\xd8\xff" for path in photos)
    assert "Goed gedaan." in package.read("index.html").decode()


def test_nothing_of_somebody_else_is_in_it(resident_client, mine, schouw):
    ReportFactory(schouw=schouw, text="Van een ander.", public=True)
    package = unpacked(resident_client)
    assert "Van een ander." not in package.read("data.json").decode()


def test_a_photo_that_went_meanwhile_does_not_spoil_the_rest(resident_client, mine):
    photo = Attachment.objects.first()
    photo.image.storage.delete(photo.image.name)
    assert len([name for name in unpacked(resident_client).namelist() if name.startswith("photos/")]) == 1


def test_every_relation_to_a_person_is_told_of(me, report, handler):
    """Also what is added later: a relation that no part names is exported field by field."""
    CalendarLinkFactory(participant=me)
    found = {part.key: part for part in export.parts(me)}
    (kept,) = found["trajecten.calendarlink"].kept
    facts = {fact.key: fact.value for fact in kept.facts}
    assert "created_at" in facts
    assert "token" not in facts


def test_what_i_told_officials_only_is_in_it_and_its_words_go(me, mine, report, english):
    AbuseReportFactory.create_batch(
        2, target=report, reporter=me, words="Mijn buurman.", handled_at=timezone.now()
    )
    AbuseReportFactory(target=mine["Open"], reporter=me, words="Mijn buurman.", device="a" * 64)
    for row, outcome in ((mine["Open"], "open"), (mine["Dicht"], "upheld")):
        answered = {"answered_at": timezone.now(), "answer": "Nee."} if outcome != "open" else {}
        ObjectionFactory(
            decision=ModerationDecisionFactory(target=row), words="Bel mij.", outcome=outcome, **answered
        )
    asked = TrajectoryRequestFactory(
        contact=me, contact_name="Saar", contact_role="Griffier", contact_phone="06"
    )
    told = {part.key: [fact.value for kept in part.kept for fact in kept.facts] for part in export.parts(me)}
    assert {"Saar", "Griffier", "06"} <= set(told["requests"])
    assert told["abuse_reports"].count("Mijn buurman.") == 3
    assert told["objections"].count("Bel mij.") == 2
    erasing.erase(participant=me, words="public")
    reports = AbuseReport.objects.all()
    assert {(row.words, row.reporter) for row in reports} == {("", None)}
    assert "a" * 64 not in {row.device for row in reports}
    assert list(Objection.objects.values_list("outcome", "words")) == [("upheld", "")]
    token = asked.token
    asked.refresh_from_db()
    assert (asked.contact, asked.contact_name, asked.contact_role, asked.contact_phone) == (None, "", "", "")
    assert asked.token != token


@pytest.mark.parametrize(("works", "kept"), [(False, set()), (True, {"Nieuwe meldingen"})])
def test_the_inbox_is_taken_along_and_goes(me, mine, resident, in_scope, works, kept):
    """Who works here keeps what is about the work."""
    if works:
        StaffRoleFactory(user=resident, municipality=in_scope)
    else:
        ParticipantFactory(municipality=MunicipalityFactory(other=True), user=resident, email=resident.email)
    PreferenceFactory(participant=None, user=resident, municipality=in_scope, category="my-work")
    NotificationFactory(in_app=True, user=resident, municipality=in_scope, title="Nieuwe meldingen")
    row = NotificationFactory(participant=me, about=mine["Open"])
    delivering.deliver(delivery_key=row.delivery_key)
    (told,) = Notification.objects.filter(delivery_key=f"{row.delivery_key}@inapp").values_list(
        "title", flat=True
    )
    found = {part.key: [each.title for each in part.kept] for part in export.parts(me)}
    assert found["inbox"] == [told] if works else sorted(found["inbox"]) == sorted([told, "Nieuwe meldingen"])
    assert ("preferences" in found) != works
    erasing.erase(participant=me, words="public")
    assert set(Notification.objects.values_list("title", flat=True)) == kept
    assert Preference.objects.exists() == works


def test_the_page_shows_what_is_kept(resident_client, mine, me, english):
    page = resident_client.get(MINE).content.decode()
    assert me.email in page
    assert "What you reported" in page


# -- Consents


def test_without_contact_no_mail_goes_out_any_more(resident_client, me, mine, mailoutbox):
    ConsentFactory(participant=me)
    waiting = NotificationFactory(participant=me, about=mine["Open"])
    held = NotificationFactory(participant=me, about=mine["Open"], state="held")
    resident_client.post(f"{MINE}toestemming/", {"purpose": "contact", "choice": "withdraw"})
    for row in (waiting, held):
        row.refresh_from_db()
        assert (row.state, row.error) == (NotificationState.DROPPED, "consent withdrawn")
    assert Consent.objects.get().withdrawn_at
    later = NotificationFactory(participant=me, about=mine["Open"])
    assert delivering.deliver(delivery_key=later.delivery_key) == NotificationState.DROPPED
    later.refresh_from_db()
    assert later.error == "consent withdrawn"
    assert mailoutbox == []
    assert Notification.objects.filter(user=me.user, channel="inapp").count() == 1
    resident_client.post(f"{MINE}toestemming/", {"purpose": "contact", "choice": "give"})
    me.refresh_from_db()
    assert me.contact_withdrawn_at is None
    assert Consent.objects.filter(withdrawn_at__isnull=True).count() == 1
    again = NotificationFactory(participant=me, about=mine["Open"])
    assert delivering.deliver(delivery_key=again.delivery_key) == NotificationState.SENT
    assert [message.to for message in mailoutbox] == [[me.email]]


def test_without_contact_no_digest_comes_either(me, mine, in_scope, mailoutbox):
    """Whatever state it was in when the consent was withdrawn."""
    row = NotificationFactory(participant=me, about=mine["Open"], state="held", title="Uw melding")
    Participant.objects.filter(pk=me.pk).update(contact_withdrawn_at=timezone.now())
    assert digesting.collect(in_scope, participant=me.pk, user=None) is False
    row.refresh_from_db()
    assert row.state == NotificationState.DROPPED
    bundle = NotificationFactory(participant=me, key=digesting.DIGEST)
    NotificationFactory(participant=me, about=mine["Open"], state="bundled", digest=bundle)
    assert delivering.deliver(delivery_key=bundle.delivery_key) == NotificationState.DROPPED
    assert mailoutbox == []


def test_without_contact_followers_hear_only_in_the_portal(me, report, in_scope):
    guest = ParticipantFactory(contact_withdrawn_at=timezone.now())
    for follower in (me, guest):
        FollowFactory(participant=follower, target=report)
    Participant.objects.filter(pk=me.pk).update(contact_withdrawn_at=timezone.now())
    notify.owe_followers(
        key="buurtschouw.report_received",
        target=report,
        municipality=in_scope,
        about=report,
        delivery_key="x",
    )
    fanning_out.fan_out_due()
    assert list(Notification.objects.values_list("participant", flat=True)) == [me.pk]


def test_withdrawing_twice_is_one_act(me):
    ConsentFactory(participant=me)
    for _time in range(2):
        consents.withdraw(participant=me, purpose="contact")
    assert Activity.objects.filter(verb="consent_withdrawn").count() == 1


def test_without_publication_what_i_said_is_hidden(me, mine):
    consents.withdraw(participant=me, purpose="publication")
    assert set(Report.objects.filter(author=me).values_list("moderation", flat=True)) == {Moderation.HIDDEN}
    assert not Notification.objects.exists()


def test_without_photo_my_photos_are_closed(me, mine):
    Attachment.objects.update(is_public=True)
    consents.withdraw(participant=me, purpose="photo")
    assert not Attachment.objects.filter(is_public=True).exists()


# -- Erasing


def test_erasing_asks_for_the_name_and_keeps_what_was_chosen(resident_client, mine):
    refused = resident_client.post(f"{MINE}wissen/", {"words": "none", "confirmation": "Amsterdam"})
    assert refused.status_code == 422
    assert 'value="none"' in refused.content.decode()
    assert Report.objects.filter(author__isnull=False).count() == 2


@pytest.mark.parametrize(
    ("words", "kept"),
    [("public", {"Open"}), ("all", {"Open", "Dicht"}), ("none", set())],
)
def test_words_stay_as_chosen_and_photos_never(resident_client, mine, me, words, kept):
    files = [photo.image for photo in Attachment.objects.all()]
    sent = {"words": words, "confirmation": " polderwijk "}
    assert resident_client.post(f"{MINE}wissen/", sent).status_code == 302
    found = list(Report.objects.order_by("pk"))
    assert {report.text.split()[0] for report in found if report.text} == kept
    assert all(report.author is None and report.facts == [] for report in found)
    assert all(report.address == "" for report in found if not report.text)
    assert not Attachment.objects.exists()
    assert [file.storage.exists(file.name) for file in files] == [True, True]  # until the transaction is done
    assert not Participant.objects.filter(pk=me.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_the_files_of_photos_go_with_it(municipality, resident):
    with scope(municipality=municipality):
        me = participants.of_user(municipality=municipality, user=resident)
        photo = AttachmentFactory(target=ReportFactory(author=me))
        erasing.erase(participant=me, words="all")
        assert not photo.image.storage.exists(photo.image.name)


def test_nothing_of_others_is_lost_and_counts_stay(me, mine, schouw, handler):
    others = ReportFactory(schouw=schouw, public=True, supports=2)
    SupportFactory(report=others, participant=me, device="a" * 64)
    SupportFactory(report=others)
    SupportFactory(report=mine["Open"])
    VerdictFactory(target=mine["Open"], participant=me, words="Bel mij.")
    promise = CommitmentFactory(trajectory=schouw.trajectory, owner=handler)
    CommitmentOriginFactory(contribution=mine["Open"], commitment=promise)
    NotificationFactory(participant=me)
    ConsentFactory(participant=me)
    erasing.erase(participant=me, words="public")
    assert Report.objects.count() == 3
    assert Support.objects.filter(report=others).count() == 2
    assert not Support.objects.exclude(device="").exists()
    assert promise.origins.count() == 1
    verdict = Verdict.objects.get()
    assert (verdict.participant, verdict.words, verdict.value) == (None, "", "yes")
    assert not Consent.objects.exists()
    assert not Notification.objects.exists()


def test_mails_go_with_the_digest_that_they_are_in(me, report):
    digest = NotificationFactory(participant=me, key=digesting.DIGEST)
    NotificationFactory(participant=me, about=report, state="bundled", digest=digest)
    erasing.erase(participant=me, words="public")
    assert not Notification.objects.exists()
    assert not Participant.objects.filter(pk=me.pk).exists()


def test_the_log_keeps_that_it_happened_without_who(me, mine, in_scope):
    erasing.erase(participant=me, words="public")
    act = Activity.objects.get(verb="person_erased")
    assert (act.target, act.actor_user, act.actor_participant, act.details) == (in_scope, None, None, {})
    assert not Activity.objects.filter(actor_participant__isnull=False).exists()


def test_links_in_earlier_mails_open_nothing(me, mine, client):
    token = mine["Open"].token
    erasing.erase(participant=me, words="all")
    assert client.get(f"/polderwijk/volg/{token}/").status_code == 404


def test_erasing_twice_is_harmless(me, mine):
    erasing.erase(participant=me, words="public")
    assert erasing.erase(participant=me, words="public") is False
    assert Activity.objects.filter(verb="person_erased").count() == 1


def test_the_account_goes_with_its_last_municipality(me, resident, resident_client, mine):
    EmailAddress.objects.create(user=resident, email=resident.email, verified=True, primary=True)
    resident_client.post(f"{MINE}wissen/", {"words": "public", "confirmation": "Polderwijk"})
    assert not User.objects.filter(pk=resident.pk).exists()
    assert resident_client.get(MINE).status_code == 302


def test_the_account_stays_while_it_takes_part_elsewhere(me, resident, other_municipality):
    elsewhere = ParticipantFactory(municipality=other_municipality, user=resident, email=resident.email)
    assert erasing.erase(participant=me, words="public") is False
    with scopes_disabled():
        assert Participant.objects.get(user=resident) == elsewhere


def test_the_account_of_an_official_stays(me, resident, municipality):
    StaffRoleFactory(user=resident, municipality=municipality)
    assert erasing.erase(participant=me, words="public") is False
    assert User.objects.get(pk=resident.pk).name == resident.name


def test_an_account_that_once_decided_is_emptied_instead(me, resident, schouw):
    """What somebody promised as an official stays a promise; the account has no name and opens nothing."""
    CommitmentFactory(trajectory=schouw.trajectory, owner=resident)
    assert erasing.erase(participant=me, words="public") is True
    account = User.objects.get(pk=resident.pk)
    assert (account.name, account.is_active, account.email) == ("", False, f"erased-{resident.pk}@invalid")


def test_who_may_not_be_let_go_of_becomes_nobody(me, mine):
    """Where a row has to keep its participant, the participant stays, empty."""
    CommitmentFactory(owner=None, owner_participant=me, status="done")
    erasing.erase(participant=me, words="public")
    me.refresh_from_db()
    assert me.erased_at
    assert (me.email, me.user, me.display_name) == (None, None, "")


def test_who_is_erased_leaves_the_group_and_the_next_one_comes_in(me, in_scope):
    trajectory = TrajectoryFactory(vision=True, max_members=1)
    mine = EnrolmentFactory(trajectory=trajectory, participant=me)
    waits = EnrolmentFactory(trajectory=trajectory, waiting=True)
    erasing.erase(participant=me, words="none")
    assert {row.pk: row.status for row in Enrolment.objects.all()} == {
        mine.pk: EnrolmentStatus.LEFT,
        waits.pk: EnrolmentStatus.ACTIVE,
    }


def test_that_somebody_was_at_a_meeting_goes_on_counting_without_a_name(me, in_scope, english):
    row = AttendanceFactory(participant=me, name="Bea Bewoner", was_present=True)
    erasing.erase(participant=me, words="none")
    row.refresh_from_db()
    assert (row.name, row.was_present) == ("", True)
    assert (row.participant.user, row.participant.email, str(row.participant)) == (None, None, "A resident")
