"""The reasons that residents gave for a line, and the summary of who read them all."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from budget.domain.outcomes.refusals import OutcomeRefused, SummaryChanged
from budget.enums import AlternativeState
from budget.models import AlternativeChange, Outcome, OutcomeLine
from trajecten.domain import activities
from trajecten.enums import Moderation
from trajecten.models import User

SUMMARISED = "reasons_summarised"


@dataclass(frozen=True)
class Reason:
    """Why somebody wants more or less on a line. ``change`` in the unit of the round."""

    change: int
    words: str


def of_line(line: OutcomeLine, *, only_public: bool = False) -> Sequence[Reason]:
    """The reasons that were given for this line by who was counted, from most more to most less.

    What was opened again since is a draft, which nobody else reads.
    """
    rows = AlternativeChange.objects.filter(
        line=line.line_id,
        alternative__in=line.outcome.counted.values("alternative"),
        alternative__state=AlternativeState.FINISHED,
    ).exclude(reason="")
    if only_public:
        rows = rows.filter(alternative__moderation=Moderation.PUBLISHED)
    return [Reason(*row) for row in rows.order_by("-change", "pk").values_list("change", "reason")]


@transaction.atomic
def summarise(*, line: OutcomeLine, by: User, text: str, seen: str = "") -> OutcomeLine:
    """Write what one read in all the reasons. People write it, no model does; it can be written anew until the
    amendment was handed in. ``seen`` is what it said when it was read.

    Refused (``OutcomeRefused``) after handing in: the council reads it as it is; and ``SummaryChanged`` when it says
    something else by now, unless that is the same as ``text``.
    """
    outcome = Outcome.objects.select_for_update(of=("self",)).get(pk=line.outcome_id)
    if hasattr(outcome, "amendment") and outcome.amendment.council_item_id:
        raise OutcomeRefused(_("The amendment has been handed in with these words."), field="summary")
    line.refresh_from_db(fields=["summary"])
    if line.summary.split() not in (seen.split(), text.split()):
        raise SummaryChanged(line.summary)
    line.summary, line.summary_by = text.strip(), by
    line.save(update_fields=["summary", "summary_by"])
    activities.record(verb=SUMMARISED, target=outcome, by=by, details={"line": line.line_id})
    return line
