"""The coordinator prepares the walk, and residents sign up for it."""

import io
import re
from datetime import timedelta

import pypdf
from django.utils import timezone
from playwright.sync_api import Page, expect

from buurtschouw.models import Schouw, WalkTask
from tests.e2e.cast import said, submit
from tests.e2e.whole_walk.town import RESIDENTS, TITLE, Walk
from trajecten.models import Invitation

THEMES = {"Wandelpad": "pavement", "Water": "water"}
STATEMENTS = (
    ("Wandelpad", "Het pad is heel."),
    ("Wandelpad", "Twee mensen kunnen naast elkaar lopen."),
    ("Water", "De sloot is schoon."),
)
TASK = "Vraag het buurthuis om koffie"
WORDS = "Wij lopen langs het water en kijken wat beter kan."
GPX = """<?xml version="1.0" encoding="UTF-8"?>
<gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1" creator="wandelapp">
  <wpt lat="52.5090" lon="5.3100"><name>Speeltuin</name></wpt>
  <wpt lat="52.5120" lon="5.3150"><name>Bruggetje</name></wpt>
  <trk><trkseg>
    <trkpt lat="52.5090" lon="5.3100"/><trkpt lat="52.5105" lon="5.3130"/><trkpt lat="52.5120" lon="5.3150"/>
  </trkseg></trk>
</gpx>"""


def prepare(walk: Walk) -> None:
    _make_themes(walk)
    _make_the_walk(walk)
    _give_a_task(walk)
    _upload_the_route(walk)
    _add_a_stop(walk)
    _choose_what_is_scored(walk)
    _hang_up_posters(walk)
    for who in RESIDENTS:
        _sign_up(walk, who)
    _give_a_role(walk)
    _invite(walk)
    _let_it_begin(walk)


def keep(page: Page) -> None:
    """Press the last button of the last form."""
    page.locator("main form button[type=submit]").last.click()


def _make_themes(walk: Walk) -> None:
    for name, icon in THEMES.items():
        page = walk.open("coordinator", "werk/themas/")
        page.get_by_role("link", name="Maak een thema").first.click()
        page.locator("input[name=name]").fill(name)
        page.locator(f"input[name=icon][value={icon}]").check(force=True)
        page.locator("select[name=team]").select_option(label="Team Buiten")
        keep(page)
        said(page, name)


def _make_the_walk(walk: Walk) -> None:
    page = walk.open("coordinator", "werk/schouwen/")
    page.get_by_role("link", name="Maak een schouw").first.click()
    page.locator("input[name=title]").fill(TITLE)
    page.locator("textarea[name=summary]").fill("Samen kijken hoe het pad langs het water erbij ligt.")
    page.locator("input[name=areas]").check()
    page.locator("input[name=walk_date]").fill((timezone.localdate() + timedelta(days=7)).isoformat())
    page.locator("input[name=walk_time]").fill("14:00")
    page.locator("input[name=meeting_point]").fill("Buurthuis Het Riet")
    for theme in THEMES:
        expect(page.get_by_label(theme)).to_be_checked()
    keep(page)
    page.wait_for_url(re.compile(r"/werk/schouwen/\d+/"))
    page.get_by_role("link", name="Voorbereiding", exact=True).first.click()
    said(page, "Alles wat nodig is voor de voorbereiding, is er.")


def _give_a_task(walk: Walk) -> None:
    page = walk.open("coordinator", walk.at_work("voorbereiding/"))
    page.locator("summary", has_text="Voeg een taak toe").click()
    page.locator("input[name=text]").fill(TASK)
    page.locator("select[name=owner]").select_option(label="Handler")
    page.locator("input[name=due_on]").fill((timezone.localdate() + timedelta(days=1)).isoformat())
    submit(page, "/voorbereiding/taken/")
    said(page, TASK)
    task = WalkTask.objects.get(schouw=walk.schouw, text=TASK)
    submit(page, f"/taken/{task.pk}/klaar/")
    expect(page.locator(".portal-task", has_text=TASK)).to_contain_text("Handler")
    expect(page.locator(".portal-task", has_text=TASK)).to_contain_text("klaar")


def _upload_the_route(walk: Walk) -> None:
    page = walk.open("coordinator", walk.at_work("voorbereiding/route/"))
    file = {"name": "rietpad.gpx", "mimeType": "application/gpx+xml", "buffer": GPX.encode()}
    page.locator("input[name=gpx]").set_input_files([file])
    page.locator("input[name=with_stops]").check()
    submit(page, "/route/gpx/")
    said(page, "met 2 stops")


