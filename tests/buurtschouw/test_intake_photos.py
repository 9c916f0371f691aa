"""Photos that a phone sends one by one after its report: by the report's secret link, once, and only to it."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django import conf
from django.db import connection
from django.test import Client
from django.utils import timezone

from buurtschouw.domain.history import history
from buurtschouw.models import Report
from tests.factories.buurtschouw import ReportFactory
from tests.hostile import files
from trajecten.domain.photos import attachments, cleaning
from trajecten.models import Activity, Attachment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def put(report: Report, content: bytes, photo: Any = None, **extra: Any) -> Any:
    path = extra.pop("path", f"/polderwijk/volg/{report.token}/fotos/{photo or uuid.uuid4()}")
    return Client().put(path, content, content_type="image/jpeg", **extra)


def test_a_photo_is_tied_to_its_report_and_shown_on_its_page(report: Report) -> None:
    photo = uuid.uuid4()
    answer = put(report, files.jpeg(), photo)
    assert (answer.status_code, answer.json()) == (201, {"photo": str(photo)})
    assert [kept.uuid for kept in attachments.of(report)] == [photo]
    assert str(photo) in Client().get(f"/polderwijk/volg/{report.token}/").content.decode()


def test_the_same_photo_again_is_the_first_one(report: Report) -> None:
    photo = uuid.uuid4()
    assert [put(report, files.jpeg(), photo).status_code for _ in range(2)] == [201, 201]
    assert attachments.of(report).count() == 1


def test_other_content_under_the_same_id_is_refused(report: Report) -> None:
    photo = uuid.uuid4()
    put(report, files.jpeg(), photo)
    answer = put(report, files.png(), photo)
    assert answer.status_code == 409
    assert answer.json()["detail"] == "This photo was sent before with other content."


def test_the_photo_of_another_report_can_t_be_taken(report: Report, schouw: Any, category: Any) -> None:
    photo, other = uuid.uuid4(), ReportFactory(schouw=schouw, category=category)
    put(report, files.jpeg(), photo)
    assert put(other, files.jpeg(), photo).status_code == 409
    assert not attachments.of(other).exists()
    assert attachments.of(report).count() == 1


@pytest.mark.parametrize("token", ["1", "x" * 32, "x" * 500])
def test_without_the_secret_link_no_photo_is_taken(report: Report, token: str) -> None:
    path = f"/polderwijk/volg/{token}/fotos/{uuid.uuid4()}"
    assert put(report, files.jpeg(), path=path).status_code == 404
    assert not Attachment.objects.exists()


def test_the_link_opens_nothing_in_another_municipality(report: Report, other_municipality: Any) -> None:
    path = f"/duinstad/volg/{report.token}/fotos/{uuid.uuid4()}"
    assert put(report, files.jpeg(), path=path).status_code == 404
    assert not Attachment.objects.exists()


def test_what_is_no_photo_is_refused_with_what_to_do(report: Report) -> None:
    for content in (b"", b"geen foto", files.jpeg()[:200]):
        answer = put(report, content)
        assert answer.status_code == 422
        assert answer.json()["detail"]
    assert not Attachment.objects.exists()


def test_a_photo_above_the_limit_is_refused_before_it_is_read(report: Report) -> None:
    answer = put(report, b"x" * (cleaning.MAX_BYTES + 1))
    assert answer.status_code == 413
    assert "at most 15 MB" in answer.json()["detail"]


def test_more_than_may_be_are_refused_with_how_many(report: Report) -> None:
    sent = [put(report, files.jpeg() + bytes([n])).status_code for n in range(cleaning.MAX_PHOTOS + 1)]
    assert sent == [201] * cleaning.MAX_PHOTOS + [422]


def test_only_put_is_taken(report: Report) -> None:
    path = f"/polderwijk/volg/{report.token}/fotos/{uuid.uuid4()}"
    assert [getattr(Client(), way)(path).status_code for way in ("get", "post", "delete")] == [405] * 3


def test_a_photo_that_is_too_large_is_read_away_so_that_the_phone_gets_the_answer(report: Report) -> None:
    body = BytesIO(b"x" * (cleaning.MAX_BYTES + 1))
    path = f"/polderwijk/volg/{report.token}/fotos/{uuid.uuid4()}"
    answer = Client().generic("PUT", path, **{"wsgi.input": body, "CONTENT_LENGTH": cleaning.MAX_BYTES + 1})
    assert (answer.status_code, body.read()) == (413, b"")


def test_a_finished_report_takes_no_photos_and_says_what_to_do(schouw: Any, category: Any) -> None:
    finished = ReportFactory(schouw=schouw, category=category, done=True)
    answer = put(finished, files.jpeg())
    assert (answer.status_code, answer.json()["detail"]) == (
        422,
        "This report is finished, so no photos can be added. Is it there again? Then make a new report.",
    )
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(("hours", "status"), [(23, 201), (25, 422)])
def test_a_phone_may_try_for_a_day(report: Report, hours: int, status: int) -> None:
    Report.objects.update(created_at=timezone.now() - timedelta(hours=hours))
    assert put(report, files.jpeg()).status_code == status


def test_a_photo_that_had_arrived_is_not_refused_when_it_comes_again_later(report: Report) -> None:
    photo = uuid.uuid4()
    put(report, files.jpeg(), photo)
    Report.objects.update(created_at=timezone.now() - timedelta(days=3))
    assert put(report, files.jpeg(), photo).status_code == 201


def test_photos_that_come_one_after_another_are_told_to_officials_once(report: Report) -> None:
    for n in range(3):
        put(report, files.jpeg() + bytes([n]))
    assert Activity.objects.filter(verb="photo_added").count() == 3
    assert [event.title for event in history(report)] == ["3 photos were added"]
    assert history(report, public=True) == []


def test_one_sender_may_send_so_many_photos_an_hour_good_or_not(report: Report, settings: Any) -> None:
    settings.ANONYMOUS_REPORTS_PER_HOUR = 1
    sender = {"REMOTE_ADDR": f"10.4.{uuid.uuid4().int % 250}.{uuid.uuid4().int % 250}"}
    broken = files.jpeg()[:200]
    answers = [put(report, broken, **sender) for _ in range(cleaning.MAX_PHOTOS + 1)]
    assert [answer.status_code for answer in answers] == [422] * cleaning.MAX_PHOTOS + [429]
    assert answers[-1].headers["Retry-After"] == "3600"


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_are_no_more_than_there_may_be(report: Report) -> None:
    def one(n: int) -> int:
        try:
            return put(report, files.jpeg() + bytes([n])).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(one, range(8))) == [201] * cleaning.MAX_PHOTOS + [422] * 3
    assert attachments.of(report).count() == cleaning.MAX_PHOTOS
    assert (
        sum(path.is_file() for path in Path(conf.settings.MEDIA_ROOT).rglob("*")) == 2 * cleaning.MAX_PHOTOS
    )


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_with_one_id_make_one_photo(report: Report) -> None:
    photo, content = uuid.uuid4(), files.jpeg()

    def one(_: int) -> int:
        try:
            return put(report, content, photo).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        assert set(pool.map(one, range(10))) == {201}
    assert attachments.of(report).count() == 1
