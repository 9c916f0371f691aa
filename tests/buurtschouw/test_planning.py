"""Coordinators and advisers: making and changing a walk, its steps, and the themes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtschouw.enums import Icon
from buurtschouw.models import Category, Schouw
from tests.factories.buurtschouw import CategoryFactory, ReportFactory, SchouwFactory
from tests.factories.core import AreaFactory, TeamFactory, UserFactory
from trajecten.models import Activity, StepRecord, Trajectory

pytestmark = pytest.mark.usefixtures("english", "in_scope")

WALKS = "/polderwijk/werk/schouwen/"
NEW = f"{WALKS}nieuw/"
TRAJECTORIES = "/polderwijk/werk/trajecten/"
THEMES = "/polderwijk/werk/themas/"
QUEUE = "/polderwijk/werk/meldingen/"
MISSING = "/polderwijk/werk/wie-ontbreekt/"


def url(schouw, action=""):
    return f"{WALKS}{schouw.pk}/{action + '/' if action else ''}"


def text_of(response):
    return response.content.decode()


@pytest.fixture
def plan(areas, category, adviser):
    return {
        "title": "Schouw Oostpolder",
        "summary": "Samen kijken wat beter kan.",
        "areas": [areas[1].pk],
        "walk_date": "2026-12-04",
        "walk_time": "14:00",
        "meeting_point": "Buurthuis",
        "categories": [category.pk],
        "service_level_days": 5,
        "keeps_reporting_open": "on",
        "adviser": adviser.pk,
    }


# -- Who may see and do it ------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["handler", "clerk", "coordinator", "superuser"])
def test_officials_see_the_walks(role, request, sign_in, schouw):
    browser = sign_in(request.getfixturevalue(role))
    assert schouw.trajectory.title in text_of(browser.get(WALKS))
    assert browser.get(url(schouw)).status_code == 200


@pytest.mark.parametrize(("role", "types_in"), [("clerk", False), ("handler", True), ("coordinator", True)])
def test_paper_is_linked_for_who_may_type_it_in(role, types_in, request, sign_in, schouw):
    browser = sign_in(request.getfixturevalue(role))
    assert (f'href="{url(schouw, "papier")}"' in text_of(browser.get(url(schouw)))) == types_in
    assert (browser.get(url(schouw, "papier")).status_code == 200) == types_in


@pytest.mark.parametrize("role", ["resident", "other_adviser", "other_official"])
def test_for_others_they_do_not_exist(role, request, sign_in, schouw, category):
    browser = sign_in(request.getfixturevalue(role))
    for address in (WALKS, NEW, url(schouw), url(schouw, "stap/afronden"), THEMES, f"{THEMES}{category.pk}/"):
        assert browser.get(address).status_code == 404
        assert browser.post(address, {}).status_code == 404


def test_the_adviser_works_on_the_own_walk_only(sign_in, adviser, schouw, plan):
    browser = sign_in(adviser)
    assert browser.get(url(schouw)).status_code == 200
    assert browser.post(url(schouw), plan).status_code == 302
    assert browser.get(url(SchouwFactory())).status_code == 404
    assert browser.get(WALKS).status_code == browser.get(NEW).status_code == 404


@pytest.mark.parametrize("role", ["handler", "clerk"])
def test_who_only_looks_may_not_change(role, request, sign_in, schouw, plan, category):
    browser = sign_in(request.getfixturevalue(role))
    page = text_of(browser.get(url(schouw)))
    assert "Keep the plan" not in page
    assert "stap/afronden" not in page
    for address in (url(schouw), url(schouw, "stap/afronden"), url(schouw, "stap/heropenen"), NEW, THEMES):
        assert browser.post(address, plan).status_code == 403
    assert browser.get(THEMES).status_code == 403
    schouw.trajectory.refresh_from_db()
    assert schouw.trajectory.title == "Schouw De Linde"


def test_a_walk_of_another_municipality_is_not_found(coordinator_client, other_municipality):
    elsewhere = SchouwFactory(municipality=other_municipality)
    assert coordinator_client.get(url(elsewhere)).status_code == 404


# -- Making and planning --------------------------------------------------------------------------------------


def test_a_coordinator_makes_a_walk_and_its_preparation_opens(
    coordinator_client, coordinator, plan, areas, adviser
):
    response = coordinator_client.post(NEW, plan)
    made = Schouw.objects.get()
    assert response.url == url(made)
    assert timezone.localtime(made.walk_at).isoformat() == "2026-12-04T14:00:00+01:00"
    assert list(made.trajectory.areas.all()) == [areas[1]]
    assert (made.trajectory.adviser, made.trajectory.coordinator) == (adviser, coordinator)
    assert made.trajectory.current_step == "preparation"
    assert made.keeps_reporting_open


def test_a_new_walk_begins_with_the_municipality_s_term_and_all_themes(
    coordinator_client, municipality, category
):
    municipality.service_level_days = 8
    municipality.save()
    CategoryFactory(is_active=False)
    form = coordinator_client.get(NEW).context["form"]
    assert form["service_level_days"].value() == 8
    assert form["categories"].value() == [category.pk]


def test_what_is_not_known_yet_may_stay_open(coordinator_client, in_scope):
    coordinator_client.post(NEW, {"title": "Nog te bepalen", "service_level_days": 5})
    made = Schouw.objects.get()
    page = text_of(coordinator_client.get(url(made)))
    assert "The date and time of the walk are not known yet." in page
    assert "No themes have been chosen yet." in page


@pytest.mark.parametrize(
    ("fields", "field", "says"),
    [
        ({"title": ""}, "title", "title"),
        ({"walk_time": ""}, "walk_time", "time as well"),
        ({"walk_date": ""}, "walk_date", "date as well"),
        ({"walk_date": "volgende week"}, "walk_date", "not a date"),
        ({"walk_time": "middag"}, "walk_time", "not a time"),
        ({"walk_date": "0001-01-01"}, "walk_date", "Is the year right?"),
        ({"walk_date": "9999-12-31"}, "walk_date", "Is the year right?"),
        ({"walk_date": "2206-12-04"}, "walk_date", "Is the year right?"),
        ({"service_level_days": 0}, "service_level_days", "greater than or equal"),
        ({"service_level_days": ""}, "service_level_days", "number"),
        ({"areas": [0]}, "areas", "not one of the available"),
        ({"categories": ["abc"]}, "categories", "not a valid value"),
        ({"adviser": 0}, "adviser", "not one of the available"),
    ],
)
def test_a_plan_with_a_mistake_comes_back(coordinator_client, plan, fields, field, says):
    response = coordinator_client.post(NEW, {**plan, **fields})
    assert response.status_code == 422
    assert says in " ".join(response.context["form"].errors[field])
    assert not Schouw.objects.exists()


def test_what_a_colleague_changed_meanwhile_is_not_undone_unseen(coordinator_client, schouw, plan):
    seen = coordinator_client.get(url(schouw)).context["form"]["seen"].value()
    first = coordinator_client.post(url(schouw), {**plan, "seen": seen, "summary": "Van een collega."})
    assert first.status_code == 302
    twice = coordinator_client.post(url(schouw), {**plan, "seen": seen, "summary": "Van een collega."})
    assert twice.status_code == 302
    mine = {**plan, "seen": seen, "summary": "Van mij."}
    refused = coordinator_client.post(url(schouw), mine)
    assert refused.status_code == 422
    assert "Somebody else changed this plan while you were writing." in text_of(refused)
    assert "Van mij." in text_of(refused)
    schouw.trajectory.refresh_from_db()
    assert schouw.trajectory.summary == "Van een collega."
    again = {**mine, "seen": refused.context["form"]["seen"].value()}
    assert coordinator_client.post(url(schouw), again).status_code == 302
    schouw.trajectory.refresh_from_db()
    assert schouw.trajectory.summary == "Van mij."


def test_a_walk_of_long_ago_keeps_its_date(coordinator_client, plan):
    long_ago = timezone.now() - timedelta(days=900)
    schouw = SchouwFactory(walk_at=long_ago)
    day = timezone.localtime(long_ago).date()
    assert coordinator_client.post(url(schouw), {**plan, "walk_date": day.isoformat()}).status_code == 302


@pytest.mark.parametrize("year", [1, 1999, 2101, 9999])
def test_the_database_takes_no_walk_out_of_reach(schouw, year):
    with pytest.raises(IntegrityError, match="schouw_walk_in_reach"), transaction.atomic():
        Schouw.objects.filter(pk=schouw.pk).update(walk_at=datetime(year, 6, 1, tzinfo=UTC))


def test_buurten_are_offered_below_their_wijk(coordinator_client, areas):
    buurt = AreaFactory(buurt=True, parent=areas[0])
    choices = list(coordinator_client.get(NEW).context["form"].fields["areas"].choices)
    assert [(group, [label for _value, label in options]) for group, options in choices] == [
        (areas[0].name, ["The whole district", buurt.name]),
        (areas[1].name, ["The whole district"]),
    ]


def test_what_the_next_step_needs_may_follow_later(coordinator_client, category, areas):
    page = text_of(coordinator_client.get(NEW))
    assert page.count("(may follow later)") == 4
    assert page.count("(optional)") == 3


def test_areas_themes_and_advisers_of_elsewhere_can_t_be_chosen(coordinator_client, plan, other_municipality):
    elsewhere = {
        "areas": [AreaFactory(municipality=other_municipality, code="WK990201").pk],
        "categories": [CategoryFactory(municipality=other_municipality).pk],
        "adviser": UserFactory().pk,
    }
    response = coordinator_client.post(NEW, {**plan, **elsewhere})
    assert set(response.context["form"].errors) == {"areas", "categories", "adviser"}


def test_changing_the_plan_keeps_what_is_not_offered_any_more(
    coordinator_client, schouw, category, plan, areas
):
    category.is_active = False
    category.save()
    AreaFactory(code="WK990109", year=2025)
    page = coordinator_client.get(url(schouw))
    assert page.context["form"]["walk_date"].value() == timezone.localtime(schouw.walk_at).date()
    coordinator_client.post(url(schouw), {**plan, "areas": [areas[0].pk]})
    schouw.trajectory.refresh_from_db()
    assert schouw.trajectory.title == "Schouw Oostpolder"
    assert list(schouw.categories.all()) == [category]
    assert list(schouw.trajectory.areas.all()) == [areas[0]]


def test_after_the_walk_the_plan_stays_as_it_is(coordinator_client, plan):
    over = SchouwFactory(step="feedback", trajectory__title="Voorbij")
    assert "Keep the plan" not in text_of(coordinator_client.get(url(over)))
    response = coordinator_client.post(url(over), plan)
    assert response.status_code == 422
    assert "Open an earlier step again first" in str(response.context["form"].errors)
    over.trajectory.refresh_from_db()
    assert over.trajectory.title == "Voorbij"


# -- Steps ----------------------------------------------------------------------------------------------------


def test_a_step_with_all_it_needs_is_closed_with_one_button(coordinator_client, coordinator, areas):
    schouw = SchouwFactory(step="preparation", trajectory__areas=areas)
    assert "Everything that this step needs is there." in text_of(coordinator_client.get(url(schouw)))
    response = coordinator_client.post(url(schouw, "stap/afronden"), {"step": "preparation"}, follow=True)
    assert "Now: The walk." in text_of(response)
    closed = StepRecord.objects.get(event="closed", trajectory=schouw.trajectory)
    assert (closed.step, closed.by, closed.overridden) == ("preparation", coordinator, [])


def test_what_is_missing_is_shown_and_refuses(coordinator_client):
    schouw = SchouwFactory(step="preparation", walk_at=None)
    page = text_of(coordinator_client.get(url(schouw)))
    assert "It is not known yet which neighbourhood is walked." in page
    response = coordinator_client.post(url(schouw, "stap/afronden"), {"step": "preparation"})
    assert response.status_code == 422
    assert response.context["close_form"].errors["override_reason"] == [
        "Write down why you go on all the same."
    ]
    assert "The date and time of the walk are not known yet." in text_of(response)
    assert "It is not known yet which neighbourhood is walked." in text_of(response)
    assert Trajectory.objects.get(pk=schouw.trajectory_id).current_step == "preparation"


def test_going_on_all_the_same_keeps_the_reason_and_shows_it(coordinator_client, coordinator, handler_client):
    schouw = SchouwFactory(step="preparation", walk_at=None)
    data = {"step": "preparation", "override_reason": "De kerngroep prikt de datum vanavond."}
    assert coordinator_client.post(url(schouw, "stap/afronden"), data).status_code == 302
    closed = StepRecord.objects.get(event="closed", trajectory=schouw.trajectory)
    assert closed.reason == "De kerngroep prikt de datum vanavond."
    assert len(closed.overridden) == 2
    page = text_of(handler_client.get(url(schouw)))
    assert "De kerngroep prikt de datum vanavond." in page
    assert str(coordinator) in page


def test_a_step_that_somebody_else_closed_is_not_closed_twice(coordinator_client, areas):
    schouw = SchouwFactory(step="preparation", trajectory__areas=areas)
    coordinator_client.post(url(schouw, "stap/afronden"), {"step": "preparation"})
    response = coordinator_client.post(url(schouw, "stap/afronden"), {"step": "preparation"})
    assert response.status_code == 422
    assert "not open any more" in text_of(response)
    assert StepRecord.objects.filter(event="closed", trajectory=schouw.trajectory).count() == 1


def test_an_unanswered_report_keeps_the_feedback_open(coordinator_client, category):
    schouw = SchouwFactory(step="feedback", categories=[category])
    report = ReportFactory(schouw=schouw, category=category)
    response = coordinator_client.post(url(schouw, "stap/afronden"), {"step": "feedback"})
    assert "1 report has had no answer yet." in text_of(response)
    report.first_answer_at = timezone.now()
    report.save(update_fields=["first_answer_at"])
    response = coordinator_client.post(url(schouw, "stap/afronden"), {"step": "feedback"}, follow=True)
    assert "It was the last one." in text_of(response)


def test_an_earlier_step_is_opened_again_with_a_reason(coordinator_client, schouw):
    response = coordinator_client.post(
        url(schouw, "stap/heropenen"), {"step": "preparation", "reason": "De route moet anders."}, follow=True
    )
    assert "Open again: Preparation." in text_of(response)
    assert StepRecord.objects.get(event="reopened").reason == "De route moet anders."


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"step": "preparation", "reason": ""}, "Write down why"),
        ({"step": "feedback", "reason": "Zomaar"}, "Only a step that is behind"),
        ({"step": "bestaat-niet", "reason": "Zomaar"}, "Only a step that is behind"),
    ],
)
def test_opening_again_is_refused_without_reason_or_for_what_is_not_behind(
    coordinator_client, schouw, data, says
):
    response = coordinator_client.post(url(schouw, "stap/heropenen"), data)
    assert response.status_code == 422
    assert says in text_of(response)
    assert not StepRecord.objects.filter(event="reopened").exists()


def test_an_archived_walk_is_not_opened_again(coordinator_client):
    archived = SchouwFactory(step="", trajectory__status="archived")
    response = coordinator_client.post(
        url(archived, "stap/heropenen"), {"step": "walk", "reason": "Toch nog een keer."}
    )
    assert response.status_code == 422
    assert "stays so" in text_of(response)


def test_after_signing_in_again_an_act_shows_the_page(coordinator_client, schouw):
    assert coordinator_client.get(url(schouw, "stap/afronden")).url == url(schouw)


# -- The list -------------------------------------------------------------------------------------------------


def test_the_list_counts_reports_and_those_not_read(coordinator_client, schouw, category):
    ReportFactory(schouw=schouw, category=category)
    ReportFactory(schouw=schouw, category=category, done=True)
    other = SchouwFactory(walk_at=timezone.now() - timedelta(days=90))
    rows = coordinator_client.get(WALKS).context["schouwen"]
    counts = [(row, row.report_count, row.waiting_count) for row in rows]
    assert counts == [(schouw, 2, 1), (other, 0, 0)]


@pytest.mark.parametrize("address", [WALKS, THEMES])
def test_a_longer_list_takes_no_more_statements(coordinator_client, schouw, category, address):
    def statements():
        coordinator_client.get(address)
        with CaptureQueriesContext(connection) as captured:
            coordinator_client.get(address)
        return len(captured)

    with_one = statements()
    for _ in range(30):
        SchouwFactory(trajectory__adviser=UserFactory(is_adviser=True))
    assert statements() == with_one


def test_an_empty_list_says_how_to_begin(coordinator_client, municipality):
    assert NEW in text_of(coordinator_client.get(WALKS))


# -- Themes ---------------------------------------------------------------------------------------------------


@pytest.fixture
def theme(in_scope):
    return {
        "name": "Verlichting",
        "icon": Icon.LIGHTING,
        "team": TeamFactory(name="Openbare ruimte").pk,
        "position": 10,
        "is_active": "on",
    }


def test_a_coordinator_makes_and_changes_a_theme(coordinator_client, theme):
    assert coordinator_client.post(f"{THEMES}nieuw/", theme).url == THEMES
    made = Category.objects.get()
    assert (made.name, made.icon, made.team.name, made.is_active) == (
        "Verlichting",
        "lighting",
        "Openbare ruimte",
        True,
    )
    form = coordinator_client.get(f"{THEMES}{made.pk}/").context["form"]
    assert form["name"].value() == "Verlichting"
    coordinator_client.post(f"{THEMES}{made.pk}/", {**theme, "name": "Lampen", "is_active": ""})
    made.refresh_from_db()
    assert (made.name, made.is_active) == ("Lampen", False)
    assert list(Activity.objects.values_list("verb", flat=True)) == ["theme_made", "theme_changed"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "stoep EN straat"}, "name"),
        ({"icon": "ufo"}, "icon"),
        ({"team": 0}, "team"),
        ({"position": "voorop"}, "position"),
        ({"position": 99_999}, "position"),
    ],
)
def test_a_theme_with_a_mistake_comes_back(coordinator_client, theme, category, fields, field):
    response = coordinator_client.post(f"{THEMES}nieuw/", {**theme, **fields})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert Category.objects.get() == category


def test_a_theme_may_keep_its_own_name(coordinator_client, theme, category):
    response = coordinator_client.post(f"{THEMES}{category.pk}/", {**theme, "name": category.name})
    assert response.status_code == 302


def test_a_theme_of_another_municipality_is_not_found(coordinator_client, other_municipality):
    elsewhere = CategoryFactory(municipality=other_municipality)
    assert coordinator_client.get(f"{THEMES}{elsewhere.pk}/").status_code == 404


def test_the_themes_tell_how_many_open_reports_they_have(coordinator_client, schouw, category):
    other = CategoryFactory()
    ReportFactory(schouw=schouw, category=category)
    ReportFactory(schouw=schouw, category=category, done=True)
    rows = coordinator_client.get(THEMES).context["categories"]
    assert {row.pk: row.open_count for row in rows} == {category.pk: 1, other.pk: 0}


def test_a_theme_without_team_stands_out(coordinator_client, in_scope):
    CategoryFactory(team=None)
    assert "no team yet" in text_of(coordinator_client.get(THEMES))


def test_a_theme_without_team_is_named_where_it_is_missing_with_the_way_to_mend_it(
    coordinator_client, adviser, sign_in
):
    themes = [CategoryFactory(name="Water", team=None)]
    walk = SchouwFactory(
        categories=themes, trajectory__adviser=adviser, trajectory__current_step="preparation"
    )
    for action in ("", "voorbereiding"):
        for client, is_linked in ((coordinator_client, True), (sign_in(adviser), False)):
            shown = text_of(client.get(url(walk, action)))
            assert "The theme Water has no team that answers its reports." in shown
            assert ("Choose a team in the list of themes." in shown) is is_linked
