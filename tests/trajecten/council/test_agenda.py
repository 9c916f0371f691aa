"""Agendas of the council information system: read, asked for, imported once, and matched by a clerk."""

import copy
import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from threading import Thread
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_scopes import scope, scopes_disabled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.core import AgendaItemFactory, CouncilItemFactory
from trajecten.domain.agenda import fetching, importing, matching
from trajecten.domain.agenda.matching import MatchRefused
from trajecten.domain.agenda.reading import Agenda, AgendaRefused, Meeting, Point, read
from trajecten.enums import MatchState
from trajecten.models import Activity, AgendaItem, CouncilItem
from trajecten.transitions import TransitionRefused

SOON = timezone.localdate() + timedelta(days=14)


def point(number: int, title: str, *, prefix: str = "", inner: Any = (), **changes: Any) -> dict[str, Any]:
    return {
        "id": number,
        "type": "agenda_point",
        "order": number,
        "permission_group": "public",
        "confidential": 0,
        "type_data": {
            "heading": False,
            "title_prefix": prefix or None,
            "attributes": [{"id": 24, "value": "24bst"}, {"id": 1, "value": title}],
        },
        "agenda_items": list(inner),
        **changes,
    }


def meeting(*points: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "id": 1147925,
        "self": "api.notubiz.nl/events/meetings/1147925",
        "type": "meeting",
        "permission_group": "public",
        "confidential": 0,
        "canceled": False,
        "inactive": False,
        "url": "https://polderwijk.example.org/vergadering/1147925/Gemeenteraad",
        "attributes": [{"id": 1, "value": "Gemeenteraad"}, {"id": 50, "value": "Raadzaal"}],
        "plannings": [{"start_date": f"{SOON} 19:30:00", "end_date": None}],
        "agenda_items": list(points),
        **changes,
    }


def raw(document: Any) -> bytes:
    return json.dumps(document).encode()


def agenda(*points: dict[str, Any], **changes: Any) -> Agenda:
    return read(raw({"meeting": meeting(*points, **changes)}))


CROSSING = point(7001, "Motie Een veilige oversteek bij de school", prefix="3.1")

# -- Reading -------------------------------------------------------------------------------------------------


def test_reads_a_meeting_with_its_points_and_those_within_them() -> None:
    inner = [CROSSING, point(7002, "Brief over  het bos", prefix="3.2")]
    found = agenda(point(7000, "Hamerstukken", prefix="3.", inner=inner))
    (read_meeting,) = found.meetings
    assert (read_meeting.name, read_meeting.day, read_meeting.is_cancelled) == ("Gemeenteraad", SOON, False)
    assert [(each.external_id, each.number, each.title) for each in read_meeting.points] == [
        ("7000", "3", "Hamerstukken"),
        ("7001", "3.1", "Motie Een veilige oversteek bij de school"),
        ("7002", "3.2", "Brief over het bos"),
    ]


@pytest.mark.parametrize(
    "wrap", [lambda one: {"meetings": [one]}, lambda one: {"events": [one]}, lambda one: [one]]
)
def test_reads_several_meetings_in_each_form(wrap: Any) -> None:
    assert [each.external_id for each in read(raw(wrap(meeting(CROSSING)))).meetings] == ["1147925"]


