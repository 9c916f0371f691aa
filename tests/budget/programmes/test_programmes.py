"""The council's programmes: no task field is given away twice, with a form or from a file."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from budget.domain.programmes import removing
from budget.domain.programmes.sharing import Taking, taken_twice
from budget.models import BudgetLine, BudgetQuestion, Programme, ProgrammeChoice, ProgrammeShare
from tests.factories.budget import BudgetFactory, ProgrammeFactory, RoundFactory
from tests.factories.core import TrajectoryFactory
from trajecten.models import Activity


def taking(name: str, begin: int, end: int | None = None, **shares: str) -> Taking:
    parts = {key.replace("_", ".").removeprefix("f"): Decimal(value) for key, value in shares.items()}
    return Taking(name, begin, end, parts)


def test_parts_up_to_all_of_it_are_right_in_every_year() -> None:
    others = [taking("A", 2020, 2024, f6_3="1"), taking("B", 2025, f6_3="0.6")]
    assert taken_twice(taking("C", 2025, f6_3="0.4"), others) == []
    (one,) = taken_twice(taking("C", 2024, f6_3="0.4"), others)
    assert (one.task_field, one.year, one.left, one.others) == ("6.3", 2024, 0, ("A",))
    (one,) = taken_twice(taking("C", 2026, f6_3="0.5"), others)
    assert (one.left, one.others) == (Decimal("0.4"), ("B",))


def test_a_task_field_is_taken_with_all_that_is_part_of_it() -> None:
    (one,) = taken_twice(taking("C", 2025, f6_7="0.5"), [taking("A", 2025, f6_711="0.6")])
    assert one.task_field == "6.7"
    (one,) = taken_twice(taking("C", 2025, f6_711="0.5"), [taking("A", 2025, f6_7="0.6")])
    assert one.task_field == "6.711"
    assert taken_twice(taking("C", 2025, f6_711="1"), [taking("A", 2025, f6_712="1")]) == []
    assert taken_twice(taking("C", 2025, f0_1="1"), [taking("A", 2025, f0_10="1")]) == []
    (one,) = taken_twice(taking("C", 2025, f6_7="1", f6_711="0.5"), [])
    assert one.others == ()


def sent(*shares: tuple[str, str], **own: str) -> dict[str, str]:
    rows = {"form-TOTAL_FORMS": str(len(shares)), "form-INITIAL_FORMS": "0"}
    for number, (code, percent) in enumerate(shares):
        rows |= {f"form-{number}-task_field": code, f"form-{number}-percent": percent}
    return {"code": "3", "name": "Meedoen", "from_year": "2026", "goal": "Iedereen doet mee", **rows, **own}


@pytest.mark.django_db
def test_a_programme_is_kept_with_its_parts(coordinator_client: Client, in_scope: Any) -> None:
    url = reverse("budget:council-programme-new", kwargs={"gemeente": in_scope.slug})
    assert coordinator_client.post(url, sent(("6.3", "40"), ("", ""), ("5.1", "100"))).status_code == 302
    programme = Programme.objects.get()
    shares = {row.task_field: row.share for row in programme.shares.all()}
    assert (programme.goal, shares) == ("Iedereen doet mee", {"6.3": Decimal("0.4"), "5.1": Decimal(1)})

    url = reverse("budget:council-programme", kwargs={"gemeente": in_scope.slug, "pk": programme.pk})
    assert coordinator_client.post(url, sent(("6.3", "12,5"), name="Samen", version="1")).status_code == 302
    programme.refresh_from_db()
    assert (programme.name, [row.share for row in programme.shares.all()]) == ("Samen", [Decimal("0.125")])


@pytest.mark.django_db
def test_what_somebody_else_kept_meanwhile_is_shown_and_not_undone(
    coordinator_client: Client, in_scope: Any, english: None
) -> None:
    programme = ProgrammeFactory(municipality=in_scope, code="3", name="Meedoen", shares={"6.3": 1})
    url = reverse("budget:council-programme", kwargs={"gemeente": in_scope.slug, "pk": programme.pk})
    assert coordinator_client.get(url).context["form"]["version"].value() == 1
    first = sent(("6.3", "60"), version="1", goal="Als eerste")
    assert coordinator_client.post(url, first).status_code == 302

    second = sent(("5.1", "100"), ("6.3", "40"), version="1", goal="Als tweede")
    answer = coordinator_client.post(url, second)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Als eerste" in page
    assert ": 60%" in page
    assert answer.context["form"]["goal"].value() == "Als tweede"
    assert answer.context["form"]["version"].value() == 2
    programme.refresh_from_db()
    assert (programme.goal, programme.version) == ("Als eerste", 2)
    assert [row.share for row in programme.shares.all()] == [Decimal("0.6")]

    assert coordinator_client.post(url, {**second, "version": "2"}).status_code == 302
    programme.refresh_from_db()
    assert (programme.goal, programme.version) == ("Als tweede", 3)


@pytest.mark.django_db
def test_too_much_is_refused_beside_the_part_and_names_the_other(
    coordinator_client: Client, in_scope: Any, english: None
) -> None:
    ProgrammeFactory(municipality=in_scope, code="1", name="Zorg", shares={"6.3": Decimal("0.7")})
    url = reverse("budget:council-programme-new", kwargs={"gemeente": in_scope.slug})
    answer = coordinator_client.post(url, sent(("5.1", "100"), ("6.3", "40")))
    assert answer.status_code == 422
    (error,) = answer.context["rows"].forms[1].errors["percent"]
    assert "1 Zorg" in error
    assert "30 %" in error
    assert "Iedereen doet mee" in answer.content.decode()
    assert Programme.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("shares", "row"),
    [([("6.3", "")], 0), ([("", "5")], 0), ([("6.3", "5"), ("6.3", "6")], 1), ([("6.3", "101")], 0)],
)
def test_wrong_rows_are_refused(coordinator_client: Client, in_scope: Any, shares: Any, row: int) -> None:
    url = reverse("budget:council-programme-new", kwargs={"gemeente": in_scope.slug})
    answer = coordinator_client.post(url, sent(*shares))
    assert answer.status_code == 422
    assert answer.context["rows"].forms[row].errors


def file(body: str) -> dict[str, Any]:
    content = f"programma;naam;taakveld;aandeel\n{body}".encode()
    return {"file": SimpleUploadedFile("programmas.csv", content), "from_year": "2026"}


@pytest.mark.django_db
def test_a_file_keeps_all_programmes_or_none(coordinator_client: Client, in_scope: Any) -> None:
    url = reverse("budget:council-programmes-file", kwargs={"gemeente": in_scope.slug})
    body = "1;Zorg;6.3;40%\n1;Zorg;6.711;\n2;Sport;5.1;12,5\n"
    assert coordinator_client.post(url, file(body)).status_code == 302
    assert {one.code: one.shares.count() for one in Programme.objects.all()} == {"1": 2, "2": 1}

    swapped = "2;Sport;6.3;100\n1;Zorg;5.1;100\n"
    assert coordinator_client.post(url, file(swapped)).status_code == 302
    assert [row.task_field for row in Programme.objects.get(code="1").shares.all()] == ["5.1"]

    answer = coordinator_client.post(url, file("3;Werk;6.5;100\n4;Meer werk;6.5;1\n5;Fout;9.9;1\n"))
    assert [(one.row, one.column) for one in answer.context["errors"]] == [(4, "taakveld")]
    answer = coordinator_client.post(url, file("3;Werk;6.5;100\n4;Meer werk;6.5;1\n"))
    assert [(one.row, one.column) for one in answer.context["errors"]] == [(3, "aandeel")]
    assert set(Programme.objects.values_list("code", flat=True)) == {"1", "2"}


def removed(client: Client, programme: Programme) -> Any:
    url = reverse("budget:council-programme-remove", kwargs={"gemeente": programme.municipality.slug})
    return client.post(url, {"programme": programme.pk}, follow=True)


@pytest.mark.django_db
def test_a_programme_made_by_mistake_is_removed(coordinator_client: Client, in_scope: Any) -> None:
    programme = ProgrammeFactory(municipality=in_scope, code="9", name="Vergissing", shares={"6.3": 1})
    page = coordinator_client.get(
        reverse("budget:council-programme", kwargs={"gemeente": in_scope.slug, "pk": programme.pk})
    )
    assert "/weghalen/" in page.content.decode()
    assert "9 Vergissing" in removed(coordinator_client, programme).content.decode()
    assert (Programme.objects.count(), ProgrammeShare.objects.count()) == (0, 0)
    assert Activity.objects.get(verb="programme_removed").details == {"name": "9 Vergissing"}
    assert removed(coordinator_client, programme).status_code == 200
    assert Activity.objects.filter(verb="programme_removed").count() == 1


@pytest.mark.django_db
def test_a_programme_of_another_municipality_stays(
    coordinator_client: Client, in_scope: Any, other_municipality: Any
) -> None:
    other = ProgrammeFactory(municipality=other_municipality)
    url = reverse("budget:council-programme-remove", kwargs={"gemeente": in_scope.slug})
    assert coordinator_client.post(url, {"programme": other.pk}).status_code == 302
    with scopes_disabled():
        assert Programme.objects.filter(pk=other.pk).exists()


def chosen(programme: Programme) -> None:
    ProgrammeChoice.objects.create(
        municipality=programme.municipality,
        trajectory=TrajectoryFactory(municipality=programme.municipality),
        programme=programme,
        reason="Past bij het thema",
    )


def asked(programme: Programme) -> None:
    trajectory = TrajectoryFactory(municipality=programme.municipality)
    BudgetQuestion.objects.create(
        trajectory=trajectory, municipality=programme.municipality, programme=programme, text="Waarom?"
    )


def in_a_round(programme: Programme) -> None:
    trajectory = TrajectoryFactory(municipality=programme.municipality)
    budget = BudgetFactory(municipality=programme.municipality, year=2026, lines={"6.3": 5_000})
    RoundFactory(trajectory=trajectory, budget=budget, lines={programme.code: (100, 80, 120)})


def named_by_figures(programme: Programme) -> None:
    budget = BudgetFactory(municipality=programme.municipality, year=2026, lines={"6.3": 5_000})
    BudgetLine.objects.filter(budget=budget).update(programme=programme.code)


@pytest.mark.django_db
@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("depends", "why"),
    [
        (chosen, "chosen in a trajectory"),
        (asked, "questions about it"),
        (in_a_round, "a line in a round"),
        (named_by_figures, "Figures that were delivered"),
    ],
)
def test_what_something_depends_on_stays_and_the_page_says_why(
    coordinator_client: Client, in_scope: Any, depends: Any, why: str
) -> None:
    programme = ProgrammeFactory(municipality=in_scope, code="P9")
    depends(programme)
    assert any(why in reason for reason in removing.needed_for(programme))
    page = removed(coordinator_client, programme)
    assert Programme.objects.filter(pk=programme.pk).exists()
    assert "/weghalen/" not in page.content.decode()


@pytest.mark.django_db
def test_a_round_of_another_year_needs_no_programme(in_scope: Any) -> None:
    programme = ProgrammeFactory(municipality=in_scope, code="P9", from_year=2040)
    in_a_round(programme)
    BudgetLine.objects.update(programme=programme.code)
    assert removing.needed_for(programme) == []
