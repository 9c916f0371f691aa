"""How a council item is shown, in lists and on its page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trajecten.charts import Tag
from trajecten.domain.council import decisions
from trajecten.domain.promises import promised
from trajecten.enums import COUNCIL_OPEN, CommitmentStatus, CouncilStatus, LineDecision
from trajecten.models import Commitment, CouncilItem, CouncilLine

TONES = {
    CouncilStatus.ADOPTED: "success",
    CouncilStatus.PARTLY: "warning",
    CouncilStatus.REJECTED: "danger",
    CouncilStatus.WITHDRAWN: "inactive",
    LineDecision.ADOPTED: "success",
    LineDecision.CHANGED: "warning",
    LineDecision.REJECTED: "danger",
    CommitmentStatus.DONE: "success",
    CommitmentStatus.PARTLY: "warning",
    CommitmentStatus.BROKEN: "danger",
    CommitmentStatus.WITHDRAWN: "inactive",
}


@dataclass(frozen=True)
class Row:
    """A council item with what a list says of it; ``is_late`` when its outcome should have been entered."""

    item: CouncilItem
    tag: Tag
    day: date | None
    todo: str
    is_late: bool


def tag(row: CouncilItem | Commitment) -> Tag:
    """The status of an item or a promise."""
    return Tag(capfirst(row.get_status_display()), TONES.get(row.status, "neutral"))


def line_tag(line: CouncilLine) -> Tag:
    return Tag(capfirst(decisions.label(line.decision, line.amount)), TONES.get(line.decision, "neutral"))


def row(item: CouncilItem) -> Row:
    """The item with what is to be done with it now, and the day that counts."""
    today = timezone.localdate()
    is_open = item.status in COUNCIL_OPEN
    late = is_open and item.scheduled_for is not None and item.scheduled_for < today
    return Row(item, tag(item), item.decided_on or item.scheduled_for, _todo(item, late, is_open), late)


def _todo(item: CouncilItem, late: bool, is_open: bool) -> str:
    if late:
        return _("Enter what was decided")
    if is_open and item.scheduled_for is None:
        days = (timezone.localdate() - item.submitted_on).days
        if days < 1:
            return _("Waits for a date since today")
        return ngettext("Waits %(n)d day for a date", "Waits %(n)d days for a date", days) % {"n": days}
    return ""


def day(moment: date | None) -> str:
    return date_format(moment, "j F Y") if moment else ""


def promises(found: Iterable[Commitment], *, public: bool = False) -> list[dict[str, Any]]:
    """Promises with their words and their state; with ``public`` the words that everybody may read."""
    rows = promised.with_public_words(found) if public else list(found)
    return [
        {"promise": row, "words": row.public_text if public else row.text, "tag": tag(row)} for row in rows
    ]


def lines(item: CouncilItem, *, public: bool = False) -> list[dict[str, Any]]:
    """The points with what was decided on each, and the promise that came of it (``promises``)."""
    rows = list(item.lines.select_related("commitment"))
    made = promises([line.commitment for line in rows if line.commitment], public=public)
    shown = {row["promise"].pk: row for row in made}
    return [
        {
            "line": line,
            "own_words": decisions.own_words(line),
            "tag": line_tag(line) if line.decision != LineDecision.PENDING else None,
            "promise": shown.get(line.commitment_id),
        }
        for line in rows
    ]


def uncovered(shown: Iterable[dict[str, Any]]) -> int:
    """What adopted amounts come to together, in euro, where those that were asked cover each other; 0 otherwise.

    Above 0 the council adopted more money than is saved for it, below 0 it saved more.
    """
    rows = [each["line"] for each in shown if each["line"].amount is not None]
    if sum(line.amount for line in rows) != 0 or any(line.adopted_amount is None for line in rows):
        return 0
    return sum(line.adopted_amount for line in rows)
