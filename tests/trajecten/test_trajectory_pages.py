"""The pages of a trajectory of any method: for residents where it stands, for staff also what is missing."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

from buurtschouw.models import Report
from tests.factories.buurtschouw import SchouwFactory
from tests.factories.core import (
    CommitmentFactory,
    CommitmentOriginFactory,
    CouncilItemFactory,
    ParticipantFactory,
    TrajectoryFactory,
)
from tests.factories.enrolment import EnrolmentFactory
from tests.factories.meetings import MaterialFactory, MeetingFactory
from trajecten import registry
from trajecten.domain import steps
from trajecten.domain.enrolment import leaving
from trajecten.domain.steps import PlannedStep, tailoring
from trajecten.enums import Moderation, StepEvent, TrajectoryStatus
from trajecten.models import (
    Commitment,
    CouncilItem,
    Enrolment,
    Material,
    Meeting,
    StepRecord,
    Trajectory,
)
from trajecten.views import steps as views

pytestmark = pytest.mark.usefixtures("english", "in_scope")

LIST = "/polderwijk/trajecten/"
STAFF = "/polderwijk/werk/trajecten/"
METHODS = ["budget", "buurtschouw", "stuur", "visie", "youth"]


def text_of(answer: Any) -> str:
    return answer.content.decode()


def url(trajectory: Any, act: str = "") -> str:
    return f"{STAFF}{trajectory.pk}/{act + '/' if act else ''}"


@pytest.fixture
def vision(coordinator: Any, adviser: Any, areas: list[Any]) -> Any:
    """In its second step, which was to be ready three days ago."""
    made = TrajectoryFactory(
        agreed=True, title="Visie op samenwerken", adviser=adviser, coordinator=coordinator, areas=areas[:1]
    )
    planned = [
        PlannedStep("scan", ends_on=timezone.localdate() - timedelta(3), text="Met vragen van de wijkraden."),
        PlannedStep("dialogue", ends_on=timezone.localdate() + timedelta(30)),
    ]
    steps.plan(trajectory=made, by=coordinator, steps=planned)
    steps.start(trajectory=made, by=coordinator)
    return steps.close(trajectory=made, step="exploring", by=coordinator)


# -- What everybody sees --------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [LIST, STAFF])
def test_what_lies_in_the_archive_is_in_the_lists_of_who_asks_for_it_and_can_be_read(
    address: str, coordinator_client: Client
) -> None:
    titles = {
        status: TrajectoryFactory(method_key="stuur", status=status).title for status in TrajectoryStatus
    }

    def shown(query: str) -> set[str]:
        page = text_of(coordinator_client.get(address + query))
        return {status for status, title in titles.items() if title in page}

    assert shown("") == {"agreed", "running", "evaluated"}
    assert shown("?phase=over") == {"evaluated"}
    assert shown("?phase=archive") == {"archived"}
    for trajectory in Trajectory.objects.all():
        assert coordinator_client.get(f"{address}{trajectory.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("?phase=now", {"Loopt"}),
        ("?phase=coming", {"Komt"}),
        ("?phase=over&method=stuur", {"Klaar"}),
        ("?method=visie", {"Komt"}),
        ("?method=nonsense&phase=%00", {"Loopt", "Komt", "Klaar"}),
    ],
)
def test_the_list_is_narrowed_by_its_address(query: str, titles: set[str]) -> None:
    TrajectoryFactory(method_key="stuur", title="Loopt", current_step="goals")
    TrajectoryFactory(agreed=True, title="Komt")
    TrajectoryFactory(method_key="stuur", title="Klaar", status=TrajectoryStatus.EVALUATED)
    assert {row.title for row in Client().get(LIST + query).context["page"]} == titles


def test_the_public_page_tells_the_steps_their_days_and_what_is_late(vision: Any) -> None:
    page = text_of(Client().get(f"{LIST}{vision.pk}/"))
    assert "Met vragen van de wijkraden." in page
    assert "3 days late" in page
    assert "Planned to be ready on" in page
    assert "De Linde" in page


def test_what_is_still_owed_stands_on_the_page_of_staff_only(sign_in: Any, coordinator: Any) -> None:
    made = TrajectoryFactory(method_key="stuur", current_step="signals")
    why = "It is not known yet in which neighbourhood the initiative is."
    assert why not in text_of(Client().get(f"{LIST}{made.pk}/"))
    assert why in text_of(sign_in(coordinator).get(url(made)))


@pytest.mark.parametrize("key", METHODS)
def test_any_method_has_its_pages(key: str, coordinator_client: Client) -> None:
    made = TrajectoryFactory(method_key=key, current_step=registry.method(key).steps[0].key)
    if key == "buurtschouw":
        SchouwFactory(trajectory=made)
    for address in (f"{LIST}{made.pk}/", url(made), url(made, "planning")):
        page = coordinator_client.get(address)
        assert page.status_code == 200
        assert str(registry.method(key).steps[-1].name) in text_of(page)


def test_a_walk_leads_to_its_own_pages(coordinator_client: Client, schouw: Any) -> None:
    public, staff = f"{LIST}{schouw.trajectory_id}/", url(schouw.trajectory)
    page = text_of(coordinator_client.get(public))
    assert f'href="/polderwijk/meldingen/?schouw={schouw.pk}">See the reports of this walk</a>' in page
    assert f'href="/polderwijk/schouw/{schouw.pk}/">About this walk</a>' in page
    assert f'href="/polderwijk/werk/schouwen/{schouw.pk}/"' in text_of(coordinator_client.get(staff))


# -- What hangs on a trajectory --------------------------------------------------------------------------------


@pytest.fixture
def busy(vision: Any) -> Any:
    """With people, meetings, promises and council items."""
    EnrolmentFactory(trajectory=vision)
    EnrolmentFactory(trajectory=vision, waiting=True)
    MeetingFactory(trajectory=vision, title="Avond over de dorpsvisie")
    MeetingFactory(trajectory=vision, title="Eerste avond", past=True)
    MeetingFactory(trajectory=vision, title="Besloten overleg", is_public=False)
    CommitmentFactory(trajectory=vision, text="Er komt een leefbaarheidsfonds.")
    CouncilItemFactory(trajectory=vision, title="Vaststellen van de visie", scheduled=True)
    return vision


def test_the_public_page_leads_to_all_that_hangs_on_the_trajectory(busy: Any) -> None:
    page = text_of(Client().get(f"{LIST}{busy.pk}/"))
    assert "1 person takes part." in page
    assert "Besloten overleg" not in page
    for address in (
        f"bijeenkomsten/{Meeting.objects.get(title__startswith='Avond').pk}/",
        f"bijeenkomsten/?traject={busy.pk}&amp;wanneer=geweest",
        f"beloofd-en-gedaan/{Commitment.objects.get().pk}/",
        f"beloofd-en-gedaan/?trajectory={busy.pk}",
        f"raad/{CouncilItem.objects.get().pk}/",
    ):
        assert f'href="/polderwijk/{address}"' in page


def test_one_joins_where_it_is_open_and_reads_why_not_elsewhere(
    vision: Any, resident: Any, resident_client: Client
) -> None:
    address = f"{LIST}{vision.pk}/"
    button = f'href="/polderwijk/trajecten/{vision.pk}/meedoen/"'
    shut = text_of(resident_client.get(address))
    assert button not in shut
    assert "sign up for this trajectory by yourself now" in shut
    Trajectory.objects.filter(pk=vision.pk).update(is_open_for_enrolment=True, max_members=1)
    assert button in text_of(resident_client.get(address))
    EnrolmentFactory(trajectory=vision)
    assert "All places are taken." in text_of(resident_client.get(address))
    mine = EnrolmentFactory(trajectory=vision, participant=ParticipantFactory(user=resident))
    page = text_of(resident_client.get(address))
    assert f'href="/polderwijk/deelname/{mine.token}/"' in page
    assert button not in page
    Trajectory.objects.filter(pk=vision.pk).update(status=TrajectoryStatus.EVALUATED, current_step="")
    Enrolment.objects.filter(pk=mine.pk).delete()
    over = text_of(resident_client.get(address))
    assert "1 person took part." in over
    assert "This trajectory takes no new people." in over


def test_words_that_are_not_public_stay_off_the_page(report: Any) -> None:
    Report.objects.filter(pk=report.pk).update(moderation=Moderation.HIDDEN)
    promise = CommitmentFactory(trajectory=report.trajectory, text="Mevrouw De Wit krijgt een nieuwe stoep.")
    CommitmentOriginFactory(commitment=promise, contribution=report)
    page = text_of(Client().get(f"{LIST}{report.trajectory.pk}/"))
    assert f"beloofd-en-gedaan/{promise.pk}/" in page
    assert "De Wit" not in page


def test_a_council_list_is_narrowed_to_one_trajectory(busy: Any) -> None:
    CouncilItemFactory(title="Iets anders")
    shown = Client().get(f"/polderwijk/raad/?trajectory={busy.pk}").context["rows"]
    assert [row.item.title for row in shown] == ["Vaststellen van de visie"]


def test_who_takes_part_reads_the_documents_of_the_steps_on_the_page_of_the_trajectory(
    busy: Any, resident: Any, resident_client: Client
) -> None:
    MaterialFactory(of_step=True, trajectory=busy, step="dialogue", title="Kaart")
    MaterialFactory(of_step=True, trajectory=busy, step="scan", title="Vragenlijst", is_public=False)
    address = f"{LIST}{busy.pk}/"
    assert titles_of(Client().get(address)) == titles_of(resident_client.get(address)) == ["Kaart"]
    mine = EnrolmentFactory(trajectory=busy, participant=ParticipantFactory(user=resident))
    page = resident_client.get(address)
    assert titles_of(page) == ["Vragenlijst", "Kaart"]
    assert "Measure the culture" in text_of(page)
    secret = Material.objects.get(title="Vragenlijst").uuid
    assert resident_client.get(f"/polderwijk/bijeenkomsten/stukken/{secret}/").status_code == 302
    leaving.leave(enrolment=mine, by=mine.participant)
    assert titles_of(resident_client.get(address)) == ["Kaart"]
    assert resident_client.get(f"/polderwijk/bijeenkomsten/stukken/{secret}/").status_code == 404


def titles_of(answer: Any) -> list[str]:
    found = [
        section for section in answer.context["sections"] if section.template.endswith("_documents.html")
    ]
    return [each["row"].title for section in found for each in section.data["documents"]]


def test_staff_are_led_to_people_meetings_promises_and_council(busy: Any, coordinator_client: Client) -> None:
    page = text_of(coordinator_client.get(url(busy)))
    for address in (
        f"trajecten/{busy.pk}/deelnemers/",
        f"trajecten/{busy.pk}/wie-ontbreekt/",
        f"trajecten/{busy.pk}/bijeenkomsten/",
        f"trajecten/{busy.pk}/bijeenkomsten/nieuw/",
        f"toezeggingen/?trajectory={busy.pk}&amp;due=overdue",
        f"raad/{CouncilItem.objects.get().pk}/",
    ):
        assert f'href="/polderwijk/werk/{address}"' in page


def test_who_may_not_manage_people_gets_their_number_only(busy: Any, handler_client: Client) -> None:
    page = text_of(handler_client.get(url(busy)))
    assert "On the waiting list" in page
    assert "/deelnemers/" not in page
    assert "/wie-ontbreekt/" not in page
    assert "bijeenkomsten/nieuw/" not in page


@pytest.mark.parametrize("is_staff", [False, True])
def test_a_trajectory_with_much_asks_no_more_than_one_with_little(
    is_staff: bool, busy: Any, coordinator_client: Client, django_assert_num_queries: Any
) -> None:
    address = url(busy) if is_staff else f"{LIST}{busy.pk}/"
    browser = coordinator_client if is_staff else Client()
    browser.get(address)
    with CaptureQueriesContext(connection) as asked:
        browser.get(address)
    for _ in range(30):
        EnrolmentFactory(trajectory=busy)
        MeetingFactory(trajectory=busy)
        CommitmentFactory(trajectory=busy)
        CouncilItemFactory(trajectory=busy)
    with django_assert_num_queries(len(asked)):
        browser.get(address)


# -- The list of staff ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("?late=on", {"Te laat"}),
        ("?words=LAAT", {"Te laat"}),
        ("?phase=coming", {"Komt"}),
        ("?words=x", set()),
    ],
)
def test_the_list_of_staff_is_narrowed_by_its_address(
    query: str, titles: set[str], coordinator_client: Client
) -> None:
    TrajectoryFactory(vision=True, title="Te laat", step_due_on=timezone.localdate() - timedelta(1))
    TrajectoryFactory(agreed=True, title="Komt")
    found = coordinator_client.get(STAFF + query).context["rows"]
    assert {row["trajectory"].title for row in found} == titles


def test_figures_lead_to_what_they_count(coordinator_client: Client) -> None:
    TrajectoryFactory(vision=True, step_due_on=timezone.localdate() - timedelta(1))
    TrajectoryFactory(vision=True)
    TrajectoryFactory(agreed=True)
    for figure in coordinator_client.get(STAFF).context["figures"]:
        shown = coordinator_client.get(STAFF + figure.url).context["rows"]
        assert len(shown) == figure.value, figure.label


@pytest.mark.parametrize("address", [LIST, STAFF])
def test_a_list_of_thirty_asks_no_more_than_a_list_of_one(
    address: str, coordinator_client: Client, areas: list[Any], adviser: Any, django_assert_num_queries: Any
) -> None:
    made = {"vision": True, "areas": areas, "adviser": adviser}
    TrajectoryFactory(**made)
    coordinator_client.get(address)
    with CaptureQueriesContext(connection) as asked:
        coordinator_client.get(address)
    for _ in range(15):
        TrajectoryFactory(**made)
        TrajectoryFactory(method_key="budget", current_step="themes", areas=areas, adviser=adviser)
    with django_assert_num_queries(len(asked)):
        assert len(coordinator_client.get(address).context["page"]) >= 20


# -- The track ------------------------------------------------------------------------------------------------


def test_only_the_open_step_is_late_and_what_went_as_planned_says_so_once(
    coordinator: Any, coordinator_client: Client
) -> None:
    made = TrajectoryFactory(agreed=True)
    today = timezone.localdate()
    planned = [
        PlannedStep("exploring", ends_on=today),
        PlannedStep("scan", ends_on=today),
        PlannedStep("dialogue", ends_on=today),
    ]
    steps.plan(trajectory=made, by=coordinator, steps=planned)
    steps.start(trajectory=made, by=coordinator)
    steps.close(trajectory=made, step="exploring", by=coordinator)
    with time_machine.travel(timezone.now() + timedelta(days=4), tick=False):
        track = views.rows(steps.track(trajectory=Trajectory.objects.get(pk=made.pk)), may_reopen=True)
    day = date_format(today, "j F Y")
    assert [row["late"] for row in track[:3]] == ["", "4 days late", ""]
    assert track[0]["dates"] == f"Closed on {day}"
    assert track[2]["dates"] == f"Planned to be ready on {day}"


def test_what_can_be_done_with_a_step_stands_in_that_step(coordinator_client: Client, vision: Any) -> None:
    page = text_of(coordinator_client.get(url(vision)))
    done, rest = page.split('<li class="portal-step portal-step--now"')
    now, todo = rest.split('<li class="portal-step portal-step--todo"', 1)
    assert f'action="{url(vision, "stap/heropenen")}"' in done
    assert "Close this step" in now
    assert "Skip this step" in now
    for act in ("stap/afronden/", "stap/overslaan/", "stap/heropenen/"):
        assert act not in todo


def test_the_history_says_what_became_of_each_step(coordinator_client: Client, vision: Any) -> None:
    titles = [event["title"] for event in coordinator_client.get(url(vision)).context["events"]]
    assert titles == [
        "Step “Measure the culture” began",
        "Step “Explore” was closed",
        "Step “Explore” began",
    ]


def test_a_trajectory_that_goes_says_how_and_one_that_is_over_its_status(
    coordinator_client: Client, vision: Any
) -> None:
    assert "<dt>Status</dt>" not in text_of(coordinator_client.get(url(vision)))
    over = TrajectoryFactory(method_key="visie", status=TrajectoryStatus.EVALUATED)
    assert "<dt>Status</dt>" in text_of(coordinator_client.get(url(over)))


# -- Moving along the steps -----------------------------------------------------------------------------------


def test_the_adviser_works_on_the_own_trajectory_only(sign_in: Any, adviser: Any, vision: Any) -> None:
    browser = sign_in(adviser)
    assert browser.get(url(vision)).status_code == 200
    assert browser.post(url(vision, "stap/afronden"), {"step": "scan"}).status_code == 302
    assert browser.get(url(TrajectoryFactory(vision=True))).status_code == 404
    assert browser.get(STAFF).status_code == 404


def test_a_step_is_skipped_with_a_reason_that_is_kept_and_shown(
    coordinator_client: Client, vision: Any, coordinator: Any
) -> None:
    data = {"step": "scan", "reason": "De meting van vorig jaar volstaat."}
    page = text_of(coordinator_client.post(url(vision, "stap/overslaan"), data, follow=True))
    assert "This step has been skipped. Now: Dialogue." in page
    assert "De meting van vorig jaar volstaat." in page
    assert StepRecord.objects.get(event=StepEvent.SKIPPED).by == coordinator


def test_only_an_optional_step_offers_to_be_skipped(coordinator_client: Client) -> None:
    made = TrajectoryFactory(method_key="visie", current_step="exploring")
    assert "Skip this step" not in text_of(coordinator_client.get(url(made)))
    answer = coordinator_client.post(url(made, "stap/overslaan"), {"step": "exploring"})
    assert answer.status_code == 422
    assert "It can&#x27;t be skipped." in text_of(answer)


def test_a_shut_gate_is_passed_with_a_reason_only_and_the_history_shows_who_did_it(
    coordinator_client: Client, handler_client: Client, coordinator: Any
) -> None:
    made = TrajectoryFactory(method_key="visie", current_step="evaluation")
    CommitmentFactory(trajectory=made)
    close = url(made, "stap/afronden")
    refused = coordinator_client.post(close, {"step": "evaluation"})
    assert refused.status_code == 422
    assert "1 promise is still open" in text_of(refused)
    data = {"step": "evaluation", "override_reason": "De laatste belofte loopt door."}
    assert "It was the last one." in text_of(coordinator_client.post(close, data, follow=True))
    page = text_of(handler_client.get(url(made)))
    for told in ("1 promise is still open", "De laatste belofte loopt door.", str(coordinator)):
        assert told in page
    assert Trajectory.objects.get(pk=made.pk).status == TrajectoryStatus.EVALUATED


def test_who_only_looks_sees_no_buttons(handler_client: Client, vision: Any) -> None:
    page = text_of(handler_client.get(url(vision)))
    for button in ("Close this step", "Skip this step", "Open again", "Plan the steps"):
        assert button not in page


def test_what_was_agreed_begins_with_one_button_once(coordinator_client: Client) -> None:
    made = TrajectoryFactory(agreed=True)
    begun = text_of(coordinator_client.post(url(made, "beginnen"), follow=True))
    assert "The trajectory has begun. Now: Explore." in begun
    assert "Let it begin" not in begun
    again = text_of(coordinator_client.post(url(made, "beginnen"), follow=True))
    assert "can&#x27;t become" in again
    assert StepRecord.objects.filter(trajectory=made).count() == 1


def test_what_came_to_its_end_is_laid_in_the_archive_and_stays_as_it_is(
    coordinator_client: Client, handler_client: Client
) -> None:
    made = TrajectoryFactory(method_key="visie", status=TrajectoryStatus.EVALUATED)
    assert "Lay it in the archive" in text_of(coordinator_client.get(url(made)))
    assert "Lay it in the archive" not in text_of(handler_client.get(url(made)))
    page = text_of(coordinator_client.post(url(made, "archiveren"), follow=True))
    assert "It can still be read." in page
    for button in ("Lay it in the archive", "Open again"):
        assert button not in page
    made.refresh_from_db()
    assert made.status == TrajectoryStatus.ARCHIVED
    assert "stays so" in text_of(coordinator_client.post(url(made, "archiveren"), follow=True))


def test_what_goes_on_is_not_laid_in_the_archive(coordinator_client: Client, vision: Any) -> None:
    assert "Lay it in the archive" not in text_of(coordinator_client.get(url(vision)))
    answer = coordinator_client.post(url(vision, "archiveren"), follow=True)
    assert "can&#x27;t become" in text_of(answer)
    vision.refresh_from_db()
    assert vision.status == TrajectoryStatus.RUNNING


# -- Planning -------------------------------------------------------------------------------------------------


def everything(**fields: str) -> dict[str, str]:
    """What the form of a vision sends when every step is part of the trajectory."""
    return {**{f"{step.key}-on": "on" for step in registry.method("visie").steps}, **fields}


def test_steps_are_planned_left_out_and_told_in_own_words(coordinator_client: Client) -> None:
    made = TrajectoryFactory(agreed=True)
    data = everything(**{"scan-ends_on": "2027-02-01", "scan-text": "Samen met de wijkraden."})
    del data["second_scan-on"]
    page = text_of(coordinator_client.post(url(made, "planning"), data, follow=True))
    assert "Samen met de wijkraden." in page
    assert "Measure again" not in page
    assert [own.key for own in tailoring.of(Trajectory.objects.get(pk=made.pk)).planned if not own.on] == [
        "second_scan"
    ]


def test_a_planning_that_is_wrong_keeps_what_was_typed_and_says_so_at_the_field(
    coordinator_client: Client,
) -> None:
    made = TrajectoryFactory(agreed=True)
    data = everything(
        **{
            "exploring-ends_on": "2027-02-01",
            "scan-ends_on": "2027-01-01",
            "scan-text": "Dit blijft staan.",
            "dialogue-starts_on": "morgen",
        }
    )
    answer = coordinator_client.post(url(made, "planning"), data)
    assert answer.status_code == 422
    assert "This is not a date." in text_of(answer)
    assert "Dit blijft staan." in text_of(answer)
    answer = coordinator_client.post(url(made, "planning"), {**data, "dialogue-starts_on": ""})
    assert "Measure the culture: This is before the last day of an earlier step." in text_of(answer)
    assert Trajectory.objects.get(pk=made.pk).tailoring == {}


def test_a_step_that_is_open_is_not_left_out(coordinator_client: Client, vision: Any) -> None:
    data = everything()
    del data["scan-on"]
    answer = coordinator_client.post(url(vision, "planning"), data)
    assert (answer.status_code, "opened or passed already" in text_of(answer)) == (422, True)


def test_days_are_suggested_and_only_kept_when_they_are_sent(coordinator_client: Client) -> None:
    made = TrajectoryFactory(agreed=True)
    page = text_of(coordinator_client.get(url(made, "planning") + "?begin=2027-01-04"))
    assert 'value="2027-01-04"' in page
    assert 'value="2027-01-31"' in page
    assert Trajectory.objects.get(pk=made.pk).tailoring == {}
    assert "This is not a date." in text_of(coordinator_client.get(url(made, "planning") + "?begin=x"))


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_days_are_not_suggested_from_a_year_that_was_mistyped(coordinator_client: Client, day: str) -> None:
    answer = coordinator_client.get(url(TrajectoryFactory(agreed=True), "planning") + f"?begin={day}")
    assert (answer.status_code, "Is the year right?" in text_of(answer)) == (200, True)


def test_what_is_over_can_not_be_planned(coordinator_client: Client) -> None:
    made = TrajectoryFactory(method_key="visie", status=TrajectoryStatus.EVALUATED)
    answer = coordinator_client.post(url(made, "planning"), everything())
    assert (answer.status_code, "This trajectory is over." in text_of(answer)) == (422, True)
