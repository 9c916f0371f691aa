"""Every address of the portal, a module a subject: what is tested for access, and looked at in a browser."""

from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from buurtschouw.models import Report
from tests.addresses import (
    alternatives,
    areas,
    ballots,
    budget_figures,
    buurtschouw,
    choosing,
    council,
    dashboards,
    deliveries,
    desk,
    enrolment,
    feedback,
    forwarding,
    ideas,
    meetings,
    monitor,
    open311,
    outcomes,
    portal,
    preparing,
    promises,
    proposals,
    questions,
    rights,
    telling,
    trajectories,
    walking,
)
from tests.addresses.row import VISITORS, Keys, Row, Things

SUBJECTS = (
    portal,
    dashboards,
    trajectories,
    proposals,
    enrolment,
    meetings,
    promises,
    council,
    telling,
    rights,
    areas,
    budget_figures,
    buurtschouw,
    questions,
    feedback,
    ideas,
    desk,
    forwarding,
    walking,
    open311,
    preparing,
    outcomes,
    deliveries,
    alternatives,
    choosing,
    monitor,
    ballots,
)
PORTAL = [row for subject in SUBJECTS for row in subject.PORTAL]
MUNICIPALITY = [row for subject in SUBJECTS for row in subject.MUNICIPALITY]

__all__ = ["MUNICIPALITY", "PORTAL", "VISITORS", "Row", "Things", "fillings", "keys_for", "keys_of"]


def keys_for(row: Row, things: Things) -> Keys:
    """The keys that this row needs, made now: those of its own subject, or of the one that knows what it is about."""
    own = next(subject for subject in SUBJECTS if row.name in _names(subject))
    keys: Keys = {"": {}}
    for subject in (own, *(other for other in SUBJECTS if other is not own)):
        keys |= subject.keys(things)
        if row.of in keys:
            return keys
    raise KeyError(row.of)


def _names(subject: Any) -> set[str]:
    return {row.name for row in (*subject.PORTAL, *subject.MUNICIPALITY)}


def keys_of(things: Things) -> Keys:
    """The keys of all that addresses are about, by the name that a row gives it; ``t`` goes into the query."""
    keys: Keys = {"": {}}
    for subject in SUBJECTS:
        keys |= subject.keys(things)
    return keys


def fillings(things: Things, keys: Keys) -> dict[str, Any]:
    """What the names between braces in a query or a form stand for."""
    return {
        "tomorrow": timezone.localdate() + timedelta(days=1),
        "schouw": things.schouw.pk,
        "category": things.category.pk,
        "walker": keys.get("core_member", {}).get("pk"),
        "trajectory": things.trajectory.pk,
        "report": things.report.pk,
        "followed": keys.get("followed", {}).get("pk"),
        "handler": things.handler.pk,
        "adviser": things.adviser.pk,
        "system": keys.get("destination", {}).get("pk"),
        "area_key": keys.get("area_key", {}).get("pk"),
        "area_code": keys.get("figures", {}).get("area_code"),
        "budget": keys.get("figures", {}).get("budget"),
        "council": keys.get("council", {}).get("pk"),
        **{
            name: keys.get(name, {}).get("pk")
            for name in (
                "alternatives_trajectory",
                "alternatives_free",
                "alternatives_budget",
                "council_programme",
            )
        },
        "origin": f"{ContentType.objects.get_for_model(Report).pk}-{things.report.pk}",
    }
