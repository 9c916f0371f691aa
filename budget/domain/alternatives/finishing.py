"""Finishing an alternative, so that it counts, and going on with it, so that it does not until it is finished again."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from budget.domain.alternatives import judging, locking, making, telling
from budget.domain.alternatives.judging import Change
from budget.domain.alternatives.refusals import AlternativeConflict, AlternativeRefused
from budget.domain.rounds import locking as round_locking
from budget.enums import AlternativeState
from budget.models import Alternative, Round
from trajecten.domain import activities, participants
from trajecten.domain.moderation import deciding
from trajecten.enums import Moderation, ParticipantKind
from trajecten.models import Area, Participant, User

MISSING = "missing"


@dataclass(frozen=True)
class About:
    """As whom somebody takes part, from where, and what they want with it as a whole."""

    kind: str = ParticipantKind.RESIDENT
    area: Area | None = None
    text: str = ""


@transaction.atomic
def finish(*, alternative: Alternative, expected: int, about: About) -> Alternative:
    """Say that it is done: from now on it counts. Again with the same changes nothing.

    Whether it comes before the round is closed is decided here: both lock the round. Raises ``AlternativeConflict``
    when it was changed since the page that was looked at (``expected``). Refused (``AlternativeRefused``): when the
    round is closed, and as long as anything is ``judging.missing``.
    """
    participants.lock(alternative.author_id)
    draft = locking.lock_with_round(alternative)
    if draft.state == AlternativeState.FINISHED and draft.revision == expected:
        return draft
    locking.check_takes(draft.round)
    if draft.revision != expected:
        raise AlternativeConflict(draft)
    _check_done(draft)
    _finish(draft, about)
    activities.record(verb="alternative_finished", target=draft, by=draft.author)
    telling.finished(draft)
    return draft


def _check_done(draft: Alternative) -> None:
    missing = judging.missing(draft, draft.round.lines.all(), judging.of(draft))
    if missing:
        raise AlternativeRefused(" ".join(missing), code=MISSING)


def _finish(draft: Alternative, about: About) -> None:
    draft.moderation = deciding.of_changed(draft)
    draft.state, draft.finished_at = AlternativeState.FINISHED, timezone.now()
    draft.kind, draft.area, draft.text = about.kind, about.area, about.text.strip()
    draft.save()


@transaction.atomic
def reopen(*, alternative: Alternative, by: Participant | None) -> Alternative:
    """Go on changing it: it is a draft again and does not count until it is finished again. Again changes nothing.

    Nobody reads a draft, so it waits for nobody; one that was hidden before is hidden again until it is finished.
    Refused (``AlternativeRefused``) when the round is closed: then what was finished stays.
    """
    participants.lock(alternative.author_id)
    found = locking.lock_with_round(alternative)
    if found.state == AlternativeState.DRAFT:
        return found
    locking.check_takes(found.round)
    found.state, found.finished_at = AlternativeState.DRAFT, None
    found.revision += 1
    if found.moderation == Moderation.PENDING:
        found.moderation = Moderation.HIDDEN if deciding.was_hidden(found) else Moderation.PUBLISHED
    found.save()
    activities.record(verb="alternative_reopened", target=found, by=by)
    return found


@transaction.atomic
def enter_paper(
    *, found: Round, key: uuid.UUID, given: Mapping[int, Change], about: About, by: User
) -> Alternative:
    """Keep a form on paper as a finished alternative of nobody. The same form (``key``) again changes nothing.

    Refused (``AlternativeRefused``): when the round is closed, and when it does not balance or breaks a bound.
    """
    locked = round_locking.lock(found)
    known: Alternative | None = Alternative.objects.filter(round=locked, key=key).first()
    if known:
        return known
    locking.check_takes(locked)
    made: Alternative = Alternative.objects.create(
        municipality_id=locked.municipality_id,
        trajectory=locked.trajectory,
        round=locked,
        key=key,
        text="",
        confirmed_at=timezone.now(),
        moderation=Moderation.PUBLISHED,
    )
    making.keep(alternative=made, given=given, expected=made.revision)
    made.refresh_from_db()
    made.round = locked
    _check_done(made)
    _finish(made, about)
    activities.record(verb="alternative_entered", target=made, by=by)
    return made
