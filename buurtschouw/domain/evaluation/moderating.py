"""Which words of an evaluation others may read."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from buurtschouw.models import Evaluation, EvaluationWords
from trajecten.domain import activities
from trajecten.enums import Moderation
from trajecten.models import User


def to_read(evaluation: Evaluation) -> QuerySet[EvaluationWords]:
    """Everything that was written, by question; in an order that tells nothing of who wrote when."""
    rows: QuerySet[EvaluationWords] = EvaluationWords.objects.filter(reply__evaluation=evaluation)
    return rows.order_by("question", "reply__key")


@transaction.atomic
def decide(*, words: EvaluationWords, by: User, publish: bool) -> EvaluationWords:
    """Let everybody read these words on the page with the results, or keep them from others. Again changes nothing."""
    found: EvaluationWords = EvaluationWords.objects.select_for_update().get(pk=words.pk)
    wanted = Moderation.PUBLISHED if publish else Moderation.HIDDEN
    if found.moderation == wanted:
        return found
    found.moderation, found.decided_by, found.decided_at = wanted, by, timezone.now()
    found.save(update_fields=["moderation", "decided_by", "decided_at"])
    activities.record(
        verb="evaluation_words_decided",
        target=found.reply.evaluation.schouw.trajectory,
        by=by,
        details={"to": wanted.value},
    )
    return found
