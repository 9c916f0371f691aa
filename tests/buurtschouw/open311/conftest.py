"""A walk that takes reports about a theme that asks something, and a system with a key."""

from typing import Any

import pytest
from django.test import Client

from tests.buurtschouw.open311.facts import BASE
from tests.factories.open311 import api_key
from tests.factories.questions import QuestionFactory


@pytest.fixture(autouse=True)
def texts(english: None) -> None:
    """In the language of the source."""


@pytest.fixture
def asks(category: Any) -> Any:
    """The theme, which asks a number on the lamp post and, out of two, how it is."""
    QuestionFactory(category=category, code="mast", text="Welk nummer?", help="Op het plaatje.")
    QuestionFactory(category=category, code="hoe", text="Hoe is het?", multiple=True)
    return category


@pytest.fixture
def key(in_scope: Any, coordinator: Any) -> Any:
    return api_key(in_scope, coordinator)[0]


@pytest.fixture
def words(in_scope: Any, coordinator: Any) -> str:
    """A key that may do everything, in words."""
    return api_key(in_scope, coordinator)[1]


@pytest.fixture
def sent(words: str, category: Any, schouw: Any) -> dict[str, Any]:
    """A complete service request."""
    return {
        "api_key": words,
        "service_code": str(category.pk),
        "lat": "52.51",
        "long": "4.915",
        "description": "De tegels liggen los.",
    }


@pytest.fixture
def send() -> Any:
    """Posts as other systems do, by a form; with ``headers``."""

    def post(given: dict[str, Any], *, call: str = "requests", form: str = "json", **headers: str) -> Any:
        from django.utils.http import urlencode

        body = urlencode(given, doseq=True)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        kind = "application/x-www-form-urlencoded"
        return Client().post(f"{BASE}/{call}.{form}", body, content_type=kind, headers=named)

    return post
