"""Answer templates: what may stand in them, filling them in for a report, and never sending what is not filled in."""

from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone
from django.utils.formats import date_format

from buurtschouw.domain import answer_templates, answering
from buurtschouw.models import Answer, AnswerTemplate
from tests.factories.buurtschouw import CategoryFactory, ReportFactory
from tests.factories.handling import AnswerTemplateFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "in_scope")]

LIST = "/polderwijk/werk/sjablonen/"
GIVEN = {
    "name": "Gaan kijken",
    "text": "Melding {nummer}: wij gaan kijken.",
    "status": "acknowledged",
    "is_active": "on",
}


def url(report: Any, action: str = "") -> str:
    return f"/polderwijk/werk/meldingen/{report.pk}/{action + '/' if action else ''}"


# -- Keeping them


@pytest.mark.parametrize("client_of", ["handler_client", "coordinator_client"])
def test_who_answers_makes_and_changes_them(client_of: str, request: Any) -> None:
    client = request.getfixturevalue(client_of)
    assert client.post(f"{LIST}nieuw/", GIVEN).status_code == 302
    made = AnswerTemplate.objects.get()
    assert (made.name, made.status, made.category) == ("Gaan kijken", "acknowledged", None)
    client.post(f"{LIST}{made.pk}/", {**GIVEN, "name": "Kijken", "is_active": ""})
    made.refresh_from_db()
    assert (made.name, made.is_active) == ("Kijken", False)
    assert "Kijken" in client.get(LIST).content.decode()


def test_an_unknown_placeholder_is_refused_beside_the_text_with_those_that_exist(handler_client: Any) -> None:
    page = handler_client.post(f"{LIST}nieuw/", {**GIVEN, "text": "Beste {naam}"})
    (error,) = page.context["form"].errors["text"]
    assert page.status_code == 422
    assert error.startswith("{naam} does not exist")
    assert all(f"{{{each.name}}}" in error for each in answer_templates.PLACEHOLDERS)
    assert not AnswerTemplate.objects.exists()


def test_a_name_is_used_once(handler_client: Any) -> None:
    AnswerTemplateFactory(name="gaan kijken")
    page = handler_client.post(f"{LIST}nieuw/", GIVEN)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["name"])


def test_the_list_takes_as_many_queries_for_many(
    handler_client: Any, django_assert_max_num_queries: Any
) -> None:
    AnswerTemplateFactory(category=CategoryFactory())
    with django_assert_max_num_queries(12):
        handler_client.get(LIST)
    for _n in range(29):
        AnswerTemplateFactory(category=CategoryFactory())
    with django_assert_max_num_queries(12):
        handler_client.get(LIST)


# -- Filling them in


@pytest.mark.parametrize(
    ("address", "street"),
    [
        ("Dorpsstraat 12", "Dorpsstraat"),
        ("Laan van Meerdervoort 3a, achter", "Laan van Meerdervoort"),
        ("2e Kade 4", "2e Kade"),
        ("bij de speeltuin, links", "bij de speeltuin"),
        ("", "{straat}"),
        ("12", "{straat}"),
    ],
)
def test_the_street_is_the_address_without_its_number(
    schouw: Any, category: Any, handler: Any, address: str, street: str
) -> None:
    report = ReportFactory(schouw=schouw, category=category, address=address)
    assert answer_templates.filled("{straat}", report=report, by=handler) == street


def test_every_placeholder_is_filled_in(schouw: Any, category: Any, handler: Any, areas: Any) -> None:
    report = ReportFactory(
        schouw=schouw, category=category, address="Dorpsstraat 1", area=areas[0], public=True
    )
    words = " ".join(f"{{{each.name}}}" for each in answer_templates.PLACEHOLDERS)
    filled = answer_templates.filled(words, report=report, by=handler, planned_for=date(2026, 12, 10))
    assert "{" not in filled
    assert "December 2026" in filled
    assert all(
        part in filled
        for part in (str(report.pk), "speeltuin", "Stoep en straat", "Dorpsstraat", handler.name)
    )


