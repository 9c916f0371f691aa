"""Addresses of the buurtschouw, below a municipality: /polderwijk/schouw/…, a module a subject."""

from buurtschouw.urls import (
    desk,
    evaluating,
    forwarding,
    handling,
    ideas,
    open311,
    planning,
    preparing,
    reporting,
    results,
    walking,
)

app_name = "buurtschouw"

urlpatterns = [
    *reporting.urlpatterns,
    *handling.urlpatterns,
    *desk.urlpatterns,
    *planning.urlpatterns,
    *results.urlpatterns,
    *evaluating.urlpatterns,
    *ideas.urlpatterns,
    *forwarding.urlpatterns,
    *walking.urlpatterns,
    *open311.urlpatterns,
    *preparing.urlpatterns,
]
