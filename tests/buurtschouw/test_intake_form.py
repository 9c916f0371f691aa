"""Taking in a report by the page's form, without JavaScript: refusals beside their field, photos, sending twice."""

import uuid
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from buurtschouw.domain import intake
from buurtschouw.models import Report
from tests.factories.buurtschouw import CategoryFactory, SchouwFactory
from tests.factories.questions import QuestionFactory
from tests.hostile import files
from trajecten.domain.photos import attachments, cleaning, limits
from trajecten.models import Activity, Attachment, Consent, Notification, Participant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def url(schouw: Any) -> str:
    return f"/polderwijk/schouw/{schouw.pk}/melden/"


@pytest.fixture
def fields(category: Any) -> dict[str, Any]:
    return {
        "key": str(uuid.uuid4()),
        "category": category.pk,
        "lat": "52.51",
        "lon": "4.915",
        "text": "De tegels liggen los.",
    }


def photo(name: str = "stoep.jpg", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or files.jpeg(), content_type="image/jpeg")


def refused(answer: Any) -> dict[str, list[str]]:
    """What a form that came back says; nothing was kept."""
    assert answer.status_code == 200
    assert not Report.objects.exists()
    return answer.context["form"].errors


def text_of(answer: Any) -> str:
    return answer.content.decode()


# -- What is refused ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"category": ""}, "category", "Choose what it is about."),
        ({"category": "0"}, "category", "Choose one of the themes of this walk."),
        ({"category": "1 OR 1=1"}, "category", "Choose one of the themes of this walk."),
        ({"category": "9" * 40}, "category", "Choose one of the themes of this walk."),
        ({"category": "a\0b"}, "category", "Null characters are not allowed."),
        ({"text": ""}, "text", "Write in a few words what is going on."),
        ({"text": " \r\n "}, "text", "Write in a few words what is going on."),
        ({"text": "a\0b"}, "text", "Null characters are not allowed."),
        ({"text": "x" * 4001}, "text", "4001 characters long, and 4000 is the most"),
        ({"lat": "", "lon": ""}, "address", "put the pin on the map or fill in an address"),
        ({"lon": ""}, "address", "put the pin on the map or fill in an address"),
        ({"lat": "40", "lon": "4"}, "address", "not in the Netherlands"),
        ({"lat": "53.4", "lon": "6.9"}, "address", "lies outside Polderwijk"),
        ({"address": "x" * 201}, "address", "at most 200 characters"),
        ({"email": "bewoner"}, "email", "It looks like name@example.org."),
        ({"email": f"{'a' * 250}@example.org"}, "email", "at most 254 characters"),
        ({"email": f"{'a' * 249}@İ.nl"}, "email", "at most 254 characters"),
        ({"email": "a\0@example.org"}, "email", "Null characters are not allowed."),
        ({"email": f"a@{60 * 'é'}.nl"}, "email", "It looks like name@example.org."),
    ],
)
def test_a_refusal_stands_beside_its_field_and_what_was_typed_stays(
    url: str, fields: Any, change: dict[str, str], field: str, says: str
) -> None:
    answer = Client().post(url, {**fields, **change})
    assert says in " ".join(refused(answer)[field])
    assert says.replace("'", "&#x27;") in text_of(answer)
    if "text" not in change:
        assert fields["text"] in text_of(answer)
    assert fields["key"] in text_of(answer)


def test_a_theme_of_another_municipality_is_refused(url: str, fields: Any, other_municipality: Any) -> None:
    theirs = CategoryFactory(municipality=other_municipality, name="Duin")
    SchouwFactory(municipality=other_municipality, categories=[theirs])
    found = refused(Client().post(url, {**fields, "category": theirs.pk}))
    assert "Choose one of the themes of this walk." in found["category"][0]


def test_a_walk_of_another_municipality_is_not_found(fields: Any, other_municipality: Any) -> None:
    theirs = SchouwFactory(municipality=other_municipality)
    assert Client().post(f"/polderwijk/schouw/{theirs.pk}/melden/", fields).status_code == 404
    assert not Report.objects.exists()


