"""The form of a resident's report: the questions that some themes ask, with and without JavaScript."""

import hashlib
import json
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from buurtschouw.domain.questions import NOTHING
from buurtschouw.forms.questions import name_of
from buurtschouw.forms.reporting import ReportPageForm
from buurtschouw.models import Report
from tests.factories.buurtschouw import CategoryFactory, ReportFactory, SchouwFactory
from tests.factories.questions import YES_NO, QuestionFactory
from tests.templates.markup import tree

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def asking(in_scope: Any) -> Any:
    theme = CategoryFactory(name="Verlichting")
    QuestionFactory(category=theme, code="mast", text="Welk nummer staat er op de “mast”?")
    return theme


@pytest.fixture
def other(in_scope: Any) -> Any:
    theme = CategoryFactory(name="Afval")
    QuestionFactory(category=theme, code="wat", text="Wat ligt er?")
    return theme


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


def send(client: Client, walk: Any, body: Any) -> Any:
    """As JSON, as the page does where JavaScript runs."""
    key = str(body["key"])
    return client.post(
        f"/polderwijk/schouw/{walk.pk}/meldingen",
        {**body, "key": key},
        content_type="application/json",
        headers={"Idempotency-Key": key},
    )


def mast(theme: Any) -> str:
    return name_of(theme.pk, "mast")


def test_each_theme_that_asks_something_has_its_own_questions(
    client: Client, walk: Any, asking: Any, other: Any
) -> None:
    page = tree(client.get(url(walk)).content.decode())
    groups = [group for group in page.every("div") if "data-questions-of" in group.attributes]

    assert [int(group.attributes["data-questions-of"]) for group in groups] == [other.pk, asking.pk]
    for group, theme in zip(groups, [other, asking], strict=True):
        (question,) = theme.questions.all()
        assert f"Only for a report, and only if it is about “{theme.name}”" in group.text
        assert question.text in group.text
        assert group.one("input").attributes["name"] == name_of(theme.pk, question.code)


def test_a_walk_whose_themes_ask_nothing_has_no_questions(client: Client, silent: Any) -> None:
    page = client.get(url(SchouwFactory(categories=[silent]))).content.decode()

    assert "data-questions-of" not in page


def test_a_question_out_of_use_is_not_asked(client: Client, walk: Any, asking: Any) -> None:
    asking.questions.update(is_active=False)

    assert mast(asking) not in client.get(url(walk)).content.decode()


def test_the_answer_to_the_chosen_theme_s_question_is_kept_with_the_question(
    client: Client, walk: Any, asking: Any, other: Any
) -> None:
    fields = given(asking, **{mast(asking): " 42 ", name_of(other.pk, "wat"): "een bank"})

    assert client.post(url(walk), fields).status_code == 302
    assert Report.objects.get().facts == [
        {"code": "mast", "question": "Welk nummer staat er op de “mast”?", "value": "42", "answer": "42"}
    ]


def test_an_answer_to_the_question_of_another_theme_is_left_out(
    client: Client, walk: Any, silent: Any, other: Any
) -> None:
    client.post(url(walk), given(silent, **{name_of(other.pk, "wat"): "een bank" * 100}))

    assert Report.objects.get().facts == []


@pytest.mark.parametrize("kind", ["idea", "compliment"])
@pytest.mark.parametrize("answer", ["", "x" * 301, "42"])
def test_an_idea_or_compliment_is_asked_nothing_and_keeps_no_answer(
    client: Client, walk: Any, asking: Any, kind: str, answer: str
) -> None:
    asking.questions.update(is_required=True)
    fields = given(asking, kind=kind, **{mast(asking): answer})
    body = {**given(asking, kind=kind), "facts": {"mast": answer}}

    assert client.post(url(walk), fields).status_code == 302
    assert [send(client, walk, body).status_code for _ in range(2)] == [201, 200]
    assert [(report.kind, report.facts) for report in Report.objects.all()] == [(kind, [])] * 2
    assert asking.questions.get().answered_at is None


def test_a_form_that_comes_back_has_the_answers_still(client: Client, walk: Any, asking: Any) -> None:
    page = client.post(url(walk), given(asking, text="", **{mast(asking): "mast 42"}))

    assert page.context["form"].errors.keys() == {"text"}
    assert 'value="mast 42"' in page.content.decode()


