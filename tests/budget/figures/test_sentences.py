"""Every line has its plain words, and a municipality can write its own."""

from typing import Any

import pytest
from django.utils import translation

from budget.domain import explaining
from budget.iv3 import codes, names, sentences
from budget.models import LineText

LONGEST_WORDS = 45


def test_every_comparable_task_field_and_main_field_has_four_sentences() -> None:
    needed = {codes.comparable(code) for code in names.TASK_FIELDS} | set(names.MAIN_FIELDS)
    assert set(sentences.TEXTS) == needed
    for code, text in sentences.TEXTS.items():
        for part in explaining.PARTS:
            words = str(getattr(text, part)).split()
            assert 3 <= len(words) < LONGEST_WORDS, (code, part)


def test_a_part_has_the_words_of_what_can_be_compared() -> None:
    assert sentences.of("6.711") is sentences.TEXTS["6.7"]
    assert sentences.of("6") is sentences.TEXTS["6"]


@pytest.mark.usefixtures("in_scope")
def test_own_words_stand_in_place_of_the_standing_ones_part_by_part(
    municipality: Any, coordinator: Any
) -> None:
    words = {"what": " Ons zwembad ", "pays_for": "", "by_law": "", "can_move": ""}
    explaining.write(municipality=municipality, task_field="5.2", by=coordinator, **words)
    with translation.override("en"):
        found = explaining.explained("5.2")
        assert found.what == "Ons zwembad"
        assert found.pays_for == str(sentences.of("5.2").pays_for)
    assert found.own == {"what"}
    assert explaining.explained("5.21").what == "Ons zwembad"
    explaining.write(municipality=municipality, task_field="5.2", by=coordinator, **dict.fromkeys(words, ""))
    assert not LineText.objects.exists()


@pytest.mark.usefixtures("in_scope")
def test_as_many_statements_for_one_line_as_for_thirty(django_assert_num_queries: Any) -> None:
    for wanted in (["5.2"], list(sentences.TEXTS)[:30]):
        with django_assert_num_queries(1):
            assert len(explaining.all_explained(wanted)) == len(wanted)
