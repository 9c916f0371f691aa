"""Reasons why a step can't be closed yet, with a link for who may take them away."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from trajecten.method import Unmet
from trajecten.models import Municipality, User

# Those that are mended in the list of themes.
OF_THEMES = {"team"}


def mendable(
    reasons: Iterable[Unmet], *, user: User, municipality: Municipality
) -> list[Unmet | dict[str, Any]]:
    """The reasons as ``components/need.html`` shows them."""
    found = list(reasons)
    if not OF_THEMES.intersection(each.key for each in found):
        return list(found)
    if not user.has_perm("buurtschouw.change_category", municipality):
        return list(found)
    url = reverse("buurtschouw:categories", kwargs={"gemeente": municipality.slug})
    link = _("Choose a team in the list of themes.")
    return [
        {"text": str(each), "url": url, "link": link} if each.key in OF_THEMES else each for each in found
    ]
