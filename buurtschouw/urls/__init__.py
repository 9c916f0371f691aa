"""Addresses of the buurtschouw, below a municipality: /polderwijk/schouw/…, a module a subject."""

from buurtschouw.urls import handling, planning, reporting

app_name = "buurtschouw"

urlpatterns = [
    *reporting.urlpatterns,
    *handling.urlpatterns,
    *planning.urlpatterns,
]
