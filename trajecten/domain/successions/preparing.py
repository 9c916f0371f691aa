"""Preparing a contribution to become something in another method, taking that back, and picking it up there.

No app knows another: the one in which it was said prepares, the one in which it goes on picks up, and what stands
between them is a ``Succession``, which officials see until then.
"""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import Case, Count, Model, Q, QuerySet, When
from django.utils import timezone
from django.utils.translation import gettext as _

from trajecten import registry
from trajecten.domain import activities
from trajecten.domain.successions import asking, telling
from trajecten.domain.successions.refusals import SuccessionRefused
from trajecten.enums import SUCCESSION_TRANSITIONS, Along, SuccessionState
from trajecten.models import Contribution, Participant, Succession, User
from trajecten.models.succession import STANDING
from trajecten.transitions import check


@transaction.atomic
def prepare(
    *,
    origin: Contribution,
    target: str,
    title: str,
    text: str,
    by: User,
    companions: Iterable[tuple[Participant, bool]] = (),
) -> Succession:
    """Prepare a contribution for another method, and ask these people whether they go along (with who is to lead).

    Refused (``SuccessionRefused``): a target that no app offers, no title or words, and what stands there already.
    """
    if target not in {successor.key for successor in registry.successors()}:
        raise SuccessionRefused(_("Choose what it becomes."), field="target")
    if not title.strip():
        raise SuccessionRefused(_("Give it a title."), field="title")
    if not text.strip():
        raise SuccessionRefused(_("Write in a few words what it is about."), field="text")
    made = Succession(
        municipality_id=origin.municipality_id,
        trajectory=origin.trajectory,
        origin=origin,
        target=target,
        title=title.strip(),
        text=text.strip(),
        area=origin.area,
        prepared_by=by,
    )
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise SuccessionRefused(_("This has been prepared already."), field="target") from error
    act = activities.record(verb="succession_prepared", target=made, by=by, is_public=True)
    for participant, leads in companions:
        asking.ask(succession=made, participant=participant, leads=leads)
    telling.followers(made, act)
    return made


@transaction.atomic
def take_back(*, succession: Succession, by: User) -> Succession:
    """Undo the preparation, as long as nobody picked it up; who was asked to go along hears it. Twice is harmless."""
    found = _lock(succession)
    if found.state == SuccessionState.TAKEN_BACK:
        return found
    check(SuccessionState, SUCCESSION_TRANSITIONS, found.state, SuccessionState.TAKEN_BACK)
    _settle(found, SuccessionState.TAKEN_BACK, by=by)
    act = activities.record(verb="succession_taken_back", target=found, by=by, is_public=True)
    telling.companions(found, telling.TAKEN_BACK)
    telling.followers(found, act)
    return found


@transaction.atomic
def begin(*, succession: Succession, by: User) -> Succession:
    """Pick it up: the app of its target makes what comes of it. Who said yes goes along, and hears it.

    Refused (``SuccessionRefused``) as long as that app can't; raises ``TransitionRefused`` for what was taken back.
    Picking up twice is harmless.
    """
    found = _lock(succession)
    if found.state == SuccessionState.BEGUN:
        return found
    check(SuccessionState, SUCCESSION_TRANSITIONS, found.state, SuccessionState.BEGUN)
    successor = registry.successor(found.target)
    if successor.begin is None:
        raise SuccessionRefused(_("%(name)s can't pick this up yet.") % {"name": successor.name})
    found.result = successor.begin(succession=found, by=by)
    _settle(found, SuccessionState.BEGUN, by=by)
    act = activities.record(verb="succession_begun", target=found, by=by, is_public=True)
    telling.companions(found, telling.BEGUN)
    telling.followers(found, act)
    return found


def _settle(succession: Succession, state: SuccessionState, *, by: User) -> None:
    succession.state, succession.settled_by, succession.settled_at = state, by, timezone.now()
    succession.save(update_fields=["state", "settled_by", "settled_at", "result_type", "result_id"])


def _lock(succession: Succession) -> Succession:
    found: Succession = Succession.objects.select_for_update(of=("self",)).get(pk=succession.pk)
    return found


def standing_of(origin: Model) -> Succession | None:
    """What this contribution is prepared for, or became elsewhere: the newest; None for what stands nowhere."""
    kind = ContentType.objects.get_for_model(origin)
    found: Succession | None = Succession.objects.filter(
        content_type=kind, object_id=origin.pk, state__in=STANDING
    ).first()
    return found


def listed() -> QuerySet[Succession]:
    """All of the municipality, what waits first, then the newest; each with how many are asked and how many say yes."""
    waits_first = Case(When(state=SuccessionState.PREPARED, then=0), default=1)
    rows: QuerySet[Succession] = Succession.objects.select_related(
        "trajectory", "area", "prepared_by"
    ).annotate(asked=Count("companions"), along=Count("companions", filter=Q(companions__answer=Along.YES)))
    return rows.defer("area__geometry").order_by(waits_first, "-prepared_at", "-id")


def in_state(state: str) -> QuerySet[Succession]:
    """Those of ``listed`` in one state; all for an empty one."""
    return listed().filter(state=state) if state else listed()