def test_leaves_out_what_is_not_public_and_headings() -> None:
    heading = point(1, "Pauze", inner=[CROSSING])
    heading["type_data"]["heading"] = True
    closed = point(2, "Besloten", confidential=1)
    members = point(3, "Fractie", permission_group="members")
    found = agenda(heading, closed, members)
    assert [each.external_id for each in found.meetings[0].points] == ["7001"]
    assert found.left_out == 2
    others = [
        meeting(type="assembly"),
        meeting(permission_group="members"),
        meeting(inactive=True),
    ]
    assert (read(raw({"events": others})).meetings, read(raw({"events": others})).left_out) == ((), 3)


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (b"{", "JSON"),
        (b"\xff\xfe", "JSON"),
        (raw({"iets": 1}), "meetings"),
        (raw("tekst"), "meetings"),
        (raw({"events": ["x"]}), "1"),
        (raw({"events": [meeting(id=None)]}), "id"),
        (raw({"events": [meeting(plannings=[])]}), "start_date"),
        (raw({"events": [meeting(plannings=[{"start_date": "morgen"}])]}), "morgen"),
        (raw({"meeting": meeting(agenda_items={"a": 1})}), "1"),
        (raw({"meeting": meeting("x")}), "1"),
        (raw({"meeting": meeting(point(1, ""))}), "title"),
        (raw({"meeting": meeting(point(1, "A"), point(1, "B"))}), "1"),
        (b"[" * 100_000, "JSON"),
        (raw({"meeting": meeting(point(1, "A"), point(2, "a\ud800b"))}), "Meeting 1, agenda item 2"),
        (raw({"meeting": meeting(point(1, "a\0b"))}), "Meeting 1, agenda item 1"),
        (raw({"meeting": meeting(point(1, "A", prefix="3\0"))}), "Meeting 1, agenda item 1"),
        (raw({"meeting": meeting(point(1, "A", prefix="3\udfff"))}), "Meeting 1, agenda item 1"),
        (raw({"meeting": meeting(attributes=[{"id": 1, "value": "Raad\ud800"}])}), "Meeting 1"),
        (raw({"meeting": meeting(plannings=[{"start_date": "9999-12-31 19:30:00"}])}), "9999-12-31"),
        (raw({"meeting": meeting(plannings=[{"start_date": "0001-01-01"}])}), "0001-01-01"),
    ],
)
@pytest.mark.usefixtures("english")
def test_what_is_wrong_is_refused_with_its_place(document: bytes, words: str) -> None:
    with pytest.raises(AgendaRefused) as refused:
        read(document)
    assert words in str(refused.value)
    assert str(refused.value).encode()


def test_the_address_of_a_meeting_is_one_that_can_be_asked() -> None:
    event = meeting(event_type_data={"self": "api.\ud800.nl/1"})
    del event["agenda_items"]
    with pytest.raises(AgendaRefused) as refused:
        read(raw({"events": [event]}))
    assert str(refused.value).encode()


def test_white_space_in_a_title_and_a_number_is_one_space() -> None:
    (found,) = agenda(point(1, "Een\n\tveilige  oversteek", prefix=" 3.1. ")).meetings[0].points
    assert (found.number, found.title) == ("3.1", "Een veilige oversteek")


@pytest.mark.usefixtures("english")
def test_every_reason_is_told_at_once() -> None:
    bad = [meeting(point(1, "")), meeting(id=True), meeting(point(2, "Goed"), point(3, "  "))]
    with pytest.raises(AgendaRefused) as refused:
        read(raw({"events": bad}))
    assert [reason.partition(":")[0] for reason in refused.value.refusals] == [
        "Meeting 1, agenda item 1",
        "Meeting 2",
        "Meeting 3, agenda item 2",
    ]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "//x", "https://", "http://[", 7, "https://a\n.nl", None]
)
def test_what_is_no_address_of_a_site_becomes_no_link(url: Any) -> None:
    assert agenda(CROSSING, url=url).meetings[0].url == ""


_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(data=st.data())
def test_property_a_document_of_any_form_is_read_or_refused(data: st.DataObject) -> None:
    document = {"meeting": meeting(copy.deepcopy(CROSSING))}
    at: Any = document["meeting"]
    if data.draw(st.booleans()):
        at = at["agenda_items"][0]
    if data.draw(st.booleans()) and "type_data" in at:
        at = at["type_data"]
    at[data.draw(st.sampled_from(sorted(at)))] = data.draw(_values)
    try:
        found = read(raw(document))
    except AgendaRefused as refused:
        assert all(refused.refusals)  # noqa: PT017
    else:
        assert all(each.title for one in found.meetings for each in one.points)


# -- Importing -----------------------------------------------------------------------------------------------


def take(municipality: Any, *points: dict[str, Any], **changes: Any) -> importing.Imported:
    return importing.take(municipality=municipality, agenda=agenda(*points, **changes), by=None)


def test_the_same_agenda_twice_changes_nothing(in_scope: Any) -> None:
    first = take(in_scope, CROSSING, point(7002, "Brief"))
    before = list(AgendaItem.objects.values())
    again = take(in_scope, CROSSING, point(7002, "Brief"))
    assert (first.added, again.added, again.changed, again.same) == (2, 0, 0, 2)
    assert list(AgendaItem.objects.values()) == before


