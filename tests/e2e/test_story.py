"""One chain in real browsers, from a municipality's request to a resident's verdict, each role at its own screen."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from buurtschouw.models import Report, Schouw
from tests.e2e.cast import DESK, Cast, account, said, submit
from tests.e2e.conftest import RunningPortal, sign_in
from tests.factories.buurtschouw import CategoryFactory
from tests.factories.core import AreaFactory, MunicipalityFactory, StaffRoleFactory, TeamFactory
from trajecten.domain import contributions
from trajecten.enums import Role
from trajecten.models import Commitment, CouncilItem, Meeting, Trajectory, Verdict

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("database")]

NAME = "verhaal"
TITLE = "Schouw in de Duinwijk"
BENCHES = "In het voorjaar staan er drie banken langs de Zeeweg."
REASON = "Voor een tweede oversteekplaats is het daar te rustig."


@dataclass
class Story(Cast):
    """What has been made so far."""

    @property
    def trajectory(self) -> Trajectory:
        return Trajectory.objects.get(municipality=self.town)


@pytest.fixture
def story(portal: RunningPortal, new_context: Any) -> Story:
    """A town of its own with its people signed in: the resident on the phone of conftest, the others at a desk."""
    made = Story(NAME, portal, portal.committed(_town))
    for who in ("coordinator", "adviser", "handler", "clerk", "resident"):
        page = made.pages[who] = new_context().new_page()
        page.set_default_timeout(10_000)
        if who != "resident":
            page.set_viewport_size(DESK)
        sign_in(page, portal, made.address_of(who))
    return made


def _town() -> Any:
    town = MunicipalityFactory(other=True, is_participating=True)
    AreaFactory(municipality=town, code="WK990201", name="Duinwijk", geometry=town.boundary)
    team = TeamFactory(municipality=town)
    for who in ("coordinator", "handler", "clerk"):
        user = account(who, NAME)
        StaffRoleFactory(user=user, municipality=town, role=Role(who))
        team.members.add(user)
    account("adviser", NAME, is_adviser=True)
    account("resident", NAME)
    CategoryFactory(municipality=town, name="Groen", team=team)
    return town


def test_from_request_to_verdict(story: Story) -> None:
    """Asked, proposed twice, accepted, met, said, promised, decided in part, done, and judged "partly"."""
    _ask(story)
    request = _propose(story)
    _want_changes(story)
    _propose_again(story, request)
    _accept(story)
    _begin(story)
    _meet(story)
    report = _report(story)
    promise = _promise(story, report)
    item = _decide(story, report, promise)
    made = _keep(story, item)
    _judge(story, made)
    _everybody_sees_it(story, report, item)


def _ask(story: Story) -> None:
    page = story.open("coordinator", "trajecten/buurtschouw/aanvragen/", outside=True)
    page.locator("textarea[name=question]").fill("Ouderen missen rustplekken op weg naar de winkel.")
    page.locator("input[name=areas]").check()
    page.locator("input[name=period]").fill("Na de winter")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(re.compile(r"\?ontvangen"))
    page.goto(story.mailed_link("coordinator", containing="aanvraag", path="/voorstel/"))
    said(page, "wacht op een adviseur")


def _propose(story: Story) -> str:
    story.portal.mail_to(story.address_of("adviser"), containing=story.town.name)
    page = story.open("adviser", "advies/aanvragen/", outside=True)
    page.locator("main tbody a").filter(has_text=story.town.name).first.click()
    submit(page, "/opnemen/")
    said(page, "Deze aanvraag is nu van u")
    request = page.url
    submit(page, "/voorstel/")
    page.locator("input[name=title]").fill(TITLE)
    page.locator("textarea[name=introduction]").fill("Wij lopen samen de route naar de winkel.")
    today = timezone.localdate()
    _plan_step(page, "preparation", today, today + timedelta(days=20))
    _plan_step(page, "walk", today + timedelta(days=21), today + timedelta(days=30))
    _plan_step(page, "feedback", today + timedelta(days=31), today + timedelta(days=60))
    page.locator("input[name=sessions-0-title]").fill("Startavond")
    page.locator("input[name=sessions-0-day]").fill(today.isoformat())
    page.locator("input[name=lines-0-description]").fill("Begeleiding van de schouw")
    page.locator("input[name=lines-0-quantity]").fill("4")
    page.locator("input[name=lines-0-unit_price]").fill("750,00")
    page.locator("button[name=act][value=send]").click()
    said(page, "Het voorstel is verstuurd")
    return request


def _plan_step(page: Page, key: str, begins: date, ends: date) -> None:
    page.locator(f"input[name=step-{key}-starts_on]").fill(begins.isoformat())
    page.locator(f"input[name=step-{key}-ends_on]").fill(ends.isoformat())


def _want_changes(story: Story) -> None:
    page = story.pages["coordinator"]
    page.goto(story.mailed_link("coordinator", containing="versie 1", path="/voorstel/"))
    said(page, "€ 3.630,00")
    page.locator("textarea[name=wanted]").fill("Graag ook een terugkomavond.")
    submit(page, "/wijzigen/")
    said(page, "Graag ook een terugkomavond.")


def _propose_again(story: Story, request: str) -> None:
    story.portal.mail_to(story.address_of("adviser"), containing="Graag ook een terugkomavond.")
    page = story.pages["adviser"]
    page.goto(request)
    said(page, "Graag ook een terugkomavond.")
    submit(page, "/voorstel/")
    page.locator("textarea[name=changed]").fill("Er is een terugkomavond bij gekomen.")
    page.locator("input[name=sessions-1-title]").fill("Terugkomavond")
    page.locator("button[name=act][value=send]").click()
    said(page, "Het voorstel is verstuurd")


def _accept(story: Story) -> None:
    page = story.pages["coordinator"]
    page.goto(story.mailed_link("coordinator", containing="versie 2", path="/voorstel/"))
    said(page, "Er is een terugkomavond bij gekomen.")
    page.locator("input[name=name]").fill("C. van Duin")
    submit(page, "/akkoord/")
    said(page, "C. van Duin")
    story.portal.mail_to(story.address_of("adviser"), containing="C. van Duin")
    assert story.trajectory.status == "agreed"
    assert story.trajectory.tailoring["steps"]["walk"]["starts_on"]


def _begin(story: Story) -> None:
    """The coordinator lets it begin, plans the walk and closes the preparation."""
    page = story.pages["coordinator"]
    page.get_by_role("link", name="Naar het traject").click()
    submit(page, "/beginnen/")
    expect(page.locator("main")).not_to_contain_text("is nog niet begonnen")
    schouw = Schouw.objects.get(trajectory=story.trajectory)
    page = story.open("coordinator", f"werk/schouwen/{schouw.pk}/")
    page.locator("input[name=walk_date]").fill(timezone.localdate().isoformat())
    page.locator("input[name=walk_time]").fill("00:01")
    page.get_by_label("Groen").check()
    submit(page, f"/werk/schouwen/{schouw.pk}/")
    said(page, "Alles wat deze stap nodig heeft")
    submit(page, "/stap/afronden/")
    expect(page.locator("main [aria-current=step]")).to_contain_text("De schouw")


def _meet(story: Story) -> None:
    work = f"werk/trajecten/{story.trajectory.pk}/"
    page = story.open("coordinator", f"{work}deelnemers/instellingen/")
    page.locator("input[name=is_open]").check()
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("#join-link")).to_be_visible()

    resident = story.open("resident", f"trajecten/{story.trajectory.pk}/meedoen/")
    resident.locator("input[name=display_name]").fill("Riet")
    resident.locator("select[name=home_area]").select_option(index=1)
    resident.locator("main form button[type=submit]").last.click()
    resident.wait_for_url(re.compile("/deelname/"))
    said(resident, TITLE)

    page = story.open("coordinator", f"{work}bijeenkomsten/nieuw/")
    for name, value in {
        "title": "Startavond",
        "day": timezone.localdate().isoformat(),
        "begins": "23:58",
        "ends": "23:59",
        "place": "Buurthuis De Duin",
    }.items():
        page.locator(f"input[name={name}]").fill(value)
    page.locator("main form button[type=submit]").last.click()
    page.get_by_label("Iedereen die meedoet").check()
    submit(page, "/uitnodigen/")
    said(page, "1 persoon is uitgenodigd")

    link = story.mailed_link("resident", containing="Buurthuis De Duin", path="/antwoord/")
    resident.goto(link)
    resident.locator("main form input[name=answer][value=yes]").check(force=True)
    resident.locator("main form button[type=submit]").first.click()
    said(resident, "Fijn dat u komt")

    meeting = Meeting.objects.get(trajectory=story.trajectory)
    page = story.open("coordinator", f"{work}bijeenkomsten/{meeting.pk}/aanwezig/")
    page.get_by_label(re.compile(r"Riet \(.*ik kom\)")).check()
    page.locator("main form button[type=submit]").last.click()
    said(page, "1 was er")


def _report(story: Story) -> Report:
    schouw = Schouw.objects.get(trajectory=story.trajectory)
    page = story.open("resident", f"schouw/{schouw.pk}/melden/")
    page.get_by_label("Groen").check()
    page.locator("input[name=address]").fill("Zeeweg, bij de winkel")
    page.locator("textarea[name=text]").fill("Er is geen bank tussen de flat en de winkel.")
    page.locator("form[data-report] button[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/volg/.*ontvangen"), timeout=30_000)
    return Report.objects.get(schouw=schouw)


def _promise(story: Story, report: Report) -> Commitment:
    """The official lets everybody read the report, and promises something about it."""
    page = story.open("handler", f"werk/meldingen/{report.pk}/")
    page.locator("button[name=moderation][value=published]").click()
    said(page, "Iedereen kan de tekst")
    page.get_by_role("link", name="Iets beloven").click()
    expect(page.locator("input[name=origins]")).to_be_checked()
    page.locator("textarea[name=text]").fill("Wij kijken waar een bank kan staan.")
    page.locator("input[name=deadline]").fill((timezone.localdate() + timedelta(days=30)).isoformat())
    page.locator("select[name=owner]").select_option(label="Handler")
    page.locator("main form button[type=submit]:not([name])").click()
    said(page, "Het is beloofd")
    return Commitment.objects.get(trajectory=story.trajectory)


def _decide(story: Story, report: Report, promise: Commitment) -> CouncilItem:
    """The clerk puts it to the council in two points; one becomes a promise, the other is rejected."""
    today = timezone.localdate().isoformat()
    page = story.open("clerk", f"werk/meldingen/{report.pk}/")
    page.get_by_role("link", name="Voorleggen aan raad of college").click()
    page.locator("select[name=kind]").select_option("motion")
    page.locator("input[name=title]").fill("Rustpunten langs de Zeeweg")
    page.locator("textarea[name=summary]").fill("Bewoners vragen banken en een veilige oversteek.")
    page.locator("textarea[name=lines]").fill("Drie banken langs de Zeeweg.\nEen tweede oversteekplaats.")
    expect(page.locator("input[name=origins]")).to_be_checked()
    page.locator("input[name=words]").fill(f"#{promise.pk}")
    page.locator("button[name=search]").click()
    page.locator(f"input[name=origins][value='{contributions.key_of(promise)}']").check()
    expect(page.locator("input[name=origins]:checked")).to_have_count(2)
    page.locator("main form button[type=submit]").last.click()
    said(page, "1 persoon")
    page.locator("input[name=day]").fill(today)
    submit(page, "/agenderen/")
    said(page, "Het staat nu op de agenda")

    page.get_by_role("link", name=re.compile("Besluit invullen|Vul het besluit in")).click()
    page.locator("input[name=decision_1][value=adopted]").check(force=True)
    page.locator("summary:has-text('Hieruit volgt')").first.click()
    page.locator("textarea[name=promise_1]").fill(BENCHES)
    page.locator("select[name=owner_1]").select_option(label="Handler")
    page.locator("input[name=deadline_1]").fill((timezone.localdate() + timedelta(days=90)).isoformat())
    page.locator("input[name=decision_2][value=rejected]").check(force=True)
    page.locator("textarea[name=reason_2]").fill(REASON)
    page.locator("textarea[name=reason]").fill("De raad wil rustpunten, en geen tweede oversteekplaats.")
    page.locator("main form button[type=submit]").last.click()
    said(page, REASON)

    item = CouncilItem.objects.get(trajectory=story.trajectory)
    assert item.status == "partly"
    mail = story.portal.mail_to(story.address_of("resident"), containing=REASON)
    assert BENCHES in mail.text
    assert "De raad wil rustpunten" in mail.text
    resident = story.pages["resident"]
    resident.goto(re.search(r"http\S+/raad/\d+/", mail.text).group())  # type: ignore[union-attr]
    said(resident, REASON)
    return item


def _keep(story: Story, item: CouncilItem) -> Commitment:
    """The official says that what the council promised is done."""
    made = item.lines.get(number=1).commitment
    page = story.open("handler", "werk/toezeggingen/")
    page.get_by_role("link", name=BENCHES).click()
    page.locator("input[name=status][value=done]").check(force=True)
    page.locator("textarea[name=words]").fill("De drie banken staan er.")
    submit(page, "/stand/")
    said(page, "De drie banken staan er.")
    return made


def _judge(story: Story, made: Commitment) -> None:
    """The resident answers from the mail with one tap, and then says what is missing."""
    page = story.pages["resident"]
    page.goto(story.mailed_link("resident", containing="De drie banken staan er.", path="/1/partly/"))
    page.wait_for_url(re.compile(r"/oordeel/[^/]+/$"))
    said(page, "Gedeeltelijk")
    page.locator("textarea[name=words]").fill("Bij de flat staat er nog geen.")
    page.locator("main form button[type=submit]").first.click()
    said(page, "Bij de flat staat er nog geen.")
    verdict = Verdict.objects.get(object_id=made.pk, participant__email=story.address_of("resident"))
    assert (verdict.value, verdict.words) == ("partly", "Bij de flat staat er nog geen.")


def _everybody_sees_it(story: Story, report: Report, item: CouncilItem) -> None:
    page = story.open("resident", "beloofd-en-gedaan/")
    card = page.locator("article").filter(has_text=BENCHES)
    expect(card).to_contain_text("gedaan")
    expect(card).to_contain_text(re.compile("gedeeltelijk|deels", re.IGNORECASE))
    card.get_by_role("link").first.click()
    said(page, "De drie banken staan er.")
    expect(page.get_by_role("row", name=re.compile("^Deels nagekomen"))).to_contain_text("1")

    said(story.open("resident", "overzicht/"), report.title)
    said(story.open("resident", "overzicht/"), TITLE)
    said(story.open("coordinator", "werk/overzicht/"), TITLE)
    desk = story.open("clerk", f"werk/raad/?state=decided&year={timezone.localdate().year}")
    expect(desk.locator("main tbody tr").filter(has_text=item.title)).to_contain_text("deels aangenomen")
    said(story.open("adviser", "advies/", outside=True), TITLE)
    said_by = story.open("handler", f"werk/toezeggingen/{item.lines.get(number=1).commitment_id}/")
    said(said_by, "Bij de flat staat er nog geen.")
