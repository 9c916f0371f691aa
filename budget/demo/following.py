"""Following the adopted amounts of the demo: reports of officials, what residents see, signals, and a promise kept."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from budget.demo.scene import Scene
from budget.domain.monitoring import following, observing, reporting, watching
from budget.domain.monitoring.observing import Sight
from budget.domain.monitoring.periods import end_of
from budget.domain.monitoring.reporting import Spending
from budget.enums import Period, Seen
from budget.models import AmendmentLine, Observation
from trajecten.domain.promises import judging, moving
from trajecten.domain.promises import people as promise_people
from trajecten.enums import CommitmentStatus
from trajecten.models import Commitment

# So many days after the end of a quarter officials report on it, and the signals are looked at.
REPORTED_AFTER, WATCHED_AFTER = 21, 24
QUARTERS = (Period.QUARTER_2, Period.QUARTER_3)
UNREAD = timedelta(days=5)


def report(scene: Scene, year: int) -> None:
    """Over the quarters that are over by now, each in its own time; then the signals that follow."""
    lines = {line.outcome_line.line.code: line for line in _followed(scene)}
    for place, period in enumerate(QUARTERS):
        end = end_of(year, period)
        for each in scene.said["spending"]:
            if each["code"] in lines:
                _at(scene, end, REPORTED_AFTER, partial(_report, scene, lines[each["code"]], each, place))
    last = end_of(year, QUARTERS[-1])
    _at(scene, last, WATCHED_AFTER, lambda: watching.watch(municipality=scene.crowd.municipality))


def _followed(scene: Scene) -> list[AmendmentLine]:
    return list(following.adopted(following.of_trajectory(scene.trajectory)))


def _at(scene: Scene, end: date, days: int, act: Callable[[], Any]) -> None:
    """So many days after the end of a period, in the morning; nothing when that is still to come."""
    moment = timezone.make_aware(datetime.combine(end + timedelta(days=days), time(10, 30)))
    if moment < scene.now:
        with scene.past.at(moment):
            act()


def _report(scene: Scene, line: AmendmentLine, each: dict[str, Any], place: int) -> None:
    spent = (line.council_line.adopted_amount or 0) * each["parts"][place] // 100
    spending = Spending(QUARTERS[place], spent, each["texts"][place])
    reporting.report(line=line, by=scene.official("behandelaar.polderwijk"), spending=spending)


def observe(scene: Scene, *, first: int, since: float, until: float) -> None:
    """What residents see of each amount, in words or not; the newest still wait to be read."""
    lines = {line.outcome_line.line.code: line for line in _followed(scene)}
    acts = list[Callable[[], Any]]()
    for code, told in scene.said["observations"].items():
        for sees, words in told if code in lines else ():
            acts.append(partial(_observe, scene, lines[code], first + len(acts), sees, words))
    scene.rng.shuffle(acts)
    scene.spread(acts, since=since, until=until)


def _observe(scene: Scene, line: AmendmentLine, number: int, sees: str, words: str) -> None:
    person = scene.crowd.person(number)
    wijk = person.home_area and person.home_area.parent
    seen: Observation = observing.observe(line=line, by=person, sight=Sight(Seen(sees), words, wijk))
    if not seen.is_public and timezone.now() < scene.now - UNREAD:
        scene.publish(seen)


def keep_promise(scene: Scene) -> None:
    """One promise is done, and those behind it say whether that is so."""
    done = scene.said["done"]
    line = next(each for each in _followed(scene) if each.outcome_line.line.code == done["code"])
    commitment = line.council_line.commitment
    assert commitment is not None  # noqa: S101  adopted amounts have one
    scene.do(
        done["ago"],
        lambda: moving.move(
            commitment=commitment, status=CommitmentStatus.DONE, by=scene.coordinator, text=done["text"]
        ),
    )
    newest = Commitment.objects.get(pk=commitment.pk)
    people = promise_people.behind(newest).order_by("pk")
    for place, (person, value) in enumerate(zip(people, done["said"], strict=False)):
        say = partial(
            judging.judge, commitment=newest, participant=person, value=value, round_number=newest.round
        )
        scene.do(done["ago"] - 2 - place, say)
