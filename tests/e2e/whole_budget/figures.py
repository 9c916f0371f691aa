"""The coordinator delivers the figures of two years, later what was spent, and keeps two programmes of the council."""

import re

from django.utils import timezone
from playwright.sync_api import Page, expect

from budget.domain.monitoring import periods
from budget.enums import Period
from tests.e2e.cast import said, submit
from tests.e2e.whole_budget.town import CODE, YEAR, Tour, keep, reads

# What the council planned in the year of the round, in thousands of euros.
BUDGET = {
    "0.4": 8000,
    "2.1": 3200,
    "4.2": 900,
    "4.3": 700,
    "5.2": 2100,
    "5.3": 1200,
    "5.6": 800,
    "5.7": 2400,
    "6.1": 2500,
    "6.3": 9000,
    "6.5": 1500,
    "7.3": 3000,
}
# And which part of it was planned the year before, and was spent so far.
YEAR_BEFORE, SPENT = 0.95, 0.7
PROGRAMMES = {"Samen leven": {"6.1": "100", "5.3": "50"}, "Buiten": {"5.7": "100", "2.1": "60"}}
# The newest period of which the figures can be there.
PERIOD = max(period for period in periods.over(YEAR, timezone.localdate()) if period != Period.ACCOUNTS)


def deliver(tour: Tour) -> None:
    """Two years in one file; residents see them as soon as they have been read."""
    rows = [*_rows(YEAR - 1, Period.BUDGET, YEAR_BEFORE), *_rows(YEAR, Period.BUDGET, 1)]
    page = _upload(tour, "begroting.csv", rows)
    for year in (YEAR - 1, YEAR):
        said(page, str(year))
    reads(tour, "passer-by", "begroting/", "35,3 miljoen")
    _keep_programmes(tour)


def deliver_spending(tour: Tour) -> None:
    _upload(tour, "besteed.csv", _rows(YEAR, PERIOD, SPENT))


def _rows(year: int, period: Period, part: float) -> list[str]:
    return [
        f"{CODE},{year},{year}X00{period:d},{code},{round(planned * part)}"
        for code, planned in BUDGET.items()
    ]


def _upload(tour: Tour, name: str, rows: list[str]) -> Page:
    """The page follows by itself how the worker reads it."""
    text = "\n".join(["gm_code,jaar,verslagsoort,taakveld,lasten_x1000", *rows, ""])
    page = reads(tour, "coordinator", "begroting/werk/cijfers/")
    page.get_by_role("link", name="Cijfers aanleveren").first.click()
    page.locator("input[name=file]").set_input_files(
        [{"name": name, "mimeType": "text/csv", "buffer": text.encode()}]
    )
    submit(page, "/aanleveren/")
    page.wait_for_url(re.compile(r"/cijfers/\d+/"))
    expect(page.locator("#delivery")).to_contain_text("Dit is ingelezen", timeout=30_000)
    return page


def _keep_programmes(tour: Tour) -> None:
    for code, (name, shares) in enumerate(PROGRAMMES.items(), start=1):
        page = tour.open("coordinator", "begroting/werk/cijfers/programmas/nieuw/")
        page.locator("input[name=code]").fill(str(code))
        page.locator("input[name=name]").fill(name)
        page.locator("input[name=from_year]").fill(str(YEAR - 1))
        for row, (task_field, percent) in enumerate(shares.items()):
            page.locator(f"select[name=form-{row}-task_field]").select_option(task_field)
            page.locator(f"input[name=form-{row}-percent]").fill(percent)
        keep(page)
        said(page, name)
    reads(tour, "passer-by", "begroting/per-programma/", *PROGRAMMES)
