"""The page of a report for officials: who sees it, answering, two at once, assigning, notes, the place."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtschouw.domain import answering, following
from buurtschouw.enums import TRANSITIONS, ReportKind, ReportStatus
from buurtschouw.forms.handling import STARTERS, STATUS_TILES, AnswerForm
from buurtschouw.models import Answer, Note, Report
from tests.factories.buurtschouw import (
    AnswerFactory,
    CategoryFactory,
    NoteFactory,
    ReportFactory,
    SchouwFactory,
)
from tests.factories.core import AttachmentFactory, StaffRoleFactory, UserFactory
from trajecten.enums import Moderation, Role
from trajecten.models import Activity, Commitment, Notification

pytestmark = pytest.mark.usefixtures("english")

ACTIONS = ["antwoord", "toewijzen", "notitie", "openbaar", "plek"]


def url(report, action=""):
    return f"/polderwijk/werk/meldingen/{report.pk}/{action + '/' if action else ''}"


def answer_data(report, **fields):
    return {
        "version": report.version,
        "status": "acknowledged",
        "message": "Wij gaan kijken.",
        **fields,
    }


def text_of(response):
    return response.content.decode()


# -- Who may see and do it ------------------------------------------------------------------------------------


def test_the_moment_of_the_report_is_in_dutch_time_everywhere(handler_client, report):
    Report.objects.filter(pk=report.pk).update(created_at=datetime(2026, 1, 10, 23, 30, tzinfo=UTC))
    page = text_of(handler_client.get(url(report)))
    assert "11 January 2026, 00:30" in page
    assert "10 January 2026" not in page


@pytest.mark.parametrize("role", ["handler", "coordinator", "superuser"])
def test_who_answers_sees_the_report_with_its_forms(role, request, sign_in, report):
    page = text_of(sign_in(request.getfixturevalue(role)).get(url(report)))
    assert report.text in page
    assert url(report, "antwoord") in page


@pytest.mark.parametrize("role", ["clerk", "adviser"])
def test_who_only_reads_sees_no_forms_and_may_not_act(role, request, sign_in, report):
    browser = sign_in(request.getfixturevalue(role))
    page = text_of(browser.get(url(report)))
    assert report.text in page
    assert not any(url(report, action) in page for action in ACTIONS)
    for action in ACTIONS:
        assert browser.post(url(report, action), answer_data(report)).status_code == 403
    assert not Answer.objects.exists()


@pytest.mark.parametrize("role", ["resident", "other_adviser", "other_official"])
def test_for_others_it_does_not_exist(role, request, sign_in, report):
    browser = sign_in(request.getfixturevalue(role))
    assert browser.get(url(report)).status_code == 404
    for action in ACTIONS:
        assert browser.post(url(report, action), answer_data(report)).status_code == 404
    assert not Answer.objects.exists()


def test_a_report_of_another_municipality_is_not_found(handler_client, schouw, other_municipality):
    elsewhere = ReportFactory(schouw=SchouwFactory(municipality=other_municipality))
    assert handler_client.get(url(elsewhere)).status_code == 404
    assert handler_client.post(url(elsewhere, "antwoord"), answer_data(elsewhere)).status_code == 404


def test_without_signing_in_nothing_is_shown_or_done(client, report):
    assert client.get(url(report)).status_code == 302
    assert client.post(url(report, "antwoord"), answer_data(report)).status_code == 302
    assert not Answer.objects.exists()


def test_after_signing_in_again_an_act_shows_the_page(handler_client, report):
    for action in ACTIONS:
        assert handler_client.get(url(report, action)).url == url(report)


# -- What the page shows --------------------------------------------------------------------------------------


def test_the_page_never_shows_the_reporter_s_address(handler_client, report):
    page = text_of(handler_client.get(url(report)))
    assert report.author.email not in page
    assert report.token not in page
    assert "gets every answer by mail" in page


def test_it_says_so_when_there_is_no_address(handler_client, schouw, category):
    nameless = ReportFactory(schouw=schouw, category=category, anonymous=True)
    assert "left no e-mail address" in text_of(handler_client.get(url(nameless)))


def test_photos_have_signed_addresses(handler_client, report):
    photo = AttachmentFactory(target=report)
    page = text_of(handler_client.get(url(report)))
    assert f"/polderwijk/foto/{photo.uuid}/thumb.jpg?t=" in page


def test_open_reports_nearby_are_shown_without_itself(handler_client, report, schouw):
    near = ReportFactory(
        schouw=schouw, text="Hier ook een losse tegel", category=CategoryFactory(name="Overig")
    )
    ReportFactory(schouw=schouw, text="Deze is al klaar", done=True)
    page = handler_client.get(url(report))
    assert [other.pk for other in page.context["near"]] == [near.pk]
    assert "Hier ook een losse tegel" in text_of(page)
    assert "Deze is al klaar" not in text_of(page)


def test_an_adviser_sees_no_words_of_walks_that_others_advise(sign_in, report, adviser, clerk, superuser):
    same_walk = ReportFactory(schouw=report.schouw, text="Van deze schouw")
    elsewhere = ReportFactory(
        schouw=SchouwFactory(trajectory__adviser=UserFactory(is_adviser=True)), text="Van een ander"
    )
    page = sign_in(adviser).get(url(report))
    assert [other.pk for other in page.context["near"]] == [same_walk.pk]
    assert "Van een ander" not in text_of(page)
    for official in (clerk, superuser):
        near = sign_in(official).get(url(report)).context["near"]
        assert {other.pk for other in near} == {same_walk.pk, elsewhere.pk}


def test_more_history_takes_no_more_statements(handler_client, report, handler):
    def statements():
        handler_client.get(url(report))
        with CaptureQueriesContext(connection) as captured:
            handler_client.get(url(report))
        return len(captured)

    AnswerFactory(report=report, by=handler)
    NoteFactory(report=report, by=handler)
    ReportFactory(schouw=report.schouw)
    answering.assign(report=report, by=handler, to=handler)
    with_one = statements()
    for _ in range(4):
        AnswerFactory(report=report)
        NoteFactory(report=report)
        ReportFactory(schouw=report.schouw)
        answering.assign(report=report, by=handler, to=None)
    assert statements() == with_one


# -- Answering ------------------------------------------------------------------------------------------------


def test_an_answer_moves_the_report_and_owes_the_reporter_a_mail(handler_client, report, handler):
    response = handler_client.post(url(report, "antwoord"), answer_data(report), follow=True)
    report.refresh_from_db()
    assert report.status == ReportStatus.ACKNOWLEDGED
    assert Answer.objects.get().by == handler
    owed = Notification.objects.get()
    assert (owed.key, owed.participant) == ("buurtschouw.report_answered", report.author)
    assert "The reporter gets your answer by mail now." in text_of(response)
    assert "Wij gaan kijken." in text_of(response)


def test_closing_says_that_the_reporter_is_asked_for_a_verdict(handler_client, report):
    response = handler_client.post(url(report, "antwoord"), answer_data(report, status="done"), follow=True)
    assert "with the question whether it is solved" in text_of(response)


def test_without_an_address_no_mail_is_promised(handler_client, schouw, category):
    nameless = ReportFactory(schouw=schouw, category=category, anonymous=True)
    response = handler_client.post(url(nameless, "antwoord"), answer_data(nameless), follow=True)
    assert "no mail goes out" in text_of(response)
    assert not Notification.objects.exists()


def test_planning_makes_a_promise_with_its_date(handler_client, report):
    day = timezone.localdate() + timedelta(days=9)
    data = answer_data(report, status="planned", planned_for=day.isoformat(), message="Wij maken het.")
    assert handler_client.post(url(report, "antwoord"), data).status_code == 302
    assert Commitment.objects.get().deadline == day


@pytest.mark.parametrize(
    ("fields", "field", "says"),
    [
        ({"message": " "}, "message", "Write what you want to tell the reporter."),
        ({"status": "not_done", "message": ""}, "message", "If it is not done: why not"),
        ({"status": "planned"}, "planned_for", "for which date"),
        ({"status": "planned", "message": ""}, "planned_for", "for which date"),
        ({"status": "planned", "planned_for": "2020-01-01"}, "planned_for", "in the past"),
        ({"status": "planned", "planned_for": "9999-12-31"}, "planned_for", "ten years away"),
        ({"status": "planned", "planned_for": "morgen"}, "planned_for", "not a date"),
        ({"status": "forwarded"}, "forwarded_to", "to whom"),
        ({"status": "forwarded", "message": ""}, "forwarded_to", "to whom"),
        ({"status": ""}, "status", "Choose what is happening"),
        ({"status": "zomaar"}, "status", "zomaar"),
        ({"message": "x" * 4001}, "message", "4000"),
        ({"message": "a\0b"}, "message", "Null"),
        ({"version": "zo"}, "version", "whole number"),
        ({"version": "-99999999999999999999"}, "version", "greater than or equal"),
        ({"version": "99999999999999999999"}, "version", "less than or equal"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(handler_client, report, fields, field, says):
    typed = answer_data(report, message="Dit heb ik al getypt.", forwarded_to="")
    response = handler_client.post(url(report, "antwoord"), {**typed, **fields})
    assert response.status_code == 422
    assert says in " ".join(response.context["answer_form"].errors[field])
    if "message" not in fields:
        assert "Dit heb ik al getypt." in text_of(response)
    assert not Answer.objects.exists()


def test_a_status_that_may_not_follow_is_refused_with_what_may(handler_client, schouw, category):
    done = ReportFactory(schouw=schouw, category=category, done=True)
    response = handler_client.post(url(done, "antwoord"), answer_data(done, status="planned"))
    assert response.status_code == 422
    refusal = response.context["answer_form"].errors["status"][0]
    assert "can't become" in refusal
    assert "acknowledged" in refusal
    assert "Wij gaan kijken." in text_of(response)


@pytest.mark.parametrize("status", ReportStatus.values)
def test_the_tiles_offer_what_may_follow(status, report):
    report.status = status
    offered = [value for value, _label in AnswerForm(report=report).fields["status"].widget.choices]
    assert offered == [value for value in STATUS_TILES if value in TRANSITIONS[status]]
    assert all(STARTERS[value] for value in offered)


@pytest.mark.parametrize("kind", ReportKind.values)
def test_a_report_of_every_kind_can_be_opened_and_offers_what_may_follow(
    kind, handler_client, schouw, category
):
    report = ReportFactory(schouw=schouw, category=category, kind=kind)
    page = handler_client.get(url(report))
    assert page.status_code == 200
    offered = [value for value, _label in page.context["answer_form"].fields["status"].widget.choices]
    assert set(offered) == report.means.answers[ReportStatus.NEW]


# -- Two at once ----------------------------------------------------------------------------------------------


def test_the_second_of_two_sees_what_changed_and_loses_nothing(
    handler_client, coordinator_client, report, coordinator
):
    first_seen, second_seen = report.version, report.version
    handler_client.post(
        url(report, "antwoord"), answer_data(report, version=first_seen, message="Ik was eerst.")
    )
    data = answer_data(report, version=second_seen, status="done", message="Mijn lange antwoord.")
    response = coordinator_client.post(url(report, "antwoord"), data)
    page = text_of(response)
    assert response.status_code == 409
    assert "changed while you were writing" in page
    assert [event["text"] for event in response.context["changes"]] == ["Ik was eerst."]
    assert "Mijn lange antwoord." in page
    assert Answer.objects.count() == 1
    again = {**data, "version": response.context["answer_form"]["version"].value()}
    assert coordinator_client.post(url(report, "antwoord"), again).status_code == 302
    assert list(Answer.objects.values_list("message", flat=True)) == ["Ik was eerst.", "Mijn lange antwoord."]


def test_the_same_answer_sent_twice_goes_well_and_is_given_once(handler_client, coordinator_client, report):
    day = timezone.localdate() + timedelta(days=12)
    data = answer_data(report, status="planned", planned_for=day, message="Wij komen op {gepland}.")
    said = []
    for _again in range(2):
        response = handler_client.post(url(report, "antwoord"), data, follow=True)
        said.append([str(message) for message in response.context["messages"]])
        assert response.redirect_chain
    assert said[0] == said[1]
    assert Answer.objects.count() == 1
    for client, other in ((coordinator_client, data), (handler_client, {**data, "message": "Anders."})):
        assert client.post(url(report, "antwoord"), other).status_code == 409


def test_the_same_words_after_more_than_moments_or_another_change_are_no_second_press(
    handler_client, report, handler
):
    data = answer_data(report)
    handler_client.post(url(report, "antwoord"), data)
    Answer.objects.update(at=timezone.now() - timedelta(hours=1))
    assert handler_client.post(url(report, "antwoord"), data).status_code == 409
    Answer.objects.update(at=timezone.now())
    answering.assign(report=report, by=handler, to=handler)
    assert handler_client.post(url(report, "antwoord"), data).status_code == 409


def test_the_choice_stays_when_it_still_may(handler_client, report, handler):
    answering.assign(report=report, by=handler, to=handler)
    response = handler_client.post(url(report, "antwoord"), answer_data(report, status="in_progress"))
    assert response.context["answer_form"]["status"].value() == "in_progress"
    assert [event["title"] for event in response.context["changes"]] == [f"Assigned to {handler}"]


def test_a_verdict_that_came_in_meanwhile_is_a_change_too(handler_client, report, handler):
    answering.answer(report=report, by=handler, version=1, status="done", message="Klaar.")
    report.refresh_from_db()
    seen = report.version
    following.judge(report=report, value="no", words="Het ligt nog los.")
    response = handler_client.post(url(report, "antwoord"), answer_data(report, version=seen))
    assert response.status_code == 409
    texts = [(event["title"], event["text"]) for event in response.context["changes"]]
    assert texts == [("Not solved, says the reporter", "Het ligt nog los."), ("The report is open again", "")]


# -- htmx -----------------------------------------------------------------------------------------------------


HTMX = {"HX-Request": "true"}


def test_with_htmx_the_parts_of_the_page_come_back(handler_client, report):
    response = handler_client.post(url(report, "antwoord"), answer_data(report), headers=HTMX)
    page = text_of(response)
    assert response.status_code == 200
    assert "<html" not in page
    for part in ("report-answer", "report-head", "report-history"):
        assert f'id="{part}"' in page
    assert "The reporter gets your answer by mail now." in page
    assert 'name="version" value="2"' in page


@pytest.mark.parametrize(
    ("action", "data", "part"),
    [
        ("toewijzen", {"to": ""}, "report-assign"),
        ("notitie", {"text": "Gebeld."}, "report-notes"),
        ("openbaar", {"moderation": "published"}, "report-readers"),
    ],
)
def test_an_act_beside_the_answer_brings_its_own_part_and_leaves_the_answer_alone(
    handler_client, report, action, data, part
):
    sent = {**data, "version": report.version}
    response = handler_client.post(url(report, action), sent, headers={**HTMX, "HX-Target": part})
    page = text_of(response)
    report.refresh_from_db()
    assert response.status_code == 200
    assert f'id="{part}"' in page
    assert ("<textarea" in page) is (part != "report-assign")
    assert 'id="id_message"' not in page
    assert 'id="report-answer"' not in page
    assert f'name="version" value="{report.version}" id="id_version" hx-swap-oob="true"' in page


def test_putting_the_pin_with_htmx_leaves_the_answer_alone(handler_client, placeless, areas):
    headers = {**HTMX, "HX-Target": "report-place"}
    data = {"lat": "52.51", "lon": "4.935", "version": placeless.version}
    page = text_of(handler_client.post(url(placeless, "plek"), data, headers=headers))
    assert 'id="report-place"' in page
    assert 'data-pin="52.51' in page
    assert 'id="report-answer"' not in page
    assert 'name="version" value="2"' in page


def test_a_change_by_somebody_else_is_not_passed_over_by_an_act_of_one_s_own(
    handler_client, coordinator, report, handler
):
    seen = report.version
    answering.answer(
        report=report, by=coordinator, version=seen, status="acknowledged", message="Ik was eerst."
    )
    headers = {**HTMX, "HX-Target": "report-assign"}
    page = text_of(
        handler_client.post(url(report, "toewijzen"), {"to": handler.pk, "version": seen}, headers=headers)
    )
    assert 'name="version"' not in page
    response = handler_client.post(url(report, "antwoord"), answer_data(report, version=seen))
    assert response.status_code == 409
    assert "Ik was eerst." in [event["text"] for event in response.context["changes"]]


def test_an_unknown_part_is_the_answer(handler_client, report):
    headers = {**HTMX, "HX-Target": "../../etc"}
    page = text_of(handler_client.post(url(report, "antwoord"), answer_data(report), headers=headers))
    assert 'id="report-answer"' in page


def test_who_is_signed_out_is_told_so_and_keeps_the_page(client, report):
    headers = {**HTMX, "HX-Current-URL": f"http://testserver{url(report)}"}
    response = client.post(url(report, "antwoord"), answer_data(report), headers=headers)
    assert (response.status_code, response.headers["HX-Retarget"]) == (401, "#news")
    assert f"/account/login/?next={url(report)}" in text_of(response)
    assert not Answer.objects.exists()


def test_with_htmx_a_refusal_is_the_form_with_what_is_wrong(handler_client, report):
    response = handler_client.post(url(report, "antwoord"), answer_data(report, message=""), headers=HTMX)
    assert response.status_code == 422
    assert "<html" not in text_of(response)
    assert "Write what you want to tell the reporter." in text_of(response)


def test_with_htmx_the_message_is_not_shown_twice(handler_client, report):
    handler_client.post(url(report, "notitie"), {"text": "Gebeld."}, headers=HTMX)
    assert "Your note has been kept" not in text_of(handler_client.get(url(report)))


# -- The list that the report was opened from ----------------------------------------------------------------


def test_the_way_back_leads_to_the_list_with_its_filter_and_page(handler_client, report):
    page = text_of(handler_client.get(f"{url(report)}?status=new&order=oldest&page=2&theme=x"))
    assert 'href="/polderwijk/werk/meldingen/?status=new&amp;order=oldest&amp;page=2"' in page


@pytest.mark.parametrize("query", ["status=zo", "page=-1", "category=0", "next=//example.org"])
def test_what_is_no_filter_does_not_come_along(handler_client, report, query):
    page = text_of(handler_client.get(f"{url(report)}?{query}"))
    assert 'href="/polderwijk/werk/meldingen/"' in page
    assert "example.org/" not in page.partition("<footer")[0].replace("mailto:", "")


def test_an_adviser_goes_back_to_the_list_of_the_walk(sign_in, adviser, report):
    page = text_of(sign_in(adviser).get(url(report)))
    address = f"/polderwijk/werk/meldingen/?schouw={report.schouw_id}"
    assert f'href="{address}"' in page
    assert sign_in(adviser).get(address).status_code == 200


def test_after_an_answer_the_next_report_of_the_list_is_one_step_away(
    handler_client, report, schouw, category
):
    ReportFactory(schouw=schouw, category=category, acknowledged=True)
    after = ReportFactory(schouw=schouw, category=category)
    action = f"{url(report, 'antwoord')}?status=new&order=oldest"
    response = handler_client.post(action, answer_data(report), follow=True)
    assert response.redirect_chain == [(f"{url(report)}?status=new&order=oldest", 302)]
    assert f'<a href="{url(after)}?status=new&amp;order=oldest">Next report in this list <' in text_of(
        response
    )
    last = handler_client.post(
        f"{url(after, 'antwoord')}?status=new&order=oldest", answer_data(after), follow=True
    )
    assert "Next report in this list" not in text_of(last)


# -- Assigning, notes, who may read ---------------------------------------------------------------------------


def test_assigning_to_a_colleague_oneself_and_nobody(handler_client, report, handler, coordinator):
    for person, says in ((coordinator, str(coordinator)), (handler, "You look after"), (None, "Nobody")):
        response = handler_client.post(
            url(report, "toewijzen"), {"to": person.pk if person else ""}, follow=True
        )
        report.refresh_from_db()
        assert report.assigned_to == person
        assert says in text_of(response)
    assert Activity.objects.filter(verb="assigned").count() == 3


def test_only_who_answers_here_can_be_chosen(handler_client, report, clerk, other_official, coordinator):
    retired = StaffRoleFactory(role=Role.HANDLER, user__is_active=False).user
    for person in (clerk, other_official, retired):
        response = handler_client.post(url(report, "toewijzen"), {"to": person.pk})
        assert response.status_code == 422
        assert "does not answer reports here" in text_of(response)
    report.refresh_from_db()
    assert report.assigned_to is None


def test_a_note_is_for_officials_only(handler_client, client, report):
    handler_client.post(url(report, "notitie"), {"text": "Aannemer gebeld, komt dinsdag."})
    assert Note.objects.get().text == "Aannemer gebeld, komt dinsdag."
    assert "Aannemer gebeld" in text_of(handler_client.get(url(report)))
    assert "Aannemer gebeld" not in text_of(client.get(f"/polderwijk/volg/{report.token}/"))


def test_an_empty_note_is_refused(handler_client, report):
    response = handler_client.post(url(report, "notitie"), {"text": "  "})
    assert response.status_code == 422
    assert "Write your note first." in text_of(response)


def test_an_official_says_whether_everybody_may_read_it(handler_client, report):
    handler_client.post(url(report, "openbaar"), {"moderation": "published"})
    report.refresh_from_db()
    assert report.moderation == Moderation.PUBLISHED
    handler_client.post(url(report, "openbaar"), {"moderation": "hidden", "reason": "insult"})
    report.refresh_from_db()
    assert report.moderation == Moderation.HIDDEN
    handler_client.post(url(report, "openbaar"), {"moderation": "misschien"})
    report.refresh_from_db()
    assert report.moderation == Moderation.HIDDEN


def publish(browser, page, report):
    """Click the button on a page as it was shown."""
    seen = [str(photo.uuid) for photo in page.context["photos"]]
    browser.post(url(report, "openbaar"), {"moderation": "published", "photos": seen})


def shown_to_everybody(client, report):
    return list(client.get(f"/polderwijk/meldingen/{report.pk}/").context["photos"])


def test_a_photo_that_came_between_looking_and_clicking_stays_closed(handler_client, client, report):
    seen = AttachmentFactory(target=report)
    page = handler_client.get(url(report))
    later = AttachmentFactory(target=report)
    publish(handler_client, page, report)
    assert shown_to_everybody(client, report) == [seen]
    assert str(later.uuid) in text_of(client.get(f"/polderwijk/volg/{report.token}/"))


def test_the_page_offers_to_open_photos_that_came_later(handler_client, client, report):
    publish(handler_client, handler_client.get(url(report)), report)
    assert "Make the photos public" not in text_of(handler_client.get(url(report)))
    later = AttachmentFactory(target=report)
    page = handler_client.get(url(report))
    assert "1 photo is seen by officials and the reporter only" in text_of(page)
    assert f'name="photos" value="{later.uuid}" form="moderation"' in text_of(page)
    assert "not public" in text_of(page)
    assert shown_to_everybody(client, report) == []
    publish(handler_client, page, report)
    assert shown_to_everybody(client, report) == [later]
    assert "Make the photos public" not in text_of(handler_client.get(url(report)))


def test_taking_the_words_back_closes_every_photo(handler_client, client, report):
    AttachmentFactory(target=report, is_public=True)
    handler_client.post(url(report, "openbaar"), {"moderation": "hidden", "reason": "insult"})
    handler_client.post(url(report, "openbaar"), {"moderation": "published"})
    assert shown_to_everybody(client, report) == []


@pytest.mark.parametrize("sent", ["geen id", "00000000-0000-4000-8000-000000000000"])
def test_a_photo_that_is_not_of_this_report_can_t_be_opened_with_it(handler_client, report, sent):
    handler_client.post(url(report, "openbaar"), {"moderation": "published", "photos": sent})
    report.refresh_from_db()
    assert report.moderation == Moderation.PENDING


# -- The place ------------------------------------------------------------------------------------------------


@pytest.fixture
def placeless(schouw, category):
    return ReportFactory(schouw=schouw, category=category, placeless=True)


def test_an_official_puts_the_pin(handler_client, placeless, areas):
    page = text_of(handler_client.get(url(placeless)))
    assert "bij de speeltuin" in page
    assert 'data-picker="id_lat,id_lon"' in page
    response = handler_client.post(url(placeless, "plek"), {"lat": "52.51", "lon": "4.935"}, follow=True)
    placeless.refresh_from_db()
    assert (placeless.point.x, placeless.point.y) == (4.935, 52.51)
    assert placeless.area == areas[1]
    assert "The pin was put on the map" in text_of(response)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"lat": "52.51"}, "both numbers"),
        ({"lat": "hier", "lon": "daar"}, "number"),
        ({"lat": "52.51", "lon": "5.5"}, "outside Polderwijk"),
        ({"lat": "0", "lon": "0"}, "greater than or equal"),
    ],
)
def test_a_pin_that_can_t_be_is_refused(handler_client, placeless, data, says):
    response = handler_client.post(url(placeless, "plek"), data)
    assert response.status_code == 422
    assert says in text_of(response)
    assert Report.objects.get(pk=placeless.pk).point is None


def test_a_pin_elsewhere_names_the_other_municipality(handler_client, placeless, other_municipality):
    response = handler_client.post(url(placeless, "plek"), {"lat": "52.51", "lon": "5.12"})
    assert "Duinstad" in text_of(response)


def test_a_pin_that_is_there_is_not_moved(handler_client, report):
    response = handler_client.post(url(report, "plek"), {"lat": "52.505", "lon": "4.935"})
    assert response.status_code == 422
    report.refresh_from_db()
    assert report.point.x == 4.915


def test_nothing_is_mailed_by_the_page_itself(handler_client, report):
    handler_client.post(url(report, "antwoord"), answer_data(report))
    assert mail.outbox == []


def test_hiding_without_a_reason_is_refused_beside_the_field(handler_client, report):
    refused = handler_client.post(url(report, "openbaar"), {"moderation": "hidden", "words": "Getypt."})
    assert refused.status_code == 422
    assert list(refused.context["hide_form"].errors) == ["reason"]
    assert "Getypt." in refused.content.decode()
    report.refresh_from_db()
    assert report.moderation == Moderation.PENDING
