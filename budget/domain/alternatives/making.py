"""Keeping what somebody makes, as they go."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from budget.domain.alternatives import judging, locking
from budget.domain.alternatives.judging import Change
from budget.domain.alternatives.refusals import AlternativeConflict, AlternativeRefused
from budget.enums import AlternativeState
from budget.models import Alternative, AlternativeChange, RoundLine

FINISHED = "finished"


@transaction.atomic
def keep(*, alternative: Alternative, given: Mapping[int, Change], expected: int) -> Alternative:
    """Keep all changes of a draft: what is not ``given`` is as in the budget. It need not balance yet.

    ``expected`` is the revision that the page began with. The same changes again change nothing, whatever revision
    the page knew. Raises ``AlternativeConflict`` when something else was kept since. Refused (``AlternativeRefused``):
    when the round is closed, for one that is finished, and a line of another round.
    """
    draft = locking.lock(alternative)
    locking.check_takes(draft.round)
    if draft.state == AlternativeState.FINISHED:
        raise AlternativeRefused(_("This alternative is finished. Choose first to change it."), code=FINISHED)
    wanted = {key: change for key, change in given.items() if change}
    if judging.of(draft) == wanted:
        return draft
    if draft.revision != expected:
        raise AlternativeConflict(draft)
    _replace(draft, wanted)
    draft.revision += 1
    draft.save(update_fields=["revision", "changed_at"])
    return draft


def _replace(draft: Alternative, wanted: Mapping[int, Change]) -> None:
    lines = RoundLine.objects.filter(round=draft.round_id, pk__in=wanted)
    known = set(lines.values_list("pk", flat=True))
    if known != set(wanted):
        raise AlternativeRefused(_("This line is not in this round."))
    AlternativeChange.objects.filter(alternative=draft).delete()
    AlternativeChange.objects.bulk_create(
        AlternativeChange(
            municipality_id=draft.municipality_id,
            alternative=draft,
            line_id=key,
            change=change.change,
            reason=change.reason,
        )
        for key, change in wanted.items()
    )
