"""What the core knows of a report (buurtschouw/contributions.py)."""

from typing import Any

from django.test import Client

from buurtschouw.models import Report
from tests.factories.buurtschouw import ReportFactory, SupportFactory
from tests.factories.core import ParticipantFactory
from trajecten import registry


def test_a_report_is_a_kind_of_contribution() -> None:
    assert Report in [kind.model for kind in registry.contribution_kinds()]


def test_behind_a_report_are_its_author_and_who_supports_it(report: Any, schouw: Any, category: Any) -> None:
    supporter = ParticipantFactory()
    SupportFactory(report=report, participant=supporter)
    SupportFactory(report=report, participant=None, device="a" * 64)
    ReportFactory(schouw=schouw, category=category)
    found = registry.contribution_kind(Report).behind([report.pk])
    assert set(found) == {report.author, supporter}


def test_titles_and_addresses_take_one_query_for_one_report_and_for_thirty(
    schouw: Any, category: Any, django_assert_num_queries: Any
) -> None:
    kind = registry.contribution_kind(Report)
    reports = [ReportFactory(schouw=schouw, category=category) for _ in range(30)]
    for keys in ([reports[0].pk], [report.pk for report in reports]):
        with django_assert_num_queries(1):
            rows = kind.load(keys)
            shown = [
                (kind.title(row), kind.public_title(row), kind.public_url(row), kind.staff_url(row))
                for row in rows.values()
            ]
        assert len(shown) == len(keys)


def test_each_address_opens_for_who_it_is_for(report: Any, handler_client: Client) -> None:
    kind = registry.contribution_kind(Report)
    row = kind.load([report.pk])[report.pk]
    for address, browser in (
        (kind.public_url(row), Client()),
        (kind.own_url(row), Client()),
        (kind.staff_url(row), handler_client),
    ):
        assert browser.get(address).status_code == 200, address
