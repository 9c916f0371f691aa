"""What somebody sees, takes along, withdraws and has erased of themselves."""

import io
import json
import zipfile

import pytest
from allauth.account.models import EmailAddress
from django_scopes import scope, scopes_disabled

from buurtschouw.models import Report, Support
from tests.factories.buurtschouw import ReportFactory, SupportFactory
from tests.factories.core import (
    AttachmentFactory,
    CommitmentFactory,
    CommitmentOriginFactory,
    ConsentFactory,
    NotificationFactory,
    ParticipantFactory,
    StaffRoleFactory,
    TrajectoryFactory,
    VerdictFactory,
)
from tests.factories.enrolment import EnrolmentFactory
from tests.factories.meetings import AttendanceFactory
from trajecten.domain import consents, participants
from trajecten.domain.my_data import erasing, export, relations
from trajecten.domain.telling import delivering
from trajecten.enums import EnrolmentStatus, Moderation, NotificationState
from trajecten.models import (
    Activity,
    Attachment,
    Consent,
    Enrolment,
    Notification,
    Participant,
    User,
    Verdict,
)

MINE = "/polderwijk/mijn-gegevens/"


@pytest.fixture
def me(in_scope, resident):
    return ParticipantFactory(user=resident, email=resident.email, display_name="Saar")


@pytest.fixture
def mine(schouw, category, me):
    """A public report of mine and one that nobody has looked at, both with a photo."""
    made = {
        name: ReportFactory(
            schouw=schouw,
            category=category,
            author=me,
            text=f"{name} Bel mij: 0612345678.",
            extra_answer="Ik woon op 12.",
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
    from trajecten.domain.moderation import abuse

    abuse.report(contribution=report, reason="insult", words="Dit hoort hier niet.", by=me, device="x")
    found = {part.key: part for part in export.parts(me)}
    (kept,) = found["trajecten.abusereport"].kept
    facts = {fact.key: fact.value for fact in kept.facts}
    assert facts["words"] == "Dit hoort hier niet."
    assert "device" not in facts


def test_the_page_shows_what_is_kept(resident_client, mine, me, english):
    page = resident_client.get(MINE).content.decode()
    assert me.email in page
    assert "What you reported" in page


# -- Consents


def test_without_contact_no_mail_goes_out_any_more(resident_client, me, mailoutbox):
    ConsentFactory(participant=me)
    waiting = NotificationFactory(participant=me)
    resident_client.post(f"{MINE}toestemming/", {"purpose": "contact", "choice": "withdraw"})
    waiting.refresh_from_db()
    assert waiting.state == NotificationState.DROPPED
    assert Consent.objects.get().withdrawn_at
    later = NotificationFactory(participant=me)
    assert delivering.deliver(delivery_key=later.delivery_key) == NotificationState.DROPPED
    assert mailoutbox == []
    resident_client.post(f"{MINE}toestemming/", {"purpose": "contact", "choice": "give"})
    me.refresh_from_db()
    assert me.contact_withdrawn_at is None
    assert Consent.objects.filter(withdrawn_at__isnull=True).count() == 1


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
    assert all(report.author is None and report.extra_answer == "" for report in found)
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


def test_who_may_not_be_let_go_of_becomes_nobody(me, mine, monkeypatch):
    """Where a row has to keep its participant, the participant stays, empty."""
    monkeypatch.setattr(relations, "becomes_nobodys", lambda relation: False)
    from django.db.models import ProtectedError

    def refuse(*_args, **_kwargs):
        raise ProtectedError("held", set())

    monkeypatch.setattr(Participant, "delete", refuse)
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


def test_that_somebody_was_at_a_meeting_goes_on_counting_without_a_name(me, in_scope):
    row = AttendanceFactory(participant=me, name="Bea Bewoner", was_present=True)
    erasing.erase(participant=me, words="none")
    row.refresh_from_db()
    assert (row.name, row.was_present) == ("", True)
    assert (row.participant.user, row.participant.email, str(row.participant)) == (None, None, "Een inwoner")