def _add_a_stop(walk: Walk) -> None:
    """On the way the group stands still a third time, where the pin is put in the middle of the map."""
    page = walk.open("coordinator", walk.at_work("voorbereiding/stops/nieuw/"))
    page.locator("input[name=name]").fill("Vlonder")
    page.locator("textarea[name=remark]").fill("Kijk ook naar de leuning.")
    page.get_by_label("Water").check()
    page.locator(".portal-map-tools button").first.click()
    keep(page)
    said(page, "Kijk ook naar de leuning.")
    expect(page.locator(".portal-stops__item")).to_have_count(3)


def _choose_what_is_scored(walk: Walk) -> None:
    page = walk.open("coordinator", "werk/stellingen/")
    page.get_by_role("link", name="Maak een set").first.click()
    page.locator("input[name=name]").fill("Lopen langs water")
    keep(page)
    for theme, text in STATEMENTS:
        page.get_by_role("link", name="Stelling toevoegen").click()
        page.locator("input[name=text]").fill(text)
        page.locator("select[name=category]").select_option(label=theme)
        keep(page)
        said(page, text)
    page = walk.open("coordinator", walk.at_work("voorbereiding/stellingen/"))
    for _theme, text in STATEMENTS:
        page.get_by_label(text).check()
    keep(page)
    for _theme, text in STATEMENTS:
        said(page, text)


def _hang_up_posters(walk: Walk) -> None:
    """With a code to sign up by, words of the coordinator, and on paper what the QR code leads to."""
    page = walk.open("coordinator", f"werk/trajecten/{walk.schouw.trajectory_id}/deelnemers/posters/")
    page.locator("input[name=label]").fill("Buurthuis Het Riet")
    page.locator("input[name=until]").fill((timezone.localdate() + timedelta(days=20)).isoformat())
    keep(page)
    said(page, "Scan de code met de camera")
    page = walk.open("coordinator", walk.at_work("voorbereiding/"))
    page.locator("summary", has_text="Wijzig de tekst op poster en brief").click()
    page.locator("textarea[name=invitation]").fill(WORDS)
    submit(page, "/voorbereiding/tekst/")
    link = page.get_by_role("link", name="Poster op A4 (pdf)").get_attribute("href")
    answer = page.request.get(f"{walk.portal.url}{link}")
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    pages = pypdf.PdfReader(io.BytesIO(answer.body())).pages
    assert len(pages) == 1
    text = " ".join(pages[0].extract_text().split())
    assert TITLE in text
    assert WORDS in text
    assert _poster_address(walk).partition("://")[2].rstrip("/") in text.replace(" ", "")


def _poster_address(walk: Walk) -> str:
    newest = Invitation.objects.filter(trajectory=walk.schouw.trajectory).latest("pk")
    return walk.url(f"u/{newest.code}/")


def _sign_up(walk: Walk, who: str) -> None:
    """By the address of the poster, and then by the link in the mail to their own page."""
    page = walk.visit(who, _poster_address(walk))
    page.locator("input[name=email]").fill(walk.address_of(who))
    page.locator("input[name=display_name]").fill(who)
    page.locator("select[name=home_area]").select_option(index=1)
    keep(page)
    said(page, "Kijk in uw mailbox")
    walk.visit(who, walk.mailed_link(who, containing="U doet mee als", path="/deelname/"))
    said(page, TITLE)


def _give_a_role(walk: Walk) -> None:
    page = walk.open("coordinator", walk.at_work("voorbereiding/"))
    page.locator("summary", has_text="Geef iemand een rol").click()
    page.locator("select[name=participant]").select_option(label="Ria (bewoner)")
    page.locator("select[name=duty]").select_option("leads")
    submit(page, "/voorbereiding/rollen/")
    expect(page.locator("[aria-labelledby=roles]")).to_contain_text("Ria")


def _invite(walk: Walk) -> None:
    """Everybody who signed up; Ria says that she comes."""
    page = walk.open("coordinator", walk.at_work("voorbereiding/"))
    submit(page, "/voorbereiding/uitnodigen/")
    said(page, f"{len(RESIDENTS)} mensen zijn uitgenodigd")
    ria = walk.visit("Ria", walk.mailed_link("Ria", containing="Buurthuis Het Riet", path="/antwoord/"))
    ria.locator("main form input[name=answer][value=yes]").check(force=True)
    ria.locator("main form button[type=submit]").first.click()
    said(ria, "Fijn dat u komt")
    page.reload()
    expect(page.locator("[aria-labelledby=coming]")).to_contain_text("Ria: ik kom")


def _let_it_begin(walk: Walk) -> None:
    """The day has come: the clock can't be turned on, so the moment of the walk is turned back."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    schouw = Schouw.objects.filter(pk=walk.schouw.pk)
    walk.portal.committed(lambda: schouw.update(walk_at=today))
    page = walk.open("coordinator", walk.at_work())
    close_step(page)
    expect(page.locator("main [aria-current=step]")).to_contain_text("De schouw")


def close_step(page: Page) -> None:
    said(page, "Alles wat deze stap nodig heeft")
    submit(page, "/stap/afronden/")
