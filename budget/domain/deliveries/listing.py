"""What was delivered for a municipality, and what the newest versions are."""

from typing import Any

from django.db.models import QuerySet

from budget.domain.deliveries import reporting
from budget.models import Budget, Delivery
from trajecten.models import Municipality


def deliveries_of(municipality: Municipality) -> QuerySet[Delivery]:
    """Those that its officials asked for, newest first, without what is shown on their own page only."""
    return Delivery.objects.filter(municipality=municipality).select_related("by").defer("errors", "notes")


def newest(municipality: Municipality) -> list[dict[str, Any]]:
    """The newest version of each year, kind and period: the budget, and in words which it is."""
    rows = Budget.objects.filter(municipality=municipality, is_current=True).select_related("delivery")
    rows = rows.defer("delivery__errors", "delivery__outcome", "delivery__notes")
    found = rows.order_by("-year", "kind", "-period", "-base_year")
    return [{"budget": budget, "title": reporting.title(_as_outcome(budget))} for budget in found]


def _as_outcome(budget: Budget) -> dict[str, Any]:
    names = ("kind", "year", "period", "base_year")
    return {name: getattr(budget, name) for name in names}


def told(delivery: Delivery) -> list[dict[str, Any]]:
    """The outcome of a delivery as a page shows it: each budget with its title and what changed."""
    return [
        {**did, "title": reporting.title(did), "changes": [reporting.change(one) for one in did["changes"]]}
        for did in delivery.outcome
    ]