def test_another_title_or_date_is_kept_with_what_it_was(in_scope: Any) -> None:
    take(in_scope, CROSSING)
    later = SOON + timedelta(days=7)
    renamed = point(7001, "Motie Oversteek", prefix="4")
    result = take(in_scope, renamed, plannings=[{"start_date": f"{later}T20:00:00"}])
    row = AgendaItem.objects.get()
    assert (result.changed, row.title, row.meeting_date, row.number) == (1, "Motie Oversteek", later, "4")
    assert row.changed == {
        "title": "Motie Een veilige oversteek bij de school",
        "meeting_date": SOON.isoformat(),
        "number": "3.1",
    }


def test_each_municipality_has_the_same_number_for_itself(in_scope: Any, other_municipality: Any) -> None:
    take(in_scope, CROSSING)
    with scope(municipality=other_municipality):
        take(other_municipality, CROSSING)
    with scopes_disabled():
        assert AgendaItem.objects.count() == 2


def test_what_was_accepted_follows_the_date_until_it_is_decided(in_scope: Any, clerk: Any) -> None:
    item = CouncilItemFactory()
    take(in_scope, CROSSING)
    row = AgendaItem.objects.get()
    matching.accept(agenda_item=row, item=item, by=clerk)
    later = SOON + timedelta(days=7)
    take(in_scope, CROSSING, plannings=[{"start_date": f"{later} 19:30:00"}])
    assert CouncilItem.objects.get().scheduled_for == later
    CouncilItem.objects.update(status="adopted", decided_on=SOON)
    take(in_scope, CROSSING)
    assert CouncilItem.objects.get().scheduled_for == later


# -- Matching ------------------------------------------------------------------------------------------------


def test_a_title_that_is_alike_is_proposed_with_how_sure_that_is(in_scope: Any) -> None:
    item = CouncilItemFactory()
    result = take(in_scope, CROSSING, point(7002, "Vaststellen van de agenda"))
    alike, other = AgendaItem.objects.order_by("external_id")
    assert (result.proposed, alike.match, alike.state) == (1, item, "proposed")
    assert 0.7 < alike.score < 1
    assert (other.match, other.score, other.state) == (None, None, "unmatched")
    assert list(matching.proposals()) == [alike]


def test_the_number_settles_it_whatever_the_title(in_scope: Any) -> None:
    known = CouncilItemFactory(external_id="7001", title="Heel iets anders")
    CouncilItemFactory()
    take(in_scope, CROSSING)
    row = AgendaItem.objects.get()
    assert (row.match, row.score) == (known, 1.0)


def test_an_item_of_that_day_goes_before_one_of_another_day(in_scope: Any) -> None:
    CouncilItemFactory(scheduled=True, scheduled_for=SOON + timedelta(days=30))
    that_day = CouncilItemFactory(scheduled=True, scheduled_for=SOON)
    take(in_scope, CROSSING)
    assert AgendaItem.objects.get().match == that_day


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "adopted", "decided_on": SOON},
        {"status": "withdrawn", "reason": "Nee."},
        {"submitted_on": SOON + timedelta(days=1)},
        {"title": "Groot onderhoud aan het gemaal"},
    ],
)
def test_these_are_not_proposed(in_scope: Any, changes: dict[str, Any]) -> None:
    CouncilItemFactory(**changes)
    assert take(in_scope, CROSSING).proposed == 0


def test_a_meeting_that_is_off_is_not_proposed_any_more(in_scope: Any) -> None:
    CouncilItemFactory()
    take(in_scope, CROSSING)
    take(in_scope, CROSSING, canceled=True)
    assert AgendaItem.objects.get().state == "unmatched"


def test_accepting_schedules_the_item_and_ties_it(in_scope: Any, clerk: Any) -> None:
    item = CouncilItemFactory()
    take(in_scope, CROSSING)
    row = AgendaItem.objects.get()
    for _twice in range(2):
        matching.accept(agenda_item=row, item=item, by=clerk)
    item = CouncilItem.objects.get()
    assert (item.status, item.scheduled_for, item.meeting_name) == ("scheduled", SOON, "Gemeenteraad")
    assert (item.external_id, item.url) == ("7001", meeting()["url"])
    assert Activity.objects.filter(verb="agenda_matched").count() == 1
    assert take(in_scope, CROSSING).proposed == 0


def test_a_refused_match_does_not_come_back(in_scope: Any, clerk: Any) -> None:
    item = CouncilItemFactory()
    take(in_scope, CROSSING)
    row = AgendaItem.objects.get()
    for _twice in range(2):
        matching.refuse(agenda_item=row, item=item, by=clerk)
    assert take(in_scope, CROSSING).proposed == 0
    assert AgendaItem.objects.get().state == "unmatched"
    assert CouncilItem.objects.get().status == "submitted"


