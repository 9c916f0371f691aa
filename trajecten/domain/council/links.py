"""The third link of the chain: what council or college decided on what was said."""

from collections.abc import Collection, Mapping

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext as _

from trajecten.domain.chain import Link, short_day
from trajecten.enums import CouncilStatus
from trajecten.models import Commitment, CommitmentOrigin, CouncilItem, CouncilOrigin


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


def decided_on_promises(keys: Collection[int]) -> dict[int, Link]:
    """The link of each promise that a decision made, or that was put to council or college. The newest item counts."""
    return {key: link_of(item) for key, items in items_of_promises(keys).items() for item in items}


def items_of_promises(keys: Collection[int]) -> dict[int, list[CouncilItem]]:
    """What went to council or college of each of these promises, the newest last, in three statements."""
    kinds = ContentType.objects.get_for_models(CouncilItem, Commitment)
    made = CommitmentOrigin.objects.filter(content_type=kinds[CouncilItem], commitment__in=keys)
    put = CouncilOrigin.objects.filter(content_type=kinds[Commitment], object_id__in=keys)
    pairs = {*made.values_list("commitment", "object_id"), *put.values_list("object_id", "item")}
    items = CouncilItem.objects.in_bulk({number for _promise, number in pairs})
    found: dict[int, list[CouncilItem]] = {}
    for promise, number in sorted(pairs):
        if number in items:
            found.setdefault(promise, []).append(items[number])
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
