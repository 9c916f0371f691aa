"""What the desk reads: as many statements for thirty rows as for one."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from buurtschouw.enums import BulkAction
from tests.factories.buurtschouw import ReportFactory
from tests.factories.handling import BulkFactory, BulkItemFactory, MergeFactory, SubtaskFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "in_scope")]


def count(client: Any, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.mark.parametrize("query", ["", "?tasks=on", "?status=waiting", "?status=merged"])
def test_the_queue(handler_client: Any, handler: Any, schouw: Any, category: Any, query: str) -> None:
    def add() -> None:
        report = ReportFactory(schouw=schouw, category=category)
        SubtaskFactory(report=report, owner=handler)
        ReportFactory(schouw=schouw, category=category, waiting=True)
        ReportFactory(schouw=schouw, category=category, merged=True)

    add()
    address = f"/polderwijk/werk/meldingen/{query}"
    first = count(handler_client, address)
    for _n in range(29):
        add()
    assert count(handler_client, address) <= first


def test_a_preview(handler_client: Any, handler: Any, municipality: Any, schouw: Any, category: Any) -> None:
    bulk = BulkFactory(municipality=municipality, by=handler, action=BulkAction.PUBLISH)

    def add() -> None:
        BulkItemFactory(bulk=bulk, report=ReportFactory(schouw=schouw, category=category))

    add()
    first = count(handler_client, f"/polderwijk/werk/meldingen/tegelijk/{bulk.pk}/")
    for _n in range(29):
        add()
    assert count(handler_client, f"/polderwijk/werk/meldingen/tegelijk/{bulk.pk}/") == first


def test_a_report_with_many_that_follow_it(handler_client: Any, schouw: Any, category: Any) -> None:
    kept = ReportFactory(schouw=schouw, category=category)

    def add() -> None:
        other = ReportFactory(schouw=schouw, category=category, merged=True, merged_into=kept)
        MergeFactory(report=other, into=kept)
        SubtaskFactory(report=kept)

    add()
    address = f"/polderwijk/werk/meldingen/{kept.pk}/"
    handler_client.get(address)
    first = count(handler_client, address)
    for _n in range(29):
        add()
    assert count(handler_client, address) == first
