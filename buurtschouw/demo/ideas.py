"""The ideas of the Oostpolder and what neighbours and officials did with them (``data/ideas.toml``)."""

import hashlib
import tomllib
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from django_scopes import scope

from buurtschouw.demo import moments, spots, stories, words
from buurtschouw.demo.courses import in_words
from buurtschouw.demo.playing import Cue
from buurtschouw.domain import answering, following, intake
from buurtschouw.domain.ideas import handing_over, joining, judging
from buurtschouw.domain.ideas.joining import Introduction, Offer
from buurtschouw.enums import ReportKind
from buurtschouw.models import Category, Idea, Joining, Report, Schouw
from trajecten.demo import people
from trajecten.domain import participants
from trajecten.domain.successions import asking, preparing
from trajecten.enums import Moderation
from trajecten.models import Area, Companion, Municipality, Participant, Succession

AROUND, WALK = "WK990102", "Schouw Oostpolder"
HANDLER = "groen.polderwijk"

Act = tuple[datetime, Callable[[], object]]


def cues(now: datetime) -> Iterator[tuple["Told", Cue]]:
    """What happens to the ideas until now, in no order; nothing where they were told before."""
    municipality = people.municipality(people.POLDERWIJK)
    with scope(municipality=municipality):
        if Idea.objects.exists():
            return
    for said in read():
        told = Told(said, municipality, now)
        yield from ((told, Cue(at, do)) for at, do in told.acts() if at < now)


def read() -> list[dict[str, Any]]:
    """The ideas as they are written."""
    return tomllib.loads((words.DATA / "ideas.toml").read_text(encoding="utf-8"))["idea"]