def test_a_place_next_door_names_the_neighbour_and_where_to_report(
    url: str, fields: Any, other_municipality: Any
) -> None:
    found = refused(Client().post(url, {**fields, "lat": "52.51", "lon": "5.12"}))
    assert "Duinstad" in found["address"][0]
    assert other_municipality.contact_url in found["address"][0]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (datetime(2026, 12, 5, 9, tzinfo=UTC), "The walk is on 5 December."),
        (None, "The date is not known yet."),
    ],
)
def test_a_walk_that_is_still_to_come_says_so_and_promises_no_answer(
    url: str, fields: Any, schouw: Any, day: datetime | None, said: str
) -> None:
    schouw.walk_at = day
    schouw.save()
    schouw.trajectory.current_step = "preparation"
    schouw.trajectory.save()
    words = f"Reporting for this walk is not possible yet. {said}"
    assert refused(Client().post(url, fields))["__all__"] == [words]
    page = Client().get(url).content.decode()
    assert words in page
    assert "You hear from us by" not in page


def test_a_walk_that_is_over_takes_no_reports_and_says_so(url: str, fields: Any, schouw: Any) -> None:
    schouw.trajectory.current_step = "feedback"
    schouw.trajectory.save()
    found = refused(Client().post(url, fields))
    assert found["__all__"] == ["Reports for this walk are closed. You can still follow what became of them."]


def test_half_a_point_beside_words_for_the_place_is_no_mistake(url: str, fields: Any) -> None:
    Client().post(url, {**fields, "lon": "", "address": "Meent 12"})
    report = Report.objects.get()
    assert (report.point, report.address) == (None, "Meent 12")


@pytest.mark.parametrize("key", ["", "geen sleutel", "x" * 400])
def test_without_a_good_key_nothing_is_kept(url: str, fields: Any, key: str) -> None:
    assert "key" in refused(Client().post(url, {**fields, "key": key}))


def test_one_address_may_send_so_many_an_hour(url: str, fields: Any, settings: Any) -> None:
    settings.ANONYMOUS_REPORTS_PER_HOUR = 1
    sender = {"REMOTE_ADDR": f"10.3.{uuid.uuid4().int % 250}.{uuid.uuid4().int % 250}"}
    assert Client().post(url, fields, **sender).status_code == 302
    answer = Client().post(url, {**fields, "key": str(uuid.uuid4())}, **sender)
    assert "Nothing is lost: try again later." in text_of(answer)
    assert Report.objects.count() == 1


def test_one_mail_address_may_be_given_so_often_and_what_was_typed_stays(
    url: str, fields: Any, settings: Any
) -> None:
    settings.MAILS_PER_ADDRESS_PER_HOUR = 1
    email = f"{uuid.uuid4()}@example.org"
    Client().post(url, {**fields, "email": email})
    again = {**fields, "key": str(uuid.uuid4())}
    answer = Client().post(url, {**again, "email": email.upper()})
    assert answer.context["form"].errors["email"] == [
        "Many mails went to this address in the last hour. Leave it empty, or try again later."
    ]
    assert fields["text"] in text_of(answer)
    assert Client().post(url, {**fields, "email": email}).status_code == 302
    assert Client().post(url, again).status_code == 302
    assert Report.objects.count() == 2


# -- What is kept ---------------------------------------------------------------------------------------------


def test_a_report_goes_on_to_its_own_page(url: str, fields: Any) -> None:
    answer = Client().post(url, {**fields, "email": "Bewoner@Example.org", "accuracy": "7.6"})
    report = Report.objects.get()
    assert answer.url == f"/polderwijk/volg/{report.token}/?ontvangen"
    assert (report.author.email, report.accuracy) == ("bewoner@example.org", 8)
    assert Notification.objects.get().key == intake.RECEIVED


def test_an_address_on_another_script_s_domain_is_kept_in_ascii(url: str, fields: Any) -> None:
    Client().post(url, {**fields, "email": "Jan@München.example"})
    assert Report.objects.get().author.email == "jan@xn--mnchen-3ya.example"


def test_sent_twice_it_is_one_report(url: str, fields: Any) -> None:
    first, again = Client().post(url, fields), Client().post(url, fields)
    assert first.url == again.url
    assert Report.objects.count() == 1


