"""Who and what is behind a council item: contributions of any app, and the people who said or support them."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet

from trajecten import registry
from trajecten.models import Commitment, CommitmentOrigin, CouncilItem, Enrolment, Participant
from trajecten.registry import ContributionKind

Keys = list[tuple[ContributionKind, list[int]]]


def contribution_keys(item: CouncilItem) -> Keys:
    """Of each kind of contribution the keys behind the item: tied to it, or answered by a promise tied to it."""
    tied = list(item.origins.values_list("content_type_id", "object_id"))
    promise = ContentType.objects.get_for_model(Commitment).pk
    promises = [key for content_type, key in tied if content_type == promise]
    if promises:
        answered = CommitmentOrigin.objects.filter(commitment__in=promises)
        tied += answered.values_list("content_type_id", "object_id")
    found: Keys = []
    for kind in registry.contribution_kinds():
        content_type = ContentType.objects.get_for_model(kind.model).pk
        keys = sorted({key for of, key in tied if of == content_type})
        if keys:
            found.append((kind, keys))
    return found


def contributions(keys: Keys) -> list[Model]:
    """The contributions themselves, with what their titles and addresses need."""
    return [row for kind, of_kind in keys for row in kind.load(of_kind).values()]


def promises(item: CouncilItem) -> QuerySet[Commitment]:
    """The promises that were put to council or college with this item."""
    kind = ContentType.objects.get_for_model(Commitment)
    tied = item.origins.filter(content_type=kind).values("object_id")
    return Commitment.objects.filter(pk__in=tied).order_by("deadline", "id")


def made(item: CouncilItem) -> QuerySet[Commitment]:
    """The promises that the decision made, on the item or on its points."""
    by_line = item.lines.filter(commitment__isnull=False).values("commitment")
    return Commitment.objects.filter(Q(pk=item.commitment_id) | Q(pk__in=by_line)).order_by("deadline", "id")


def authors(keys: Keys) -> QuerySet[Participant]:
    """Who said it, as far as they left an address."""
    wanted = _any(
        Q(pk__in=kind.model.objects.filter(pk__in=of_kind, author__isnull=False).values("author"))
        for kind, of_kind in keys
    )
    return Participant.objects.filter(wanted, email__isnull=False)


def supporters(keys: Keys) -> QuerySet[Participant]:
    """Who else has something at stake in it, as far as they left an address."""
    wanted = _any(Q(pk__in=kind.behind(of_kind).values("pk")) for kind, of_kind in keys)
    found = Participant.objects.filter(wanted, email__isnull=False)
    return found.exclude(pk__in=authors(keys).values("pk"))


def members(item: CouncilItem) -> QuerySet[Participant]:
    """Who takes part in its trajectory, as far as they left an address."""
    inside = Enrolment.objects.filter(trajectory=item.trajectory_id).active()
    return Participant.objects.filter(pk__in=inside.values("participant"), email__isnull=False)


def reached(item: CouncilItem, keys: Keys) -> int:
    """How many people get a mail of the decision: who said or supports it, and who takes part in its trajectory."""
    everybody = authors(keys) | supporters(keys) | members(item)
    return everybody.count()


def _any(wanted: Iterable[Q]) -> Q:
    """Any of these; with nothing wanted, nobody."""
    found = Q(pk__in=[])
    for each in wanted:
        found |= each
    return found
