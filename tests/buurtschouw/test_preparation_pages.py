"""The pages of the preparation: for officials with forms, for the core group by its link, and for everybody."""

import io
from datetime import timedelta

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtschouw.models import Announcement, Schouw, Statement, StatementSet, Stop, WalkRole, WalkTask
from tests.factories.buurtschouw import SchouwFactory
from tests.factories.core import FollowFactory
from tests.factories.enrolment import EnrolmentFactory, InvitationFactory
from tests.factories.meetings import AttendanceFactory, MeetingFactory
from tests.factories.preparing import (
    ScoreFactory,
    StatementFactory,
    StatementSetFactory,
    StopFactory,
    WalkRoleFactory,
    WalkTaskFactory,
)
from trajecten.domain import geocoder, lookups
from trajecten.models import Activity, Attendance

pytestmark = pytest.mark.usefixtures("english", "in_scope")

LINE = "[[4.91, 52.51], [4.915, 52.51], [4.915, 52.513]]"


def url(schouw, action=""):
    return f"/polderwijk/werk/schouwen/{schouw.pk}/voorbereiding/{action}"


def text_of(response):
    return response.content.decode()


@pytest.fixture
def walk(areas, category):
    """A walk that is being prepared, in three weeks."""
    return SchouwFactory(
        step="preparation",
        walk_at=timezone.now() + timedelta(days=21),
        trajectory__areas=[areas[0]],
        trajectory__title="Schouw De Linde",
        categories=[category],
    )


def enrol(walk, name="Jannes", **fields):
    return EnrolmentFactory(trajectory=walk.trajectory, participant__display_name=name, **fields)


# -- At the top -----------------------------------------------------------------------------------------------


def test_the_page_says_what_the_gate_needs_and_what_would_help(coordinator_client, walk):
    Schouw.objects.filter(pk=walk.pk).update(walk_at=None)
    page = text_of(coordinator_client.get(url(walk)))
    assert "The date and time of the walk are not known yet." in page
    for advice in (
        "no resident in the core group",
        "route has not been drawn",
        "no stops yet",
        "leads the walk",
    ):
        assert advice in page
    enrol(walk, role="core_group")
    enrol(walk, role="observer", participant__kind="councillor")
    Schouw.objects.filter(pk=walk.pk).update(route="SRID=4326;LINESTRING(4.91 52.51, 4.92 52.51)")
    StopFactory(schouw=walk)
    page = text_of(coordinator_client.get(url(walk)))
    assert "no resident in the core group" not in page
    assert "Nothing has been chosen yet to score" in page


def test_a_walk_is_closed_without_a_route(coordinator_client, walk):
    done = coordinator_client.post(
        f"/polderwijk/werk/schouwen/{walk.pk}/stap/afronden/", {"step": "preparation"}, follow=True
    )
    assert "Now: The walk." in text_of(done)


def test_who_only_looks_sees_no_forms(handler_client, walk):
    WalkTaskFactory(schouw=walk, text="Hesjes ophalen")
    page = text_of(handler_client.get(url(walk)))
    assert "Hesjes ophalen" in page
    assert "<form" not in page.partition("<main")[2].partition("</main")[0]


def test_looking_at_names_is_in_the_log(coordinator_client, walk):
    coordinator_client.get(url(walk))
    assert not Activity.objects.filter(verb=lookups.LOOKED_UP).exists()
    WalkRoleFactory(schouw=walk, participant=enrol(walk).participant)
    for _time in range(2):
        coordinator_client.get(url(walk))
    assert [act.target for act in Activity.objects.filter(verb=lookups.LOOKED_UP)] == [walk.trajectory]


def test_one_stop_and_task_ask_as_much_of_the_database_as_thirty(coordinator_client, walk, category):
    meeting = MeetingFactory(trajectory=walk.trajectory)
    Schouw.objects.filter(pk=walk.pk).update(
        meeting=meeting, route="SRID=4326;LINESTRING(4.91 52.51, 4.92 52.51)"
    )

    def fill(number):
        for _row in range(number):
            StopFactory(schouw=walk).themes.set([category])
            enrolment = enrol(walk)
            WalkTaskFactory(schouw=walk, owner_participant=enrolment.participant)
            WalkRoleFactory(schouw=walk, participant=enrolment.participant)
            AttendanceFactory(meeting=meeting)
            walk.statements.add(StatementFactory(category=category))

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert coordinator_client.get(url(walk)).status_code == 200
        return len(queries)

    fill(1)
    asked()  # once for what is remembered: the session, who looked
    few = asked()
    fill(29)
    assert asked() == few


