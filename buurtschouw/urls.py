"""Addresses of the buurtschouw, below a municipality: /polderwijk/schouw/…"""

from django.urls import path

from buurtschouw.views import following, overview, reporting

app_name = "buurtschouw"

urlpatterns = [
    # Residents
    path("melden/", overview.choose_schouw, name="choose"),
    path("schouw/<int:pk>/", overview.schouw, name="schouw"),
    path("schouw/<int:pk>/melden/", reporting.ReportFormView.as_view(), name="report-form"),
    path("schouw/<int:pk>/meldingen", reporting.intake, name="intake"),
    path("schouw/<int:pk>/in-de-buurt", reporting.nearby, name="nearby"),
    path("meldingen/", overview.reports, name="reports"),
    path("meldingen.geojson", overview.reports_geojson, name="reports-geojson"),
    path("meldingen/<int:number>/", following.public_report, name="public-report"),
    path("meldingen/<int:number>/steun/", following.support, name="support"),
    path("volg/<str:token>/", following.track, name="track"),
    path("volg/<str:token>/fotos/<uuid:photo>", reporting.add_photo, name="add-photo"),
    path("volg/<str:token>/oordeel/<int:round_number>/<str:value>/", following.verdict, name="verdict"),
    # Officials
]