def test_words_that_are_not_public_do_not_get_into_an_answer(report: Any, handler: Any) -> None:
    assert "speeltuin" not in answer_templates.filled("{melding}", report=report, by=handler)


def test_only_templates_in_use_of_its_theme_or_of_all_are_offered(report: Any) -> None:
    own, all_themes = AnswerTemplateFactory(category=report.category), AnswerTemplateFactory()
    AnswerTemplateFactory(category=CategoryFactory())
    AnswerTemplateFactory(is_active=False)
    assert set(answer_templates.for_report(report)) == {own, all_themes}


# -- On the page of a report


@pytest.mark.parametrize("with_htmx", [True, False])
def test_a_chosen_template_is_filled_in_behind_what_was_typed(
    handler_client: Any, report: Any, with_htmx: bool
) -> None:
    template = AnswerTemplateFactory(text="Dit is melding {nummer}.", status="in_progress")
    headers = {"HX-Request": "true", "HX-Target": "report-answer"} if with_htmx else {}
    typed = {"version": 1, "message": "Dag.", "template": template.pk, "fill": "1"}
    page = handler_client.post(url(report, "antwoord"), typed, headers=headers)
    form = page.context["answer_form"]
    assert page.status_code == 200
    assert form["message"].value() == f"Dag.\n\nDit is melding {report.pk}."
    assert (form["status"].value(), form["version"].value(), form.errors) == ("in_progress", "1", {})
    assert not Answer.objects.exists()


def test_without_a_template_everything_typed_stays(handler_client: Any, report: Any) -> None:
    typed = {"version": 1, "message": "Dag.", "status": "done", "template": "999999", "fill": "1"}
    form = handler_client.post(url(report, "antwoord"), typed).context["answer_form"]
    assert (form["message"].value(), form["status"].value()) == ("Dag.", "done")


def test_a_placeholder_is_never_sent(handler_client: Any, report: Any, handler: Any) -> None:
    page = handler_client.post(
        url(report, "antwoord"), {"version": 1, "status": "done", "message": "Wij waren in de {straat}."}
    )
    assert page.status_code == 422
    assert "{straat}" in page.context["answer_form"].errors["message"][0]
    with pytest.raises(answering.AnswerRefused):
        answering.answer(report=report, by=handler, version=1, status="done", message="{x}")
    assert not Answer.objects.exists()


# -- The day that is promised


def test_the_promised_day_gets_into_the_answer_that_promises_it(handler_client: Any, report: Any) -> None:
    day = timezone.localdate() + timedelta(days=12)
    answer = {"version": 1, "status": "planned", "message": "Wij komen op {gepland}."}
    undated = handler_client.post(url(report, "antwoord"), answer)
    assert list(undated.context["answer_form"].errors) == ["planned_for"]
    assert handler_client.post(url(report, "antwoord"), {**answer, "planned_for": day}).status_code == 302
    assert Answer.objects.get().message == f"Wij komen op {date_format(day, 'j F Y')}."


def test_an_answer_without_a_promised_day_can_t_name_it(handler_client: Any, report: Any) -> None:
    day = timezone.localdate() + timedelta(days=12)
    answer = {"version": 1, "status": "in_progress", "planned_for": day, "message": "Wij komen op {gepland}."}
    page = handler_client.post(url(report, "antwoord"), answer)
    assert page.status_code == 422
    assert page.context["answer_form"].errors == {"message": [answer_templates.without_day()]}
    assert not Answer.objects.exists()


def test_the_old_name_of_the_day_of_the_report_is_mended_in_what_was_kept() -> None:
    kept = AnswerTemplateFactory(text="U meldde dit op {datum}, in {buurt}.")
    other = AnswerTemplateFactory()
    renaming = import_module("buurtschouw.migrations.0017_day_of_the_report")
    renaming.rename(apps, None)
    assert AnswerTemplate.objects.get(pk=kept.pk).text == "U meldde dit op {gemeld}, in {buurt}."
    assert AnswerTemplate.objects.get(pk=other.pk).text == other.text
