"""Pages about council items: the desk, the item, the decision line by line, matches, and what everybody sees."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.buurtschouw import ReportFactory
from tests.factories.core import (
    AgendaItemFactory,
    CommitmentFactory,
    CouncilItemFactory,
    StaffRoleFactory,
)
from tests.factories.enrolment import EnrolmentFactory
from trajecten.domain import contributions
from trajecten.domain.overview import pages
from trajecten.enums import Role
from trajecten.models import AgendaItem, Commitment, CouncilDecision, CouncilItem

TODAY = timezone.localdate()
DESK = "/polderwijk/werk/raad/"

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def clerk_client(sign_in: Any, clerk: Any) -> Client:
    return sign_in(clerk)


@pytest.fixture
def item(report: Any) -> CouncilItem:
    """An item of two points with a report behind it."""
    return CouncilItemFactory(
        trajectory=report.trajectory, origins=[report], texts=["Een zebrapad.", "Meer licht."]
    )


def statements(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


# -- The desk ------------------------------------------------------------------------------------------------


def test_a_clerk_lands_on_the_desk(clerk: Any, municipality: Any) -> None:
    assert pages.first_page(clerk) == DESK


def test_a_clerk_with_another_role_lands_where_that_work_is(clerk: Any, municipality: Any) -> None:
    StaffRoleFactory(user=clerk, municipality=municipality, role=Role.HANDLER)
    assert pages.first_page(clerk) == "/polderwijk/werk/meldingen/"


def test_the_desk_says_what_comes_what_waits_and_what_was_decided(
    clerk_client: Client, in_scope: Any
) -> None:
    CouncilItemFactory(scheduled=True, title="Komt eraan")
    CouncilItemFactory(scheduled=True, title="Is geweest", scheduled_for=TODAY - timedelta(days=3))
    CouncilItemFactory(title="Wacht", submitted_on=TODAY - timedelta(days=12))
    CouncilItemFactory(title="Klaar", status="adopted", decided_on=TODAY)
    shown = clerk_client.get(DESK)
    assert [row.item.title for row in shown.context["rows"]] == ["Is geweest", "Komt eraan", "Wacht"]
    assert [row.todo for row in shown.context["rows"]] == [
        "Enter what was decided",
        "",
        "Waits 12 days for a date",
    ]
    assert [figure.value for figure in shown.context["figures"]] == [1, 1, 1, 1]
    assert [(row.label, *row.values, row.tone) for row in shown.context["decided"].rows] == [
        ("Adopted", 1, "good"),
        ("Adopted in part", 0, "part"),
        ("Rejected", 0, "bad"),
    ]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("state=enter", []),
        ("state=undated", ["Motie"]),
        ("state=decided", ["Brief"]),
        ("state=all&kind=letter", ["Brief"]),
        ("state=all&words=moti", ["Motie"]),
        ("state=bogus&kind=%00&year=x&trajectory=99&page=zz", ["Motie"]),
    ],
)
def test_the_filter_stands_in_the_address(
    clerk_client: Client, in_scope: Any, query: str, titles: list[str]
) -> None:
    CouncilItemFactory(title="Motie")
    CouncilItemFactory(title="Brief", kind="letter", status="adopted", decided_on=TODAY)
    shown = clerk_client.get(f"{DESK}?{query}")
    assert [row.item.title for row in shown.context["rows"]] == titles


@pytest.mark.parametrize("address", [DESK, "/polderwijk/raad/", "/polderwijk/werk/raad/agenda/"])
def test_thirty_items_take_no_more_statements_than_one(
    clerk_client: Client, schouw: Any, address: str
) -> None:
    def add() -> None:
        item = CouncilItemFactory(trajectory=schouw.trajectory)
        AgendaItemFactory(match=item, state="proposed", score=0.8)

    add()
    clerk_client.get(address)
    one = statements(clerk_client, address)
    for _number in range(29):
        add()
    assert statements(clerk_client, address) == one < 20


def test_of_what_was_submitted_the_date_comes_first_and_then_the_decision(
    clerk_client: Client, item: CouncilItem
) -> None:
    def first_button() -> str:
        page = clerk_client.get(f"{DESK}{item.pk}/").content.decode().partition("<main")[2]
        return page.partition("utrecht-button--primary-action")[2].partition("</a>")[0].partition(">")[2]

    assert first_button() == "Put on the agenda"
    CouncilItem.objects.update(status="scheduled", scheduled_for=TODAY)
    assert first_button() == "Enter the decision"


@pytest.mark.parametrize(("email", "button"), [("melder@example.org", "and tell it"), (None, "the decision")])
def test_the_button_says_whether_somebody_hears_the_decision(
    clerk_client: Client, item: CouncilItem, report: Any, email: str | None, button: str
) -> None:
    report.author.email = email
    report.author.save()
    page = clerk_client.get(f"{DESK}{item.pk}/besluit/").content.decode()
    last = page.rpartition("utrecht-button--primary-action")[2].partition("</button>")[0]
    assert last.endswith(button)
    told = (
        "Everybody behind it hears it now."
        in clerk_client.post(f"{DESK}{item.pk}/besluit/", decided(), follow=True).content.decode()
    )
    assert told == bool(email)


def test_who_takes_part_hears_the_decision_too(clerk_client: Client, schouw: Any) -> None:
    item = CouncilItemFactory(trajectory=schouw.trajectory)
    EnrolmentFactory(trajectory=schouw.trajectory, participant__email="deelnemer@example.org")
    assert clerk_client.get(f"{DESK}{item.pk}/besluit/").context["reached"] == 1


def test_who_may_only_read_has_no_buttons(handler_client: Client, item: CouncilItem) -> None:
    AgendaItemFactory(match=item, state="proposed", score=0.8)
    for address in (DESK, f"{DESK}{item.pk}/", f"{DESK}agenda/"):
        page = handler_client.get(address).content.decode()
        assert 'method="post"' not in page.partition("<main")[2].partition("</main>")[0], address
        assert "besluit/" not in page


# -- The item ------------------------------------------------------------------------------------------------

WRITTEN = {
    "kind": "amendment",
    "body": "council",
    "title": "Veilig naar school",
    "summary": "Kinderen steken over.",
    "lines": "Een zebrapad.\n\n  Meer   licht. \n",
    "submitted_on": "2026-01-05",
    "url": "https://polderwijk.example.org/raad/1",
}


def test_a_clerk_submits_an_item_with_what_is_behind_it(clerk_client: Client, report: Any) -> None:
    promise = CommitmentFactory(trajectory=report.trajectory)
    sent = {
        **WRITTEN,
        "trajectory": report.trajectory_id,
        "origins": [contributions.key_of(report), contributions.key_of(promise)],
    }
    answer = clerk_client.post(f"{DESK}nieuw/", sent)
    made = CouncilItem.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{DESK}{made.pk}/")
    assert [line.text for line in made.lines.all()] == ["Een zebrapad.", "Meer licht."]
    assert {origin.origin for origin in made.origins.all()} == {report, promise}
    page = clerk_client.get(f"{DESK}{made.pk}/").content.decode()
    for words in ("Veilig naar school", "Kinderen steken over.", "Een zebrapad.", report.title, promise.text):
        assert words in page


def test_an_item_begins_with_the_report_that_it_was_opened_from(clerk_client: Client, report: Any) -> None:
    page = clerk_client.get(f"/polderwijk/werk/meldingen/{report.pk}/").content.decode()
    address = f"{DESK}nieuw/?origins={contributions.key_of(report)}"
    assert address in page
    initial = clerk_client.get(address).context["form"].initial
    assert (initial["origins"], initial["trajectory"]) == (
        [contributions.key_of(report)],
        report.trajectory.pk,
    )
    assert clerk_client.get(f"{DESK}nieuw/?origins=x-9").context["form"].initial["trajectory"] is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"kind": "wet"}, "kind"),
        ({"submitted_on": "morgen"}, "submitted_on"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"origins": "12 appels"}, "origins"),
        ({"origins": "1-999999999999"}, "origins"),
        ({"submitted_on": "9999-12-31"}, "submitted_on"),
        ({"lines": "x\n" * 61}, "lines"),
        ({"external_id": "7001"}, "external_id"),
        ({"trajectory": "99"}, "trajectory"),
    ],
)
def test_a_mistake_is_said_at_its_field_and_keeps_what_was_typed(
    clerk_client: Client, in_scope: Any, changes: dict[str, str], field: str
) -> None:
    CouncilItemFactory(external_id="7001")
    answer = clerk_client.post(f"{DESK}nieuw/", {**WRITTEN, **changes})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    if field != "title":
        assert "Veilig naar school" in answer.content.decode()
    assert CouncilItem.objects.count() == 1


def test_what_is_of_another_municipality_is_not_found(
    clerk_client: Client, in_scope: Any, other_municipality: Any
) -> None:
    elsewhere = ReportFactory(schouw__municipality=other_municipality)
    promised = CommitmentFactory(trajectory__municipality=other_municipality)
    for row in (elsewhere, promised):
        sent = {**WRITTEN, "origins": contributions.key_of(row)}
        assert clerk_client.post(f"{DESK}nieuw/", sent).status_code == 422
        found = clerk_client.post(f"{DESK}nieuw/", {**sent, "words": str(row.pk), "search": "1"})
        assert found.context["form"].found == []


@pytest.mark.parametrize("place", ["nieuw/", "{pk}/wijzigen/"])
def test_searching_finds_reports_and_promises_and_keeps_what_was_typed(
    clerk_client: Client, item: CouncilItem, report: Any, place: str
) -> None:
    lamp = ReportFactory(schouw=report.schouw, category=report.category, text="De lantaarn is kapot")
    promise = CommitmentFactory(trajectory=report.trajectory, text="Wij maken de lantaarn.", status="done")
    sent = {**WRITTEN, "words": "lantaarn\0", "origins": contributions.key_of(report), "search": "1"}
    answer = clerk_client.post(DESK + place.format(pk=item.pk), sent)
    form = answer.context["form"]
    assert (answer.status_code, [origin.row for origin in form.chosen]) == (200, [report])
    assert [origin.row for origin in form.found] == [lamp, promise]
    page = answer.content.decode()
    assert "Veilig naar school" in page
    assert f'value="{contributions.key_of(promise)}"' in page
    assert CouncilItem.objects.get().version == 1


def test_changing_shows_what_stands_and_keeps_it(clerk_client: Client, item: CouncilItem) -> None:
    form = clerk_client.get(f"{DESK}{item.pk}/wijzigen/").context["form"]
    sent = {name: value for name, value in form.initial.items() if value is not None}
    answer = clerk_client.post(f"{DESK}{item.pk}/wijzigen/", {**sent, "title": "Nieuwe titel"})
    assert answer.status_code == 302
    after = CouncilItem.objects.get()
    assert (after.title, after.version, after.lines.count(), after.origins.count()) == (
        "Nieuwe titel",
        2,
        2,
        1,
    )


def test_an_old_page_gets_back_what_was_typed(clerk_client: Client, item: CouncilItem) -> None:
    CouncilItem.objects.update(version=5)
    answer = clerk_client.post(f"{DESK}{item.pk}/wijzigen/", {**WRITTEN, "version": 1})
    assert answer.status_code == 409
    assert answer.context["form"]["version"].value() == 5
    assert "Veilig naar school" in answer.content.decode()
    assert CouncilItem.objects.get().title == item.title


def test_an_item_goes_on_and_off_the_agenda(clerk_client: Client, item: CouncilItem) -> None:
    address = f"{DESK}{item.pk}/"
    day = (TODAY + timedelta(days=5)).isoformat()
    for act, sent in (
        ("agenderen", {"version": 1, "day": day, "meeting_name": "Gemeenteraad"}),
        ("van-agenda", {"version": 2}),
        ("agenderen", {"version": 3, "day": day}),
        ("besproken", {"version": 4}),
    ):
        assert clerk_client.post(f"{address}{act}/", sent).status_code == 302, act
    assert CouncilItem.objects.get().status == "discussed"
    assert clerk_client.post(f"{address}besproken/", {"version": 5}).status_code == 422
    assert clerk_client.post(f"{address}besproken/", {"version": 1}).status_code == 409
    assert clerk_client.post(f"{address}agenderen/", {"version": 5, "day": ""}).status_code == 422
    titles = [event["title"] for event in clerk_client.get(address).context["events"]]
    assert titles[-3:] == ["Taken off the agenda", titles[-4], "Discussed"]


def test_withdrawing_asks_why(clerk_client: Client, item: CouncilItem) -> None:
    address = f"{DESK}{item.pk}/intrekken/"
    assert clerk_client.post(address, {"version": 1, "reason": ""}).status_code == 422
    assert clerk_client.post(address, {"version": 1, "reason": "Al geregeld."}).status_code == 302
    assert "Al geregeld." in Client().get(f"/polderwijk/raad/{item.pk}/").content.decode()


# -- The decision --------------------------------------------------------------------------------------------


def decided(**changes: Any) -> dict[str, Any]:
    return {
        "version": 1,
        "decided_on": TODAY.isoformat(),
        "decision_1": "adopted",
        "decision_2": "rejected",
        "reason_2": "Er is al licht.",
        "reason": "Er is geld voor één ding.",
        **changes,
    }


def test_a_clerk_enters_the_decision_line_by_line(
    clerk_client: Client, item: CouncilItem, handler: Any
) -> None:
    address = f"{DESK}{item.pk}/besluit/"
    page = clerk_client.get(address)
    assert "1 person who is behind this hears it" in page.content.decode()
    day = TODAY + timedelta(days=90)
    promise = {"promise_1": "Het zebrapad ligt er.", "owner_1": handler.pk, "deadline_1": day.isoformat()}
    answer = clerk_client.post(address, decided(**promise))
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{DESK}{item.pk}/")
    assert CouncilItem.objects.get().status == "partly"
    made = Commitment.objects.get()
    assert (made.text, made.owner, made.deadline) == ("Het zebrapad ligt er.", handler, day)
    public = Client().get(f"/polderwijk/raad/{item.pk}/").content.decode()
    for words in (
        "Adopted in part",
        "Er is geld voor één ding.",
        "Een zebrapad.",
        "Er is al licht.",
        "Het zebrapad ligt er.",
        "Promised",
    ):
        assert words in public


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"decision_1": ""}, "decision_1"),
        ({"decision_1": "bogus"}, "decision_1"),
        ({"reason_2": ""}, "reason_2"),
        ({"reason": ""}, "reason"),
        ({"decided_on": (TODAY + timedelta(days=1)).isoformat()}, "decided_on"),
        ({"promise_1": "Iets."}, "owner_1"),
        ({"promise_1": "Iets.", "owner_1": "0"}, "owner_1"),
        ({"deadline_1": (TODAY - timedelta(days=1)).isoformat()}, "deadline_1"),
        ({"deadline_1": "9999-12-31"}, "deadline_1"),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    clerk_client: Client, item: CouncilItem, changes: dict[str, Any], field: str
) -> None:
    answer = clerk_client.post(f"{DESK}{item.pk}/besluit/", decided(**changes))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "Er is" in answer.content.decode()
    assert not CouncilDecision.objects.exists()


def test_two_clerks_at_once_leave_one_decision(
    clerk_client: Client, coordinator_client: Client, item: CouncilItem
) -> None:
    address = f"{DESK}{item.pk}/besluit/"
    assert clerk_client.post(address, decided()).status_code == 302
    assert clerk_client.post(address, decided()).status_code == 302  # the same form twice
    second = coordinator_client.post(address, decided(reason="Anders."))
    assert second.status_code == 409
    assert "Anders." in second.content.decode()
    assert CouncilDecision.objects.count() == 1


def test_a_correction_asks_why_and_is_shown(clerk_client: Client, item: CouncilItem) -> None:
    address = f"{DESK}{item.pk}/besluit/"
    clerk_client.post(address, decided())
    sent = decided(version=2, decision_2="adopted", reason="")
    refused = clerk_client.post(address, sent)
    assert list(refused.context["form"].errors) == ["why_corrected"]
    assert clerk_client.post(address, {**sent, "why_corrected": "Verkeerd geteld."}).status_code == 302
    assert CouncilItem.objects.get().status == "adopted"
    assert "Verkeerd geteld." in Client().get(f"/polderwijk/raad/{item.pk}/").content.decode()


def test_without_points_there_is_one_decision_and_it_keeps_a_promise(
    clerk_client: Client, report: Any
) -> None:
    promise = CommitmentFactory(trajectory=report.trajectory)
    item = CouncilItemFactory(trajectory=report.trajectory, origins=[promise])
    sent = {
        "version": 1,
        "decided_on": TODAY.isoformat(),
        "outcome": "adopted",
        f"settle_{promise.pk}": "done",
    }
    assert clerk_client.post(f"{DESK}{item.pk}/besluit/", sent).status_code == 302
    assert (CouncilItem.objects.get().status, Commitment.objects.get().status) == ("adopted", "done")


def test_a_promise_that_is_broken_asks_why_beside_it_and_keeps_what_was_typed(
    clerk_client: Client, report: Any
) -> None:
    promise = CommitmentFactory(trajectory=report.trajectory)
    item = CouncilItemFactory(trajectory=report.trajectory, origins=[promise], texts=["Een zebrapad."])
    sent = {
        "version": 1,
        "decided_on": TODAY.isoformat(),
        "decision_1": "adopted",
        "promise_1": "Het zebrapad ligt er.",
        "owner_1": StaffRoleFactory(municipality=report.municipality).user.pk,
        "deadline_1": TODAY.isoformat(),
        f"settle_{promise.pk}": "broken",
    }
    answer = clerk_client.post(f"{DESK}{item.pk}/besluit/", sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reason"])
    assert "Het zebrapad ligt er." in answer.content.decode()
    assert Commitment.objects.get().status == "promised"


def test_after_a_withdrawn_promise_the_form_asks_for_another(
    clerk_client: Client, item: CouncilItem, handler: Any
) -> None:
    withdrawn = CommitmentFactory(trajectory=item.trajectory, status="withdrawn", reason="Nee.")
    item.lines.filter(number=1).update(commitment=withdrawn)
    fields = clerk_client.get(f"{DESK}{item.pk}/besluit/").context["form"].fields
    assert {"promise_1", "owner_1", "deadline_1"} <= set(fields)


def test_a_promise_on_a_point_that_has_one_is_not_dropped_in_silence(
    clerk_client: Client, item: CouncilItem, handler: Any
) -> None:
    standing = CommitmentFactory(trajectory=item.trajectory)
    item.lines.filter(number=1).update(commitment=standing)
    given = {"promise_1": "Nog iets.", "owner_1": handler.pk, "deadline_1": TODAY.isoformat()}
    answer = clerk_client.post(f"{DESK}{item.pk}/besluit/", decided(**given))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["promise_1"])
    assert "Nog iets." in answer.content.decode()


def test_what_was_withdrawn_is_not_decided_on(clerk_client: Client, in_scope: Any) -> None:
    item = CouncilItemFactory(status="withdrawn", reason="Nee.")
    address = f"{DESK}{item.pk}/besluit/"
    assert clerk_client.get(address).status_code == 302
    sent = {"version": 1, "decided_on": TODAY.isoformat(), "outcome": "adopted"}
    assert clerk_client.post(address, sent).status_code == 422


# -- The agenda ----------------------------------------------------------------------------------------------


def agenda(title: str = "Motie Een veilige oversteek bij de school", day: str = "2027-01-12") -> Any:
    given = {
        "meeting": {
            "id": 5,
            "attributes": [{"id": 1, "value": "Gemeenteraad"}],
            "plannings": [{"start_date": f"{day} 19:30:00"}],
            "agenda_items": [{"id": 51, "type_data": {"attributes": [{"id": 1, "value": title}]}}],
        }
    }
    return SimpleUploadedFile("agenda.json", json.dumps(given).encode())


def test_a_clerk_imports_an_agenda_and_says_what_it_is(clerk_client: Client, item: CouncilItem) -> None:
    address = f"{DESK}agenda/"
    assert clerk_client.post(address, {"file": agenda()}).status_code == 302
    assert item.title in clerk_client.get(DESK).content.decode()
    row = AgendaItem.objects.get()
    for _twice in range(2):
        answer = clerk_client.post(f"{address}{row.pk}/", {"item": item.pk, "answer": "accept"})
        assert answer.headers["Location"] == f"{DESK}{item.pk}/"
    after = CouncilItem.objects.get()
    assert (after.status, after.scheduled_for.isoformat()) == ("scheduled", "2027-01-12")
    clerk_client.post(address, {"file": agenda(day="2027-01-19")})
    shown = clerk_client.get(address).content.decode()
    assert "The date was 12 January 2027." in shown
    assert CouncilItem.objects.get().scheduled_for.isoformat() == "2027-01-19"


def test_a_clerk_says_that_it_is_something_else(clerk_client: Client, item: CouncilItem) -> None:
    clerk_client.post(f"{DESK}agenda/", {"file": agenda()})
    row = AgendaItem.objects.get()
    clerk_client.post(f"{DESK}agenda/{row.pk}/", {"item": item.pk, "answer": "refuse"})
    assert not clerk_client.get(DESK).context["matches"]
    other = CouncilItemFactory(title="Iets anders")
    clerk_client.post(f"{DESK}agenda/{row.pk}/", {"item": other.pk, "answer": "accept"})
    clerk_client.post(f"{DESK}agenda/{row.pk}/", {"item": "x", "answer": "accept"})
    assert AgendaItem.objects.get().state == "unmatched"


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "file"),
        ({"file": "both", "address": "https://api.notubiz.nl/events"}, "file"),
        ({"file": "bad"}, "file"),
        ({"address": "https://127.0.0.1/events"}, "address"),
        ({"address": "iets"}, "address"),
    ],
)
def test_an_import_that_is_refused_says_why_and_takes_nothing(
    clerk_client: Client, in_scope: Any, settings: Any, sent: dict[str, Any], field: str
) -> None:
    settings.DEMO = False
    if "file" in sent:
        file = agenda("") if sent["file"] == "bad" else agenda()
        sent = {**sent, "file": file}
    answer = clerk_client.post(f"{DESK}agenda/", sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not AgendaItem.objects.exists()


# -- For everybody -------------------------------------------------------------------------------------------


def test_everybody_sees_what_went_to_the_council(item: CouncilItem) -> None:
    page = Client().get("/polderwijk/raad/")
    assert [row.item for row in page.context["rows"]] == [item]
    assert "waits for a date" in page.content.decode()


@pytest.mark.parametrize("moderation", ["pending", "published"])
def test_words_that_are_not_public_stay_so(item: CouncilItem, report: Any, moderation: str) -> None:
    report.moderation = moderation
    report.save()
    page = Client().get(f"/polderwijk/raad/{item.pk}/").content.decode()
    assert (report.text in page) == (moderation == "published")


def test_a_name_that_an_official_typed_is_no_markup(clerk_client: Client, in_scope: Any) -> None:
    item = CouncilItemFactory(title="<script>alert(1)</script>", texts=["<b>x</b>"])
    for address in (f"/polderwijk/raad/{item.pk}/", f"{DESK}{item.pk}/", DESK):
        page = clerk_client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<b>x" not in page


def test_an_item_of_many_points_and_origins_takes_as_many_statements(
    clerk_client: Client, schouw: Any, category: Any
) -> None:
    def made(size: int) -> CouncilItem:
        reports = [ReportFactory(schouw=schouw, category=category) for _number in range(size)]
        texts = [f"Punt {number}." for number in range(size)]
        item = CouncilItemFactory(trajectory=schouw.trajectory, origins=reports, texts=texts)
        for line in item.lines.all():
            line.commitment = CommitmentFactory(trajectory=schouw.trajectory)
            line.save()
        return item

    one, many = made(1), made(12)
    for address in ("/polderwijk/raad/{}/", f"{DESK}{{}}/"):
        clerk_client.get(address.format(one.pk))
        first = statements(clerk_client, address.format(one.pk))
        assert statements(clerk_client, address.format(many.pk)) == first < 24