# -- Tasks and roles ------------------------------------------------------------------------------------------


def test_tasks_are_added_changed_ticked_off_and_removed(coordinator_client, walk, handler):
    mine = enrol(walk, "Saida")
    day = timezone.localdate() + timedelta(days=3)
    data = {"text": "Soep maken", "owner": f"p{mine.participant.pk}", "due_on": day.isoformat()}
    assert coordinator_client.post(url(walk, "taken/"), data).url == url(walk) + "#tasks"
    task = WalkTask.objects.get()
    assert (task.owner_participant, task.due_on) == (mine.participant, day)
    assert "Saida" in text_of(coordinator_client.get(url(walk)))
    own = url(walk, f"taken/{task.pk}/")
    assert coordinator_client.get(own).context["form"]["owner"].value() == f"p{mine.participant.pk}"
    coordinator_client.post(own, {"text": "Soep halen", "owner": f"u{handler.pk}"})
    task.refresh_from_db()
    assert (task.text, task.owner, task.owner_participant, task.due_on) == ("Soep halen", handler, None, None)
    for done in ("1", "0", "1"):
        coordinator_client.post(f"{own}klaar/", {"done": done})
    assert WalkTask.objects.get().is_done
    for _again in range(2):
        assert coordinator_client.post(f"{own}weg/").status_code == 302
    assert not WalkTask.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"text": ""}, "text"),
        ({"due_on": "morgen"}, "due_on"),
        ({"owner": "p0"}, "owner"),
        ({"owner": "x"}, "owner"),
    ],
)
def test_a_task_with_a_mistake_comes_back_as_it_was_typed(coordinator_client, walk, fields, field):
    data = {"text": "Soep maken", "owner": "", "due_on": ""}
    response = coordinator_client.post(url(walk, "taken/"), {**data, **fields})
    assert response.status_code == 422
    assert response.context["task_form"].errors[field]
    assert response.context["task_form"]["text"].value() == {**data, **fields}["text"]
    assert not WalkTask.objects.exists()


def test_roles_are_given_to_who_takes_part(coordinator_client, walk):
    mine = enrol(walk, "Saida")
    data = {"participant": mine.participant.pk, "duty": "photos"}
    assert coordinator_client.post(url(walk, "rollen/"), data).status_code == 302
    assert "Saida" in text_of(coordinator_client.get(url(walk)))
    refused = coordinator_client.post(url(walk, "rollen/"), {"participant": 0, "duty": "soep"})
    assert set(refused.context["role_form"].errors) == {"participant", "duty"}
    for _again in range(2):
        role = WalkRole.objects.first()
        coordinator_client.post(url(walk, f"rollen/{role.pk if role else 1}/weg/"))
    assert not WalkRole.objects.exists()


# -- Route and stops ------------------------------------------------------------------------------------------


def test_a_route_is_drawn_and_everybody_sees_it(coordinator_client, walk, client):
    data = {"route": LINE, "remarks": "Smalle stoep."}
    assert coordinator_client.post(url(walk, "route/"), data).url == url(walk) + "#route"
    page = text_of(client.get(f"/polderwijk/schouw/{walk.pk}/"))
    assert "0.7 km, about 15 minutes" in page
    assert "Smalle stoep." in page
    features = client.get(f"/polderwijk/schouw/{walk.pk}/route.geojson").json()["features"]
    assert features[0]["geometry"]["coordinates"] == [[4.91, 52.51], [4.915, 52.51], [4.915, 52.513]]
    assert coordinator_client.get(url(walk, "route/")).context["form"]["route"].value() == LINE


@pytest.mark.parametrize(
    "route",
    [
        "abc",
        "[[4.91]]",
        "[4.91, 52.51]",
        '{"a": 1}',
        "[[NaN, 52], [4, 52]]",
        "[[4.9, 52.5]]",
        "[[500, 52], [4, 52]]",
        "[[[[[[",
    ],
)
def test_a_line_that_the_map_can_t_have_drawn_is_refused(coordinator_client, walk, route):
    response = coordinator_client.post(url(walk, "route/"), {"route": route, "remarks": "Blijft staan"})
    assert response.status_code == 422
    assert response.context["form"].errors["route"]
    assert "Blijft staan" in text_of(response)


