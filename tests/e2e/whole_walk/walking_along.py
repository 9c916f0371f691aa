"""Two people walk with their phones: without a network, with a bad one, and then all of it is there once."""

from collections import Counter
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import expect

from buurtschouw.domain import scores
from buurtschouw.enums import ReportOrigin
from buurtschouw.models import Report, Score
from tests.e2e.cast import said
from tests.e2e.walking import LosingNetwork, Phone, PhoneOf
from tests.e2e.whole_walk.preparing import close_step
from tests.e2e.whole_walk.town import Walk
from trajecten.models import Attachment

PROBLEM, COMPLIMENT, IDEA = range(3)
PATH, WATER = range(2)
# Photos are made smaller on the phone, in pixels.
LARGEST_SIDE = 2048


class Seen(NamedTuple):
    """What a walker sees: at which stop, or at an address."""

    text: str
    kind: int
    theme: int
    stop: int | None = None
    address: str = ""


RIA = (
    Seen("Bij de speeltuin ligt een tegel los.", PROBLEM, PATH, stop=0),
    Seen("De nieuwe banken zijn fijn.", COMPLIMENT, PATH, stop=0),
    Seen("Maak hier een plukroute van bessenstruiken.", IDEA, PATH, stop=0),
    Seen("De leuning van de brug wiebelt.", PROBLEM, PATH, stop=1),
    Seen("In het pad zit een diep gat.", PROBLEM, PATH, stop=2),
    Seen("De sloot is mooi begroeid.", COMPLIMENT, WATER, address="Rietpad 8"),
)
SJOERD = (
    Seen("Losse stoeptegel naast de glijbaan.", PROBLEM, PATH, stop=0),
    Seen("Er drijft plastic in de sloot.", PROBLEM, WATER, stop=1),
    Seen("Een bord met de vissen die hier zwemmen.", IDEA, WATER, stop=1),
    Seen("Het water stinkt hier.", PROBLEM, WATER, stop=2),
    Seen("De paaltjes staan scheef.", PROBLEM, PATH, address="Rietpad 12"),
    Seen("Hier is het heerlijk stil.", COMPLIMENT, WATER, address="Rietpad 20"),
)
EVERYTHING = (*RIA, *SJOERD)
# What each gives for the path at the playground, and for the water at the decking.
AT_PLAYGROUND, AT_DECKING = 0, 2
MARKS = {"Ria": ((2, 4), 2), "Sjoerd": ((1, 4), 1)}
# And what they give for the first after a second thought.
SECOND_THOUGHT = {"Ria": 4, "Sjoerd": 2}
GROUP = [(3, 2), (4, 2), (1.5, 2)]
# Of both themes, as the results write them.
SCORES = ("3,5", "1,5")


def walk_along(walk: Walk, phone: PhoneOf) -> None:
    phones = {"Ria": _ria(walk, phone("Ria")), "Sjoerd": _sjoerd(walk, phone("Sjoerd"))}
    for each, seen in zip(phones.values(), (RIA, SJOERD), strict=True):
        _without_a_network(walk, each, seen)
    assert list(Report.objects.filter(schouw=walk.schouw)) == []
    assert list(Score.objects.filter(stop__schouw=walk.schouw)) == []
    networks = [_with_a_bad_network(each) for each in phones.values()]
    for each in phones.values():
        each.send()
    # Each observation, each photo and the scores lost their first answer.
    for network, seen in zip(networks, (RIA, SJOERD), strict=True):
        assert network.lost.total() >= 2 * len(seen) + 1
    _everything_is_there_once(walk)
    _they_see_what_the_group_found(walk, phones["Ria"])
    _the_walk_is_over(walk)


def _ria(walk: Walk, phone: Phone) -> Phone:
    """She signed up before, so her own page leads to the app."""
    phone.page.goto(walk.mailed_link("Ria", containing="U doet mee als", path="/deelname/"))
    phone.page.get_by_role("link", name="Open de app van de schouw").click()
    phone.take_along()
    return phone


def _sjoerd(walk: Walk, phone: Phone) -> Phone:
    """He comes in by the address that stands under the QR code that is held up."""
    page = walk.open("passer-by", f"schouw/{walk.schouw.pk}/meelopen/delen/")
    phone.come_in(page.locator("a.walk-address").inner_text(), email=walk.address_of("Sjoerd"))
    return phone


def _without_a_network(walk: Walk, phone: Phone, seen: tuple[Seen, ...]) -> None:
    """Halfway the page is read again, and the phone is switched off and on."""
    phone.go_offline()
    playground, decking = walk.stops[AT_PLAYGROUND], walk.stops[AT_DECKING]
    of_path, of_water = walk.statements[:2], walk.statements[2]
    marks, mark = MARKS[phone.name]
    for statement, value in zip(of_path, marks, strict=True):
        phone.score(playground, statement, value)
    for number, each in enumerate(seen):
        if number == 2:
            phone.reload()
        if number == 4:
            phone.restart()
        _note(walk, phone, each)
    phone.score(decking, of_water, mark)
    phone.score(playground, of_path[0], SECOND_THOUGHT[phone.name])
    expect(phone.page.locator("[data-line]")).to_have_attribute("data-waits", str(len(seen)))


def _note(walk: Walk, phone: Phone, seen: Seen) -> None:
    stop = None if seen.stop is None else walk.stops[seen.stop]
    phone.observe(seen.text, kind=seen.kind, theme=seen.theme, stop=stop, address=seen.address)


def _with_a_bad_network(phone: Phone) -> LosingNetwork:
    network = LosingNetwork()
    phone.go_online(network)
    return network


def _everything_is_there_once(walk: Walk) -> None:
    reports = Report.objects.filter(schouw=walk.schouw)
    assert Counter(reports.values_list("text", flat=True)) == Counter(seen.text for seen in EVERYTHING)
    photos = Counter(Attachment.objects.filter(object_id__in=reports.values("pk")).values_list("object_id"))
    assert len(photos) == len(EVERYTHING)
    assert set(photos.values()) == {1}
    assert reports.filter(origin=ReportOrigin.WALK, observed_at__isnull=False).count() == len(EVERYTHING)
    _has_no_place_in_it(walk, Attachment.objects.filter(object_id=reports.first().pk).get())
    assert [(row.mean, row.n) for row in scores.by_stop(walk.schouw)] == GROUP


def _has_no_place_in_it(walk: Walk, photo: Attachment) -> None:
    with Image.open(Path(walk.portal.environment["MEDIA_ROOT"], str(photo.image.name))) as image:
        assert max(image.size) <= LARGEST_SIDE
        assert not image.getexif()


def _they_see_what_the_group_found(walk: Walk, phone: Phone) -> None:
    page = phone.page
    page.goto(f"{phone.url}#lijst")
    page.reload()
    expect(page.locator("[data-sent] > li")).to_have_count(len(RIA))
    page = walk.open("passer-by", f"schouw/{walk.schouw.pk}/scores/")
    said(page, walk.statements[0].text)


def _the_walk_is_over(walk: Walk) -> None:
    page = walk.open("coordinator", walk.at_work())
    close_step(page)
    expect(page.locator("main [aria-current=step]")).to_contain_text("Terugkoppeling")