def test_a_form_without_a_theme_says_so_and_keeps_no_answer(walk: Any, asking: Any) -> None:
    fields = {**given(asking, **{mast(asking): "42"}), "category": ""}
    form = ReportPageForm(fields, schouw=walk)

    assert not form.is_valid()
    assert form.errors.keys() == {"category"}
    assert form.cleaned_data["said"] == NOTHING


def test_an_answer_that_is_too_long_is_refused_at_its_question(walk: Any, asking: Any) -> None:
    form = ReportPageForm(given(asking, **{mast(asking): "4" * 301}), schouw=walk)

    assert form.errors.keys() == {mast(asking)}


@pytest.mark.parametrize(
    ("datatype", "sent", "value", "answer"),
    [
        ("string", "mast 42", "mast 42", "mast 42"),
        ("text", "een\ntwee", "een\ntwee", "een\ntwee"),
        ("number", "1,50", "1.5", "1,5"),
        ("number", "-0.000001", "-0.000001", "-0,000001"),
        ("number", "12000", "12000", "12000"),
        ("datetime", "2026-12-04T14:00", "2026-12-04T14:00:00+01:00", "04-12-2026 14:00"),
        ("datetime", "2026-07-04T12:00:00Z", "2026-07-04T14:00:00+02:00", "04-07-2026 14:00"),
        ("singlevaluelist", "ja", "ja", "Ja"),
        ("multivaluelist", ["nee", "ja"], ["nee", "ja"], "Nee, Ja"),
    ],
)
@pytest.mark.parametrize("as_json", [False, True])
def test_each_form_of_answer(
    client: Client, silent: Any, datatype: str, sent: Any, value: Any, answer: str, as_json: bool
) -> None:
    options = YES_NO if "list" in datatype else []
    QuestionFactory(category=silent, code="vraag", datatype=datatype, options=options, text="Hoe?")
    walk = SchouwFactory(categories=[silent])

    if as_json:
        assert send(client, walk, {**given(silent), "facts": {"vraag": sent}}).status_code == 201
    else:
        assert client.post(url(walk), given(silent, **{name_of(silent.pk, "vraag"): sent})).status_code == 302
    assert Report.objects.get().facts == [
        {"code": "vraag", "question": "Hoe?", "value": value, "answer": answer}
    ]


@pytest.mark.parametrize(
    ("datatype", "sent"),
    [
        ("text", "x" * 2001),
        ("number", "veel"),
        ("number", "NaN"),
        ("number", "1" * 16),
        ("datetime", "morgen"),
        ("datetime", "0001-01-01T00:00"),
        ("singlevaluelist", "misschien"),
        ("multivaluelist", ["ja", "misschien"]),
    ],
)
def test_what_is_no_answer_to_the_question_is_refused_beside_it(
    client: Client, silent: Any, datatype: str, sent: Any
) -> None:
    options = YES_NO if "list" in datatype else []
    QuestionFactory(category=silent, code="vraag", datatype=datatype, options=options)
    walk = SchouwFactory(categories=[silent])

    refused = send(client, walk, {**given(silent), "facts": {"vraag": sent}})
    assert (refused.status_code, list(refused.json()["errors"])) == (422, [name_of(silent.pk, "vraag")])
    page = client.post(url(walk), given(silent, **{name_of(silent.pk, "vraag"): sent}))
    assert page.context["form"].errors.keys() == {name_of(silent.pk, "vraag")}
    assert not Report.objects.exists()


def test_what_has_to_be_answered_is_asked_for_its_own_theme_only(
    client: Client, walk: Any, asking: Any, silent: Any
) -> None:
    asking.questions.update(is_required=True)

    page = client.post(url(walk), given(asking))
    assert page.context["form"].errors == {mast(asking): ["Answer this question."]}
    assert send(client, walk, given(asking)).json()["errors"].keys() == {mast(asking)}
    assert client.post(url(walk), given(silent)).status_code == 302


