"""The desk of who answers reports."""

from django.urls import path

from buurtschouw.views import files, handling, queue
from trajecten.views.tables import as_files

urlpatterns = [
    path("werk/meldingen/", queue.QueueView.as_view(), name="queue"),
    *as_files("werk/meldingen", files.QueueFile, "queue"),
    path("werk/meldingen.geojson", queue.QueueGeoJsonView.as_view(), name="queue-geojson"),
    path("werk/meldingen/<int:number>/", handling.ReportPage.as_view(), name="report"),
    path("werk/meldingen/<int:number>/antwoord/", handling.AnswerView.as_view(), name="answer"),
    path("werk/meldingen/<int:number>/toewijzen/", handling.AssignView.as_view(), name="assign"),
    path("werk/meldingen/<int:number>/notitie/", handling.NoteView.as_view(), name="note"),
    path("werk/meldingen/<int:number>/openbaar/", handling.ModerateView.as_view(), name="moderate"),
    path("werk/meldingen/<int:number>/plek/", handling.PlaceView.as_view(), name="place"),
]
