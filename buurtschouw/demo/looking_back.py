"""The people of the walks through the Vogelweide, what they thought of it afterwards, and what was learnt."""

import tomllib
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial
from typing import Any

from buurtschouw.demo.walks import Walk
from buurtschouw.demo.words import DATA
from buurtschouw.domain import lessons
from buurtschouw.domain.evaluation import asking, moderating, replying
from buurtschouw.models import Schouw, Stop
from trajecten.demo import people
from trajecten.domain.enrolment import joining
from trajecten.domain.enrolment.joining import Introduction
from trajecten.models import Enrolment, Participant, User

NAMESPACE = uuid.UUID("5ff0c9b1-2d4c-4d1e-9c6a-0d8f2d2b7a11")
OPEN = ("well", "learned", "different")
NOT_ANSWERS = {"public"}
# Days after the walk: people are asked, answer one after another, are read, and what was learnt is written down.
ASKED, ANSWERED, JOINED, READ, CLOSED, LEARNT = 11, 12, 24, 30, 35, 60


@dataclass(frozen=True)
class Act:
    """Something that is done at a moment; ``do`` gets the walk as ``schouw``, which has been made by then."""

    at: datetime
    do: Callable[..., None]


@cache
def _told() -> Mapping[str, Any]:
    return tomllib.loads((DATA / "looking_back.toml").read_text(encoding="utf-8"))


def acts(walk: Walk) -> list[Act]:
    """What is done of this walk; nothing of one that nobody has looked back on."""
    told = _told().get(walk.key)
    return [Act(at, partial(_with_walk, do)) for at, do in _acts(walk, told)] if told else []


def _with_walk(do: Callable[[Schouw], None], *, schouw: Callable[[], Schouw]) -> None:
    do(schouw())


def _acts(walk: Walk, told: Mapping[str, Any]) -> Iterator[tuple[datetime, Callable[[Schouw], None]]]:
    day, by = timedelta(days=1), walk.coordinator
    yield walk.made_at + 2 * day, partial(_prepare, by)
    yield walk.walk_at - 5 * day, partial(_come, by, told["people"])
    yield walk.walk_at + ASKED * day, partial(_ask, by)
    for number, reply in enumerate(told["walker"]):
        at = walk.walk_at + ANSWERED * day + number * timedelta(hours=9)
        yield at, partial(_answer, number, reply)
    for number, reply in enumerate(told.get("official", ())):
        yield walk.walk_at + (ANSWERED + 2 + number) * day, partial(_answer_officially, number, reply)
    for number, reply in enumerate(told.get("paper", ())):
        yield walk.walk_at + (ANSWERED + 6) * day, partial(_enter, by, f"{walk.key}-{number}", reply)
    yield walk.walk_at + JOINED * day, partial(_join, by, told.get("joined", []))
    yield walk.walk_at + READ * day, partial(_read, by, told)
    yield walk.walk_at + CLOSED * day, partial(_close, by)
    yield walk.walk_at + LEARNT * day, partial(_learn, by, told["lesson"])


def _user(address: str) -> User:
    return people.account(address)


def _prepare(by: str, schouw: Schouw) -> None:
    """Say which stop is which of the walk before, and what is done with its lessons."""
    coordinator = _user(by)
    before = lessons.earlier(schouw).first()
    known = dict(Stop.objects.filter(schouw=before).values_list("name", "pk")) if before else {}
    for stop in Stop.objects.filter(schouw=schouw, same_as__isnull=True, name__in=known):
        Stop.objects.filter(pk=stop.pk).update(same_as=known[stop.name])
    written = {lesson["text"]: lesson for told in _told().values() for lesson in told["lesson"]}
    for carried in lessons.for_next(schouw):
        told = written[carried.lesson.text]
        lessons.use(
            lesson=carried.lesson,
            schouw=schouw,
            by=coordinator,
            is_taken=told.get("taken", False),
            reason=told.get("reason", ""),
        )


def _come(by: str, names: list[str], schouw: Schouw) -> None:
    """Everybody came in on paper, at a table in the Buurtkamer, with an address for the questions afterwards.

    Nobody wrote down where they live: of Westerkoog it is known only that it is hardly at the table.
    """
    for number, name in enumerate(names):
        joining.register_on_paper(
            trajectory=schouw.trajectory,
            key=uuid.uuid5(NAMESPACE, f"{schouw.trajectory.title}-{name}"),
            email=f"vogelweide.{name.lower().replace(' ', '')}@{people.DOMAIN}",
            about=Introduction(name),
            role="core_group" if number < 3 else "member",
            by=_user(by),
        )


def _join(by: str, names: list[str], schouw: Schouw) -> None:
    """Some who reported without walking along signed up for the next round, on the evening with the results."""
    reporters = Participant.objects.filter(reports__schouw=schouw, email__isnull=False, user__isnull=True)
    for reporter, name in zip(reporters.distinct().order_by("pk"), names, strict=False):
        joining.register_on_paper(
            trajectory=schouw.trajectory,
            key=uuid.uuid5(NAMESPACE, f"{schouw.trajectory.title}-{name}"),
            email=reporter.email or "",
            about=Introduction(name),
            role="member",
            by=_user(by),
        )


def _ask(by: str, schouw: Schouw) -> None:
    asking.ask(schouw=schouw, by=_user(by))


def _given(reply: Mapping[str, Any]) -> dict[str, str]:
    return {key: value for key, value in reply.items() if key not in NOT_ANSWERS}


def _answer(number: int, reply: Mapping[str, Any], schouw: Schouw) -> None:
    rows = Enrolment.objects.filter(trajectory=schouw.trajectory).order_by("pk").values("participant")
    person = Participant.objects.filter(pk__in=rows).order_by("pk")[number]
    replying.reply(evaluation=schouw.evaluation, person=person, given=_given(reply))


def _answer_officially(number: int, reply: Mapping[str, Any], schouw: Schouw) -> None:
    official = asking.officials(schouw).order_by("pk")[number]
    replying.reply(evaluation=schouw.evaluation, person=official, given=_given(reply))


def _enter(by: str, name: str, reply: Mapping[str, Any], schouw: Schouw) -> None:
    replying.enter_paper(
        evaluation=schouw.evaluation,
        key=uuid.uuid5(NAMESPACE, name),
        group="walker",
        given=_given(reply),
        by=_user(by),
    )


def _read(by: str, told: Mapping[str, Any], schouw: Schouw) -> None:
    """Words in which nobody is pointed at are made public; the others only officials read."""
    replies = [*told["walker"], *told.get("paper", ()), *told.get("official", ())]
    public = {reply.get(key) for reply in replies if reply.get("public") for key in OPEN}
    for words in moderating.to_read(schouw.evaluation):
        moderating.decide(words=words, by=_user(by), publish=words.text in public)


def _close(by: str, schouw: Schouw) -> None:
    asking.close(evaluation=schouw.evaluation, by=_user(by))


def _learn(by: str, told: list[Mapping[str, Any]], schouw: Schouw) -> None:
    for lesson in told:
        lessons.write(
            schouw=schouw,
            by=_user(by),
            advice=lesson["advice"],
            text=lesson["text"],
            who=lesson["who"],
            step=lesson["step"],
            is_public=lesson.get("is_public", False),
        )
