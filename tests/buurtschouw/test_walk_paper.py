"""Forms on paper, typed in by an official, and the files of phones that could not send."""

import io
import json
import uuid
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from buurtschouw.domain import walk_files
from buurtschouw.enums import ReportOrigin
from buurtschouw.models import Report, Score
from tests.factories.enrolment import EnrolmentFactory
from tests.factories.walking import StatementFactory, StopFactory
from trajecten.domain import steps
from trajecten.models import Attachment, Enrolment, Participant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_scope", "english")]


@pytest.fixture
def stop(schouw: Any) -> Any:
    return StopFactory(schouw=schouw, position=1, name="Speeltuin")


@pytest.fixture
def statement(schouw: Any, category: Any) -> Any:
    made = StatementFactory(category=category)
    schouw.statements.add(made)
    return made


@pytest.fixture
def over(schouw: Any, coordinator: Any) -> Any:
    """The walk, closed a minute ago."""
    reason = {"override_reason": "Klaar."}
    schouw.trajectory = steps.close(trajectory=schouw.trajectory, step="walk", by=coordinator, **reason)
    return schouw


@pytest.fixture
def form(schouw: Any, stop: Any, statement: Any, category: Any) -> dict[str, Any]:
    """One form with a score and two observations, at a stop and at an address."""
    return {
        "key": str(uuid.uuid4()),
        "name": "Ria",
        "walked_on": str(timezone.localtime(schouw.walk_at).date()),
        f"score_{stop.pk}_{statement.pk}": "4",
        "kind_1": "compliment",
        "category_1": category.pk,
        "stop_1": stop.pk,
        "text_1": "Fijne schommels.",
        "kind_2": "idea",
        "category_2": category.pk,
        "address_2": "Meent 12",
        "text_2": "Een bank erbij.",
    }


@pytest.fixture
def address(schouw: Any) -> str:
    return f"/polderwijk/werk/schouwen/{schouw.pk}/papier/"


# -- On paper -------------------------------------------------------------------------------------------------


def test_a_form_is_scores_and_observations_of_one_walker(
    over: Any, address: str, form: Any, handler_client: Client, stop: Any
) -> None:
    assert handler_client.post(address, form).status_code == 302
    walker = Participant.objects.get(display_name="Ria")
    assert Score.objects.get().walker == walker
    first, second = Report.objects.order_by("pk")
    assert {first.author, second.author} == {walker}
    assert {first.origin, second.origin} == {ReportOrigin.PAPER}
    assert (first.kind, first.stop, first.point.coords) == ("compliment", stop, stop.point.coords)
    assert (second.kind, second.stop, second.address, second.point) == ("idea", None, "Meent 12", None)
    assert first.observed_at == over.walk_at


def test_the_same_form_twice_is_one_and_another_under_its_key_is_refused(
    address: str, form: Any, handler_client: Client
) -> None:
    handler_client.post(address, form)
    assert handler_client.post(address, form).status_code == 302
    assert (Report.objects.count(), Score.objects.count(), Participant.objects.count()) == (2, 1, 1)
    other = handler_client.post(address, {**form, "text_1": "Iets anders."})
    assert other.status_code == 422
    assert "typed in already" in other.content.decode()
    assert Report.objects.count() == 2


def test_who_takes_part_by_this_address_gets_it_on_their_name(
    address: str, form: Any, handler_client: Client, schouw: Any
) -> None:
    ria = EnrolmentFactory(trajectory=schouw.trajectory, participant__email="ria@example.org")
    handler_client.post(address, {**form, "email": "Ria@example.org"})
    assert {report.author for report in Report.objects.all()} == {ria.participant}
    assert Enrolment.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text_1": ""}, "text_1"),
        ({"category_1": ""}, "category_1"),
        ({"stop_1": ""}, "address_1"),
        ({"walked_on": "morgen"}, "walked_on"),
        ({"email": "ria"}, "email"),
    ],
)
def test_what_is_missing_is_said_beside_it_and_nothing_is_kept(
    address: str, form: Any, handler_client: Client, change: Any, field: str
) -> None:
    answer = handler_client.post(address, {**form, **change})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "Een bank erbij." in answer.content.decode()
    assert not Report.objects.exists()
    assert not Score.objects.exists()


def test_an_empty_form_is_refused(address: str, handler_client: Client) -> None:
    empty = {"key": str(uuid.uuid4()), "walked_on": str(timezone.localdate()), "kind_1": "problem"}
    assert "at least one" in handler_client.post(address, empty).content.decode()


def test_what_the_walk_refuses_takes_in_nothing_of_the_form(
    address: str, form: Any, handler_client: Client, over: Any
) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    answer = handler_client.post(address, {**form, "walked_on": str(tomorrow)})
    assert answer.status_code == 422
    assert "closed" in answer.content.decode()
    assert not Participant.objects.exists()
    assert not Score.objects.exists()