def gpx_file(data):
    return SimpleUploadedFile("route.gpx", data)


GPX = (
    b'<gpx><wpt lat="52.511" lon="4.911"><name>Bank</name></wpt><trk><trkseg><trkpt lat="52.51" lon="4.91"/>'
    b'<trkpt lat="52.51" lon="4.915"/></trkseg></trk></gpx>'
)


def test_a_gpx_file_comes_in_with_its_stops_once_and_goes_out(coordinator_client, walk, client):
    for _again in range(2):
        data = {"gpx": gpx_file(GPX), "with_stops": "on"}
        assert coordinator_client.post(url(walk, "route/gpx/"), data).status_code == 302
    assert [stop.name for stop in Stop.objects.all()] == ["Bank"]
    out = client.get(f"/polderwijk/schouw/{walk.pk}/route.gpx")
    assert out.headers["Content-Disposition"] == 'attachment; filename="schouw-de-linde.gpx"'
    assert b"1. Bank" in out.content


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"geen gpx", "not a GPX file"),
        (GPX.replace(b"52.51", b"51.51"), "outside Polderwijk"),
        (b"<gpx>" + b" " * 2_100_000, "larger than 2 MB"),
    ],
)
def test_a_file_that_is_no_route_here_is_refused_beside_the_field(coordinator_client, walk, data, says):
    response = coordinator_client.post(url(walk, "route/gpx/"), {"gpx": gpx_file(data), "with_stops": "on"})
    assert response.status_code == 422
    assert says in response.context["gpx_form"].errors["gpx"][0]
    assert not Stop.objects.exists()


def test_a_stop_comes_by_pin_or_by_address(coordinator_client, walk, category, monkeypatch):
    asked = []

    def search(query, **_options):
        asked.append(query)
        address = geocoder.Address("1", "Kerkstraat 1", "Kerkstraat", "1", "", "", "", 52.512, 4.912)
        return [address] if query.startswith("Kerk") else []

    monkeypatch.setattr(geocoder, "search", search)
    new = url(walk, "stops/nieuw/")
    pin = {
        "name": "Park",
        "lat": "52.511",
        "lon": "4.911",
        "address": "Kerkstraat 1",
        "themes": [category.pk],
    }
    assert coordinator_client.post(new, pin).status_code == 302
    assert coordinator_client.post(new, {"name": "School", "address": "Kerkstraat 1"}).status_code == 302
    assert asked == ["Kerkstraat 1"]
    assert [stop.point.coords for stop in Stop.objects.all()] == [(4.911, 52.511), (4.912, 52.512)]
    for wrong in ({}, {"address": "Nergens"}, {"lat": "52.5"}, {"lat": "52.9", "lon": "5.5"}, {"lat": "abc"}):
        response = coordinator_client.post(new, {"name": "Plein", "remark": "Let op", **wrong})
        assert response.status_code == 422
        assert "Let op" in text_of(response)
        assert set(response.context["form"].errors) <= {"address", "lat"}


def test_without_the_address_service_a_pin_is_asked(coordinator_client, walk, monkeypatch):
    def down(*_args, **_options):
        raise geocoder.GeocoderUnavailable

    monkeypatch.setattr(geocoder, "search", down)
    response = coordinator_client.post(
        url(walk, "stops/nieuw/"), {"name": "School", "address": "Kerkstraat 1"}
    )
    assert "can't be looked up now" in response.context["form"].errors["address"][0]


def test_stops_change_place_with_buttons(coordinator_client, walk):
    first, second = StopFactory.create_batch(2, schouw=walk)
    page = text_of(coordinator_client.get(url(walk)))
    assert 'name="position" value="2"' in page
    for position in ("1", "", "99999999999", "-1"):
        coordinator_client.post(url(walk, f"stops/{second.pk}/plek/"), {"position": position})
    assert [stop.pk for stop in Stop.objects.order_by("position")] == [second.pk, first.pk]
    ScoreFactory(stop=second)
    response = coordinator_client.post(url(walk, f"stops/{second.pk}/weg/"), follow=True)
    assert "somebody has scored there" in text_of(response)
    coordinator_client.post(url(walk, f"stops/{first.pk}/weg/"))
    assert [stop.pk for stop in Stop.objects.all()] == [second.pk]


