"""Addresses of meetings, their documents and calendars."""

from django.urls import include, path

from trajecten.views import adviser_files, shelf
from trajecten.views.access import by_secret_link
from trajecten.views.meetings import calendar, coming, documents, held, meeting, of_trajectory, planning
from trajecten.views.tables import as_files

in_municipality = [
    # Meetings, for who comes
    path("bijeenkomsten/", coming.meeting_list, name="meetings"),
    path("bijeenkomsten.csv", coming.meetings_csv, name="meetings-csv"),
    path("bijeenkomsten/<int:pk>/", coming.meeting, name="meeting"),
    path("bijeenkomsten/<int:pk>/bijeenkomst.ics", coming.meeting_ics, name="meeting-ics"),
    path(
        "bijeenkomsten/<int:pk>/antwoord/<token:token>/",
        by_secret_link(coming.meeting_answer),
        name="meeting-answer",
    ),
    path("bijeenkomsten/stukken/<uuid:key>/", coming.material, name="material"),
    path("agenda/", calendar.my_calendar, name="my-calendar"),
    path("agenda/<token:token>.ics", by_secret_link(calendar.calendar_feed), name="calendar-feed"),
    # Meetings, for who plans them
    path(
        "werk/trajecten/<int:pk>/bijeenkomsten/", of_trajectory.MeetingsPage.as_view(), name="staff-meetings"
    ),
    path(
        "werk/trajecten/<int:pk>/bijeenkomsten/nieuw/",
        planning.MeetingNewView.as_view(),
        name="staff-meeting-new",
    ),
    path(
        "werk/trajecten/<int:pk>/bijeenkomsten/stukken/",
        documents.StepMaterialView.as_view(),
        name="staff-step-material",
    ),
    path(
        "werk/trajecten/<int:pk>/bijeenkomsten/stukken/<uuid:key>/weg/",
        documents.MaterialRemoveView.as_view(),
        name="staff-material-remove",
    ),
    path(
        "werk/trajecten/<int:pk>/bijeenkomsten/<int:meeting>/",
        include(
            [
                path("", meeting.MeetingPage.as_view(), name="staff-meeting"),
                path("uitnodigen/", planning.InviteView.as_view(), name="staff-meeting-invite"),
                path("afzeggen/", planning.CancelView.as_view(), name="staff-meeting-cancel"),
                path("verslag/", held.MinutesView.as_view(), name="staff-meeting-minutes"),
                path("stukken/", documents.MaterialAddView.as_view(), name="staff-meeting-material"),
                path("aanwezig/", held.AttendanceView.as_view(), name="staff-attendance"),
            ]
        ),
    ),
]

outside = [
    path("advies/materialen/", shelf.shelf, name="shelf"),
    *as_files("advies/materialen", adviser_files.ShelfFile, "shelf"),
    path("advies/materialen/<uuid:key>/", shelf.shelf_file, name="shelf-file"),
    path("advies/materialen/<uuid:key>/weg/", shelf.shelf_remove, name="shelf-remove"),
    path("advies/agenda/", calendar.adviser_calendar, name="adviser-calendar"),
    *as_files("advies/agenda", adviser_files.CalendarFile, "adviser-calendar"),
    path("advies/agenda/<token:token>.ics", by_secret_link(calendar.adviser_feed), name="adviser-feed"),
]
