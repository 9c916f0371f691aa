"""What a form says of a value that it refuses: in Dutch of our own. And a long text is refused whole, never cut."""

import gettext
from pathlib import Path
from typing import Any

import django
import pytest
from django import forms
from django.utils import translation

from tests.templates.markup import tree
from trajecten.forms import wording


class Asking(forms.Form):
    text = forms.CharField(max_length=10, widget=forms.Textarea)
    short = forms.CharField(max_length=3)
    number = forms.IntegerField(max_value=3)
    day = forms.DateField()
    choice = forms.ChoiceField(choices=[("a", "A")])
    several = forms.MultipleChoiceField(choices=[("a", "A")])


@pytest.fixture
def theirs() -> Any:
    """Django's own Dutch catalogue."""
    folder = Path(django.__file__).parent / "conf" / "locale"
    return gettext.translation("django", localedir=str(folder), languages=["nl"])


def test_each_sentence_is_one_of_django_and_said_in_other_words(theirs: Any) -> None:
    with translation.override("nl"):
        ours = {text: translation.gettext(text) for text in wording.SENTENCES}
    assert [text for text in ours if theirs.gettext(text) == text] == []
    assert [text for text, said in ours.items() if said == theirs.gettext(text)] == []


def test_what_is_refused_is_said_in_plain_dutch() -> None:
    given = {"text": "x" * 11, "short": "a\x00b", "number": "4", "day": "31-2-2026", "choice": "b"}
    with translation.override("nl"):
        errors = {name: " ".join(texts) for name, texts in Asking(given).errors.items()}
    assert errors == {
        "text": "Dit is te lang. Er passen 10 tekens in, en nu zijn het er 11. Maak het korter.",
        "short": "Er staat een onzichtbaar teken in dat niet mag. Typ de tekst opnieuw, en plak hem niet.",
        "number": "Dit mag niet meer zijn dan 3.",
        "day": "Vul een datum in die bestaat, bijvoorbeeld 31-12-2026.",
        "choice": "Kies iets uit de lijst. “b” staat er niet (meer) in.",
        "several": "Dit is nog leeg. Vul iets in of kies iets.",
    }


def test_a_long_text_is_not_cut_by_the_browser_and_stays_when_it_is_refused() -> None:
    typed = "x" * 11
    with translation.override("en"):
        field = tree(str(Asking({"text": typed})["text"])).one("textarea")
    assert "maxlength" not in field.attributes
    assert field.attributes["data-limit"] == "10"
    assert field.attributes["data-limit-over"] == "Characters too many: [n]. Make the text shorter."
    assert field.text.strip() == typed


def test_a_short_field_keeps_its_limit() -> None:
    assert 'maxlength="3"' in str(Asking()["short"])
