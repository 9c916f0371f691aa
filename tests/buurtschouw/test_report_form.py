"""The form of a resident's report: the questions that some themes ask, with and without JavaScript."""

import re
import uuid
from typing import Any

import pytest
from django.test import Client

from buurtschouw.forms.reporting import ReportPageForm, extra_name
from buurtschouw.models import Report
from tests.factories.buurtschouw import CategoryFactory, SchouwFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def asking(in_scope: Any) -> Any:
    return CategoryFactory(name="Verlichting", extra_question="Welk nummer staat er op de “mast”?")


@pytest.fixture
def other(in_scope: Any) -> Any:
    return CategoryFactory(name="Afval", extra_question="Wat ligt er?")


@pytest.fixture
def silent(in_scope: Any) -> Any:
    return CategoryFactory(name="Groen")


@pytest.fixture
def walk(asking: Any, other: Any, silent: Any) -> Any:
    return SchouwFactory(categories=[asking, other, silent])


def given(theme: Any, **fields: Any) -> dict[str, Any]:
    return {"key": uuid.uuid4(), "category": theme.pk, "address": "Meent 12", "text": "Kapot.", **fields}


def url(walk: Any) -> str:
    return f"/polderwijk/schouw/{walk.pk}/melden/"


def test_each_theme_that_asks_something_has_its_own_question(
    client: Client, walk: Any, asking: Any, other: Any
) -> None:
    page = client.get(url(walk)).content.decode()
    groups = re.findall(r'data-extra-of="(\d+)">(.*?)</fieldset>', page, re.DOTALL)

    assert [int(number) for number, _ in groups] == [other.pk, asking.pk]
    for (_, group), theme in zip(groups, [other, asking], strict=True):
        assert f"Only if it is about “{theme.name}”</legend>" in group
        assert theme.extra_question in group
        assert f'name="{extra_name(theme)}"' in group
    assert "Extra question" not in page


def test_a_walk_whose_themes_ask_nothing_has_no_questions(client: Client, silent: Any) -> None:
    page = client.get(url(SchouwFactory(categories=[silent]))).content.decode()

    assert "data-extra-of" not in page


def test_the_answer_to_the_chosen_theme_s_question_is_kept(
    client: Client, walk: Any, asking: Any, other: Any
) -> None:
    fields = given(asking, **{extra_name(asking): "42", extra_name(other): "een bank"})

    assert client.post(url(walk), fields).status_code == 302
    assert Report.objects.get().extra_answer == "42"


def test_an_answer_to_the_question_of_another_theme_is_left_out(
    client: Client, walk: Any, silent: Any, other: Any
) -> None:
    client.post(url(walk), given(silent, **{extra_name(other): "een bank"}))

    assert Report.objects.get().extra_answer == ""


def test_a_form_that_comes_back_has_the_answers_still(client: Client, walk: Any, asking: Any) -> None:
    page = client.post(url(walk), given(asking, text="", **{extra_name(asking): "mast 42"}))

    assert page.context["form"].errors.keys() == {"text"}
    assert 'value="mast 42"' in page.content.decode()


def test_a_form_without_a_theme_says_so_and_keeps_no_answer(walk: Any, asking: Any) -> None:
    fields = {**given(asking, **{extra_name(asking): "42"}), "category": ""}
    form = ReportPageForm(fields, schouw=walk)

    assert not form.is_valid()
    assert form.errors.keys() == {"category"}
    assert form.cleaned_data["extra_answer"] == ""


def test_an_answer_that_is_too_long_is_refused_at_its_question(walk: Any, asking: Any) -> None:
    form = ReportPageForm(given(asking, **{extra_name(asking): "4" * 301}), schouw=walk)

    assert form.errors.keys() == {extra_name(asking)}


def test_as_json_the_answer_has_one_name(client: Client, walk: Any, asking: Any) -> None:
    body = {**given(asking), "key": str(uuid.uuid4()), "extra_answer": "42"}
    answer = client.post(
        f"/polderwijk/schouw/{walk.pk}/meldingen",
        body,
        content_type="application/json",
        headers={"Idempotency-Key": body["key"]},
    )

    assert answer.status_code == 201
    assert Report.objects.get().extra_answer == "42"


def test_the_summary_of_what_is_wrong_links_to_the_site_of_the_neighbour(
    client: Client, walk: Any, silent: Any, other_municipality: Any
) -> None:
    there = other_municipality.boundary.centroid
    page = client.post(url(walk), given(silent, lat=there.y, lon=there.x)).content.decode()

    summary = page[page.index("data-error-summary") : page.index("</ul>", page.index("data-error-summary"))]
    assert 'href="https://duinstad.example.org"' in summary
    assert "<title>Error: What do you see?" in page


def test_the_form_opens_the_map_on_the_areas_of_the_walk(client: Client, schouw: Any) -> None:
    west, south, east, north = schouw.trajectory.areas.get().geometry.extent
    page = client.get(url(schouw)).content.decode()

    assert f'data-bounds="{west:.6f},{south:.6f},{east:.6f},{north:.6f}"' in page


def test_an_address_near_says_in_which_municipality_a_point_lies(
    client: Client, walk: Any, other_municipality: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("trajecten.domain.geocoder.nearest", lambda lat, lon: None)
    there = other_municipality.boundary.centroid

    def elsewhere(lat: float, lon: float) -> Any:
        return client.get(f"/polderwijk/adres-bij?lat={lat}&lon={lon}").json()["elsewhere"]

    assert elsewhere(there.y, there.x) == {"name": "Duinstad", "url": "https://duinstad.example.org"}
    assert elsewhere(53.4, 6.2) is None
    assert elsewhere(52.51, 4.915) is None