@pytest.mark.parametrize("code", ["", "nummer"])
def test_sent_again_after_its_theme_went_out_of_use_it_is_the_first_report(
    url: str, fields: Any, category: Any, code: str
) -> None:
    if code:
        QuestionFactory(category=category, code=code)
    extra = {f"fact_{category.pk}_{code}": " 12 "} if code else {}
    sent = {**fields, **extra, "email": "bewoner@example.org"}
    first = Client().post(url, sent)
    category.is_active = False
    category.save()
    again = Client().post(url, {**sent, "photos": [photo()]})
    assert (again.status_code, again.url) == (302, first.url)
    assert attachments.of(Report.objects.get()).count() == 1
    assert Client().post(url, {**sent, "text": "Iets anders."}).status_code == 200


def test_the_same_page_with_other_words_is_refused(url: str, fields: Any) -> None:
    Client().post(url, fields)
    answer = Client().post(url, {**fields, "text": "Iets anders."})
    assert "This report was sent before with another text." in text_of(answer)
    assert Report.objects.get().text == fields["text"]


def test_a_name_in_any_script_and_marks_of_any_kind_are_kept(url: str, fields: Any) -> None:
    words = "Ça & <b>là</b> 日本語 \U0001f333 'OR 1=1; --"
    answer = Client().post(url, {**fields, "text": words}, follow=True)
    assert Report.objects.get().text == words
    assert "<b>là</b>" not in text_of(answer)


# -- One transaction ------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_when_photos_can_t_be_tied_nothing_at_all_is_kept(
    url: str, fields: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_fields: Any) -> int:
        raise RuntimeError

    monkeypatch.setattr(intake.attachments, "claim", broken)
    browser = Client(raise_request_exception=False)
    assert browser.post(url, {**fields, "email": "bewoner@example.org"}).status_code == 500
    kept = (Report, Participant, Consent, Notification, Activity)
    assert [model.objects.count() for model in kept] == [0, 0, 0, 0, 0]
    monkeypatch.undo()
    assert Client().post(url, {**fields, "email": "bewoner@example.org"}).status_code == 302
    assert [model.objects.count() for model in kept] == [1, 1, 1, 1, 1]


@pytest.mark.django_db(transaction=True)
def test_a_place_elsewhere_leaves_no_guest_and_no_mail_behind(url: str, fields: Any) -> None:
    refused(Client().post(url, {**fields, "email": "bewoner@example.org", "lon": "5.12"}))
    assert [model.objects.count() for model in (Participant, Consent, Notification, Activity)] == [0, 0, 0, 0]


# -- Photos ---------------------------------------------------------------------------------------------------


def test_photos_belong_to_the_report_they_were_sent_with(url: str, fields: Any) -> None:
    Client().post(url, {**fields, "photos": [photo(), photo("twee.png", files.png())]})
    assert attachments.of(Report.objects.get()).count() == 2


def test_a_form_that_comes_back_keeps_its_photos_for_the_next_try(url: str, fields: Any) -> None:
    answer = Client().post(url, {**fields, "text": "", "photos": [photo()]})
    assert [kept.draft_key for kept in answer.context["kept_photos"]] == [uuid.UUID(fields["key"])]
    Client().post(url, fields)
    assert attachments.of(Report.objects.get()).count() == 1


def test_photos_of_another_form_are_not_taken_along(url: str, fields: Any) -> None:
    Client().post(url, {**fields, "text": "", "photos": [photo()]})
    Client().post(url, {**fields, "key": str(uuid.uuid4())})
    assert not attachments.of(Report.objects.get()).exists()


def test_the_same_photos_again_are_the_same_photos(url: str, fields: Any) -> None:
    for _ in range(2):
        Client().post(url, {**fields, "photos": [photo()]})
    assert attachments.of(Report.objects.get()).count() == 1
    assert Attachment.objects.count() == 1


def test_a_photo_that_is_added_when_it_is_sent_again_is_not_lost(url: str, fields: Any) -> None:
    Client().post(url, {**fields, "photos": [photo()]})
    Client().post(url, {**fields, "photos": [photo(), photo("twee.png", files.png())]})
    assert attachments.of(Report.objects.get()).count() == 2


def test_a_file_that_is_no_photo_is_named_and_the_good_one_stays(url: str, fields: Any) -> None:
    sent = {**fields, "photos": [photo(), photo("brief.jpg", b"geen foto")]}
    answer = Client().post(url, sent)
    assert any(message.startswith("brief.jpg: ") for message in refused(answer)["photos"])
    assert len(answer.context["kept_photos"]) == 1


