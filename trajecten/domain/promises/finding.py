"""The promises that answer a contribution."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Model, OuterRef, QuerySet

from trajecten.models import Commitment, CommitmentOrigin
from trajecten.models.commitment import OPEN


def of(contribution: Model) -> QuerySet[Commitment]:
    """The promises that answer this contribution, newest first."""
    kind = ContentType.objects.get_for_model(contribution)
    origins = CommitmentOrigin.objects.filter(content_type=kind, object_id=contribution.pk)
    return Commitment.objects.filter(origins__in=origins).order_by("-id")


def standing(contribution: Model) -> QuerySet[Commitment]:
    """The promises on this contribution that wait to be kept, newest first."""
    return of(contribution).filter(status__in=sorted(OPEN))


def standing_on_it_alone(contribution: Model) -> QuerySet[Commitment]:
    """Those that answer nothing else: an answer to one person may change them, and speaks for nobody else."""
    kind = ContentType.objects.get_for_model(contribution)
    others = CommitmentOrigin.objects.filter(commitment=OuterRef("pk"))
    others = others.exclude(content_type=kind, object_id=contribution.pk)
    return standing(contribution).filter(~Exists(others))
