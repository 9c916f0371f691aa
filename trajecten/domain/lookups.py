"""Who looked up personal data: once per official, page and day in the log."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import timezone

from trajecten.domain import activities
from trajecten.models import Activity, User

LOOKED_UP = "looked_up"


def record(*, target: Model, by: User) -> None:
    """Write down that this official saw whose ``target`` is. Call it where a page shows who a resident is.

    A page that is opened again on the same day adds nothing; two at the same moment may both be written.
    """
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    kind = ContentType.objects.get_for_model(target)
    seen = Activity.objects.filter(content_type=kind, object_id=target.pk, verb=LOOKED_UP)
    if not seen.filter(actor_user=by, at__gte=today).exists():
        activities.record(verb=LOOKED_UP, target=target, by=by)