def test_more_photos_than_may_be_are_refused_with_how_many(url: str, fields: Any) -> None:
    many = [photo(f"{n}.jpg", files.jpeg() + bytes([n])) for n in range(cleaning.MAX_PHOTOS + 1)]
    found = refused(Client().post(url, {**fields, "photos": many}))
    assert f"There are {cleaning.MAX_PHOTOS} photos already" in found["photos"][0]


def test_of_forty_photos_no_more_are_decoded_than_there_may_be(
    url: str, fields: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoded = mock.Mock(side_effect=cleaning.sanitise)
    monkeypatch.setattr(attachments.cleaning, "sanitise", decoded)
    many = [photo(f"{n}.jpg", files.jpeg() + bytes([n])) for n in range(40)]
    answer = Client().post(url, {**fields, "photos": many})
    refused(answer)
    assert decoded.call_count == cleaning.MAX_PHOTOS
    assert len(answer.context["kept_photos"]) == cleaning.MAX_PHOTOS
    Client().post(url, {**fields, "text": "", "photos": [photo("nog een.jpg", files.png())]})
    assert decoded.call_count == cleaning.MAX_PHOTOS


def test_a_walk_that_takes_no_reports_keeps_no_photos(url: str, fields: Any, schouw: Any) -> None:
    schouw.trajectory.current_step = "feedback"
    schouw.trajectory.save()
    refused(Client().post(url, {**fields, "photos": [photo()]}))
    assert not Attachment.objects.exists()


def test_one_sender_may_send_so_many_photos_an_hour_with_forms_of_any_key(
    url: str, fields: Any, settings: Any
) -> None:
    settings.ANONYMOUS_REPORTS_PER_HOUR = 1
    sender = {"REMOTE_ADDR": f"10.5.{uuid.uuid4().int % 250}.{uuid.uuid4().int % 250}"}
    for n in range(cleaning.MAX_PHOTOS + 2):
        sent = {
            **fields,
            "key": str(uuid.uuid4()),
            "text": "",
            "photos": [photo(content=files.jpeg() + bytes([n]))],
        }
        answer = Client().post(url, sent, **sender)
    assert "Many photos came from your connection" in refused(answer)["photos"][0]
    assert Attachment.objects.count() == cleaning.MAX_PHOTOS


def test_a_photo_added_when_it_is_sent_again_stands_in_the_log_and_is_closed(url: str, fields: Any) -> None:
    Client().post(url, fields)
    report = Report.objects.get()
    attachments_before = Activity.objects.filter(verb="photo_added").count()
    Client().post(url, {**fields, "photos": [photo()]})
    assert attachments_before == 0
    assert Activity.objects.get(verb="photo_added").target == report
    assert not attachments.public_of(report).exists()


def test_a_photo_that_comes_with_a_form_too_late_is_not_added_and_the_next_page_says_so(
    url: str, fields: Any
) -> None:
    Client().post(url, fields)
    Report.objects.update(created_at=timezone.now() - timedelta(hours=25))
    answer = Client().post(url, {**fields, "photos": [photo()]}, follow=True)
    assert "Photos can be added until a day after the report." in text_of(answer)
    assert not attachments.of(Report.objects.get()).exists()


def test_a_form_above_all_that_may_go_along_is_refused_before_it_is_read(url: str) -> None:
    browser, body = Client(enforce_csrf_checks=True), BytesIO(b"x" * 10_000)
    browser.get(url)
    size = str(limits.MAX_FORM_BYTES + 1)
    kind = "multipart/form-data; boundary=x"
    sent = {"wsgi.input": body, "CONTENT_LENGTH": size, "CONTENT_TYPE": kind}
    answer = browser.generic("POST", url, **sent)
    assert answer.status_code == 413
    assert "At most 5 photos of at most 15 MB each can go along." in text_of(answer)
    assert body.read() == b""


# -- The page itself ------------------------------------------------------------------------------------------


def test_the_page_has_a_new_key_each_time_and_says_when_one_hears(url: str, schouw: Any) -> None:
    pages = [Client().get(url) for _ in range(2)]
    keys = {page.context["form"]["key"].value() for page in pages}
    assert len(keys) == 2
    assert pages[0].context["answer_by"] == intake.term(schouw)
