"""Addresses of the buurtschouw, below a municipality: /polderwijk/schouw/…"""

from django.urls import path

from buurtschouw.views import files, following, handling, overview, planning, queue, reporting
from trajecten.views.access import by_secret_link
from trajecten.views.tables import as_files

app_name = "buurtschouw"

urlpatterns = [
    # Residents
    path("melden/", overview.choose_schouw, name="choose"),
    path("schouw/<int:pk>/", overview.schouw, name="schouw"),
    path("schouw/<int:pk>/schouw.ics", overview.schouw_ics, name="schouw-ics"),
    path("schouw/<int:pk>/melden/", reporting.ReportFormView.as_view(), name="report-form"),
    path("schouw/<int:pk>/meldingen", reporting.intake, name="intake"),
    path("schouw/<int:pk>/in-de-buurt", reporting.nearby, name="nearby"),
    path("meldingen/", overview.reports, name="reports"),
    path("meldingen.geojson", overview.reports_geojson, name="reports-geojson"),
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
    # Officials
    path("werk/meldingen/", queue.QueueView.as_view(), name="queue"),
    *as_files("werk/meldingen", files.QueueFile, "queue"),
    path("werk/meldingen.geojson", queue.QueueGeoJsonView.as_view(), name="queue-geojson"),
    path("werk/meldingen/<int:number>/", handling.ReportPage.as_view(), name="report"),
    path("werk/meldingen/<int:number>/antwoord/", handling.AnswerView.as_view(), name="answer"),
    path("werk/meldingen/<int:number>/toewijzen/", handling.AssignView.as_view(), name="assign"),
    path("werk/meldingen/<int:number>/notitie/", handling.NoteView.as_view(), name="note"),
    path("werk/meldingen/<int:number>/openbaar/", handling.ModerateView.as_view(), name="moderate"),
    path("werk/meldingen/<int:number>/plek/", handling.PlaceView.as_view(), name="place"),
    path("werk/schouwen/", planning.SchouwListView.as_view(), name="schouwen"),
    *as_files("werk/schouwen", files.WalksFile, "schouwen"),
    path("werk/schouwen/nieuw/", planning.SchouwNewView.as_view(), name="schouw-new"),
    path("werk/schouwen/<int:pk>/", planning.SchouwEditView.as_view(), name="schouw-edit"),
    path("werk/schouwen/<int:pk>/stap/afronden/", planning.StepCloseView.as_view(), name="step-close"),
    path("werk/schouwen/<int:pk>/stap/heropenen/", planning.StepReopenView.as_view(), name="step-reopen"),
    path("werk/themas/", planning.CategoryListView.as_view(), name="categories"),
    path("werk/themas/nieuw/", planning.CategoryFormView.as_view(), name="category-new"),
    path("werk/themas/<int:pk>/", planning.CategoryFormView.as_view(), name="category-edit"),
]