def test_before_the_walk_the_page_says_that_nothing_is_taken_in_yet(
    address: str, handler_client: Client, schouw: Any
) -> None:
    refusal = "Reporting for this walk is not possible yet."
    assert refusal not in handler_client.get(address).content.decode()
    schouw.trajectory.current_step = "preparation"
    schouw.trajectory.save()
    assert refusal in handler_client.get(address).content.decode()


def test_the_empty_form_is_a_pdf(schouw: Any, stop: Any, statement: Any, handler_client: Client) -> None:
    answer = handler_client.get(f"/polderwijk/werk/schouwen/{schouw.pk}/papier.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


# -- The file of a phone --------------------------------------------------------------------------------------


def photo() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(made, "JPEG")
    return made.getvalue()


@pytest.fixture
def walker(schouw: Any) -> Any:
    return EnrolmentFactory(trajectory=schouw.trajectory, participant__display_name="Ria")


@pytest.fixture
def told(walker: Any, stop: Any, statement: Any, category: Any) -> dict[str, Any]:
    """What stands in the file: an observation with a photo, and a score."""
    seen = (timezone.now() - timedelta(minutes=9)).isoformat()
    picture = str(uuid.uuid4())
    return {
        "form": walk_files.FORM,
        "walker": str(walker.key),
        "observations": [
            {
                "key": str(uuid.uuid4()),
                "kind": "problem",
                "category": str(category.pk),
                "text": "Losse tegel",
                "facts": {},
                "stop": stop.pk,
                "lat": 52.51,
                "lon": 4.915,
                "accuracy": 9,
                "address": "",
                "observed_at": seen,
                "photos": [{"id": picture, "file": f"fotos/{picture}.jpg"}],
            }
        ],
        "scores": [{"stop": stop.pk, "statement": statement.pk, "value": 2, "scored_at": seen}],
    }


def packed(told: Any, *, with_photos: bool = True) -> SimpleUploadedFile:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(walk_files.WORDS, json.dumps(told))
        for row in told.get("observations", []) if with_photos else []:
            for each in row.get("photos", []):
                archive.writestr(each["file"], photo())
    return SimpleUploadedFile("waarnemingen.zip", made.getvalue())


@pytest.fixture
def read_in(schouw: Any, handler_client: Client) -> Any:
    def read_in(file: Any) -> Any:
        address = f"/polderwijk/werk/schouwen/{schouw.pk}/inlezen/"
        return handler_client.post(address, {"file": file}, follow=True)

    return read_in


def test_a_file_is_taken_in_once_however_often_it_is_read(
    over: Any, told: Any, read_in: Any, walker: Any
) -> None:
    for _ in range(2):
        answer = read_in(packed(told))
        assert answer.status_code == 200
    assert "1 was there already" in answer.content.decode()
    report = Report.objects.get()
    assert (report.author, report.origin, report.text) == (walker.participant, "walk", "Losse tegel")
    assert Attachment.objects.filter(object_id=report.pk).count() == 1
    assert Score.objects.get().value == 2


def test_what_the_phone_sent_after_all_is_the_same(told: Any, read_in: Any, walker: Any) -> None:
    (row,) = told["observations"]
    sent = {name: value for name, value in row.items() if name not in {"key", "photos"}}
    answer = Client().post(
        f"/polderwijk/lopen/{walker.token}/waarnemingen",
        json.dumps(sent),
        content_type="application/json",
        headers={"Idempotency-Key": row["key"]},
    )
    assert answer.status_code == 201
    assert "1 was there already" in read_in(packed(told)).content.decode()
    assert Report.objects.count() == 1


def test_what_is_refused_is_told_and_holds_up_nothing(told: Any, read_in: Any) -> None:
    (good,) = told["observations"]
    wrong = {**good, "key": str(uuid.uuid4()), "text": "Ver weg", "lat": 51.0, "photos": []}
    told["observations"] = [wrong, good]
    page = read_in(packed(told, with_photos=False)).content.decode()
    assert "Ver weg" in page
    assert "A photo of it is not in the file" in page
    assert Report.objects.get().text == "Losse tegel"


@pytest.mark.parametrize(
    "change",
    [{"form": "iets anders"}, {"walker": "niemand"}, {"walker": str(uuid.uuid4())}, {"observations": 7}],
)
def test_another_file_is_refused(told: Any, read_in: Any, change: Any) -> None:
    changed = {**told, **change}
    answer = read_in(packed(changed, with_photos=False))
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert not Report.objects.exists()


@pytest.mark.parametrize("content", [b"geen zip", b"PK\x03\x04", packed({}).read()])
def test_what_is_no_such_file_is_refused(read_in: Any, content: bytes) -> None:
    assert read_in(SimpleUploadedFile("iets.zip", content)).status_code == 422