def test_the_next_best_is_proposed_after_a_refusal(in_scope: Any, clerk: Any) -> None:
    best, next_best = CouncilItemFactory(), CouncilItemFactory(title="Veilige oversteek")
    take(in_scope, CROSSING)
    matching.refuse(agenda_item=AgendaItem.objects.get(), item=best, by=clerk)
    assert AgendaItem.objects.get().match == next_best


def test_a_proposal_that_changed_meanwhile_is_not_accepted(in_scope: Any, clerk: Any) -> None:
    item, other = CouncilItemFactory(), CouncilItemFactory(title="Iets anders")
    take(in_scope, CROSSING)
    row = AgendaItem.objects.get()
    for act in (matching.accept, matching.refuse):
        with pytest.raises(MatchRefused):
            act(agenda_item=row, item=other, by=clerk)
    CouncilItem.objects.filter(pk=item.pk).update(status="adopted", decided_on=date(2026, 1, 1))
    with pytest.raises(TransitionRefused):
        matching.accept(agenda_item=row, item=item, by=clerk)
    assert AgendaItem.objects.get().state == MatchState.PROPOSED


_words = st.sampled_from(["oversteek", "school", "motie", "bos", "speeltuin", "agenda", "veilige"])
_titles = st.lists(_words, min_size=1, max_size=4).map(" ".join)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    here=st.lists(_titles, max_size=3),
    there=st.lists(_titles, min_size=1, max_size=3),
    points=st.lists(_titles, min_size=1, max_size=4),
)
def test_property_a_match_is_of_the_same_municipality(
    in_scope: Any, other_municipality: Any, here: list[str], there: list[str], points: list[str]
) -> None:
    with scopes_disabled():
        AgendaItem.objects.all().delete()
        CouncilItem.objects.all().delete()
    for title in here:
        CouncilItemFactory(title=title)
    for number, title in enumerate(there):
        CouncilItemFactory(municipality=other_municipality, title=title, external_id=str(number))
    found = Agenda(
        (
            Meeting(
                "1", "Raad", SOON, "", False,
                tuple(Point(str(number), "", title, "") for number, title in enumerate(points)),
            ),
        ),
        left_out=0,
    )  # fmt: skip
    importing.take(municipality=in_scope, agenda=found, by=None)
    with scopes_disabled():
        for row in AgendaItem.objects.select_related("match"):
            assert row.match is None or row.match.municipality_id == row.municipality_id == in_scope.pk
            assert (row.state == "unmatched") == (row.match is None)


def test_proposing_takes_as_many_statements_for_many(
    in_scope: Any, django_assert_max_num_queries: Any
) -> None:
    for _number in range(30):
        AgendaItemFactory(title="Motie Een veilige oversteek bij de school")
    CouncilItemFactory()
    with django_assert_max_num_queries(5):
        assert matching.propose(municipality=in_scope) == 30


# -- Asking for it -------------------------------------------------------------------------------------------


