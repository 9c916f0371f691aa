"""What the council adopts of an amendment becomes a promise for each line, in the transaction of the decision."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from budget.method import ACCOUNTS_WITH_PROVINCE, PROMISED_DAYS
from budget.models import AmendmentLine
from trajecten import money
from trajecten.domain.promises import making, moving
from trajecten.enums import COMMITMENT_TRANSITIONS, CommitmentStatus
from trajecten.models import Commitment, CouncilItem, User


def promise_adopted(item: CouncilItem, by: User) -> None:
    """Make a promise of every line that was adopted, whole or in part, and has none that stands.

    It is kept by the coordinator of the trajectory, or who entered the decision, until the end of the year of the
    budget. A correction to another amount withdraws the promise of the earlier one and makes another.
    """
    rows = AmendmentLine.objects.filter(amendment__council_item=item).select_related(
        "council_line__commitment", "outcome_line__line", "outcome_line__outcome__round__budget"
    )
    adopted = _adopted(item)
    with translation.override(settings.LANGUAGE_CODE):
        for row in rows:
            _promise_line(item, row, adopted[row.council_line.number], by)


def _adopted(item: CouncilItem) -> dict[int, set[int]]:
    """By the number of a point the amounts that were adopted of it, in this decision and those before."""
    found: dict[int, set[int]] = defaultdict(set)
    for lines in item.decisions.values_list("lines", flat=True):
        for line in lines:
            found[line["number"]].add(line.get("adopted_amount") or 0)
    return found


def _promise_line(item: CouncilItem, row: AmendmentLine, adopted: Collection[int], by: User) -> None:
    """What the clerk promised in words of their own stands, also when they name the line."""
    point = row.council_line
    words, standing = _words(row, point.adopted_amount or 0), point.commitment
    if standing and standing.status != CommitmentStatus.WITHDRAWN:
        is_ours = standing.text in {_words(row, amount) for amount in adopted}
        if not point.adopted_amount or standing.text == words or not is_ours:
            return
        _withdraw(standing, by)
    if point.adopted_amount:
        point.commitment = _promise(item, row, words, by)
        point.save(update_fields=["commitment"])


def _words(row: AmendmentLine, amount: int) -> str:
    words = {
        "amount": money.whole(abs(amount)),
        "name": row.outcome_line.line.name,
        "year": row.outcome_line.outcome.round.budget.year,
    }
    if amount > 0:
        return _("We spend %(amount)s more on %(name)s in %(year)s.") % words
    return _("We spend %(amount)s less on %(name)s in %(year)s.") % words


def _withdraw(standing: Commitment, by: User) -> None:
    if CommitmentStatus.WITHDRAWN in COMMITMENT_TRANSITIONS[standing.status]:
        reason = _("The decision was corrected to another amount.")
        moving.move(commitment=standing, status=CommitmentStatus.WITHDRAWN, by=by, reason=reason)


def _promise(item: CouncilItem, row: AmendmentLine, words: str, by: User) -> Commitment:
    trajectory = item.trajectory
    assert trajectory is not None  # noqa: S101  an amendment has one
    outcome = row.outcome_line.outcome
    return making.promise_for(
        trajectory=trajectory,
        origins=[item, outcome],
        text=words,
        deadline=deadline(outcome.round.budget.year, timezone.localdate()),
        owner=trajectory.coordinator or by,
        by=by,
        is_news=False,
    )


def deadline(year: int, today: date) -> date:
    """The end of the year of the budget; where that has passed, the day by which its accounts are there."""
    for day in (date(year, 12, 31), date(year + 1, *ACCOUNTS_WITH_PROVINCE)):
        if day > today:
            return day
    return today + timedelta(days=PROMISED_DAYS)
