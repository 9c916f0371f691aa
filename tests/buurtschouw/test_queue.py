"""The handler's queue: figures, filters, sorting, paging, map, who may see it, and how many statements it takes."""

from datetime import timedelta

import pytest
from django.contrib.gis.geos import Point
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from buurtschouw.domain import todo
from buurtschouw.domain.mapping import viewport
from buurtschouw.domain.queries import queue
from buurtschouw.domain.queries.queue import QueueFilter
from buurtschouw.enums import ReportStatus
from buurtschouw.models import Report
from buurtschouw.views import queue as pages
from tests.factories.buurtschouw import CategoryFactory, ReportFactory, SchouwFactory
from tests.factories.core import AreaFactory, VerdictFactory
from trajecten.enums import VerdictValue
from trajecten.models import Area

URL = "/polderwijk/werk/meldingen/"
GEOJSON = "/polderwijk/werk/meldingen.geojson"


@pytest.fixture
def make(schouw, category):
    """Makes reports of the walk, with the theme of the tests unless told otherwise."""

    def made(**fields):
        return ReportFactory(schouw=schouw, **{"category": category, **fields})

    return made


@pytest.fixture
def seen(handler_client):
    """The numbers of the reports in the queue, in its order."""

    def numbers(query=""):
        answer = handler_client.get(f"{URL}?{query}")
        assert answer.status_code == 200
        return [row.report.pk for row in answer.context["rows"]]

    return numbers


# -- Who may see it -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["handler", "coordinator", "clerk", "superuser"])
def test_officials_see_the_queue(role, request, sign_in, report):
    answer = sign_in(request.getfixturevalue(role)).get(URL)
    assert answer.status_code == 200
    assert report.title in answer.content.decode()


@pytest.mark.parametrize("role", ["resident", "adviser", "other_adviser", "other_official"])
def test_nobody_else_knows_that_it_exists(role, request, sign_in, report):
    browser = sign_in(request.getfixturevalue(role))
    assert browser.get(URL).status_code == 404
    assert browser.get(GEOJSON).status_code == 404


def test_without_signing_in_one_goes_to_the_sign_in_page(client, report):
    answer = client.get(URL)
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


def test_an_adviser_sees_the_queue_of_the_own_walk_only(sign_in, adviser, report, make, category):
    elsewhere = ReportFactory(schouw=SchouwFactory(categories=[category]))
    answer = sign_in(adviser).get(f"{URL}?schouw={report.schouw_id}")
    assert [row.report.pk for row in answer.context["rows"]] == [report.pk]
    assert answer.context["figures"][2].value == 1
    assert sign_in(adviser).get(f"{URL}?schouw={elsewhere.schouw_id}").status_code == 404


def test_reports_of_another_municipality_are_never_in_it(seen, report, other_municipality):
    ReportFactory(schouw=SchouwFactory(municipality=other_municipality))
    assert seen() == [report.pk]


# -- Figures --------------------------------------------------------------------------------------------------


def test_the_figures_count_what_their_lists_show_what_is_late_first(
    handler, handler_client, make, seen, english
):
    make(assigned_to=handler)
    make(overdue=True)
    make(returned=True)
    solved, unsolved = make(done=True), make(done=True)
    VerdictFactory(target=solved, value=VerdictValue.YES)
    VerdictFactory(target=unsolved, value=VerdictValue.PARTLY)
    figures = handler_client.get(URL).context["figures"]
    assert [(str(figure.label), figure.value) for figure in figures] == [
        ("Over the term", 1),
        ("Back from the reporter", 1),
        ("New", 2),
        ("Assigned to you", 1),
        ("Solved, say reporters", "50%"),
    ]
    counted = [len(seen(figure.url.partition("?")[2])) for figure in figures]
    assert counted == [1, 1, 2, 1, 2]


def test_without_verdicts_there_is_no_share(handler_client, report):
    assert handler_client.get(URL).context["figures"][4].value == "–"


def test_the_oldest_new_report_is_told_in_days(handler_client, make):
    old = make()
    type(old).objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=3))
    assert "3" in handler_client.get(URL).context["figures"][2].note


