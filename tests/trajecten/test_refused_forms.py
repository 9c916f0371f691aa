"""The title of a page begins with "Error:" when one of its forms is shown with what is wrong, whichever it is."""

from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.test import Client

from tests.templates.markup import tree

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

WORK = "/polderwijk/werk"


def title(answer: Any) -> str:
    return tree(answer.content.decode()).one("title").text


def test_a_report(client: Client, schouw: Any) -> None:
    page = f"/polderwijk/schouw/{schouw.pk}/melden/"
    assert title(client.get(page)).startswith("What do you see?")
    assert title(client.post(page, {})).startswith("Error: What do you see?")


def test_a_code_that_nobody_knows(client: Client, municipality: Any) -> None:
    assert title(client.get("/polderwijk/u/")).startswith("Type the code")
    assert title(client.get("/polderwijk/u/?code=ABCDEFGH")).startswith("Error: Type the code")


@pytest.mark.parametrize(
    "page", ["moderatie/buurtschouw.report/{}/verbergen/", "meldingen/{}/antwoord/"], ids=["hide", "answer"]
)
def test_one_of_more_forms(handler_client: Client, report: Any, page: str) -> None:
    refused = handler_client.post(f"{WORK}/{page.format(report.pk)}", {})
    assert refused.status_code == 422
    assert title(refused).startswith("Error: ")


def test_something_else_than_a_form_is_no_mistake(handler_client: Client, report: Any) -> None:
    assert not title(handler_client.get(f"{WORK}/moderatie/")).startswith("Error: ")


class Named(forms.Form):
    name = forms.CharField()


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Named(), "False"),
        (Named({"name": "x"}), "False"),
        (Named({}), "True"),
        ([Named({"name": "x"}), Named({})], "True"),
        ({"first": Named({})}, "True"),
        (forms.formset_factory(Named)(), "False"),
        (
            forms.formset_factory(Named)(
                {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-name": ""}
            ),
            "True",
        ),
    ],
)
def test_forms_are_found_in_what_the_page_was_given(value: Any, shown: str) -> None:
    found = Template("{% load portal %}{% was_refused as refused %}{{ refused }}").render(
        Context({"x": value})
    )
    assert found == shown
