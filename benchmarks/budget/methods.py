"""How fast ballots and alternative budgets are counted, over as many residents as a large city has voting."""

import random
import time
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from budget.domain.alternative.lines import Line
from budget.domain.alternative.outcome import work_out
from budget.domain.alternative.proposals import Change, Proposals, gather
from trajecten.counting import equal_shares
from trajecten.counting.add_one import add_one
from trajecten.counting.ballots import Ballot, Election, Project, VoteType
from trajecten.counting.tally import Tally, tally

SEED = 20261128
REPEATS = 5


def measure(*, proposals: int = 10_000) -> list[dict[str, Any]]:
    """A row for each method: the best of a few times, in seconds, and what it may take at most."""
    plain, completed, made = _votes(85, 8520), _votes(60, 10_081), _proposals(proposals)
    return [
        _row("equal-shares-plain 85 x 8520", 0.1, lambda: equal_shares.plain(plain)),
        _row("equal-shares add-one 60 x 10081", 1.0, lambda: add_one(completed)),
        _row(f"residents-alternative {proposals} x 55", 1.0, lambda: work_out(made)),
    ]


def _row(name: str, target: float, run: Callable[[], object]) -> dict[str, Any]:
    took = []
    for _turn in range(REPEATS):
        began = time.perf_counter()
        run()
        took.append(time.perf_counter() - began)
    best = min(took)
    return {"bench": name, "seconds": round(best, 4), "target": target, "met": best < target}


def _votes(projects: int, voters: int) -> Tally:
    """Approval votes, some projects far more popular than others, and money for a quarter of what is asked."""
    chance = random.Random(SEED)
    popular = [chance.random() ** 2 + 0.02 for _project in range(projects)]
    made = tuple(
        Project(f"{number}", Fraction(chance.choice((1, 2, 3, 5, 8)) * chance.randint(1_000, 40_000)))
        for number in range(projects)
    )
    ids = [project.id for project in made]
    ballots = tuple(
        Ballot(f"{voter}", tuple(sorted(set(chance.choices(ids, popular, k=chance.randint(1, 16))))))
        for voter in range(voters)
    )
    budget = Fraction(int(sum(project.cost for project in made)) // 4)
    return tally(Election(budget, VoteType.APPROVAL, made, ballots))


def _proposals(residents: int, lines: int = 55) -> Proposals:
    """Every resident moves money between twelve of the lines."""
    chance = random.Random(SEED)
    made = tuple(Line(f"{number}", "", 10_000 + number, 9_000, 11_100) for number in range(lines))
    changes = [
        Change(f"{resident}", made[number].id, amount)
        for resident in range(residents)
        for pair in range(6)
        for amount in (chance.randint(1, 900),)
        for number, amount in zip(_two(chance, pair, lines), (amount, -amount), strict=True)
    ]
    return gather(lines=made, changes=changes)


def _two(chance: random.Random, pair: int, lines: int) -> list[int]:
    """Two lines of a part of all lines that belongs to this pair alone."""
    part = range(pair * lines // 6, (pair + 1) * lines // 6)
    return chance.sample(part, 2)