# -- Order and rows -------------------------------------------------------------------------------------------


def test_what_came_back_is_on_top_and_red_then_the_nearest_term(handler_client, make, seen):
    later, late, back = make(), make(overdue=True), make(returned=True)
    assert seen() == [back.pk, late.pk, later.pk]
    assert handler_client.get(URL).content.decode().count("staff-queue__back") == 1


@pytest.mark.parametrize(
    ("trait", "tag", "tone", "act"),
    [
        ({}, "New", "neutral", "Read and answer"),
        ({"overdue": True}, "New", "warning", "Read and answer"),
        ({"returned": True}, "Back: not solved", "danger", "Answer again"),
        ({"done": True}, "Done", "success", "Nothing, it is closed"),
    ],
)
def test_a_row_says_the_state_and_what_to_do(make, trait, tag, tone, act, english):
    report = make(**trait)
    assert (todo.tag(report).text, todo.tag(report).tone, todo.todo(report).act) == (tag, tone, act)


def test_a_planned_report_shows_its_date_until_that_has_passed(make):
    planned = make(planned=True)
    assert todo.tag(planned).tone == "success"
    planned.due_on = planned.planned_for = timezone.localdate() - timedelta(days=1)
    assert todo.tag(planned).tone == "warning"
    assert todo.todo(planned).is_late


@pytest.mark.parametrize(
    ("days", "words"), [(0, "today"), (1, "tomorrow"), (5, "5 days"), (-1, "1 day late")]
)
def test_terms_in_words(days, words, english):
    assert todo.days_left(timezone.localdate() + timedelta(days=days)) == words


@pytest.mark.parametrize("order", ["newest", "oldest", "supports"])
def test_other_orders(make, seen, order):
    first, second = make(supports=1), make(supports=9)
    expected = {"newest": [second, first], "oldest": [first, second], "supports": [second, first]}[order]
    assert seen(f"order={order}") == [report.pk for report in expected]


# -- Filters --------------------------------------------------------------------------------------------------


def test_filters_by_status_and_group(make, seen):
    new, back, done = make(), make(returned=True), make(done=True)
    assert set(seen()) == {new.pk, back.pk}
    assert seen("status=new") == [new.pk]
    assert seen("status=returned") == [back.pk]
    assert seen("status=closed") == seen("status=done") == [done.pk]
    assert set(seen("status=all")) == {new.pk, back.pk, done.pk}


def test_a_list_with_closed_reports_begins_with_the_newest(make, seen):
    older, newer = make(overdue=True), make(done=True)
    assert seen("status=all") == [newer.pk, older.pk]


def headings(answer):
    """The direction that each column which can be sorted on tells of."""
    return {name: sort["direction"] for name, sort in answer.context["sorting"].items() if sort["direction"]}


@pytest.mark.parametrize(
    ("query", "order", "told"),
    [
        ("", "urgent", {"term": "ascending"}),
        ("status=all", "newest", {"reported": "descending"}),
        ("status=all&order=urgent", "newest", {"reported": "descending"}),
        ("status=all&term=overdue", "urgent", {"term": "ascending"}),
        ("status=closed&order=supports", "supports", {"supports": "descending"}),
    ],
)
def test_the_order_that_is_told_is_the_order_of_the_list(handler_client, report, query, order, told):
    answer = handler_client.get(f"{URL}?{query}")
    assert headings(answer) == told
    assert answer.context["form"]["order"].value() == order


def test_a_list_with_closed_reports_can_t_be_sorted_by_urgency(handler_client, report):
    assert handler_client.get(f"{URL}?status=all").context["sorting"]["term"]["query"] == ""
    assert handler_client.get(URL).context["sorting"]["term"]["query"] == "order=urgent"


@pytest.mark.parametrize("order", ["urgent", "newest", "oldest", "supports"])
def test_one_after_the_other_goes_through_the_whole_list(make, seen, handler, order):
    make(), make(supports=4), make(overdue=True, supports=4), make(returned=True), make(returned=True)
    asked = QueueFilter(order=order)
    found = [queue.reports(asked=asked, user=handler).first()]
    while following := queue.following(report=found[-1], asked=asked, user=handler):
        found.append(Report.objects.get(pk=following.pk))
    assert [report.pk for report in found] == seen(f"order={order}")