def test_a_question_that_went_out_of_use_meanwhile_is_still_answered(
    client: Client, walk: Any, asking: Any
) -> None:
    asking.questions.update(is_active=False, is_required=True)

    send(client, walk, {**given(asking), "facts": {"mast": "42"}})
    client.post(url(walk), given(asking, **{mast(asking): "43"}))
    client.post(url(walk), given(asking))
    kept = [[fact["answer"] for fact in report.facts] for report in Report.objects.order_by("pk")]
    assert kept == [["42"], ["43"], []]


@pytest.mark.parametrize("as_json", [False, True])
def test_a_report_that_was_received_is_recognised_after_its_question_changed(
    client: Client, walk: Any, asking: Any, as_json: bool
) -> None:
    fields = given(asking, **{mast(asking): "mast 42"})
    body = {**given(asking), "key": fields["key"], "facts": {"mast": "mast 42"}}

    def again() -> Any:
        return send(client, walk, body) if as_json else client.post(url(walk), fields)

    first = again()
    asking.questions.update(datatype="number")
    QuestionFactory(category=asking, code="nieuw", is_required=True)
    second = again()
    assert (first.status_code, second.status_code) == ((201, 200) if as_json else (302, 302))
    assert Report.objects.count() == 1


def test_a_question_that_was_answered_knows_since_when(client: Client, walk: Any, asking: Any) -> None:
    client.post(url(walk), given(asking))
    assert asking.questions.get().answered_at is None
    client.post(url(walk), given(asking, **{mast(asking): "42"}))
    first = asking.questions.get().answered_at
    assert first is not None
    client.post(url(walk), given(asking, **{mast(asking): "43"}))
    assert asking.questions.get().answered_at == first


# -- Pages and phones from before a theme could have more than one question -----------------------------------


@pytest.fixture
def once(in_scope: Any) -> Any:
    """A theme with the question that it had then."""
    theme = CategoryFactory(name="Straat")
    QuestionFactory(category=theme, code="extra")
    return theme


def mark_of_then(walk: Any, fields: Any, answer: str) -> str:
    """The fingerprint of a report as it was made then."""
    content = {
        "schouw": walk.pk,
        "category": fields["category"],
        "text": fields["text"],
        "place": None,
        "address": fields["address"],
        "extra": answer,
        "email": "",
    }
    packed = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(packed.encode()).hexdigest()


@pytest.mark.parametrize("answer", ["", "mast 42"])
def test_a_report_of_then_that_comes_again_is_the_same(client: Client, once: Any, answer: str) -> None:
    walk = SchouwFactory(categories=[once])
    fields = given(once)
    kept = ReportFactory(schouw=walk, category=once, fingerprint=mark_of_then(walk, fields, answer))
    fields["key"] = kept.key

    old_page = client.post(url(walk), {**fields, f"extra_answer_{once.pk}": answer})
    assert (old_page.status_code, Report.objects.count()) == (302, 1)
    assert send(client, walk, {**fields, "extra_answer": answer}).status_code == 200
    assert send(client, walk, {**fields, "facts": {"extra": answer}}).status_code == 200
    assert send(client, walk, {**fields, "facts": {"extra": "iets anders"}}).status_code == 409


def test_what_a_page_of_then_sends_is_the_answer_to_the_first_question(client: Client, once: Any) -> None:
    walk = SchouwFactory(categories=[once])
    client.post(url(walk), given(once, **{f"extra_answer_{once.pk}": "42"}))
    send(client, walk, {**given(once), "extra_answer": "43"})

    kept = [report.facts[0]["answer"] for report in Report.objects.order_by("pk")]
    assert kept == ["42", "43"]


# -- Photos ---------------------------------------------------------------------------------------------------


def test_what_is_wrong_with_a_photo_stands_beside_the_photos(client: Client, walk: Any, silent: Any) -> None:
    words = SimpleUploadedFile("brief.jpg", b"dit is geen foto", content_type="image/jpeg")
    answered = client.post(url(walk), given(silent, photos=words))
    assert answered.status_code == 200
    page = answered.content.decode()
    assert '<a href="#id_photos">Photos</a> – brief.jpg: ' in page
    assert "brief.jpg: " in page[page.index('id="id_photos_error"') : page.index('name="photos"')]
    assert not Report.objects.exists()


# -- The place ------------------------------------------------------------------------------------------------


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
