"""One report is not the municipality's: it goes to the province's own system, and its answer comes back."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from buurtschouw.models import Forward
from movisie_portal.celery import app
from tests.e2e.cast import said, submit
from tests.e2e.running import wait_until
from tests.e2e.whole_walk.handling import open_report
from tests.e2e.whole_walk.judging import follow, judge, verdict_on
from tests.e2e.whole_walk.town import Walk
from tests.e2e.whole_walk.walking_along import RIA
from tests.standins.open311 import HERE, KEY, Open311

HOLE = RIA[4].text
PROVINCE = "Provincie Waterland"
MENDED = "Het gat is dichtgemaakt met nieuw asfalt."


def forward(walk: Walk) -> None:
    with Open311() as province:
        _introduce_the_province(walk, province)
        _send_it_there(walk, province)
        _they_are_done(walk, province)
        _hear_of_it(walk)


def _introduce_the_province(walk: Walk, province: Open311) -> None:
    """Where it is, what it has, and which of its categories a theme becomes."""
    page = walk.open("coordinator", "werk/doorsturen/")
    page.get_by_role("link", name="Voeg een systeem toe").first.click()
    page.locator("input[name=name]").fill(PROVINCE)
    page.locator("input[name=system][value=open311]").check(force=True)
    page.locator("input[name=url]").fill(province.base)
    page.locator("input[name=jurisdiction]").fill(HERE)
    page.locator("input[name=key]").fill(KEY)
    page.locator("main form button[type=submit]").last.click()
    submit(page, "/ophalen/")
    said(page, "3 categorieën zijn opgehaald")
    submit(page, "/proef/")
    said(page, "Het systeem geeft antwoord")
    page.get_by_label("Wandelpad").select_option(label="Gat in de weg")
    submit(page, "/themas/")
    expect(page.get_by_label("Wandelpad")).to_have_value("017")


def _send_it_there(walk: Walk, province: Open311) -> None:
    """Their number comes to stand with the report."""
    page = open_report(walk, HOLE)
    page.locator("summary", has_text="Stuur door naar een ander systeem").click()
    form = page.locator("#report-forward form")
    form.locator("select[name=forward-destination]").select_option(
        label=f"{PROVINCE} (Wegen › Gat in de weg)"
    )
    form.locator("input[name=forward-photos]").check()
    form.locator("button[type=submit]").click()
    expect(page.locator("#report-forwards")).to_contain_text(PROVINCE)
    wait_until(lambda: Forward.objects.filter(report=walk.report(HOLE), reference="R-1").exists())
    page.reload()
    expect(page.locator("#report-forwards")).to_contain_text("R-1")
    assert HOLE in province.requests["R-1"]["description"]
    said(follow(walk, "Ria", told=PROVINCE), f"{PROVINCE} heeft uw melding nu")


def _they_are_done(walk: Walk, province: Open311) -> None:
    """A quarter of an hour passes, and the portal asks how it stands."""
    province.tell("R-1", "fixed", MENDED)
    province.move("R-1", "closed")
    there = Forward.objects.filter(report=walk.report(HOLE))
    walk.portal.committed(lambda: there.update(poll_at=timezone.now() - timedelta(minutes=1)))
    broker = f"redis://127.0.0.1:{walk.portal.redis_port}/0"
    with app.connection_for_write(broker) as connection:
        app.send_task("buurtschouw.tasks.poll_forwards", connection=connection)
    wait_until(lambda: there.filter(state="finished").exists())


def _hear_of_it(walk: Walk) -> None:
    """By mail, with what they said; the link leads to the page on which one says whether it is solved."""
    judge(follow(walk, "Ria", told=MENDED), "yes")
    assert verdict_on(walk, HOLE) == ("yes", "")