def test_a_row_leads_to_its_report_with_the_list_it_stands_in(handler_client, make, monkeypatch):
    monkeypatch.setattr(pages, "PER_PAGE", 1)
    make()
    second = make()
    page = handler_client.get(f"{URL}?status=new&page=2").content.decode()
    assert f'href="{URL}{second.pk}/?status=new&amp;page=2"' in page


def test_filters_by_theme_walk_and_person(make, seen, handler):
    other = CategoryFactory()
    mine, theme = make(assigned_to=handler), make(category=other)
    elsewhere = ReportFactory(schouw=SchouwFactory(), category=other)
    assert seen("mine=on") == [mine.pk]
    assert seen(f"category={other.pk}&schouw={theme.schouw_id}") == [theme.pk]
    assert seen(f"schouw={elsewhere.schouw_id}") == [elsewhere.pk]


def test_a_wijk_has_the_reports_of_its_buurten(make, seen, areas):
    wijk = areas[0]
    buurt = AreaFactory(buurt=True, parent=Area.objects.get(pk=wijk.pk))
    in_wijk, in_buurt, elsewhere = make(area=wijk), make(area=buurt), make(area=areas[1])
    assert set(seen(f"area={wijk.pk}")) == {in_wijk.pk, in_buurt.pk}
    assert seen(f"area={buurt.pk}") == [in_buurt.pk]
    assert seen(f"area={areas[1].pk}") == [elsewhere.pk]


def test_an_area_has_the_reports_of_all_years(make, seen, areas):
    """A new division is loaded every year; a report keeps the area of the year it is of."""
    before = areas[0]
    buurt_before = AreaFactory(buurt=True, parent=Area.objects.get(pk=before.pk))
    earlier, in_buurt = make(area=before), make(area=buurt_before)
    now = AreaFactory(code=before.code, year=before.year + 1)
    later = make(area=now)
    assert set(seen(f"area={now.pk}")) == {earlier.pk, in_buurt.pk, later.pk}


def test_wijken_of_a_new_year_leave_the_buurten_of_the_last_one(handler_client, schouw, areas):
    wijk = areas[0]
    buurt = AreaFactory(buurt=True, parent=Area.objects.get(pk=wijk.pk))
    now = AreaFactory(code=wijk.code, year=wijk.year + 1)
    offered = handler_client.get(URL).context["form"].fields["area"].queryset
    assert {area.pk for area in offered} == {now.pk, buurt.pk}


def test_filters_by_term(make, seen):
    today = timezone.localdate()
    late, now, soon = make(overdue=True), make(due_on=today), make(due_on=today + timedelta(days=6))
    make(due_on=today + timedelta(days=30))
    assert seen("term=overdue") == [late.pk]
    assert seen("term=today") == [now.pk]
    assert seen("term=week") == [now.pk, soon.pk]


def test_searches_words_in_dutch_and_report_numbers(make, seen):
    lamp = make(text="De lantaarns bij de brug zijn kapot")
    make(text="Container zit vol")
    street = make(text="Kapot", address="Kerkstraat 12")
    assert seen("words=lantaarn") == [lamp.pk]
    assert seen("words=kerkstraat") == [street.pk]
    assert seen(f"words={street.pk}") == seen(f"words=%23{street.pk}") == [street.pk]
    assert seen("words=trein") == []


@pytest.mark.parametrize(
    "query",
    [
        "status=zo",
        "category=abc",
        "area=0",
        "schouw=999999",
        "term=ooit",
        "words=" + "x" * 500,
        "words=a%00b",
    ],
)
def test_what_does_not_exist_is_left_out_and_said(handler_client, report, query):
    answer = handler_client.get(f"{URL}?{query}&mine=")
    assert [row.report.pk for row in answer.context["rows"]] == [report.pk]
    assert len(answer.context["form"].ignored) == 1
    assert "utrecht-alert--warning" in answer.content.decode()


