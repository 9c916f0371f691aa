"""Questions of themes on the coordinator's pages, and where their answers are shown."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scope

from buurtschouw.domain import questions
from buurtschouw.domain.questions import QuestionRefused
from buurtschouw.models import Question
from tests.factories.buurtschouw import CategoryFactory, ReportFactory
from tests.factories.questions import YES_NO, QuestionFactory, said
from trajecten.models import Activity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "in_scope")]

THEMES = "/polderwijk/werk/themas/"


@pytest.fixture
def fields() -> dict[str, Any]:
    return {
        "text": "Wat is er met het licht?",
        "datatype": "singlevaluelist",
        "options": " Brandt niet \n\nKnippert\n",
        "help": "Kijk ook naar de paal ernaast.",
        "is_required": "on",
        "position": 20,
        "is_active": "on",
    }


def text_of(response: Any) -> str:
    return response.content.decode()


def test_a_coordinator_makes_a_question_and_sees_it_at_the_theme(
    coordinator_client: Any, category: Any, fields: Any
) -> None:
    page = f"{THEMES}{category.pk}/"
    assert coordinator_client.post(f"{page}vragen/nieuw/", fields).url == page
    made = Question.objects.get()
    assert (made.code, made.category, made.is_required, made.position) == (
        "wat_is_er_met_het_licht",
        category,
        True,
        20,
    )
    assert made.options == [
        {"key": "brandt_niet", "name": "Brandt niet"},
        {"key": "knippert", "name": "Knippert"},
    ]
    assert fields["text"] in text_of(coordinator_client.get(page))
    assert Activity.objects.get(verb="question_made").target == category


def test_a_coordinator_changes_a_question_that_nobody_answered(
    coordinator_client: Any, category: Any, fields: Any
) -> None:
    question = QuestionFactory(category=category, single=True)
    own = f"{THEMES}{category.pk}/vragen/{question.pk}/"
    form = coordinator_client.get(own).context["form"]
    assert form["options"].value() == "Ja\nNee"
    changed = {**fields, "options": "Nee\nJa\nMisschien", "is_active": "", "is_required": ""}
    assert coordinator_client.post(own, changed).status_code == 302
    now = Question.objects.get()
    assert (now.text, now.code, now.is_active) == (fields["text"], question.code, False)
    assert [option["key"] for option in now.options] == ["nee", "ja", "misschien"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "x" * 161}, "text"),
        ({"datatype": "kleur"}, "datatype"),
        ({"options": ""}, "options"),
        ({"options": "Ja"}, "options"),
        ({"options": "Ja\nJa"}, "options"),
        ({"options": "x" * 81 + "\nJa"}, "options"),
        ({"options": "\n".join(map(str, range(51)))}, "options"),
        ({"position": ""}, "position"),
        ({"help": "x" * 301}, "help"),
    ],
)
def test_a_question_with_a_mistake_comes_back_with_what_was_typed(
    coordinator_client: Any, category: Any, fields: Any, change: Any, field: str
) -> None:
    page = coordinator_client.post(f"{THEMES}{category.pk}/vragen/nieuw/", {**fields, **change})
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert fields["help"] in text_of(page) or field == "help"
    assert not Question.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": "Iets anders?"}, "text"),
        ({"datatype": "multivaluelist"}, "datatype"),
        ({"options": "Ja\nNooit"}, "options"),
        ({"options": "ja\nnee"}, "options"),
    ],
)
def test_an_answered_question_keeps_its_meaning(
    coordinator_client: Any, category: Any, fields: Any, change: Any, field: str
) -> None:
    question = QuestionFactory(category=category, single=True, answered_at=timezone.now())
    own = f"{THEMES}{category.pk}/vragen/{question.pk}/"
    as_it_is = {**fields, "text": question.text, "options": "Ja\nNee"}
    page = coordinator_client.post(own, {**as_it_is, **change})
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert "Other systems know this question as" in text_of(page)
    more = {**as_it_is, "options": "Nee\nJa\nWeet niet", "help": "Nieuw.", "position": 3}
    assert coordinator_client.post(own, more).status_code == 302
    question.refresh_from_db()
    assert [option["key"] for option in question.options] == ["nee", "ja", "weet_niet"]


def test_codes_and_keys_are_plain_and_different(category: Any, coordinator: Any) -> None:
    def made(text: str, *options: str) -> Question:
        return questions.keep(
            question=Question(municipality=category.municipality, category=category),
            by=coordinator,
            text=text,
            datatype="singlevaluelist",
            options=options,
            help="",
            is_required=False,
            position=1,
            is_active=True,
        )

    first, again, signs = made("Één?", "Ja!", "Ja?"), made("Een", "a", "b"), made("日本?", "日", "本")
    assert [first.code, again.code, signs.code] == ["een", "een_2", "vraag"]
    assert [option["key"] for option in first.options] == ["ja", "ja_2"]
    assert [option["key"] for option in signs.options] == ["vraag", "vraag_2"]
    long = made("x" * 160, "a", "b"), made("x" * 160, "a", "b")
    assert [len(question.code) for question in long] == [40, 39]


def test_a_theme_has_so_many_questions_at_most(coordinator_client: Any, category: Any, fields: Any) -> None:
    for _number in range(20):
        QuestionFactory(category=category)
    page = coordinator_client.post(f"{THEMES}{category.pk}/vragen/nieuw/", fields)
    assert page.status_code == 422
    assert "at most 20 questions" in text_of(page)


def test_a_question_belongs_to_the_theme_in_its_address(coordinator_client: Any, category: Any) -> None:
    elsewhere = QuestionFactory(category=CategoryFactory())
    assert coordinator_client.get(f"{THEMES}{category.pk}/vragen/{elsewhere.pk}/").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "Mast"},
        {"code": ""},
        {"datatype": "singlevaluelist"},
        {"options": YES_NO},
    ],
)
def test_the_database_holds_what_a_question_is(category: Any, wrong: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        QuestionFactory(category=category, **wrong)


def test_a_code_is_there_once_in_a_theme(category: Any) -> None:
    QuestionFactory(category=category, code="mast")
    QuestionFactory(category=CategoryFactory(), code="mast")
    with pytest.raises(IntegrityError), transaction.atomic():
        QuestionFactory(category=category, code="mast")


def test_the_list_of_themes_counts_questions_in_use_with_as_many_queries(
    coordinator_client: Any, category: Any
) -> None:
    QuestionFactory(category=category)
    QuestionFactory(category=category, is_active=False)
    coordinator_client.get(THEMES)
    with CaptureQueriesContext(connection) as one:
        assert coordinator_client.get(THEMES).context["categories"][0].question_count == 1
    for _number in range(29):
        QuestionFactory(category=CategoryFactory())
    with CaptureQueriesContext(connection) as many:
        coordinator_client.get(THEMES)
    assert len(one) == len(many)


@pytest.mark.django_db(transaction=True)
def test_two_questions_at_once_get_codes_of_their_own(category: Any, coordinator: Any) -> None:
    def make(_number: int) -> str:
        with scope(municipality=category.municipality):
            try:
                return questions.keep(
                    question=Question(municipality=category.municipality, category=category),
                    by=coordinator,
                    text="Welk nummer?",
                    datatype="string",
                    options=(),
                    help="",
                    is_required=False,
                    position=1,
                    is_active=True,
                ).code
            finally:
                connection.close()

    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(make, range(3))) == ["welk_nummer", "welk_nummer_2", "welk_nummer_3"]


def test_a_change_sees_that_somebody_answered_meanwhile(category: Any, coordinator: Any) -> None:
    opened = QuestionFactory(category=category)
    Question.objects.update(answered_at=timezone.now())
    with pytest.raises(QuestionRefused):
        questions.keep(
            question=opened,
            by=coordinator,
            text="Anders?",
            datatype="string",
            options=(),
            help="",
            is_required=False,
            position=1,
            is_active=True,
        )


# -- Where answers are shown ----------------------------------------------------------------------------------


@pytest.fixture
def answered(schouw: Any, category: Any) -> Any:
    facts = said("Mast <b>42</b>", question="Welk nummer?")
    return ReportFactory(schouw=schouw, category=category, facts=facts, public=True)


def test_officials_and_the_reporter_read_the_answers_and_others_don_t(
    client: Any, handler_client: Any, answered: Any
) -> None:
    shown = "<strong>Welk nummer?</strong><br>Mast &lt;b&gt;42&lt;/b&gt;"
    assert shown in text_of(handler_client.get(f"/polderwijk/werk/meldingen/{answered.pk}/"))
    assert shown in text_of(client.get(f"/polderwijk/volg/{answered.token}/"))
    assert "Welk nummer?" not in text_of(client.get(f"/polderwijk/meldingen/{answered.pk}/"))


def test_the_file_of_the_queue_has_the_answers(handler_client: Any, answered: Any) -> None:
    file = b"".join(handler_client.get("/polderwijk/werk/meldingen.csv")).decode()
    assert "Welk nummer? Mast <b>42</b>" in file
