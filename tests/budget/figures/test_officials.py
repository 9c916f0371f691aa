"""What the coordinator keeps: own words of lines, and keys for areas."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from budget.models import AreaBooking, AreaKey, AreaKeyUse, AreaWeight, LineText
from tests.factories.budget import BudgetFactory

pytestmark = pytest.mark.usefixtures("in_scope", "english")

KEY = {"name": "Groen", "kind": "own", "source": "Beheerkaart", "rows": "De Linde; 120,5\nwk990102; 60"}


@pytest.fixture(autouse=True)
def budget(in_scope: Any) -> Any:
    return BudgetFactory(lines={"5.7": 1000, "6.711": 10})


def url(name: str, **parts: Any) -> str:
    return reverse(f"budget:{name}", kwargs={"gemeente": "polderwijk", **parts})


def test_own_words_stand_on_the_page_of_residents(coordinator_client: Client) -> None:
    shown = coordinator_client.get(url("line-text", code="5.7")).content.decode()
    assert "Trees, parks, playgrounds and nature." in shown
    own = {"what": "De bomen van Polderwijk", "pays_for": "", "by_law": "", "can_move": "", "seen": ""}
    assert coordinator_client.post(url("line-text", code="5.7"), own).status_code == 302
    public = Client().get(url("line", code="5.7")).content.decode()
    assert "De bomen van Polderwijk" in public
    assert "Trees, parks" not in public
    assert "Your own" in coordinator_client.get(url("line-texts")).content.decode()


def test_own_words_are_not_undone_unseen_by_a_colleague(coordinator_client: Client) -> None:
    page = coordinator_client.get(url("line-text", code="5.7"))
    seen = page.context["form"].initial["seen"]
    LineText.objects.create(
        municipality=page.context["municipality"], task_field="5.7", what="Van een collega"
    )
    mine = {"what": "Van mij", "pays_for": "", "by_law": "", "can_move": "", "seen": seen}
    assert coordinator_client.post(url("line-text", code="5.7"), mine).status_code == 422
    assert LineText.objects.get().what == "Van een collega"


def test_words_of_a_line_without_figures_can_not_be_written(coordinator_client: Client) -> None:
    for code in ("5.2", "x", "9"):
        assert coordinator_client.get(url("line-text", code=code)).status_code == 404
    for code in ("5", "6.7", "6.711"):
        assert coordinator_client.get(url("line-text", code=code)).status_code == 200


def test_a_key_with_weights_by_name_or_code(coordinator_client: Client, areas: list[Any]) -> None:
    assert coordinator_client.post(url("area-key-new"), KEY).status_code == 302
    weights = dict(AreaWeight.objects.values_list("area__name", "weight"))
    assert weights == {"De Linde": Decimal("120.5"), "Oostpolder": Decimal(60)}
    key = AreaKey.objects.get()
    shown = coordinator_client.get(url("area-key", pk=key.pk)).content.decode()
    assert "WK990101; 120,5" in shown
    coordinator_client.post(url("area-key-uses"), {"key_5_7": key.pk})
    public = Client().get(url("line", code="5.7")).content.decode()
    assert "Beheerkaart" in public
    coordinator_client.post(url("area-key", pk=key.pk), {"take_away": "1"})
    assert not AreaKey.objects.exists()
    assert not AreaKeyUse.objects.exists()


@pytest.mark.parametrize(
    ("change", "field", "told"),
    [
        ({"rows": "Nergens; 3"}, "rows", "Row 1: there is no area “Nergens”."),
        ({"rows": "De Linde; veel"}, "rows", "Row 1: “veel” is no number."),
        ({"rows": "De Linde; -1"}, "rows", "Row 1: a weight is 0 or more."),
        ({"rows": "De Linde; nan"}, "rows", "is no number"),
        ({"rows": "De Linde; 1_000"}, "rows", "is no number"),
        ({"rows": "Oostpolder; 2\nDe Linde; 1.250"}, "rows", "Row 2: “1.250” can be read in two ways."),
        ({"rows": "De Linde; 1\nde linde; 2"}, "rows", "Row 2: the area “de linde” is there twice."),
        ({"rows": "De Linde; 1\n" + "x" * 200_000}, "rows", "Row 2 has 0 parts and needs 2."),
        ({"rows": "De Linde; 1\nOostpolder"}, "rows", "Row 2 has 1 parts and needs 2."),
        ({"rows": ""}, "rows", "Give at least one area a weight above 0."),
        ({"source": ""}, "source", "Say where these figures come from."),
        ({"name": " "}, "name", "Give the key a name."),
    ],
)
def test_a_key_that_can_not_be_kept_is_told_beside_the_field(
    change: dict[str, str], field: str, told: str, coordinator_client: Client
) -> None:
    answer = coordinator_client.post(url("area-key-new"), {**KEY, **change})
    assert answer.status_code == 422
    assert told in " ".join(answer.context["form"].errors[field])
    assert not AreaKey.objects.exists()


def test_a_file_goes_before_what_was_typed(coordinator_client: Client) -> None:
    file = SimpleUploadedFile("gewichten.csv", "\ufeffDe Linde,7\n".encode())
    assert coordinator_client.post(url("area-key-new"), {**KEY, "file": file}).status_code == 302
    assert list(AreaWeight.objects.values_list("weight", flat=True)) == [7]
    wrong = SimpleUploadedFile("gewichten.csv", b"De Linde;\xff\xfe")
    refused = coordinator_client.post(url("area-key-new"), {**KEY, "name": "B", "file": wrong})
    assert refused.status_code == 422


def test_bookings_replace_those_of_the_same_figures(coordinator_client: Client, budget: Any) -> None:
    for rows in ("5.7; De Linde; 600", "5.7; De Linde; 1.250,40\n5.7; De Linde; 1.000.001"):
        answer = coordinator_client.post(url("area-bookings"), {"budget": budget.pk, "rows": rows})
        assert answer.status_code == 302
    assert [booking.amount for booking in AreaBooking.objects.all()] == [1_001_251]
    huge = coordinator_client.post(
        url("area-bookings"), {"budget": budget.pk, "rows": "5.7; De Linde; 1e9999999"}
    )
    assert huge.status_code == 422
    bad = coordinator_client.post(url("area-bookings"), {"budget": budget.pk, "rows": "9.9; De Linde; 1"})
    assert "there is no line" in " ".join(bad.context["form"].errors["rows"])


def test_sending_no_bookings_removes_none_unless_that_is_asked(
    coordinator_client: Client, budget: Any
) -> None:
    given = {"budget": budget.pk, "rows": "5.7; De Linde; 1.250.000"}
    assert coordinator_client.post(url("area-bookings"), given).status_code == 302
    assert AreaBooking.objects.get().amount == 1_250_000
    empty = coordinator_client.post(url("area-bookings"), {"budget": budget.pk, "rows": " "})
    assert (empty.status_code, list(empty.context["form"].errors)) == (422, ["rows"])
    both = coordinator_client.post(url("area-bookings"), {**given, "empties": "on"})
    assert (both.status_code, list(both.context["form"].errors)) == (422, ["empties"])
    assert AreaBooking.objects.exists()
    asked = coordinator_client.post(url("area-bookings"), {"budget": budget.pk, "empties": "on"})
    assert asked.status_code == 302
    assert not AreaBooking.objects.exists()


def test_an_amount_that_can_be_read_in_two_ways_is_refused(coordinator_client: Client, budget: Any) -> None:
    given = {"budget": budget.pk, "rows": "5.7; De Linde; 1.250"}
    refused = coordinator_client.post(url("area-bookings"), given)
    assert (refused.status_code, AreaBooking.objects.count()) == (422, 0)
    assert "two ways" in " ".join(refused.context["form"].errors["rows"])


def test_as_many_statements_to_choose_keys_whatever_the_keys(
    coordinator_client: Client, municipality: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        AreaKey.objects.create(municipality=municipality, name=f"Sleutel {number}", kind="households")
    with django_assert_max_num_queries(12):
        assert coordinator_client.get(url("area-key-uses")).status_code == 200
