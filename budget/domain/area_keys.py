"""Keeping the keys by which money is divided over areas."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from budget.enums import AreaKeyKind
from budget.models import AreaBooking, AreaKey, AreaKeyUse, AreaWeight, Budget
from trajecten.domain import activities
from trajecten.models import Area, Municipality, User
from trajecten.refusals import Refused


class KeyRefused(Refused):
    """A key that can't be kept. ``field`` says which part, ``message`` why."""


@transaction.atomic
def keep(
    *, key: AreaKey, by: User, name: str, kind: str, source: str, weights: Mapping[Area, Decimal]
) -> AreaKey:
    """Make a key, or change one with all its weights.

    Refused: a name that another key has; a key of one's own or by bookings without a source, as nobody could check
    it; a key of one's own without any weight, as it divides nothing.
    """
    source = source.strip()
    if kind in (AreaKeyKind.OWN, AreaKeyKind.BOOKINGS) and not source:
        raise KeyRefused(_("Say where these figures come from."), field="source")
    if kind == AreaKeyKind.OWN and not any(weights.values()):
        raise KeyRefused(_("Give at least one area a weight above 0."), field="rows")
    key.name, key.kind, key.source = name.strip(), kind, source
    try:
        with transaction.atomic():
            key.save()
    except IntegrityError as taken:
        raise KeyRefused(_("There is a key with this name already."), field="name") from taken
    AreaWeight.objects.filter(key=key).delete()
    own = weights if kind == AreaKeyKind.OWN else {}
    AreaWeight.objects.bulk_create(
        AreaWeight(municipality=key.municipality, key=key, area=area, weight=weight)
        for area, weight in own.items()
    )
    activities.record(verb="area_key_kept", target=key.municipality, by=by, details={"key": key.name})
    return key


@transaction.atomic
def remove(*, key: AreaKey, by: User) -> None:
    """What it divided is divided by inhabitants again."""
    activities.record(verb="area_key_removed", target=key.municipality, by=by, details={"key": key.name})
    key.delete()


@transaction.atomic
def use(*, municipality: Municipality, by: User, keys: Mapping[str, AreaKey | None]) -> None:
    """Say for task fields which key divides them; None is by inhabitants, as nobody said anything. Two take turns."""
    Municipality.objects.select_for_update(no_key=True).only("pk").get(pk=municipality.pk)
    AreaKeyUse.objects.filter(municipality=municipality, task_field__in=list(keys)).delete()
    AreaKeyUse.objects.bulk_create(
        AreaKeyUse(municipality=municipality, task_field=field, key=key) for field, key in keys.items() if key
    )
    activities.record(verb="area_keys_used", target=municipality, by=by)


@transaction.atomic
def book(*, budget: Budget, by: User, amounts: Mapping[tuple[str, Area], int]) -> None:
    """Keep what was really booked in areas, in euro, in place of all that was booked for this budget before."""
    locked = Budget.objects.select_for_update().get(pk=budget.pk)
    AreaBooking.objects.filter(budget=locked).delete()
    AreaBooking.objects.bulk_create(
        AreaBooking(
            municipality_id=locked.municipality_id, budget=locked, task_field=field, area=area, amount=amount
        )
        for (field, area), amount in amounts.items()
    )
    activities.record(
        verb="area_bookings_kept", target=locked.municipality, by=by, details={"budget": str(locked)}
    )
