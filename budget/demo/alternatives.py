"""A round of the demo, and the alternative budgets that people made in it: balanced, within bounds, with reasons."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

from django.utils import timezone

from budget.demo import scene as told
from budget.demo.scene import Scene
from budget.domain.alternatives import beginning, finishing, making
from budget.domain.alternatives.finishing import About
from budget.domain.alternatives.judging import Change
from budget.domain.rounds import lines, opening, preparing
from budget.domain.rounds.proposing import Choice
from budget.enums import BudgetKind
from budget.models import Alternative, Budget, Round, RoundLine
from trajecten.models import Participant

# What is divided, in thousands of euro, and in steps of how much.
AMOUNTS, STEP = (100, 150, 200, 250, 300, 400, 500, 750), 10
WISHES = (
    "Eerst de mensen, dan de stenen.",
    "Hulp dichtbij, zonder wachten.",
    "Wat je vandaag aan hulp geeft, bespaar je morgen.",
    "Niet alles kan, maar dit wel.",
)


def open_round(scene: Scene, *, year: int, prepared: float, opened: float, closes_on: date) -> Round:
    """On the budget of a year, with the lines on which people lean."""
    budget = Budget.objects.get(year=year, kind=BudgetKind.PRIMITIVE, is_current=True)
    plan = preparing.Plan(**scene.said["round"], closes_on=closes_on)
    made: Round = scene.do(
        prepared,
        lambda: preparing.prepare(
            trajectory=scene.trajectory, budget=budget, plan=plan, choice=Choice(), by=scene.coordinator
        ),
    )
    lean = scene.said["lean"]
    rest = made.lines.exclude(code__in={*lean["more"], *lean["less"]}).values_list("pk", flat=True)
    scene.do(prepared, lambda: lines.keep(found=made, rows={}, remove=list(rest), by=scene.coordinator))
    found: Round = scene.do(opened, lambda: opening.open_round(found=made, by=scene.coordinator))
    return found


def make(
    scene: Scene, found: Round, *, people: Iterable[int], since: float, until: float, drafts: int = 0
) -> None:
    """Alternatives of these people; of the last ``drafts`` one that is not finished."""
    maker, numbers = Maker(scene, found), list(people)
    finished = len(numbers) - drafts
    acts: list[Callable[[], Any]] = [
        partial(maker.make, scene.crowd.person(number), is_finished=place < finished)
        for place, number in enumerate(numbers)
    ]
    scene.rng.shuffle(acts)
    scene.spread(acts, since=since, until=until)


class Maker:
    """Makes what somebody would: money to some lines they lean to, from some that they would take it from."""

    def __init__(self, scene: Scene, found: Round) -> None:
        self.scene, self.round = scene, found
        self.lines = {line.code: line for line in found.lines.all()}
        self.lean: Mapping[str, Mapping[str, int]] = scene.said["lean"]
        self.reasons = told.read("reasons")

    def make(self, person: Participant, *, is_finished: bool) -> None:
        alternative = beginning.begin(found=self.round, by=person)
        kept = making.keep(alternative=alternative, given=self._changes(), expected=alternative.revision)
        if is_finished:
            self._finish(kept, person)
        elif self.scene.rng.random() < 0.6:
            self._tip(kept)

    def _finish(self, kept: Alternative, person: Participant) -> None:
        wish = self.scene.rng.choice(WISHES) if self.scene.rng.random() < 0.4 else ""
        home = person.home_area and person.home_area.parent  # the wijk says enough
        about = About(person.kind, home, wish)
        with self.scene.past.at(timezone.now() + timedelta(minutes=self.scene.rng.randint(2, 18))):
            done = finishing.finish(alternative=kept, expected=kept.revision, about=about)
            if not done.is_public and timezone.now() < self.scene.now - timedelta(days=2):
                self.scene.publish(done)

    def _tip(self, kept: Alternative) -> None:
        """A draft that does not balance yet."""
        given = {row.line_id: Change(row.change, row.reason) for row in kept.changes.all() if row.change > 0}
        making.keep(alternative=kept, given=given, expected=kept.revision)

    def _changes(self) -> dict[int, Change]:
        rng = self.scene.rng
        more = self._pick("more", rng.randint(2, 4), set())
        less = self._pick("less", rng.randint(1, 4), set(more))
        wanted = min(rng.choice(AMOUNTS), _room(more, self.lines, 1), _room(less, self.lines, -1))
        given = {**self._divide(wanted, more, 1), **self._divide(wanted, less, -1)}
        return {
            self.lines[code].pk: Change(change, self._why(code, change)) for code, change in given.items()
        }

    def _pick(self, side: str, count: int, without: set[str]) -> list[str]:
        """Lines by chance, those most leaned to most often, that have room on this side."""
        sign = 1 if side == "more" else -1
        weights = {
            code: weight
            for code, weight in self.lean[side].items()
            if code in self.lines and code not in without and room(self.lines[code], sign)
        }
        return _some(weights, count, self.scene.rng)

    def _divide(self, amount: int, codes: list[str], sign: int) -> dict[str, int]:
        """The amount over these lines in round steps, none further than its bound; the last takes what is left."""
        found, left = dict.fromkeys(codes, 0), amount
        for place, code in enumerate(codes):
            later = _room(codes[place + 1 :], self.lines, sign)
            part = left // (len(codes) - place) * self.scene.rng.uniform(0.6, 1.4)
            part = round(part / STEP) * STEP if later else left
            part = min(max(part, left - later), room(self.lines[code], sign), left)
            found[code], left = sign * part, left - part
        return {code: change for code, change in found.items() if change}

    def _why(self, code: str, change: int) -> str:
        known = self.reasons.get(code, {}).get("more" if change > 0 else "less", [])
        return self.scene.rng.choice(known) if known and self.scene.rng.random() < 0.65 else ""


def room(line: RoundLine, sign: int) -> int:
    """How far a line can go up or down, in the unit of the round."""
    return line.cap - line.baseline if sign > 0 else line.baseline - line.floor


def _room(codes: Iterable[str], known: Mapping[str, RoundLine], sign: int) -> int:
    return sum(room(known[code], sign) for code in codes)


def _some(weights: dict[str, int], count: int, rng: Random) -> list[str]:
    """So many different ones, by their weight."""
    left, found = dict(weights), list[str]()
    while left and len(found) < count:
        code = rng.choices(list(left), list(left.values()))[0]
        found.append(code)
        del left[code]
    return found