def test_an_earlier_walk_is_taken_over_with_one_button(coordinator_client, walk, areas):
    before = SchouwFactory(
        trajectory__areas=[areas[0]],
        walk_at=timezone.now() - timedelta(days=300),
        route="SRID=4326;LINESTRING(4.91 52.51, 4.92 52.51)",
    )
    StopFactory(schouw=before)
    assert "Take over from an earlier walk" in text_of(coordinator_client.get(url(walk)))
    assert coordinator_client.post(url(walk, "overnemen/"), {"earlier": before.pk}).status_code == 302
    assert Stop.objects.get(schouw=walk).same_as.schouw == before
    assert coordinator_client.post(url(walk, "overnemen/"), {"earlier": walk.pk}).status_code == 422


def test_after_the_walk_nothing_of_the_route_changes(coordinator_client, walk):
    walk.trajectory.current_step = "feedback"
    walk.trajectory.save()
    response = coordinator_client.post(url(walk, "route/"), {"route": LINE})
    assert response.status_code == 422
    assert "Draw on the map" not in text_of(coordinator_client.get(url(walk, "route/")))
    assert "Change the route" not in text_of(coordinator_client.get(url(walk)))


# -- Statements -----------------------------------------------------------------------------------------------


def test_what_is_scored_is_chosen_by_set(coordinator_client, walk, category):
    statement = StatementFactory(category=category, set__name="Schoon en heel")
    page = coordinator_client.get(url(walk, "stellingen/"))
    assert [group for group, _rows in page.context["form"].fields["statements"].choices] == ["Schoon en heel"]
    coordinator_client.post(url(walk, "stellingen/"), {"statements": [statement.pk]})
    assert list(walk.statements.all()) == [statement]
    assert statement.text in text_of(coordinator_client.get(url(walk)))


def test_a_coordinator_makes_a_set_with_statements(coordinator_client, category):
    sets = "/polderwijk/werk/stellingen/"
    coordinator_client.post(f"{sets}nieuw/", {"name": "Groen", "is_active": "on"})
    made = StatementSet.objects.get()
    refused = coordinator_client.post(f"{sets}nieuw/", {"name": "groen"})
    assert refused.context["form"].errors["name"]
    data = {"text": "Het is groen.", "category": category.pk, "position": 10, "is_active": "on"}
    assert coordinator_client.post(f"{sets}{made.pk}/nieuw/", data).status_code == 302
    statement = Statement.objects.get()
    assert "Het is groen." in text_of(coordinator_client.get(f"{sets}{made.pk}/"))
    assert "1 statement" in text_of(coordinator_client.get(sets))
    ScoreFactory(statement=statement)
    own = f"{sets}{made.pk}/{statement.pk}/"
    refused = coordinator_client.post(own, {**data, "text": "Het is erg groen."})
    assert refused.status_code == 422
    assert "has been scored" in refused.context["form"].errors["text"][0]
    assert 'name="replace"' in text_of(refused)
    coordinator_client.post(own, {**data, "text": "Het is erg groen.", "replace": "1"})
    assert list(Statement.objects.order_by("pk").values_list("text", "is_active")) == [
        ("Het is groen.", False),
        ("Het is erg groen.", True),
    ]


def test_a_picture_is_for_everybody(client, coordinator_client):
    statement = StatementFactory(pictured=True, picture_alt="Een stoep")
    address = f"/polderwijk/schouw/stellingen/{statement.pk}/plaatje.jpg"
    without = StatementFactory().pk
    response = client.get(address)
    assert response.headers["Content-Type"] == "image/jpeg"
    assert b"".join(response).startswith(b"\xff\xd8")
    assert client.get(address.replace(f"{statement.pk}/", f"{without}/")).status_code == 404


def test_thirty_statements_ask_as_much_as_one(coordinator_client, category):
    made = StatementSetFactory()

    def asked():
        with CaptureQueriesContext(connection) as queries:
            coordinator_client.get(f"/polderwijk/werk/stellingen/{made.pk}/")
            coordinator_client.get("/polderwijk/werk/stellingen/")
        return len(queries)

    StatementFactory(set=made, category=category)
    asked()
    few = asked()
    for _row in range(29):
        StatementFactory(set=StatementSetFactory(), category=category)
        StatementFactory(set=made, category=category)
    assert asked() == few


# -- Inviting and telling -------------------------------------------------------------------------------------


