"""What rounds of alternative budgets add to the shared pages."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budget.domain.rounds import locking
from budget.enums import AlternativeState
from budget.models import Alternative, Round
from budget.pages.part import Part
from trajecten.domain.overview.mine import Mine
from trajecten.models import Municipality, Participant
from trajecten.registry import MenuItem, Menus, Result, Wait, Way

MINE = 50


def ways(municipality: Municipality) -> Iterator[Way]:
    """Make an alternative budget, where a round is open."""
    for found in _open_rounds():
        day = date_format(found.closes_on, "j F")
        yield Way(
            found.title,
            _("Shift money to what you find more important. Until and including %(day)s.") % {"day": day},
            _url("alternative-begin", municipality.slug, pk=found.pk),
            icon="list",
            rank=15,
        )


def _open_rounds() -> list[Round]:
    rows = Round.objects.filter(opened_at__isnull=False, closed_at__isnull=True)
    rows = rows.filter(closes_on__gte=timezone.localdate()).select_related("trajectory")
    return [found for found in rows.order_by("closes_on", "pk") if locking.takes(found)]


def mine(municipality: Municipality, participant: Participant) -> Iterator[Result]:
    """The alternatives that the participant made, newest first."""
    rows = Alternative.objects.filter(author=participant).select_related("round").order_by("-pk")
    for row in rows[:MINE]:
        url = _url("alternative", municipality.slug, token=row.token)
        kicker = " · ".join([_("Your alternative budget"), row.get_state_display()])
        yield Result(kicker, row.round.title, url, (), row.changed_at)


def waits(mine: Mine) -> Iterator[Wait]:
    """Drafts of the participant in rounds that are open."""
    rows = Alternative.objects.filter(
        author=mine.participant,
        state=AlternativeState.DRAFT,
        round__closed_at__isnull=True,
        round__closes_on__gte=timezone.localdate(),
    )
    for row in rows.select_related("round").order_by("round__closes_on", "pk")[:MINE]:
        day = date_format(row.round.closes_on, "j F Y")
        yield Wait(
            kicker=_("Your alternative budget"),
            title=row.round.title,
            url=_url("alternative", mine.municipality.slug, token=row.token),
            action=_("Go on with it"),
            when=_("Until and including %(day)s") % {"day": day},
            since=row.created_at,
        )


def _url(name: str, slug: str, **parts: object) -> str:
    return reverse(f"budget:{name}", kwargs={"gemeente": slug, **parts})


PART = Part(
    ways=ways,
    mine=mine,
    waits=waits,
    menus=Menus(
        management=(
            MenuItem(
                gettext_lazy("Alternative budgets"),
                "budget:rounds",
                gettext_lazy("Let residents shift money, and see how many take part."),
            ),
        ),
    ),
)
