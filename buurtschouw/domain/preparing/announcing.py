"""Telling who follows a neighbourhood that it will be walked: once for each date that the walk has had."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtschouw.domain.preparing.locking import lock
from buurtschouw.domain.preparing.refusals import PreparationRefused
from buurtschouw.models import Announcement, Schouw
from trajecten.domain import activities
from trajecten.domain.meetings import planning
from trajecten.domain.telling import news
from trajecten.models import Area, Follow, Participant, User

ANNOUNCED = "buurtschouw.walk_announced"


def neighbourhoods(schouw: Schouw) -> QuerySet[Area]:
    """Whose followers are told: the areas of the walk, the wijk around them, and the buurten within them."""
    walked = schouw.trajectory.areas.values("pk")
    around = schouw.trajectory.areas.filter(parent__isnull=False).values("parent")
    rows: QuerySet[Area] = Area.objects.filter(Q(pk__in=walked) | Q(pk__in=around) | Q(parent__in=walked))
    return rows.defer("geometry").order_by("pk")


def audience(schouw: Schouw) -> int:
    """How many people follow one of these neighbourhoods and can be told; each counts once."""
    kind = ContentType.objects.get_for_model(Area)
    following = Follow.objects.filter(content_type=kind, object_id__in=neighbourhoods(schouw).values("pk"))
    people = Participant.objects.filter(pk__in=following.values("participant"))
    with_mail = Q(email__isnull=False, contact_withdrawn_at__isnull=True)
    return people.filter(Q(user__isnull=False) | with_mail).count()


def last(schouw: Schouw) -> Announcement | None:
    """The last time that people were told, None when they never were."""
    found: Announcement | None = (
        Announcement.objects.filter(schouw=schouw).select_related("by").order_by("-at", "-id").first()
    )
    return found


def is_told(schouw: Schouw) -> bool:
    """Whether people were told of the date that the walk has now."""
    return Announcement.objects.filter(schouw=schouw, walk_at=schouw.walk_at).exists()


@transaction.atomic
def tell(*, schouw: Schouw, by: User) -> Announcement:
    """Tell the followers of the neighbourhood when and where the walk is. Pressed again for the same date, nobody is
    told twice; who heard of this date already, as a follower of the walk or because they are invited, is not told.

    Refused (``PreparationRefused``): a walk without a date, without a neighbourhood, or that has been.
    """
    locked = lock(schouw)
    if locked.walk_at is None:
        raise PreparationRefused(_("The date of the walk is not known yet."))
    if locked.walk_at <= timezone.now():
        raise PreparationRefused(_("This walk has been. There is nothing to come along to."))
    known = Announcement.objects.filter(schouw=locked, walk_at=locked.walk_at).first()
    if known:
        return known
    targets = list(neighbourhoods(locked))
    if not targets:
        raise PreparationRefused(_("It is not known yet which neighbourhood is walked."))
    made = Announcement.objects.create(
        municipality_id=locked.municipality_id, schouw=locked, walk_at=locked.walk_at, by=by
    )
    news.tell(
        key=ANNOUNCED,
        about=made,
        targets=targets,
        delivery_key=f"{ANNOUNCED}:{made.pk}",
        unless_told=_told_of_this_date(locked),
    )
    activities.record(verb="walk_announced", target=locked.trajectory, by=by, is_public=True)
    return made


def _told_of_this_date(schouw: Schouw) -> str:
    """The delivery key of what others were told of the date that the walk has now."""
    meeting = schouw.meeting
    if meeting is None:
        return ""
    if meeting.sequence:
        return f"{planning.CHANGED}:{meeting.pk}:{meeting.sequence}"
    return f"{news.MEETING}:{meeting.pk}"
