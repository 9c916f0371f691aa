"""Other systems: which there are, forwarding a report to one, and what became of those."""

from django.urls import path

from buurtschouw.views import destinations, forward_photos, forwards, report_forwards
from trajecten.views.access import by_secret_link
from trajecten.views.tables import as_files

urlpatterns = [
    path("werk/doorsturen/", destinations.DestinationListView.as_view(), name="destinations"),
    path("werk/doorsturen/nieuw/", destinations.DestinationFormView.as_view(), name="destination-new"),
    path("werk/doorsturen/<int:pk>/", destinations.DestinationFormView.as_view(), name="destination-edit"),
    path("werk/doorsturen/<int:pk>/ophalen/", destinations.ReadOffersView.as_view(), name="destination-read"),
    path("werk/doorsturen/<int:pk>/proef/", destinations.TrialView.as_view(), name="destination-try"),
    path("werk/doorsturen/<int:pk>/themas/", destinations.ThemesView.as_view(), name="destination-themes"),
    path("werk/doorsturen/overzicht/", forwards.ForwardsView.as_view(), name="forwards"),
    *as_files("werk/doorsturen/overzicht", forwards.ForwardsFile, "forwards"),
    path("werk/meldingen/<int:number>/doorsturen/", report_forwards.ForwardView.as_view(), name="forward"),
    path(
        "werk/meldingen/<int:number>/doorsturen/<int:pk>/opnieuw/",
        report_forwards.ForwardAgainView.as_view(),
        name="forward-again",
    ),
    path(
        "doorgestuurd/<token:token>/fotos/<uuid:photo>",
        by_secret_link(forward_photos.photo),
        name="forward-photo",
    ),
]
