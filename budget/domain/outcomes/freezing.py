"""Freezing the residents' alternative: counted once, kept under a number, and never changed."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budget.domain.alternative.outcome import Outcome as Worked
from budget.domain.alternative.outcome import work_out
from budget.domain.outcomes import files, gathering, telling
from budget.domain.outcomes.breaking_down import breakdown
from budget.domain.outcomes.refusals import OutcomeRefused
from budget.method import SMALLEST_GROUP
from budget.models import Counted, Outcome, OutcomeLine, Round, RoundLine
from trajecten.domain import activities
from trajecten.enums import Moderation
from trajecten.models import User

FROZEN = "residents_alternative_frozen"


@transaction.atomic
def freeze(*, round: Round, by: User) -> Outcome:
    """Count the finished alternatives as they are now, and keep that under the next number.

    While the round is open it is an interim count, which only officials see. The first one after that is for everybody,
    and the last: again gives that one. Two at once take turns; when nothing changed since the last interim count that
    one is given, so pressing twice makes one.

    Refused (``OutcomeRefused``): a round that was never opened; fewer finished alternatives than
    ``method.SMALLEST_GROUP``, because the file would then say who wants what; and an interim count that has fewer than
    that more or less than an earlier one, because the difference of both would. The one for everybody is not refused
    for that: who finished in the last days counts as well.
    """
    round = Round.objects.select_for_update(of=("self",)).select_related("trajectory").get(pk=round.pk)
    known = list(round.outcomes.all())
    if known and not known[0].was_open:
        return known[0]
    people = gathering.people(round)
    _check(round, len(people))
    if known and round.is_open and _same(known[0], people):
        return known[0]
    lines = list(round.lines.all())
    proposals = gathering.table(lines, people)
    file = files.of_people(people.values())
    for before in known if round.is_open else ():
        _check_apart(before, file)
    outcome = Outcome.objects.create(
        municipality_id=round.municipality_id,
        trajectory=round.trajectory,
        text=round.title,
        moderation=Moderation.PUBLISHED,
        round=round,
        number=known[0].number + 1 if known else 1,
        residents=len(people),
        file=file,
        lines_file=files.of_lines(lines),
        sha256=files.checksum(file),
        breakdown=breakdown(proposals, people),
        was_open=round.is_open,
        frozen_by=by,
    )
    _keep_lines(outcome, lines, work_out(proposals).lines, known[0] if known else None)
    _keep_counted(outcome, people)
    telling.frozen(outcome)
    activities.record(
        verb=FROZEN, target=round, by=by, is_public=not outcome.was_open, details={"number": outcome.number}
    )
    return outcome


def _check(round: Round, people: int) -> None:
    if round.opened_at is None:
        raise OutcomeRefused(_("This round has not been opened, so nobody could make an alternative."))
    if people < SMALLEST_GROUP:
        words = ngettext(
            "Only %(n)d alternative is finished. From %(least)d on it can be counted: with fewer it would show who "
            "wants what.",
            "Only %(n)d alternatives are finished. From %(least)d on it can be counted: with fewer it would show who "
            "wants what.",
            people,
        )
        raise OutcomeRefused(words % {"n": people, "least": SMALLEST_GROUP})


def _check_apart(last: Outcome, file: str) -> None:
    was, now = files.contents(last.file), files.contents(file)
    if not any(0 < moved.total() < SMALLEST_GROUP for moved in (now - was, was - now)):
        return
    words = _(
        "Too little changed since number %(n)d: the difference would show what fewer than %(least)d people want or "
        "wanted. Count again when more of them came or changed theirs."
    )
    raise OutcomeRefused(words % {"least": SMALLEST_GROUP, "n": last.number})


def _same(last: Outcome, people: dict[int, gathering.Person]) -> bool:
    """Whether the same people still want the same: as many of each proposal as in the file of the last number."""
    if set(last.counted.values_list("alternative", flat=True)) != set(people):
        return False
    return files.contents(last.file) == files.contents(files.of_people(people.values()))


def _keep_lines(
    outcome: Outcome, lines: Sequence[RoundLine], worked: Sequence[Worked], before: Outcome | None
) -> None:
    """What was written of the reasons for the last interim count is there to go on from."""
    written = {line.line_id: line for line in before.lines.all()} if before else {}
    OutcomeLine.objects.bulk_create(
        OutcomeLine(
            municipality_id=outcome.municipality_id,
            outcome=outcome,
            line=line,
            total=int(found.mean_exact * outcome.residents),
            mean=found.mean_rounded,
            raised_by=found.raised_by,
            lowered_by=found.lowered_by,
            unchanged_by=found.unchanged_by,
            median=float(found.median),
            common_rank=float(found.common_rank),
            summary=written[line.pk].summary if line.pk in written else "",
            summary_by_id=written[line.pk].summary_by_id if line.pk in written else None,
        )
        for line, found in zip(lines, worked, strict=True)
    )


def _keep_counted(outcome: Outcome, people: dict[int, gathering.Person]) -> None:
    Counted.objects.bulk_create(
        Counted(municipality_id=outcome.municipality_id, outcome=outcome, alternative_id=key)
        for key in people
    )
