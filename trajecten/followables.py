"""What of the core can be followed: the municipality, an area, a trajectory, a promise."""

from collections.abc import Callable, Collection
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django_scopes import get_scope

from trajecten.domain.promises import promised
from trajecten.models import Area, Commitment, Municipality, Trajectory
from trajecten.registry import Followable


def municipalities(keys: Collection[int]) -> dict[int, Municipality]:
    """Only the one in which this happens: another one has followers of its own."""
    here = get_scope().get("municipality")
    return {here.pk: here} if here and here.pk in keys else {}


def _loader(model: type[Any]) -> Callable[[Collection[int]], dict[int, Any]]:
    def load(keys: Collection[int]) -> dict[int, Any]:
        rows = (
            model.objects.filter(pk__in=keys).select_related("municipality").defer("municipality__boundary")
        )
        return {row.pk: row for row in rows}

    return load


def promises(keys: Collection[int]) -> dict[int, Commitment]:
    """With what everybody may read of each: ``public_text``."""
    return {row.pk: row for row in promised.with_public_words(_loader(Commitment)(keys).values())}


def _front_page(municipality: Municipality) -> str:
    return reverse("municipality", kwargs={"gemeente": municipality.slug})


def _area_page(area: Area) -> str:
    return reverse("neighbourhood", kwargs={"gemeente": area.municipality.slug, "code": area.code})


def _own_page(name: str) -> Callable[[Any], str]:
    def url(thing: Any) -> str:
        return reverse(name, kwargs={"gemeente": thing.municipality.slug, "pk": thing.pk})

    return url


FOLLOWABLES = (
    Followable(Municipality, _("municipality"), municipalities, lambda row: row.name, _front_page),
    Followable(Area, _("neighbourhood"), _loader(Area), lambda row: row.name, _area_page),
    Followable(
        Trajectory,
        _("trajectory"),
        _loader(Trajectory),
        lambda row: row.title,
        _own_page("trajectory"),
    ),
    Followable(
        Commitment,
        _("promise"),
        promises,
        lambda row: Truncator(row.public_text).chars(80),
        _own_page("promise"),
    ),
)