def test_everybody_who_takes_part_is_invited_and_counted(coordinator_client, walk):
    enrol(walk, "Saida", participant__email="saida@example.org")
    response = coordinator_client.post(url(walk, "uitnodigen/"), follow=True)
    assert "1 person has been invited." in text_of(response)
    Attendance.objects.update(answer="yes", answered_at=timezone.now())
    page = text_of(coordinator_client.get(url(walk)))
    assert "Saida: I am coming" in page or "Saida:" in page
    again = coordinator_client.post(url(walk, "uitnodigen/"), follow=True)
    assert "was invited already" in text_of(again)


def test_where_nobody_takes_part_nobody_is_said_to_be_invited(coordinator_client, walk):
    response = coordinator_client.post(url(walk, "uitnodigen/"), follow=True)
    assert "Nobody takes part yet, so nobody was invited." in text_of(response)


def test_who_takes_part_is_one_link_further_for_who_may_see_them(coordinator_client, handler_client, walk):
    members = f'href="/polderwijk/werk/trajecten/{walk.trajectory_id}/deelnemers/"'
    assert members in text_of(coordinator_client.get(url(walk)))
    assert members not in text_of(handler_client.get(url(walk)))


def test_followers_are_counted_and_told_once(coordinator_client, walk, areas):
    FollowFactory(target=areas[0], participant__email="volger@example.org")
    assert "1 person follows this neighbourhood" in text_of(coordinator_client.get(url(walk)))
    for _again in range(2):
        coordinator_client.post(url(walk, "volgers/"))
    assert Announcement.objects.count() == 1
    page = text_of(coordinator_client.get(url(walk)))
    assert "Told on" in page
    assert "Tell who follows" not in page
    Schouw.objects.filter(pk=walk.pk).update(walk_at=walk.walk_at + timedelta(days=7))
    assert "they can be told again" in text_of(coordinator_client.get(url(walk)))


def test_a_refusal_is_said_on_the_page(coordinator_client, walk):
    Schouw.objects.filter(pk=walk.pk).update(walk_at=None)
    for action in ("uitnodigen/", "volgers/"):
        response = coordinator_client.post(url(walk, action), follow=True)
        assert "known" in " ".join(str(message) for message in response.context["messages"])


# -- Paper ----------------------------------------------------------------------------------------------------


def read(answer):
    assert answer.headers["Content-Type"] == "application/pdf"
    return pypdf.PdfReader(io.BytesIO(answer.content))


@pytest.fixture
def on_paper(coordinator_client, walk):
    coordinator_client.post(
        url(walk, "tekst/"), {"invitation": "Er is <soep> na afloop.", "contact": "Wijkteam, 14 0299"}
    )
    coordinator_client.post(url(walk, "route/"), {"route": LINE, "remarks": "Smalle stoep."})
    StopFactory(schouw=walk, name="Speeltuin Lindepark")
    return walk


@pytest.mark.parametrize(("kind", "width"), [("poster-a3", 842), ("poster-a4", 595), ("brief", 595)])
def test_poster_and_letter_say_what_one_needs_to_come(coordinator_client, on_paper, kind, width):
    made = read(coordinator_client.get(url(on_paper, f"{kind}.pdf")))
    assert round(made.pages[0].mediabox.width) == width
    assert len(made.pages) == 1
    text = " ".join(" ".join(page.extract_text() for page in made.pages).split())
    for words in ("Schouw De Linde", "Buurthuis De Linde", "Er is <soep> na afloop.", "Wijkteam, 14 0299"):
        assert words in text
    assert f"/polderwijk/schouw/{on_paper.pk}" in text.replace(" ", "")
    assert made.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert made.trailer["/Root"]["/Lang"] == "en"
    assert made.metadata.title == "Schouw De Linde, Municipality of Polderwijk"


def test_a_poster_code_leads_to_taking_part(coordinator_client, on_paper):
    InvitationFactory(trajectory=on_paper.trajectory, expires_at=timezone.now() - timedelta(days=1))
    code = InvitationFactory(trajectory=on_paper.trajectory)
    InvitationFactory(trajectory=on_paper.trajectory, revoked_at=timezone.now())
    text = read(coordinator_client.get(url(on_paper, "poster-a4.pdf"))).pages[0].extract_text()
    assert f"/polderwijk/u/{code.code}" in "".join(text.split())
    assert code.shown_code in text


