"""The desk of who answers reports."""

from django.urls import path

from buurtschouw.views import files, queue
from buurtschouw.views.handling import acts, answering, page
from trajecten.views.tables import as_files

urlpatterns = [
    path("werk/meldingen/", queue.QueueView.as_view(), name="queue"),
    *as_files("werk/meldingen", files.QueueFile, "queue"),
    path("werk/meldingen.geojson", queue.QueueGeoJsonView.as_view(), name="queue-geojson"),
    path("werk/meldingen/<int:number>/", page.ReportPage.as_view(), name="report"),
    path("werk/meldingen/<int:number>/antwoord/", answering.AnswerView.as_view(), name="answer"),
    path("werk/meldingen/<int:number>/toewijzen/", acts.AssignView.as_view(), name="assign"),
    path("werk/meldingen/<int:number>/notitie/", acts.NoteView.as_view(), name="note"),
    path("werk/meldingen/<int:number>/openbaar/", acts.ModerateView.as_view(), name="moderate"),
    path("werk/meldingen/<int:number>/plek/", acts.PlaceView.as_view(), name="place"),
]
