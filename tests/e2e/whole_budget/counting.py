"""The alternatives are counted and frozen; everybody sees the outcome, and counts it again from its files."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.e2e.cast import said, submit
from tests.e2e.running import ROOT
from tests.e2e.whole_budget.alternatives import EVERYBODY, REASON
from tests.e2e.whole_budget.town import Tour, keep, reads

# The mean of what five people change, in thousands of euros, rounded so that it balances.
OUTCOME = {"2.1": -103, "5.3": -12, "5.7": 34, "6.1": 81}
SUMMARY = "Bewoners vinden het belangrijk dat mensen elkaar kennen."
FILES = ("regels", "voorstellen")


def count(tour: Tour, folder: Path) -> None:
    _freeze(tour)
    _everybody_sees_it(tour)
    _count_again(tour, folder)
    _summarise(tour)
    tour.close_step("Samen projecten kiezen")
    tour.skip_step("Er is geen bedrag apart gezet.", "Naar de raad")


def in_euros(thousands: int) -> str:
    """A change as the pages write it."""
    sign = "+" if thousands > 0 else "\N{MINUS SIGN}"
    return f"{sign} € {abs(thousands)}.000"


def _desk(tour: Tour) -> str:
    return f"begroting/werk/bewonersbegroting/{tour.round.pk}/"


def _public(tour: Tour, path: str = "") -> str:
    return f"begroting/bewonersbegroting/{tour.round.pk}/1/{path}"


def _freeze(tour: Tour) -> None:
    """Who can be reached hears it."""
    page = reads(tour, "coordinator", _desk(tour), f"{len(EVERYBODY)} eigen begroting")
    submit(page, "/vastzetten/")
    said(page, "Geteld en vastgezet als nummer 1")
    for who in ("Noor", "Wim", "Aisha"):
        tour.portal.mail_to(tour.address_of(who), containing=f"/{_public(tour)}")


def _everybody_sees_it(tour: Tour) -> None:
    for who in ("passer-by", "Noor"):
        page = tour.open(who, _public(tour))
        for code, change in OUTCOME.items():
            row = page.locator("main tbody tr", has_text=tour.line(code).name).first
            assert in_euros(change) in " ".join(row.inner_text().split())
        assert page.evaluate("document.documentElement.scrollWidth") == 360


def _count_again(tour: Tour, folder: Path) -> None:
    """By the command, from what anybody can download, to the same numbers."""
    page = reads(tour, "passer-by", _public(tour, "zo-is-dit-berekend/"), tour.outcome.sha256)
    for name in FILES:
        with page.expect_download() as download:
            page.locator(f"main a[href$='/{name}.csv']").click()
        download.value.save_as(folder / f"{name}.csv")
    found = _by_command(*(folder / f"{name}.csv" for name in FILES))
    changes = {
        row["line"]: row["mean_change_rounded"] for row in found["lines"] if row["mean_change_rounded"]
    }
    assert (changes, found["residents"], found["sum_rounded_mean"]) == (OUTCOME, len(EVERYBODY), 0)
    exact = next(row["mean_change_exact"] for row in found["lines"] if row["line"] == "6.1")
    assert exact == "403/5" == f"{sum(each.get('6.1', 0) for each in EVERYBODY)}/5"


def _by_command(lines: Path, proposals: Path) -> dict[str, Any]:
    command = [
        sys.executable,
        "manage.py",
        "residents_alternative",
        "--lines",
        lines,
        "--proposals",
        proposals,
    ]
    answer: dict[str, Any] = json.loads(subprocess.check_output(command, cwd=ROOT))
    return answer


def _summarise(tour: Tour) -> None:
    """By who read the reasons."""
    page = tour.open("coordinator", _desk(tour))
    page.get_by_role("link", name=tour.line("6.1").name).click()
    said(page, REASON)
    page.locator("textarea[name=summary]").fill(SUMMARY)
    keep(page)
    said(page, SUMMARY)
