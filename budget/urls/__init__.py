"""Addresses of budgetmonitoring, below a municipality: /polderwijk/begroting/…, a module a subject."""

from budget.urls import (
    alternatives,
    analysing,
    ballots,
    choosing,
    deliveries,
    desk,
    figures,
    monitoring,
    outcomes,
)

app_name = "budget"

urlpatterns = [
    *desk.urlpatterns,
    *figures.urlpatterns,
    *deliveries.urlpatterns,
    *choosing.urlpatterns,
    *analysing.urlpatterns,
    *alternatives.urlpatterns,
    *outcomes.urlpatterns,
    *monitoring.urlpatterns,
    *ballots.urlpatterns,
]
