"""The third link of the chain: what council or college decided on what was said."""

from collections.abc import Collection, Mapping

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext as _

from trajecten.domain.chain import Link, short_day
from trajecten.enums import CouncilStatus
from trajecten.models import Commitment, CouncilItem, CouncilOrigin


def decided(kind: ContentType, keys: Collection[int], promises: Mapping[int, Commitment]) -> dict[int, Link]:
    """The link of each contribution of this kind that went to council or college, in one statement.

    It went there itself, or its promise did (``promises``, by the key of the contribution). The newest item counts.
    """
    promise_kind = ContentType.objects.get_for_model(Commitment)
    by_promise = {promise.pk: key for key, promise in promises.items()}
    rows = CouncilOrigin.objects.filter(
        Q(content_type=kind, object_id__in=keys) | Q(content_type=promise_kind, object_id__in=by_promise)
    )
    found: dict[int, Link] = {}
    for origin in rows.select_related("item").order_by("item_id"):
        own = origin.content_type_id == kind.pk
        found[origin.object_id if own else by_promise[origin.object_id]] = link_of(origin.item)
    return found


def link_of(item: CouncilItem) -> Link:
    """The link of one item: for when it is on the agenda, or what was decided."""
    if item.is_decided and item.decided_on:
        if item.status == CouncilStatus.ADOPTED:
            return Link("done", short_day(item.decided_on))
        return Link("done", str(item.get_status_display()), words="")
    if item.status == CouncilStatus.WITHDRAWN:
        return Link("skipped", _("withdrawn"), words="")
    if item.scheduled_for:
        return Link("now", short_day(item.scheduled_for))
    return Link("now", _("waits for a date"), words="")
