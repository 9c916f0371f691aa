"""The alternative budget of one person as a contribution."""

from collections.abc import Collection, Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budget.enums import AlternativeState
from budget.models import Alternative
from trajecten.models import Participant
from trajecten.registry import ContributionKind


def load(keys: Collection[int]) -> dict[int, Alternative]:
    """The alternatives with these numbers. What is in a draft is its maker's: it comes without any words."""
    rows = Alternative.objects.filter(pk__in=keys).select_related("round", "municipality", "area")
    found = {
        row.pk: row
        for row in rows.defer("municipality__boundary", "area__geometry").prefetch_related("changes")
    }
    for row in found.values():
        if row.state == AlternativeState.DRAFT:
            row.text = ""
    return found


def reasons(alternative: Alternative) -> Iterator[str]:
    """Why lines were changed, as others can read it once it is finished."""
    if alternative.state == AlternativeState.FINISHED:
        yield from (change.reason for change in alternative.changes.all() if change.reason)


def behind(keys: Collection[int]) -> QuerySet[Participant]:
    """Who made these."""
    return Participant.objects.filter(alternatives__in=keys)


def _title(alternative: Alternative) -> str:
    return _("Alternative budget of a resident: %(round)s") % {"round": alternative.round.title}


def _public_url(alternative: Alternative) -> str:
    """Where one makes one too. That of somebody else is read by the link that they gave, and found nowhere."""
    return _url("alternative-begin", alternative, pk=alternative.round_id)


def _staff_url(alternative: Alternative) -> str:
    if alternative.state == AlternativeState.FINISHED and alternative.confirmed_at:
        return _url("round-alternative", alternative, pk=alternative.round_id, alternative=alternative.pk)
    return _url("round", alternative, pk=alternative.round_id)


def _own_url(alternative: Alternative) -> str:
    return _url("alternative", alternative, token=alternative.token)


def _url(name: str, row: Alternative, /, **parts: object) -> str:
    return reverse(f"budget:{name}", kwargs={"gemeente": row.municipality.slug, **parts})


KINDS: tuple[ContributionKind, ...] = (
    ContributionKind(
        model=Alternative,
        name=gettext_lazy("alternative budget"),
        load=load,
        title=_title,
        public_title=_title,
        public_url=_public_url,
        staff_url=_staff_url,
        own_url=_own_url,
        behind=behind,
        opens=reasons,
        opens_more=lambda row: any(True for _reason in reasons(row)),
        readable=lambda rows: rows.filter(state=AlternativeState.FINISHED, confirmed_at__isnull=False),
        listed=lambda rows: rows.none(),
        can_be_promised=lambda row: row.state == AlternativeState.FINISHED,
    ),
)
