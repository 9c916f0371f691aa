"""The municipalities of a delivery: found, locked, and made where they were not known yet."""

from collections.abc import Mapping

from django.utils.text import slugify

from trajecten.models import Municipality
from trajecten.validators import RESERVED_SLUGS

_SLUG_LENGTH = 60  # leaves room for what makes it unique
_TRIES = 3


def locked(names: Mapping[str, str]) -> dict[str, Municipality]:
    """The municipality of each code, locked in one order until the transaction ends; ``names`` is name by code.

    A code that is not known becomes a municipality that takes no part, with its code as name where the delivery has
    none. Who makes the same one meanwhile is waited for, and theirs is taken.
    """
    for _try in range(_TRIES):
        _make(names)
        rows = Municipality.objects.select_for_update(no_key=True).order_by("pk").filter(code__in=names)
        found = {municipality.code: municipality for municipality in rows.only("code", "name", "slug")}
        if len(found) == len(names):
            return found
    raise RuntimeError(f"Municipalities could not be made: {sorted(set(names) - set(found))}")


def _make(names: Mapping[str, str]) -> None:
    known = set(Municipality.objects.filter(code__in=names).values_list("code", flat=True))
    missing = sorted(set(names) - known)
    if not missing:
        return
    taken = set(Municipality.objects.values_list("slug", flat=True))
    made = [
        Municipality(code=code, name=names[code] or code, slug=_slug(names[code], code, taken))
        for code in missing
    ]
    Municipality.objects.bulk_create(made, ignore_conflicts=True)


def _slug(name: str, code: str, taken: set[str]) -> str:
    """The name as part of an address that no other municipality has and the portal doesn't use itself."""
    slug = slugify(name)[:_SLUG_LENGTH] or code.lower()
    if slug in RESERVED_SLUGS:
        slug = f"{slug}-gemeente"
    if slug in taken:
        slug = f"{slug}-{code.lower()}"
    taken.add(slug)
    return slug
