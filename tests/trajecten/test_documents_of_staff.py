"""Files of staff: judged by content, kept privately, given out only to be saved."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.factories.core import ParticipantFactory, TrajectoryFactory
from tests.factories.meetings import AttendanceFactory, MaterialFactory, MeetingFactory, ShelfItemFactory
from trajecten.domain import documents, materials
from trajecten.domain.documents import DocumentRefused
from trajecten.domain.materials import MaterialRefused
from trajecten.domain.meetings import answering
from trajecten.models import Material, ShelfItem

pytestmark = pytest.mark.usefixtures("english")


def archive(*names: str, **contents: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in names:
            target.writestr(name, b"<x/>")
        for name, content in contents.items():
            target.writestr(name, content)
    return made.getvalue()


def picture(kind: str) -> bytes:
    made = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "geheim"
    Image.new("RGB", (8, 8), "red").save(made, kind, exif=exif)
    return made.getvalue()


GOOD = {
    "pdf": b"%PDF-1.7\n...",
    "docx": archive("[Content_Types].xml", "word/document.xml"),
    "xlsx": archive("[Content_Types].xml", "xl/workbook.xml"),
    "pptx": archive("[Content_Types].xml", "ppt/presentation.xml"),
    "odt": archive(mimetype=b"application/vnd.oasis.opendocument.text"),
}
BAD = {
    "empty": b"",
    "too_large": b"%PDF-" + b"x" * documents.MAX_BYTES,
    "wrong_type": b"<html><script>alert(1)</script>",
    "macros": archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
    "damaged": GOOD["docx"][:60],
}


@pytest.mark.parametrize("kind", GOOD)
def test_what_is_taken_is_known_by_its_content(kind: str) -> None:
    assert documents.check(io.BytesIO(GOOD[kind]), name="x.exe").kind == kind


@pytest.mark.parametrize("code", BAD)
def test_what_is_not_taken_says_why(code: str) -> None:
    with pytest.raises(DocumentRefused) as refused:
        documents.check(io.BytesIO(BAD[code]), name="x.pdf")
    assert (refused.value.code, bool(refused.value.message)) == (code, True)


@pytest.mark.parametrize(
    "content", [archive("readme.txt"), archive(mimetype=b"application/epub+zip"), b"GIF89a", b"MZ"]
)
def test_other_kinds_are_not_taken(content: bytes) -> None:
    with pytest.raises(DocumentRefused) as refused:
        documents.check(io.BytesIO(content), name="x.pdf")
    assert refused.value.code == "wrong_type"


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_is_written_anew(kind: str) -> None:
    checked = documents.check(io.BytesIO(picture(kind)), name="x")
    assert (checked.kind, b"geheim" in checked.content) == ("jpg", False)


@pytest.fixture
def trajectory(in_scope: Any, adviser: Any) -> Any:
    return TrajectoryFactory(adviser=adviser)


def test_a_file_goes_to_a_place_that_tells_nothing(trajectory: Any, coordinator: Any, settings: Any) -> None:
    made = materials.add(
        trajectory=trajectory,
        step="walk",
        title="Kaart",
        by=coordinator,
        upload=io.BytesIO(GOOD["pdf"]),
        name="a.pdf",
    )
    assert (made.kind, made.size, made.file.name) == (
        "pdf", len(GOOD["pdf"]), f"documents/{made.uuid.hex[:2]}/{made.uuid.hex}",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "file"),
        ({"upload": io.BytesIO(GOOD["pdf"]), "link": "https://example.org"}, "file"),
        ({"upload": io.BytesIO(b"x")}, "file"),
        ({"link": "https://example.org", "step": "bestaat niet"}, "step"),
    ],
)
def test_what_can_t_be_added_is_refused(trajectory: Any, coordinator: Any, given: Any, field: str) -> None:
    with pytest.raises(MaterialRefused) as refused:
        materials.add(trajectory=trajectory, title="Kaart", by=coordinator, **{"step": "walk", **given})
    assert (refused.value.field, Material.objects.count()) == (field, 0)


def test_a_full_place_takes_no_more_and_leaves_no_file(
    trajectory: Any, coordinator: Any, monkeypatch: Any, settings: Any
) -> None:
    monkeypatch.setattr(materials, "MOST", 0)
    with pytest.raises(MaterialRefused):
        materials.add(
            trajectory=trajectory, step="walk", title="Kaart", by=coordinator, upload=io.BytesIO(GOOD["pdf"])
        )
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_removing_takes_the_file_along(
    trajectory: Any, coordinator: Any, django_capture_on_commit_callbacks: Any
) -> None:
    made = MaterialFactory(meeting__trajectory=trajectory)
    with django_capture_on_commit_callbacks(execute=True):
        materials.remove(material=made, by=coordinator)
    assert (Material.objects.count(), made.file.storage.exists(made.file.name)) == (0, False)


def test_a_copy_from_the_shelf_outlives_it(
    trajectory: Any, adviser: Any, django_capture_on_commit_callbacks: Any
) -> None:
    item = materials.put_on_shelf(
        adviser=adviser, method_key="buurtschouw", step="walk", title="Vragen", upload=io.BytesIO(GOOD["pdf"])
    )
    copy = materials.take_from_shelf(item=item, trajectory=trajectory, by=adviser)
    with django_capture_on_commit_callbacks(execute=True):
        materials.take_off_shelf(item=item)

    copy.refresh_from_db()
    with copy.file.open("rb") as file:
        content = file.read()
    assert (copy.title, copy.step, content) == ("Vragen", "walk", GOOD["pdf"])


def test_another_s_shelf_stays_closed(trajectory: Any, other_adviser: Any) -> None:
    with pytest.raises(MaterialRefused):
        materials.take_from_shelf(item=ShelfItemFactory(), trajectory=trajectory, by=other_adviser)


def test_who_takes_part_sees_what_is_not_for_everybody(trajectory: Any) -> None:
    meeting, closed = (
        MeetingFactory(trajectory=trajectory),
        MeetingFactory(trajectory=trajectory, is_public=False),
    )
    open_one = MaterialFactory(meeting=meeting)
    inside = MaterialFactory(meeting=meeting, is_public=False)
    hidden = MaterialFactory(meeting=closed)
    with_step = MaterialFactory(meeting=None, trajectory=trajectory, step="walk", is_public=False)
    member = AttendanceFactory(meeting=meeting).participant

    assert set(materials.visible_to(None)) == {open_one}
    assert set(materials.visible_to(ParticipantFactory())) == {open_one}
    assert set(materials.visible_to(member)) == {open_one, inside, with_step}
    assert hidden not in materials.visible_to(member)


def test_a_document_is_only_given_out_to_be_saved(trajectory: Any) -> None:
    made = MaterialFactory(meeting__trajectory=trajectory, title="Kaart van de wijk")
    answer = Client().get(reverse("material", kwargs={"gemeente": "polderwijk", "key": made.uuid}))

    assert answer.headers["Content-Disposition"] == 'attachment; filename="kaart-van-de-wijk.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert b"".join(answer) == b"%PDF-1.7\n"


def test_the_link_from_the_mail_opens_documents_of_that_meeting(trajectory: Any) -> None:
    row = AttendanceFactory(meeting__trajectory=trajectory, meeting__is_public=False)
    made = MaterialFactory(meeting=row.meeting, is_public=False)
    address = reverse("material", kwargs={"gemeente": "polderwijk", "key": made.uuid})
    token = answering.token(meeting=row.meeting, participant=row.participant)

    answers = [Client().get(address), Client().get(f"{address}?t={token}"), Client().get(f"{address}?t=x.y")]
    assert [answer.status_code for answer in answers] == [404, 200, 404]
    b"".join(answers[1])


def test_an_adviser_fills_the_shelf_and_uses_it(trajectory: Any, adviser: Any, sign_in: Any) -> None:
    browser = sign_in(adviser)
    refused = browser.post(reverse("shelf"), {"title": "Draaiboek", "place": "buurtschouw:walk"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["file"])
    upload = SimpleUploadedFile("draaiboek.pdf", GOOD["pdf"])
    browser.post(reverse("shelf"), {"title": "Draaiboek", "place": "buurtschouw:walk", "file": upload})
    item = ShelfItem.objects.get()
    meeting = MeetingFactory(trajectory=trajectory)
    parts = {"gemeente": "polderwijk", "pk": trajectory.pk, "meeting": meeting.pk}
    browser.post(reverse("staff-meeting-material", kwargs=parts), {"item": item.pk})

    assert (Material.objects.get().title, Material.objects.get().meeting) == ("Draaiboek", meeting)
    assert "Draaiboek" in browser.get(reverse("shelf")).content.decode()
