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


@transaction.atomic
def give(
    *, target: Model, round_number: int, participant: Participant | None, value: str, words: str = ""
) -> tuple[Verdict, bool]:
    """Record a verdict; who says something again in the same round changes it.

    The same verdict without words keeps the words; another verdict does not, for they were about the first one.
    Its moment is that of the answer that stands: another answer has a moment of its own, words alone have not.

    The caller holds a lock on the target's row. Returns the verdict and whether its value is new.
    """
    known = of(target).filter(round=round_number, participant=participant).first()
    if known is None:
        made = Verdict.objects.create(
            municipality_id=target.municipality_id,  # type: ignore[attr-defined]
            target=target,
            round=round_number,
            participant=participant,
            value=value,
            words=words,
        )
        return made, True
    changed = known.value != value
    known.value = value
    known.words = words or ("" if changed else known.words)
    known.at = timezone.now() if changed else known.at
    known.save(update_fields=["value", "words", "at"])
    return known, changed
