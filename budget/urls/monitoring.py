"""Following the money, and the calendar of planning and control."""

from django.urls import path

from budget.views import planning
from budget.views.monitoring import observing, public, staff
from trajecten.views.tables import as_files

urlpatterns = [
    path("volgen/<int:pk>/", public.monitor, name="monitor"),
    path("volgen/<int:pk>/<int:line>/", public.line, name="followed-line"),
    path("volgen/<int:pk>/<int:line>/zie-ik/", observing.ObserveView.as_view(), name="observe"),
    path("gezien/<token:token>/", observing.OwnView.as_view(), name="observation"),
    path("gezien/<token:token>/bevestigen/", observing.ConfirmView.as_view(), name="observation-confirm"),
    path("gezien/<token:token>/weg/", observing.TakeBackView.as_view(), name="observation-take-back"),
    path("werk/volgen/", staff.FollowedView.as_view(), name="monitor-desk"),
    *as_files("werk/volgen", staff.FollowedFile, "monitor-desk"),
    path("werk/volgen/<int:pk>/", staff.LineView.as_view(), name="monitor-line"),
    path("kalender/<int:pk>/", planning.calendar_of, name="calendar-of"),
    path("werk/kalender/", planning.CalendarView.as_view(), name="calendar"),
]
