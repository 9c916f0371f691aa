"""Who has something at stake in a promise: who is behind its origins, and who keeps it."""

from collections.abc import Iterator
from functools import reduce
from operator import or_

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from trajecten import registry
from trajecten.domain.staffing import people as staff
from trajecten.models import Commitment, CommitmentOrigin, Contribution, Participant, User


def by_kind(commitment: Commitment) -> Iterator[tuple[registry.ContributionKind, list[int]]]:
    """The contributions among the origins, by their kind; a line of a decision is none."""
    keys: dict[int, list[int]] = {}
    rows = CommitmentOrigin.objects.filter(commitment=commitment).values_list("content_type", "object_id")
    for kind, key in rows.order_by("id"):
        keys.setdefault(kind, []).append(key)
    for kind, found in keys.items():
        model = ContentType.objects.get_for_id(kind).model_class()
        known = {entry.model: entry for entry in registry.contribution_kinds()}.get(model)  # type: ignore[arg-type]
        if known:
            yield known, found


def behind(commitment: Commitment) -> QuerySet[Participant]:
    """Everybody behind its origins: who said it, and who supports that."""
    return _behind(list(by_kind(commitment)))


def to_ask(commitment: Commitment, *, asked_by: Contribution | None = None) -> QuerySet[Participant]:
    """Those behind its origins who can be mailed, save the author of the contribution that asks them itself."""
    people = behind(commitment).filter(email__isnull=False)
    return people.exclude(pk=asked_by.author_id) if asked_by and asked_by.author_id else people


def _behind(kinds: list[tuple[registry.ContributionKind, list[int]]]) -> QuerySet[Participant]:
    if not kinds:
        return Participant.objects.none()
    return Participant.objects.filter(
        reduce(or_, (Q(pk__in=kind.behind(keys).values("pk")) for kind, keys in kinds))
    )


def is_author(commitment: Commitment, participant: Participant) -> bool:
    """Whether this participant said one of the things that the promise answers."""
    return any(
        kind.model.objects.filter(pk__in=keys, author=participant).exists()
        for kind, keys in by_kind(commitment)
    )


def said_by(
    commitment: Commitment, participant: Participant
) -> Iterator[tuple[registry.ContributionKind, Contribution]]:
    """What this participant said of what the promise answers, with its kind."""
    for kind, keys in by_kind(commitment):
        for row in kind.model.objects.filter(pk__in=keys, author=participant).order_by("pk"):
            yield kind, row


def lock_said_by(commitment: Commitment, participant: Participant) -> None:
    """Lock what this participant said, before the promise: who answers a contribution locks in that order too."""
    for kind, keys in by_kind(commitment):
        own = kind.model.objects.filter(pk__in=keys, author=participant)
        list(own.select_for_update(of=("self",)).order_by("pk").values_list("pk"))


def coordinators(commitment: Commitment) -> list[User]:
    """The coordinator of its trajectory; all of the municipality where it has none."""
    own = commitment.trajectory.coordinator
    if own is not None and own.is_active:
        return [own]
    return list(staff.coordinators(commitment.municipality_id))


def keepers(commitment: Commitment) -> list[User | Participant]:
    """Who is told about keeping it: the owner, or coordinators for a group and for who can't be reached."""
    if commitment.owner is not None and commitment.owner.is_active:
        return [commitment.owner]
    if commitment.owner_participant is not None and commitment.owner_participant.email:
        return [commitment.owner_participant]
    return list(coordinators(commitment))
