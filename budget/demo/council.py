"""The residents' alternative of the demo on its way to the council: frozen, summarised, handed in and decided."""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial

from django.utils import timezone

from budget.demo.scene import Scene
from budget.domain.amendments import drafting, handing_in
from budget.domain.outcomes import freezing, reasons
from budget.domain.rounds import opening
from budget.models import Amendment, AmendmentLine, Outcome, Round
from trajecten.demo import people
from trajecten.domain.council import deciding
from trajecten.domain.council.decisions import Decision, Judged
from trajecten.enums import LineDecision
from trajecten.models import CouncilItem

STEP = 1000


def count(scene: Scene, found: Round, *, days_ago: float) -> Outcome:
    """Close the round, freeze what it comes to, and write what one reads in the reasons."""
    scene.do(days_ago, lambda: opening.close(found=found, by=scene.coordinator))
    outcome: Outcome = scene.do(days_ago - 1, lambda: freezing.freeze(round=found, by=scene.coordinator))
    for line in outcome.lines.select_related("line", "outcome"):
        text = scene.said["summaries"].get(line.line.code)
        if text:
            write = partial(reasons.summarise, line=line, by=scene.coordinator, text=text)
            scene.do(days_ago - 2, write)
    return outcome


def hand_in(scene: Scene, outcome: Outcome, *, days_ago: float) -> CouncilItem:
    """The amendment, with a title of its own."""
    drafted: Amendment = scene.do(days_ago + 2, lambda: drafting.draft(outcome=outcome, by=scene.coordinator))
    drafted = scene.do(
        days_ago + 1,
        lambda: drafting.change(
            amendment=drafted,
            by=scene.coordinator,
            version=drafted.version,
            title=scene.said["amendment"]["title"],
            findings=drafted.findings,
            considerations=drafted.considerations,
        ),
    )
    on = timezone.localdate(scene.now) - timedelta(days=round(days_ago))
    item: CouncilItem = scene.do(
        days_ago,
        lambda: handing_in.hand_in(
            amendment=drafted, by=scene.coordinator, submitted_on=on, version=drafted.version
        ),
    )
    return item


def decide(scene: Scene, item: CouncilItem, *, days_ago: float) -> None:
    """Each line adopted, adopted in part or rejected; what is adopted still covers itself."""
    clerk, on = people.account("griffier.polderwijk"), timezone.localdate(scene.now)
    item = CouncilItem.objects.get(pk=item.pk)
    decision = Decision(
        decided_on=on - timedelta(days=round(days_ago)),
        reason=scene.said["council"]["reason"],
        lines=_judged(scene, item),
    )
    scene.do(
        days_ago,
        lambda: deciding.decide(item=item, by=clerk, version=item.version, decision=decision),
    )


def _judged(scene: Scene, item: CouncilItem) -> list[Judged]:
    rows = AmendmentLine.objects.filter(amendment__council_item=item).select_related(
        "council_line", "outcome_line__line"
    )
    found = {row.outcome_line.line.code: row.council_line for row in rows}
    adopted = {code: _adopted(scene, code, line.amount or 0) for code, line in found.items()}
    cover = scene.said["cover"]["line"]
    rest = -sum(amount for code, amount in adopted.items() if code != cover)
    asked = found[cover].amount or 0 if cover in found else 0
    if asked <= rest < 0:
        adopted[cover] = rest
    return [
        _point(scene, code, found[code].number, found[code].amount or 0, amount)
        for code, amount in adopted.items()
    ]


def _adopted(scene: Scene, code: str, asked: int) -> int:
    if code in scene.said["rejected"]:
        return 0
    return round(asked / 2 / STEP) * STEP if code in scene.said["partly"] else asked


def _point(scene: Scene, code: str, number: int, asked: int, adopted: int) -> Judged:
    reasons_of: Iterable[dict[str, str]] = (
        scene.said["rejected"],
        scene.said["partly"],
        {scene.said["cover"]["line"]: scene.said["cover"]["reason"]},
    )
    if adopted == asked:
        return Judged(number, LineDecision.ADOPTED)
    reason = next(told[code] for told in reasons_of if code in told)
    if adopted == 0:
        return Judged(number, LineDecision.REJECTED, reason=reason)
    return Judged(number, LineDecision.CHANGED, reason=reason, amount=adopted)
