"""The pages of the coordinator about figures that come in."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from budget import tasks
from budget.models import Delivery
from tests.factories.budget import BudgetFactory, DeliveryFactory

pytestmark = pytest.mark.django_db
HEAD = "gm_code,jaar,verslagsoort,taakveld,lasten_x1000\n"


def url(name: str, municipality: Any, **parts: Any) -> str:
    return reverse(f"budget:{name}", kwargs={"gemeente": municipality.slug, **parts})


@pytest.fixture
def deliver(coordinator_client: Client, in_scope: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr("budget.views.deliveries.read_delivery.delay", lambda number: None)

    def deliver(body: str, **own: str) -> Any:
        content = (HEAD + body.replace("OWN", in_scope.code)).encode()
        sent = {"file": SimpleUploadedFile("cijfers.csv", content), **own}
        return coordinator_client.post(url("delivery-new", in_scope), sent)

    return deliver


def test_from_upload_to_what_changed(deliver: Any, coordinator_client: Client, english: None) -> None:
    page = deliver("OWN,2026,begroting,6.3,5\n").headers["Location"]
    assert "waits to be read" in coordinator_client.get(page).content.decode()
    part = coordinator_client.get(page, headers={"hx-request": "true"}).content.decode()
    assert 'hx-trigger="every 2s"' in part
    assert "<html" not in part

    tasks.read_delivery(Delivery.objects.get().pk)
    assert "These figures are new." in coordinator_client.get(page).content.decode()
    page = deliver("OWN,2026,begroting,6.3,7\n").headers["Location"]
    tasks.read_delivery(Delivery.objects.first().pk)
    words = coordinator_client.get(page).content.decode()
    assert "6.3 Income support" in words
    assert "every 2s" not in words


def test_a_refused_delivery_shows_row_column_value_and_reason(
    deliver: Any, coordinator_client: Client, english: None
) -> None:
    page = deliver("OWN,2026,begroting,6.3,<b>\n").headers["Location"]
    tasks.read_delivery(Delivery.objects.get().pk)
    words = coordinator_client.get(page).content.decode()
    assert "This has been refused" in words
    assert "lasten_x1000" in words
    assert "&lt;b&gt;" in words


@pytest.mark.parametrize(
    ("own", "field"),
    [
        ({"kind": "estimate"}, "base_year"),
        ({"kind": "primitive", "base_year": "2026"}, "base_year"),
        ({"period": "2"}, "period"),
        ({"kind": "onzin"}, "kind"),
        ({"file": ""}, "file"),
    ],
)
def test_a_wrong_form_is_told_beside_the_field(deliver: Any, own: dict[str, str], field: str) -> None:
    answer = deliver("OWN,2026,begroting,6.3,5\n", **own)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Delivery.objects.exists()


def test_a_year_that_is_not_there_yet_is_refused(coordinator_client: Client, in_scope: Any) -> None:
    answer = coordinator_client.post(url("delivery-statistics", in_scope), {"year": "2999"})
    assert answer.status_code == 422
    assert "year" in answer.context["statistics_form"].errors


def test_the_delivery_of_another_municipality_is_not_there(
    coordinator_client: Client, in_scope: Any, other_municipality: Any
) -> None:
    other = DeliveryFactory(municipality=other_municipality)
    assert coordinator_client.get(url("delivery", in_scope, pk=other.pk)).status_code == 404


def test_the_list_asks_the_same_for_one_and_for_many(
    coordinator_client: Client, in_scope: Any, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def fill(numbers: range) -> None:
        for number in numbers:
            BudgetFactory(
                municipality=in_scope, year=2000 + number, delivery=DeliveryFactory(municipality=in_scope)
            )

    fill(range(1))
    coordinator_client.get(url("deliveries", in_scope))
    with CaptureQueriesContext(
        connection,
    ) as one:
        coordinator_client.get(url("deliveries", in_scope))
    fill(range(1, 19))
    with django_assert_num_queries(len(one)):
        coordinator_client.get(url("deliveries", in_scope))
