"""The pages about other systems: forwarding a report, the list, and what the coordinator keeps."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from buurtschouw.domain import answering
from buurtschouw.domain.forwarding import keys
from buurtschouw.enums import ForwardState
from buurtschouw.models import Destination, Forward, Report
from buurtschouw.tasks import send_forwards
from tests.factories.buurtschouw import CategoryFactory, ReportFactory
from tests.factories.core import AttachmentFactory
from tests.factories.forwarding import DestinationFactory, ForwardFactory
from tests.standins.open311 import KEY, Open311
from tests.standins.serving import Answer
from tests.standins.signalen import Signalen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

WORK = "/polderwijk/werk"


def said(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def page(client: Client, path: str) -> str:
    answer = client.get(f"{WORK}/{path}")
    assert answer.status_code == 200
    return answer.content.decode()


def wish(destination: Destination, **changes: Any) -> dict[str, Any]:
    given = {"version": 1, "destination": destination.pk, "message": "Wij sturen het door.", **changes}
    return {f"forward-{name}": value for name, value in given.items()}


# -- On the page of a report ----------------------------------------------------------------------------------


def test_a_municipality_without_systems_sees_nothing_of_it(handler_client: Client, report: Any) -> None:
    assert "Forward it to another system" not in page(handler_client, f"meldingen/{report.pk}/")


def test_a_handler_forwards_and_sees_what_becomes_of_it(
    handler_client: Client, report: Any, province: Destination
) -> None:
    assert "Forward it to another system" in page(handler_client, f"meldingen/{report.pk}/")
    answer = handler_client.post(f"{WORK}/meldingen/{report.pk}/doorsturen/", wish(province))
    assert answer.status_code == 302
    assert "De provincie" in said(answer)[0]
    assert "waits to be sent" in page(handler_client, f"meldingen/{report.pk}/")
    send_forwards()
    shown = page(handler_client, f"meldingen/{report.pk}/")
    assert "received there" in shown
    assert "R-1" in shown
    assert "De provincie works on it" in shown


def test_who_has_a_system_is_not_typed_as_if_it_went_there(
    handler_client: Client, report: Any, province: Destination
) -> None:
    given = {"version": 1, "status": "forwarded", "message": "Door.", "forwarded_to": "de provincie"}
    answer = handler_client.post(f"{WORK}/meldingen/{report.pk}/antwoord/", given)
    assert (answer.status_code, list(answer.context["answer_form"].errors)) == (422, ["forwarded_to"])
    given["forwarded_to"] = "de woonstichting"
    assert handler_client.post(f"{WORK}/meldingen/{report.pk}/antwoord/", given).status_code == 302


def test_says_of_each_system_what_the_theme_becomes_there(
    handler_client: Client, report: Any, province: Destination
) -> None:
    DestinationFactory(name="Waterschap")
    shown = page(handler_client, f"meldingen/{report.pk}/")
    assert "De provincie (Afval › Grofvuil)" in shown
    assert "Waterschap (no category for this theme yet)" in shown


def test_photos_and_address_are_not_chosen_beforehand(
    handler_client: Client, report: Any, province: Destination
) -> None:
    AttachmentFactory(target=report)
    handler_client.post(f"{WORK}/meldingen/{report.pk}/doorsturen/", wish(province))
    forward = Forward.objects.get()
    assert (forward.shares_photos, forward.shares_contact) == (False, False)


def test_no_address_is_offered_of_a_reporter_who_left_none(
    handler_client: Client, schouw: Any, category: Any, province: Destination
) -> None:
    report = ReportFactory(schouw=schouw, category=category, anonymous=True)
    assert "forward-contact" not in page(handler_client, f"meldingen/{report.pk}/")
    answer = handler_client.post(
        f"{WORK}/meldingen/{report.pk}/doorsturen/", wish(province, contact="on", agreed="Ja")
    )
    assert answer.status_code == 302
    assert not Forward.objects.get().shares_contact


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"forward-destination": ""}, "destination"),
        ({"forward-destination": 0}, "destination"),
        ({"forward-message": " "}, "message"),
        ({"forward-contact": "on"}, "agreed"),
    ],
)
def test_a_mistake_stands_beside_its_field_and_what_was_typed_stays(
    typed: dict[str, Any], field: str, handler_client: Client, report: Any, province: Destination
) -> None:
    answer = handler_client.post(
        f"{WORK}/meldingen/{report.pk}/doorsturen/", {**wish(province, message="Mijn woorden"), **typed}
    )
    assert answer.status_code == 422
    assert list(answer.context["forward_form"].errors) == [field]
    if field != "message":
        assert "Mijn woorden" in answer.content.decode()
    assert not Forward.objects.exists()


def test_who_was_second_sees_what_changed_and_keeps_what_was_typed(
    handler_client: Client, report: Any, province: Destination, handler: Any
) -> None:
    answering.answer(report=report, by=handler, version=1, status="acknowledged", message="Wij kijken.")
    answer = handler_client.post(
        f"{WORK}/meldingen/{report.pk}/doorsturen/", wish(province, message="Mijn woorden")
    )
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "This report changed while you were writing" in shown
    assert "Mijn woorden" in shown
    assert "Wij kijken." in shown
    renewed = answer.context["forward_form"]
    assert int(renewed["version"].value()) == 2


def test_with_htmx_the_part_comes_back_with_what_it_changed(
    handler_client: Client, report: Any, province: Destination
) -> None:
    answer = handler_client.post(
        f"{WORK}/meldingen/{report.pk}/doorsturen/",
        wish(province),
        headers={"HX-Request": "true", "HX-Target": "report-forward"},
    )
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert '<div class="portal-stack" id="report-forward">' in shown
    assert 'id="report-forwards" hx-swap-oob="true"' in shown
    assert "waits to be sent" in shown


def test_a_handler_sends_again_what_failed(
    handler_client: Client, report: Any, duinstad: Destination, signalen_server: Signalen
) -> None:
    handler_client.post(f"{WORK}/meldingen/{report.pk}/doorsturen/", wish(duinstad))
    signalen_server.faults.append(Answer(400, b'{"text": ["Te lang."]}'))
    send_forwards()
    shown = page(handler_client, f"meldingen/{report.pk}/")
    assert "text: Te lang." in shown
    assert "Send it again now" in shown
    Destination.objects.update(is_active=False)
    off = page(handler_client, f"meldingen/{report.pk}/")
    assert ("Send it again now" in off, "This system is not in use (any more)." in off) == (False, True)
    Destination.objects.update(is_active=True)
    forward = Forward.objects.get()
    address = f"{WORK}/meldingen/{report.pk}/doorsturen/{forward.pk}/opnieuw/"
    assert handler_client.post(address).status_code == 302
    send_forwards()
    assert Forward.objects.get().state == ForwardState.ACCEPTED
    refused = handler_client.post(address)
    assert refused.status_code == 422
    assert "This was sent already" in refused.content.decode()


def test_a_forward_of_another_report_is_not_found(handler_client: Client, report: Any, in_scope: Any) -> None:
    forward = ForwardFactory(failed=True)
    assert (
        handler_client.post(f"{WORK}/meldingen/{report.pk}/doorsturen/{forward.pk}/opnieuw/").status_code
        == 404
    )


def test_what_came_back_stands_on_top_of_the_queue(
    handler_client: Client, schouw: Any, category: Any, in_scope: Any
) -> None:
    ReportFactory(schouw=schouw, category=category, overdue=True)
    back = ForwardFactory(
        failed=True, report__schouw=schouw, report__category=category, report__text="Deze kwam terug."
    ).report
    answer = handler_client.get(f"{WORK}/meldingen/")
    assert answer.context["rows"][0].report == back
    assert "back: not forwarded" in answer.content.decode()
    shown = handler_client.get(f"/polderwijk/meldingen/{back.pk}/").content.decode()
    assert "not solved" not in shown  # nobody said so: it only was not sent
    listed = handler_client.get(f"{WORK}/meldingen/?status=bounced").context["rows"]
    assert [row.report for row in listed] == [back]
    assert not handler_client.get(f"{WORK}/meldingen/?status=returned").context["rows"]


def test_the_queue_tells_how_many_are_elsewhere(handler_client: Client, in_scope: Any) -> None:
    assert "Forwarded, no end yet" not in page(handler_client, "meldingen/")
    ForwardFactory(accepted=True)
    ForwardFactory()
    ForwardFactory(failed=True)
    figures = {figure.label: figure for figure in handler_client.get(f"{WORK}/meldingen/").context["figures"]}
    assert figures["Forwarded, no end yet"].value == 2
    assert figures["Forwarded, no end yet"].url == f"{WORK}/doorsturen/overzicht/?group=live"


def test_the_reporter_reads_who_has_it_and_is_not_asked_yet(
    client: Client, report: Any, province: Destination, handler_client: Client
) -> None:
    handler_client.post(f"{WORK}/meldingen/{report.pk}/doorsturen/", wish(province))
    shown = client.get(f"/polderwijk/volg/{report.token}/").content.decode()
    assert "De provincie has your report now." in shown
    assert "Is it solved?" not in shown


# -- The list -------------------------------------------------------------------------------------------------


def test_the_list_can_be_narrowed(handler_client: Client, in_scope: Any) -> None:
    live, failed = ForwardFactory(accepted=True), ForwardFactory(failed=True)
    ended = ForwardFactory(accepted=True)
    Forward.objects.filter(pk=ended.pk).update(state="finished", poll_at=None)

    def rows(query: str) -> list[Forward]:
        answer = handler_client.get(f"{WORK}/doorsturen/overzicht/{query}")
        return [row["forward"] for row in answer.context["rows"]]

    assert rows("") == [ended, failed, live]
    assert rows("?group=live") == [live]
    assert rows("?group=unsent") == [failed]
    assert rows("?group=ended") == [ended]
    assert rows(f"?destination={failed.destination_id}") == [failed]
    assert rows("?group=nonsense&destination=0") == [ended, failed, live]


def test_the_list_asks_as_much_for_thirty_as_for_one(handler_client: Client, in_scope: Any) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            handler_client.get(f"{WORK}/doorsturen/overzicht/")
        return len(queries)

    ForwardFactory(accepted=True)
    asked()
    one = asked()
    for _forward in range(29):
        ForwardFactory(accepted=True)
    assert asked() == one


def test_the_systems_ask_as_much_for_thirty_as_for_one(coordinator_client: Client, in_scope: Any) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            coordinator_client.get(f"{WORK}/doorsturen/")
        return len(queries)

    DestinationFactory()
    asked()
    one = asked()
    for _destination in range(29):
        ForwardFactory()
    assert asked() == one


def test_the_list_as_a_file_has_what_went_wrong(handler_client: Client, in_scope: Any) -> None:
    forward = ForwardFactory(failed=True)
    answer = handler_client.get(f"{WORK}/doorsturen/overzicht.csv")
    head, row = b"".join(answer.streaming_content).decode().strip().splitlines()
    assert head.startswith("Report,Theme,Organisation,Category there,State")
    assert forward.destination.name in row
    assert forward.last_error in row


# -- What the coordinator keeps -------------------------------------------------------------------------------


def test_a_coordinator_adds_a_system_reads_its_categories_and_chooses(
    coordinator_client: Client, open311_server: Open311, category: Any
) -> None:
    given = {
        "name": "De provincie",
        "system": "open311",
        "url": open311_server.base,
        "jurisdiction": "provincie.example.org",
        "key": KEY,
        "is_active": "on",
    }
    answer = coordinator_client.post(f"{WORK}/doorsturen/nieuw/", given)
    destination = Destination.objects.get()
    address = f"{WORK}/doorsturen/{destination.pk}/"
    assert (answer.status_code, answer.headers["Location"]) == (302, address)
    assert keys.opened(destination.sealed_key) == KEY
    assert category.name in page(coordinator_client, f"doorsturen/{destination.pk}/")
    assert said(coordinator_client.post(f"{address}ophalen/"))[-1] == "3 categories were read."
    assert said(coordinator_client.post(f"{address}proef/"))[-1] == "It answers, and has 3 categories."
    coordinator_client.post(f"{address}themas/", {f"theme-{category.pk}": "017"})
    assert destination.themes.get().label == "Wegen › Gat in de weg"
    shown = page(coordinator_client, f"doorsturen/{destination.pk}/")
    assert "can&#x27;t be forwarded there" not in shown
    assert KEY not in shown
    assert destination.sealed_key not in shown


def test_the_page_says_what_is_wrong_with_their_system(coordinator_client: Client, in_scope: Any) -> None:
    destination = DestinationFactory(url="http://127.0.0.1:9")
    for act in ("ophalen", "proef"):
        answer = coordinator_client.post(f"{WORK}/doorsturen/{destination.pk}/{act}/")
        assert said(answer)[-1] == "No connection could be made with their server."


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"system": ""}, "system"),
        ({"url": ""}, "url"),
        ({"url": "http://x.nl"}, "url"),
    ],
)
def test_a_mistake_in_a_system_stands_beside_its_field(
    changes: dict[str, str], field: str, coordinator_client: Client, in_scope: Any
) -> None:
    given = {"name": "Provincie", "system": "open311", "url": "http://127.0.0.1:9", **changes}
    answer = coordinator_client.post(f"{WORK}/doorsturen/nieuw/", given)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not Destination.objects.exists()


def test_a_mistake_leaves_the_name_on_the_page_as_it_was(
    coordinator_client: Client, province: Destination
) -> None:
    given = {"name": "Anders", "system": "open311", "url": "ftp://x.example.org"}
    shown = coordinator_client.post(f"{WORK}/doorsturen/{province.pk}/", given).content.decode()
    assert "<h1>De provincie</h1>" in shown


def test_a_theme_that_was_added_since_is_told_to_be_missing(
    coordinator_client: Client, province: Destination
) -> None:
    CategoryFactory(name="Muizen")
    assert "Muizen" in page(coordinator_client, f"doorsturen/{province.pk}/")
    assert "1 theme has no category there" in page(coordinator_client, "doorsturen/")


def test_a_choice_that_does_not_exist_is_refused_beside_its_theme(
    coordinator_client: Client, province: Destination, category: Any
) -> None:
    answer = coordinator_client.post(
        f"{WORK}/doorsturen/{province.pk}/themas/", {f"theme-{category.pk}": "nonsense"}
    )
    assert (answer.status_code, list(answer.context["themes_form"].errors)) == (422, [f"theme-{category.pk}"])


def test_another_municipality_s_system_is_not_found(
    coordinator_client: Client, other_municipality: Any, report: Any, handler_client: Client, in_scope: Any
) -> None:
    theirs = DestinationFactory(municipality=other_municipality)
    assert coordinator_client.get(f"{WORK}/doorsturen/{theirs.pk}/").status_code == 404
    answer = handler_client.post(f"{WORK}/meldingen/{report.pk}/doorsturen/", wish(theirs))
    assert answer.status_code == 422
    assert Report.objects.get(pk=report.pk).status == "new"
