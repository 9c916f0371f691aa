"""The verdict of those it concerns."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from trajecten.models import Participant, Verdict


def of(target: Model) -> QuerySet[Verdict]:
    """All verdicts on this, oldest first."""
    kind = ContentType.objects.get_for_model(target)
    return Verdict.objects.filter(content_type=kind, object_id=target.pk).order_by("id")


def known(
    *, target: Model, round_number: int, participant: Participant | None, source: Model | None = None
) -> Verdict | None:
    """What was said in this round by the same one: by this participant, or by who is known by ``source`` alone.

    ``source`` is the contribution by which a verdict was given on something that answers several of them. Without
    it, who has no name is the one who said ``target`` itself.
    """
    rows = of(target).filter(round=round_number)
    own = rows.filter(participant=participant).first() if participant else None
    if own or (participant and source is None):
        return own
    return rows.filter(participant=None, **_named(source)).first()


def _named(source: Model | None) -> dict[str, object]:
    kind = ContentType.objects.get_for_model(source) if source else None
    return {"source_type": kind, "source_id": source.pk if source else None}


@transaction.atomic
def give(
    *,
    target: Model,
    round_number: int,
    participant: Participant | None,
    value: str,
    words: str = "",
    source: Model | None = None,
) -> tuple[Verdict, bool]:
    """Record a verdict; who says something again in the same round (``known``) changes it.

    The same verdict without words keeps the words; another verdict does not, for they were about the first one.
    Its moment is that of the answer that stands: another answer has a moment of its own, words alone have not.

    The caller holds a lock on the target's row. Returns the verdict and whether its value is new.
    """
    earlier = known(target=target, round_number=round_number, participant=participant, source=source)
    if earlier is None:
        made = Verdict.objects.create(
            municipality_id=target.municipality_id,  # type: ignore[attr-defined]
            target=target,
            round=round_number,
            participant=participant,
            value=value,
            words=words,
            **_named(source),
        )
        return made, True
    changed = earlier.value != value
    earlier.participant = earlier.participant or participant
    earlier.value = value
    earlier.words = words or ("" if changed else earlier.words)
    earlier.at = timezone.now() if changed else earlier.at
    earlier.save(update_fields=["participant", "value", "words", "at"])
    return earlier, changed
