"""A town with everybody signed in, made once for the tests of a module that visit it."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import override_settings
from django.urls import reverse
from django_scopes import scope

from tests.addresses import Row, Things, fillings, keys_for
from tests.addresses.row import Keys
from tests.authorisation.town import Town, build


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Town]:
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(MEDIA_ROOT=media):
        yield build(media)
        transaction.set_rollback(True)


@pytest.fixture
def town(built: Town, db: None, settings: Any) -> Iterator[Town]:
    """Everything the test does itself happens within Polderwijk; what it changes is undone."""
    settings.MEDIA_ROOT = built.media
    mine = copy.deepcopy(built)
    with scope(municipality=mine.municipality):
        yield mine


@pytest.fixture
def things(town: Town) -> Things:
    return town.things


@pytest.fixture
def keys(row: Row, things: Things) -> Keys:
    """What the row of the test is about."""
    return keys_for(row, things)


@pytest.fixture
def visit(town: Town, keys: Keys) -> Any:
    """Asks for the address of a row as a visitor, within a municipality or outside any."""

    def visit(row: Row, visitor: str, gemeente: str | None) -> Any:
        kwargs = dict(keys[row.of])
        signed = kwargs.pop("t", None)
        if gemeente:
            kwargs["gemeente"] = gemeente
        filled = fillings(town.things, keys)
        query = f"?t={signed}" if signed else row.query.format(**filled)
        address = reverse(row.name, kwargs=kwargs) + query
        body = {name: _sent(value, filled) for name, value in row.body.items()}
        answer = getattr(town.browser(visitor), row.method.lower())(address, body or None)
        if answer.streaming:
            b"".join(answer)  # read to its end, a file is closed
        return answer

    return visit


def _sent(value: Any, filled: dict[str, Any]) -> Any:
    return SimpleUploadedFile("file", value) if isinstance(value, bytes) else str(value).format(**filled)
