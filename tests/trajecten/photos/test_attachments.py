"""Photos as they are kept: clean ones only, once, tied to what they are of, and opened by signed addresses."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import connection, transaction
from django.test import Client, override_settings
from django.utils import timezone
from PIL import Image

from tests.factories.buurtschouw import ReportFactory
from tests.factories.core import AttachmentFactory
from tests.hostile.files import jpeg
from tests.hostile.parts import SECRET, encoded, exif, scene
from trajecten.domain.photos import attachments, cleaning
from trajecten.domain.photos.attachments import AttachmentRefused
from trajecten.models import Activity, Attachment
from trajecten.tasks import forget_unclaimed_attachments

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
OTHER_PHOTO = encoded(scene(40, 30), "PNG")


@pytest.fixture
def add(report: Any) -> Any:
    """Adds a photo to the report, or what the test says."""

    def add(content: bytes, **changes: Any) -> Attachment:
        given = {
            "municipality": report.municipality,
            "photo_id": uuid.uuid4(),
            "draft_key": report.key,
            "target": report,
            **changes,
        }
        return attachments.add(upload=BytesIO(content), name="photo", size=len(content), **given)

    return add


def files() -> int:
    """How many files there are in the storage of this test."""
    return sum(path.is_file() for path in Path(settings.MEDIA_ROOT).rglob("*"))


# -- Taking in ------------------------------------------------------------------------------------------------


def test_what_is_kept_is_the_clean_photo_and_never_the_original(add: Any, report: Any) -> None:
    original = encoded(scene(640, 480), "JPEG", exif=exif())
    assert SECRET in original
    kept = add(original)
    assert (kept.target, kept.municipality, kept.width, kept.height) == (
        report,
        report.municipality,
        640,
        480,
    )
    for file in (kept.image, kept.thumbnail):
        with file.open("rb") as opened:
            content = opened.read()
        assert SECRET not in content
        assert Image.open(BytesIO(content)).format == "JPEG"
    assert files() == 2


def test_what_is_no_photo_leaves_nothing_behind(add: Any) -> None:
    with pytest.raises(AttachmentRefused) as refused:
        add(b"<script>alert(1)</script>")
    assert refused.value.code == "wrong_type"
    assert (Attachment.objects.count(), files()) == (0, 0)


def test_the_same_photo_again_is_the_first_one(add: Any) -> None:
    photo_id = uuid.uuid4()
    first = add(jpeg(), photo_id=photo_id)
    assert add(jpeg(), photo_id=photo_id) == first
    assert (Attachment.objects.count(), files()) == (1, 2)


def test_other_content_under_the_same_id_is_refused(add: Any) -> None:
    kept = add(jpeg())
    with pytest.raises(AttachmentRefused) as refused:
        add(OTHER_PHOTO, photo_id=kept.uuid)
    assert refused.value.code == "conflict"


def test_an_id_of_another_report_s_photo_gives_nothing_away(add: Any, report: Any, category: Any) -> None:
    kept = add(jpeg())
    other = ReportFactory(schouw=report.schouw, category=category)
    with pytest.raises(AttachmentRefused) as refused:
        add(jpeg(), photo_id=kept.uuid, draft_key=other.key, target=other)
    assert refused.value.code == "conflict"
    assert not attachments.of(other).exists()


def test_an_id_that_another_municipality_has_is_refused(add: Any, other_municipality: Any) -> None:
    taken = AttachmentFactory(municipality=other_municipality)
    with pytest.raises(AttachmentRefused) as refused:
        add(jpeg(), photo_id=taken.uuid)
    assert refused.value.code == "conflict"


def test_there_is_a_most(add: Any, report: Any) -> None:
    for _ in range(cleaning.MAX_PHOTOS):
        AttachmentFactory(target=report, draft_key=report.key)
    with pytest.raises(AttachmentRefused) as refused:
        add(jpeg())
    assert refused.value.code == "too_many"
    assert attachments.of(report).count() == cleaning.MAX_PHOTOS


def test_the_same_photo_without_an_id_is_the_same_photo(add: Any) -> None:
    assert add(jpeg(), photo_id=None) == add(jpeg(), photo_id=None)
    assert add(OTHER_PHOTO, photo_id=None).pk != add(jpeg(), photo_id=None).pk


def test_what_is_too_large_or_too_many_is_never_decoded(
    add: Any, report: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def decoded(*_args: Any, **_fields: Any) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr(attachments.cleaning, "sanitise", decoded)
    with pytest.raises(AttachmentRefused) as refused:
        add(jpeg() + bytes(cleaning.MAX_BYTES))
    assert refused.value.code == "too_large"
    for _ in range(cleaning.MAX_PHOTOS):
        AttachmentFactory(target=report, draft_key=report.key)
    with pytest.raises(AttachmentRefused) as refused:
        add(jpeg())
    assert refused.value.code == "too_many"


def test_when_another_takes_the_id_meanwhile_no_file_stays(
    add: Any, other_municipality: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo_id, sanitise = uuid.uuid4(), cleaning.sanitise

    def while_another_comes(*args: Any, **fields: Any) -> Any:
        clean = sanitise(*args, **fields)
        monkeypatch.setattr(attachments, "_sent_before", lambda new: None)
        AttachmentFactory(municipality=other_municipality, uuid=photo_id)
        return clean

    monkeypatch.setattr(attachments.cleaning, "sanitise", while_another_comes)
    with pytest.raises(AttachmentRefused) as refused:
        add(jpeg(), photo_id=photo_id)
    assert (refused.value.code, files()) == ("conflict", 2)


def test_the_log_says_when_a_photo_was_added_and_by_whom(add: Any, report: Any) -> None:
    add(jpeg(), by=report.author)
    add(OTHER_PHOTO, target=None)
    logged = Activity.objects.get(verb="photo_added")
    assert (logged.target, logged.actor_participant, logged.is_public) == (report, report.author, False)


# -- Before and after its report ------------------------------------------------------------------------------


def test_a_photo_that_came_first_waits_for_its_report(report: Any) -> None:
    waiting = AttachmentFactory(draft_key=report.key)
    somebody_else_s = AttachmentFactory()
    assert list(attachments.drafts(report.key)) == [waiting]
    assert attachments.claim(draft_key=report.key, target=report) == 1
    assert list(attachments.of(report)) == [waiting]
    assert list(attachments.drafts(somebody_else_s.draft_key)) == [somebody_else_s]


def test_a_photo_that_has_a_report_is_not_claimed_by_another(report: Any, category: Any) -> None:
    kept = AttachmentFactory(target=report, draft_key=report.key)
    other = ReportFactory(schouw=report.schouw, category=category)
    assert attachments.claim(draft_key=report.key, target=other) == 0
    assert list(attachments.of(report)) == [kept]


def test_what_nobody_claims_is_forgotten_after_a_day_with_its_files(report: Any) -> None:
    long_ago = timezone.now() - attachments.FORGET_DRAFTS_AFTER - timedelta(minutes=1)
    with time_machine.travel(long_ago, tick=False):
        AttachmentFactory()
        of_a_report = AttachmentFactory(target=report)
    fresh = AttachmentFactory()
    assert files() == 6
    forget_unclaimed_attachments()
    assert list(Attachment.objects.order_by("id")) == [of_a_report, fresh]
    assert files() == 4
    assert attachments.forget_unclaimed() == 0


@pytest.mark.django_db(transaction=True)
def test_a_photo_that_is_claimed_at_the_last_moment_is_not_forgotten(report: Any) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=2), tick=False):
        waiting = AttachmentFactory(draft_key=report.key)

    def forget() -> int:
        try:
            return attachments.forget_unclaimed()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            attachments.claim(draft_key=report.key, target=report)
            assert pool.submit(forget).result(20) == 0
        assert pool.submit(forget).result(20) == 0
    assert (list(attachments.of(report)), files()) == ([waiting], 2)


def test_a_photo_whose_row_can_t_be_removed_keeps_its_files(
    in_scope: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=2), tick=False):
        AttachmentFactory()

    def broken(*_args: Any, **_fields: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(Attachment, "delete", broken)
    with pytest.raises(RuntimeError):
        attachments.forget_unclaimed()
    assert files() == 2


# -- Who may see them -----------------------------------------------------------------------------------------


def test_those_that_were_seen_become_public_and_no_others(report: Any, category: Any) -> None:
    seen, later = AttachmentFactory(target=report), AttachmentFactory(target=report)
    elsewhere = AttachmentFactory(target=ReportFactory(schouw=report.schouw, category=category))
    assert attachments.publish(target=report, seen=[seen, elsewhere]) == 1
    assert list(attachments.public_of(report)) == [seen]
    assert not Attachment.objects.filter(pk__in=[later.pk, elsewhere.pk], is_public=True).exists()
    assert attachments.withdraw(target=report) == 1
    assert not attachments.public_of(report).exists()


# -- Opening --------------------------------------------------------------------------------------------------


def ask_for(photo: Attachment, size: str, signature: str) -> tuple[Any, bytes]:
    """The answer, and what there is to see."""
    answer = Client().get(f"/polderwijk/foto/{photo.uuid}/{size}.jpg", {"t": signature})
    return answer, b"".join(answer) if answer.streaming else b""


@pytest.mark.parametrize("size", ["image", "thumb"])
def test_with_its_signature_a_photo_opens(report: Any, size: str) -> None:
    photo = AttachmentFactory(target=report)
    answer, content = ask_for(photo, size, attachments.signature(photo, size))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert answer.headers["Cache-Control"].startswith("private")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert content[:2] == b"\xff\xd8"


def test_without_or_with_another_signature_it_does_not_exist(report: Any) -> None:
    photo, other = AttachmentFactory(target=report), AttachmentFactory(target=report)
    right = attachments.signature(photo, "image")
    wrong = ["", "x", right[:-1], right + "0", attachments.signature(other, "image"), "é"]
    assert {ask_for(photo, "image", signature)[0].status_code for signature in wrong} == {404}


def test_the_signature_of_the_small_one_does_not_open_the_large_one(report: Any) -> None:
    photo = AttachmentFactory(target=report)
    answer, _ = ask_for(photo, "image", attachments.signature(photo, "thumb"))
    assert answer.status_code == 404


@pytest.mark.parametrize("size", ["original", "thumbnail", "source_sha256"])
def test_there_are_no_other_sizes(report: Any, size: str) -> None:
    photo = AttachmentFactory(target=report)
    answer, _ = ask_for(photo, size, attachments.signature(photo, size))
    assert answer.status_code == 404


@pytest.mark.parametrize(("days", "opens"), [(0, True), (1, True), (2, False), (30, False), (-1, False)])
def test_an_address_is_good_today_and_tomorrow(report: Any, days: int, opens: bool) -> None:
    photo = AttachmentFactory(target=report)
    with time_machine.travel(NOON, tick=False):
        given = attachments.signature(photo, "image")
    with time_machine.travel(NOON + timedelta(days=days), tick=False):
        assert attachments.may_open(photo, "image", given) is opens


def test_another_secret_key_closes_every_address(report: Any) -> None:
    photo = AttachmentFactory(target=report)
    given = attachments.signature(photo, "image")
    with override_settings(SECRET_KEY="another-key-that-is-long-enough-0123456789-abcdefghij"):
        assert not attachments.may_open(photo, "image", given)