@pytest.mark.parametrize("kind", ["poster-a3", "poster-a4", "brief"])
def test_with_a_code_it_says_that_one_need_not_sign_up_unless_places_are_limited(
    coordinator_client, on_paper, kind
):
    InvitationFactory(trajectory=on_paper.trajectory)

    def words():
        made = read(coordinator_client.get(url(on_paper, f"{kind}.pdf")))
        assert len(made.pages) == 1
        return " ".join(made.pages[0].extract_text().split())

    assert "Signing up helps us" in words()
    on_paper.trajectory.max_members = 12
    on_paper.trajectory.save()
    assert "Signing up helps us" not in words()


def test_another_kind_of_paper_does_not_exist(coordinator_client, walk):
    assert coordinator_client.get(url(walk, "vlag.pdf")).status_code == 404


# -- The core group -------------------------------------------------------------------------------------------


def core(enrolment, action=""):
    return f"/polderwijk/kerngroep/{enrolment.token}/{action}"


def test_the_core_group_sees_the_preparation_and_ticks_off_its_own(walk):
    mine, other = enrol(walk, "Jannes", role="core_group"), enrol(walk, "Sefa", role="core_group")
    task = WalkTaskFactory(schouw=walk, owner_participant=mine.participant, text="Soep maken")
    theirs = WalkTaskFactory(schouw=walk, owner_participant=other.participant)
    browser = Client()
    page = browser.get(core(mine))
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "Soep maken" in text_of(page)
    assert text_of(page).count("portal-task__mark") == 1
    browser.post(core(mine, f"taken/{task.pk}/"), {"done": "1"})
    task.refresh_from_db()
    assert task.is_done
    refused = browser.post(core(mine, f"taken/{theirs.pk}/"), {"done": "1"}, follow=True)
    assert "not your task" in text_of(refused)
    theirs.refresh_from_db()
    assert not theirs.is_done


@pytest.mark.parametrize(
    "fields",
    [{"role": "member"}, {"role": "core_group", "left": True}, {"role": "core_group", "waiting": True}],
)
def test_for_others_the_link_opens_nothing(walk, fields):
    assert Client().get(core(enrol(walk, **fields))).status_code == 404


def test_a_link_of_elsewhere_opens_nothing_here(walk, other_municipality):
    mine = enrol(walk, role="core_group")
    assert Client().get(core(mine).replace("polderwijk", other_municipality.slug)).status_code == 404
    elsewhere = WalkTaskFactory(owner_participant=mine.participant)
    assert Client().post(core(mine, f"taken/{elsewhere.pk}/")).status_code == 404


def test_only_who_leads_the_group_sees_who_comes(walk):
    meeting = MeetingFactory(trajectory=walk.trajectory)
    Schouw.objects.filter(pk=walk.pk).update(meeting=meeting)
    AttendanceFactory(meeting=meeting, name="Buurvrouw Pool", answer="yes")
    for role, sees in (("core_group", False), ("facilitator", True)):
        page = text_of(Client().get(core(enrol(walk, role=role))))
        assert ("Buurvrouw Pool" in page) is sees
        assert "Have not answered yet" in page


def test_the_own_page_leads_to_the_preparation(walk, resident, sign_in):
    mine = enrol(walk, role="core_group", participant__user=resident)
    member = enrol(walk, role="member")
    own = "/polderwijk/deelname/{}/"
    assert core(mine) in text_of(Client().get(own.format(mine.token)))
    assert "kerngroep" not in text_of(Client().get(own.format(member.token)))
    public = f"/polderwijk/schouw/{walk.pk}/"
    assert core(mine) in text_of(sign_in(resident).get(public))
    assert "kerngroep" not in text_of(Client().get(public))


def test_the_core_group_comes_to_the_lessons_where_it_may_write_them(walk, resident, sign_in):
    mine = enrol(walk, role="core_group", participant__user=resident)
    lessons = f"/polderwijk/schouw/{walk.pk}/lessen/"
    browser = sign_in(resident)
    assert lessons in text_of(browser.get(core(mine)))
    assert browser.get(lessons).status_code == 200
    assert lessons not in text_of(Client().get(core(mine)))


def test_the_core_group_prints_poster_and_letter(on_paper):
    mine = enrol(on_paper, role="core_group")
    assert len(read(Client().get(core(mine, "brief.pdf"))).pages) == 1
    assert Client().get(core(mine, "vlag.pdf")).status_code == 404