def test_links_keep_the_filter(handler_client, make, category):
    for _ in range(51):
        make()
    page = handler_client.get(f"{URL}?category={category.pk}&status=new&order=oldest&page=1").content.decode()
    assert f"?category={category.pk}&amp;order=oldest&amp;page=2" not in page  # the status belongs to it too
    assert f"?status=new&amp;category={category.pk}&amp;order=oldest&amp;page=2" in page
    assert f"?status=new&amp;category={category.pk}&amp;order=oldest&amp;view=map" in page
    assert f"?status=new&amp;category={category.pk}&amp;order=supports" in page


# -- Paging and statements ------------------------------------------------------------------------------------


def test_fifty_a_page_and_the_rest_on_the_next(make, seen):
    numbers = [make().pk for _ in range(53)]
    assert seen() == numbers[:50]
    assert seen("page=2") == numbers[50:]
    assert seen("page=99") == numbers[50:]
    assert seen("page=zo") == seen("page=-1") == seen("page=0") == numbers[:50]


def test_counting_stops_after_a_page_beyond_the_limit(handler_client, make, monkeypatch):
    monkeypatch.setattr("trajecten.views.paging.COUNTED", 2)
    monkeypatch.setattr(pages, "PER_PAGE", 2)
    numbers = [make().pk for _ in range(7)]
    first = handler_client.get(URL)
    assert first.context["page"].paginator.count == 3
    assert "2" in first.context["title"]
    assert first.context["page"].has_next()
    last = handler_client.get(f"{URL}?page=4")
    assert [row.report.pk for row in last.context["rows"]] == numbers[6:]
    assert not last.context["page"].has_next()


def statements(browser, url):
    browser.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("url", [URL, f"{URL}?view=map", GEOJSON])
def test_one_row_and_fifty_take_the_same_number_of_statements(handler_client, make, handler, areas, url):
    make(assigned_to=handler, area=areas[0])
    with_one = statements(handler_client, url)
    for n in range(49):
        place = Point(4.87 + n / 500, 52.5, srid=4326)
        make(assigned_to=handler, area=areas[1], category=CategoryFactory(), point=place)
    assert statements(handler_client, url) == with_one


def test_an_empty_queue_says_what_will_appear(handler_client, schouw, english):
    page = handler_client.get(URL).content.decode()
    assert "Everything has been answered" in page
    assert "No report fits" in handler_client.get(f"{URL}?term=overdue").content.decode()


# -- Map ------------------------------------------------------------------------------------------------------


def test_the_map_shows_the_same_reports_as_the_list(handler_client, make):
    lamp = make(text="De lantaarn is kapot", overdue=True)
    make(text="De lantaarn brandt niet", placeless=True)
    make()
    answer = handler_client.get(f"{GEOJSON}?words=lantaarn").json()
    found = answer["features"]
    assert answer["url"] == URL
    assert [feature["properties"]["number"] for feature in found] == [lamp.pk]
    assert found[0]["geometry"] == {"type": "Point", "coordinates": [4.915, 52.51]}
    assert found[0]["properties"]["tone"] == "late"


def test_where_many_are_in_view_what_is_counted_is_shown_and_what_is_not_is_read(
    handler_client, make, monkeypatch
):
    monkeypatch.setattr(viewport, "READ_ONE_BY_ONE", 1)
    monkeypatch.setattr(viewport, "READ_AT_MOST", 2)
    for _ in range(3):
        make(text="De lantaarn is kapot")
    assert handler_client.get(GEOJSON).json()["total"] == 3
    assert handler_client.get(f"{GEOJSON}?words=lantaarn").json()["total"] == 2


def test_the_list_is_there_beside_the_map(handler_client, report):
    page = handler_client.get(f"{URL}?view=map").content.decode()
    assert f'data-view="{GEOJSON}?view=map"' in page
    assert report.title in page
    assert "data-view" not in handler_client.get(URL).content.decode()


def test_texts_of_residents_are_escaped(handler_client, make):
    make(text="<script>alert(1)</script>")
    assert "<script>alert" not in handler_client.get(URL).content.decode()


def test_every_status_has_something_to_do(make):
    for status in ReportStatus.values:
        report = make()
        report.status = status
        assert todo.todo(report).act
        assert todo.status_tag(status).text
