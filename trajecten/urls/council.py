"""Addresses of what is put to council or college: for everybody, and for the clerk."""

from django.urls import path

from trajecten.views.council import agenda, desk, files, handling, public
from trajecten.views.tables import as_files

in_municipality = [
    path("raad/", public.items, name="council-items"),
    path("raad.csv", files.items_csv, name="council-items-csv"),
    path("raad/<int:pk>/", public.item, name="council-item"),
    path("werk/raad/", desk.DeskView.as_view(), name="council-desk"),
    *as_files("werk/raad", files.DeskFile, "council-desk"),
    path("werk/raad/nieuw/", handling.NewView.as_view(), name="council-new"),
    path("werk/raad/agenda/", agenda.AgendaView.as_view(), name="council-agenda"),
    path("werk/raad/agenda/<int:pk>/", agenda.MatchView.as_view(), name="council-match"),
    path("werk/raad/<int:pk>/", handling.ItemPage.as_view(), name="staff-council-item"),
    path("werk/raad/<int:pk>/wijzigen/", handling.ChangeView.as_view(), name="council-change"),
    path("werk/raad/<int:pk>/agenderen/", handling.ScheduleView.as_view(), name="council-schedule"),
    path("werk/raad/<int:pk>/van-agenda/", handling.TakeOffView.as_view(), name="council-take-off"),
    path("werk/raad/<int:pk>/besproken/", handling.DiscussView.as_view(), name="council-discuss"),
    path("werk/raad/<int:pk>/intrekken/", handling.WithdrawView.as_view(), name="council-withdraw"),
    path("werk/raad/<int:pk>/besluit/", handling.DecideView.as_view(), name="council-decide"),
]

outside: list = []
