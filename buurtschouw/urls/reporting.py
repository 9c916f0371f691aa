"""What residents do: report, look at what was reported, and follow it."""

from django.urls import path

from buurtschouw.views import files, following, mapping, overview, reporting
from trajecten.views.access import by_secret_link

urlpatterns = [
    path("melden/", overview.choose_schouw, name="choose"),
    path("schouw/<int:pk>/", overview.schouw, name="schouw"),
    path("schouw/<int:pk>/schouw.ics", overview.schouw_ics, name="schouw-ics"),
    path("schouw/<int:pk>/melden/", reporting.ReportFormView.as_view(), name="report-form"),
    path("schouw/<int:pk>/meldingen", reporting.intake, name="intake"),
    path("schouw/<int:pk>/in-de-buurt", reporting.nearby, name="nearby"),
    path("meldingen/", overview.reports, name="reports"),
    path("meldingen.geojson", mapping.reports_geojson, name="reports-geojson"),
    path("meldingen.csv", files.reports_csv, name="reports-csv"),
    path("meldingen/<int:number>/", following.public_report, name="public-report"),
    path("meldingen/<int:number>/steun/", following.support, name="support"),
    path("volg/<token:token>/", by_secret_link(following.track), name="track"),
    path("volg/<token:token>/fotos/<uuid:photo>", by_secret_link(reporting.add_photo), name="add-photo"),
    path(
        "volg/<token:token>/oordeel/<int:round_number>/<slug:value>/",
        by_secret_link(following.verdict),
        name="verdict",
    ),
]