@contextmanager
def serving(pages: dict[str, tuple[int, bytes]]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """A council information system on this machine: what it answers by path, and what it was asked with which host."""
    asked: list[tuple[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, self.headers["Host"]))
            status, body = pages.get(self.path.partition("?")[0], (404, b""))
            self.send_response(status)
            self.send_header("Location", "/elsewhere")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def on_this_machine(settings: Any) -> None:
    settings.DEMO, settings.COUNCIL_INFORMATION_HOSTS = True, ["localhost"]


def event(number: int, server: str) -> dict[str, Any]:
    given = meeting(
        id=number, event_type_data={"self": f"{server.partition('://')[2]}/events/meetings/{number}"}
    )
    del given["agenda_items"]
    return given


@pytest.mark.usefixtures("on_this_machine")
def test_asks_for_the_points_of_each_meeting_of_a_list() -> None:
    pages: dict[str, tuple[int, bytes]] = {}
    with serving(pages) as (server, asked):
        pages["/events"] = (200, raw({"events": [event(1, server)], "pagination": {"has_more_pages": False}}))
        pages["/events/meetings/1"] = (200, raw({"meeting": meeting(CROSSING, id=1)}))
        found = fetching.fetch(f"{server}/events?organisation_id=686")
    assert [each.external_id for one in found.meetings for each in one.points] == ["7001"]
    assert [path for path, _host in asked] == [
        "/events?organisation_id=686",
        "/events/meetings/1?format=json&version=1.17.0",
    ]
    assert {host for _path, host in asked} == {server.partition("://")[2]}


@pytest.mark.usefixtures("on_this_machine")
def test_asks_for_further_pages() -> None:
    pages = {"/events": (200, raw({"events": [], "pagination": {"has_more_pages": True}}))}
    with serving(pages) as (server, asked), pytest.raises(AgendaRefused, match="10"):
        fetching.fetch(f"{server}/events?page=7")
    assert [path for path, _host in asked][:3] == ["/events?page=7", "/events?page=2", "/events?page=3"]


@pytest.mark.usefixtures("on_this_machine", "english")
@pytest.mark.parametrize(
    ("status", "body", "words"),
    [(302, b"", "302"), (500, b"", "500"), (200, b"<html>", "JSON"), (200, b" " * 5_000_001, "5 MB")],
)
def test_these_answers_are_refused(status: int, body: bytes, words: str) -> None:
    with serving({"/m": (status, body)}) as (server, asked), pytest.raises(AgendaRefused, match=words):
        fetching.fetch(f"{server}/m")
    assert len(asked) == 1


@pytest.mark.usefixtures("on_this_machine", "english")
def test_a_meeting_that_is_said_to_be_on_another_server_is_refused() -> None:
    given = raw({"events": [event(1, "https://api.example.org")]})
    with (
        serving({"/events": (200, given)}) as (server, _asked),
        pytest.raises(AgendaRefused, match="another"),
    ):
        fetching.fetch(f"{server}/events")


@pytest.mark.usefixtures("on_this_machine", "english")
def test_a_server_that_is_too_slow_is_refused(monkeypatch: Any) -> None:
    monkeypatch.setattr(fetching, "TOTAL_SECONDS", -1.0)
    pages = {"/m": (200, raw({"meeting": meeting()}))}
    with serving(pages) as (server, _asked), pytest.raises(AgendaRefused, match="longer"):
        fetching.fetch(f"{server}/m")


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://api.notubiz.nl/events", "https"),
        ("ftp://api.notubiz.nl/events", "https"),
        ("https://name:word@api.notubiz.nl/events", "https"),
        ("https://api.notubiz.nl:8080/events", "port"),
        ("https://api.notubiz.nl.example.org/events", "only"),
        ("https://api.notubiz.nl@127.0.0.1/events", "https"),
        ("https://127.0.0.1/events", "only"),
        ("https://[::1]/events", "only"),
        ("https://localhost/events", "only"),
        ("file:///etc/passwd", "https"),
        ("https://[", "only"),
        ("", "https"),
    ],
)
def test_only_named_servers_are_asked(address: str, words: str, settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(AgendaRefused, match=words):
        fetching.fetch(address)


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    "inside",
    [
        "127.0.0.1",
        "10.0.0.8",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fd00::1",
        "::ffff:10.0.0.8",
    ],
)
def test_a_name_that_leads_inside_is_refused(inside: str, settings: Any, monkeypatch: Any) -> None:
    settings.DEMO = False
    rows = [(socket.AF_INET, 1, 6, "", (address, 443)) for address in ("93.184.216.34", inside)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: rows)
    with pytest.raises(AgendaRefused, match="private network"):
        fetching.fetch("https://api.notubiz.nl/events")


# -- The command ---------------------------------------------------------------------------------------------


def test_the_command_imports_a_file(municipality: Any, tmp_path: Any) -> None:
    file, said = tmp_path / "agenda.json", StringIO()
    file.write_bytes(raw({"meeting": meeting(CROSSING)}))
    call_command("import_agenda", str(file), municipality="GM9901", stdout=said)
    assert "1" in said.getvalue()
    with scope(municipality=municipality):
        assert AgendaItem.objects.get().external_id == "7001"


@pytest.mark.parametrize("case", ["no file", "no municipality", "bad file"])
def test_the_command_refuses(municipality: Any, tmp_path: Any, case: str) -> None:
    file = tmp_path / "agenda.json"
    if case != "no file":
        file.write_bytes(raw({"meeting": meeting(CROSSING)}) if case != "bad file" else b"{")
    code = "GM0000" if case == "no municipality" else "GM9901"
    with pytest.raises(CommandError):
        call_command("import_agenda", str(file), municipality=code, stdout=StringIO())
    with scopes_disabled():
        assert not AgendaItem.objects.exists()
