"""Making promises in answer to what was said or decided, and tying more to them."""

from collections.abc import Iterable
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from trajecten import registry
from trajecten.domain import activities
from trajecten.domain.promises import changing, checking, finding, locking, moving, terms, turns
from trajecten.domain.promises.refusals import PromiseRefused
from trajecten.enums import CommitmentStatus
from trajecten.models import (
    Area,
    Commitment,
    CommitmentOrigin,
    Contribution,
    Participant,
    Team,
    Trajectory,
    User,
)


@transaction.atomic
def promise(
    *, contribution: Contribution, text: str, deadline: date, owner: User, by: User, team: Team | None = None
) -> Commitment:
    """Promise something in answer to a contribution.

    A promise that stands on it alone and is not late gets the new date instead, with the earlier one in its history.
    One whose date has passed was not kept: it stays with that date as broken, beside the new promise. The new words
    are the reason of either, where others may read the contribution: a reason is public. What answers others too, or
    was promised in a decision, stays as it is, beside the new promise.
    """
    reason = text if contribution.is_public else _("Who asked for it was told why.")
    made = finding.standing_on_it_alone(contribution).select_for_update(of=("self",)).first()
    if made and made.deadline >= timezone.localdate():
        return changing.change(
            commitment=made, text=text, deadline=deadline, owner=owner, by=by, reason=reason
        )
    if made:
        moving.move(commitment=made, status=CommitmentStatus.BROKEN, by=by, reason=reason)
    return promise_for(
        trajectory=contribution.trajectory,
        origins=[contribution],
        text=text,
        deadline=deadline,
        owner=owner,
        by=by,
        area=contribution.area,
        team=team,
    )


@transaction.atomic
def promise_for(
    *,
    trajectory: Trajectory,
    origins: Iterable[Model],
    text: str,
    deadline: date,
    by: User | None,
    owner: User | None = None,
    owner_participant: Participant | None = None,
    owner_group: str = "",
    area: Area | None = None,
    team: Team | None = None,
    is_news: bool = True,
) -> Commitment:
    """Promise something in answer to any number of contributions, of any app, or to lines of a decision.

    Refused (``PromiseRefused``) without words, for a date more than ten years away, and unless there is exactly one
    owner: an official, a resident or a group by its name. An origin of another municipality is refused too, and one
    that asks for nothing, as a compliment.
    ``is_news`` is False where followers hear of it with what it follows from.
    """
    checking.text(text)
    checking.deadline(deadline)
    checking.owner(owner, owner_participant, owner_group)
    commitment = Commitment.objects.create(
        municipality_id=trajectory.municipality_id,
        trajectory=trajectory,
        text=text.strip(),
        owner=owner,
        owner_participant=owner_participant,
        owner_group=owner_group.strip(),
        area=area,
        team=team,
        deadline=deadline,
        reminded=terms.begun(deadline, timezone.localdate()),
    )
    for origin in origins:
        _tie(commitment, origin)
    moved, dates = ("", CommitmentStatus.PROMISED), (None, deadline)
    turns.turn(commitment=commitment, by=by, verb="promised", moved=moved, dates=dates, is_news=is_news)
    return commitment


def _tie(commitment: Commitment, origin: Model) -> bool:
    """Whether it was not an origin yet."""
    if origin.municipality_id != commitment.municipality_id:  # type: ignore[attr-defined]
        raise PromiseRefused(_("This is of another municipality."), field="origins")
    if isinstance(origin, Contribution) and not registry.contribution_kind(type(origin)).can_be_promised(
        origin
    ):
        raise PromiseRefused(_("This asks for nothing, so nothing can be promised on it."), field="origins")
    kind = ContentType.objects.get_for_model(origin)
    _origin, is_new = CommitmentOrigin.objects.get_or_create(
        commitment=commitment,
        content_type=kind,
        object_id=origin.pk,
        defaults={"municipality_id": commitment.municipality_id},
    )
    return is_new


@transaction.atomic
def add_origin(*, commitment: Commitment, origin: Model, by: User) -> bool:
    """Say that the promise answers this too. Returns whether that is new; twice is harmless."""
    commitment = locking.lock(commitment)
    is_new = _tie(commitment, origin)
    if is_new:
        activities.record(verb="promise_answers_more", target=commitment, by=by, is_public=True)
    return is_new