class Told:
    """One idea with everything that happens to it."""

    def __init__(self, said: dict[str, Any], municipality: Municipality, now: datetime) -> None:
        self.said, self.municipality, self.now = said, municipality, now
        self.rng = Random(f"idea {said['name']}")  # noqa: S311

    def acts(self) -> Iterator[Act]:
        """Each with its moment, in no order."""
        said, begin = self.said, self._at(self.said)
        yield begin, self._send
        if not said.get("unread"):
            yield begin + timedelta(hours=20), self._publish
        yield from self._supports(begin)
        for each in said.get("joins", ()):
            yield self._at(each), partial(self._join, each)
        for each in said.get("letters", ()):
            yield self._at(each), partial(self._write, each["text"])
        for each in said.get("judged", ()):
            yield self._at(each), partial(self._judge, each)
        if "answered" in said:
            yield self._at(said["answered"]), partial(self._reply, said["answered"])
        if "promise" in said:
            yield self._at(said["promise"]), partial(self._promise, said["promise"])
        if "prepared" in said:
            yield self._at(said["prepared"]), partial(self._prepare, said["prepared"])
            yield self._at(said["prepared"]) + timedelta(days=2), partial(self._answer, said["prepared"])

    def _at(self, each: dict[str, Any]) -> datetime:
        return moments.ago(each["ago"], self.now)

    @property
    def key(self) -> uuid.UUID:
        return uuid.uuid5(stories.NAMESPACE, f"idea {self.said['name']}")

    def report(self) -> Report:
        """The idea as it is now."""
        return Report.objects.select_related("schouw", "trajectory", "author").get(key=self.key)

    def _send(self) -> None:
        spot = spots.somewhere(self.said["place"], AROUND, self.rng)
        account, guest = self.said.get("account"), self.said.get("guest")
        intake.receive(
            schouw=Schouw.objects.select_related("trajectory").get(trajectory__title=WALK),
            key=self.key,
            kind=ReportKind.IDEA,
            category=Category.objects.get(name=self.said["theme"]),
            text=self.said["text"],
            by=people.account(account) if account else None,
            point=spot.point,
            accuracy=9,
            address=spot.address,
            email=f"{guest}@{people.DOMAIN}" if guest else "",
        )

    def _publish(self) -> None:
        answering.moderate(report=self.report(), by=people.account(HANDLER), moderation=Moderation.PUBLISHED)

    def _supports(self, begin: datetime) -> Iterator[Act]:
        """Spread over the time since, most of them early; each of one of the neighbourhoods in turn."""
        homes = self.said.get("homes", [""])
        lasts = (self.now - begin - timedelta(days=1)).total_seconds()
        for number in range(self.said.get("supports", 0)):
            at = begin + timedelta(days=1, seconds=max(lasts, 0) * self.rng.random() ** 2)
            yield at, partial(self._support, number, homes[number % len(homes)])

    def _support(self, number: int, home: str) -> None:
        """Every third without leaving an address; nothing once it is finished, when the page does not offer it."""
        report = self.report()
        if not report.is_open:
            return
        device = hashlib.sha256(f"{self.said['name']} {number}".encode()).hexdigest()
        by = None if number % 3 == 2 else self._guest(f"{self.said['name']}{number}", home=home)
        following.support(report=report, by=by, device=device)

    def _guest(self, who: str, *, home: str = "") -> Participant:
        guest = participants.guest(
            municipality=self.municipality, email=f"{who}@{people.DOMAIN}", language="nl"
        )
        participants.allow_contact(participant=guest)
        guest.refresh_from_db()
        if home and guest.home_area is None:
            guest.home_area = Area.objects.get(code=home)
            guest.save(update_fields=["home_area"])
        return guest

    def _person(self, each: dict[str, Any]) -> Participant:
        if "account" in each:
            user = people.account(each["account"])
            return participants.of_user(municipality=self.municipality, user=user)
        return self._guest(each["who"], home=each.get("home", ""))

    def _join(self, each: dict[str, Any]) -> None:
        offer = Offer(each["hours"], each.get("can_do", ""))
        report, person = self.report(), self._person(each)
        if "account" in each:
            mine = joining.join(report=report, by=person, offer=offer, pulls=each.get("pulls", False))
        else:
            mine = joining.ask_to_join(
                report=report,
                email=person.email or "",
                language="nl",
                offer=offer,
                pulls=each.get("pulls", False),
            )
            mine = joining.confirm(joining=mine)
        name = each.get("name") or person.display_name
        about = Introduction(name, person.home_area, is_named=each.get("named", False))
        joining.change(joining=mine, offer=offer, about=about)

    def _write(self, text: str) -> None:
        puller = Joining.objects.filter(report=self.report(), pulls_since__isnull=False)
        joining.write(joining=puller.select_related("report").earliest("pulls_since"), text=text)

    def _judge(self, each: dict[str, Any]) -> None:
        by = people.account(each.get("by", HANDLER))
        judging.judge(report=self.report(), by=by, level=each["level"], reason=each["reason"])

    def _reply(self, each: dict[str, Any]) -> None:
        report = self.report()
        answering.answer(
            report=report,
            by=people.account(HANDLER),
            version=report.version,
            status=each["status"],
            message=each["text"],
        )

    def _promise(self, each: dict[str, Any]) -> None:
        report, day = self.report(), moments.workday_near(self.now, each["in_days"])
        handing_over.promise(
            report=report,
            by=people.account(each["by"]),
            version=report.version,
            text=each["text"].format(dag=in_words(day)),
            deadline=day,
        )

    def _prepare(self, each: dict[str, Any]) -> None:
        handing_over.prepare(
            report=self.report(),
            by=people.account(each["by"]),
            target="stuur",
            title=each["title"],
            text=each["text"],
        )

    def _answer(self, each: dict[str, Any]) -> None:
        """Who goes along and who does not, as far as they said so."""
        standing: Succession | None = preparing.standing_of(self.report())
        for goes, addresses in ((True, each["goes"]), (False, each["stays"])):
            for address in addresses:
                asked = Companion.objects.filter(
                    succession=standing, participant__email=f"{address}@{people.DOMAIN}"
                )
                asking.answer(companion=asked.select_related("participant").get(), goes=goes)
