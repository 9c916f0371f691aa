"""Addresses of trajectories, of their steps, and of the catalogue of methods."""

from django.urls import path

from trajecten.views import adviser, adviser_files, catalogue
from trajecten.views.tables import as_files
from trajecten.views.trajectories import public, staff

in_municipality = [
    path("trajecten/", public.trajectories, name="trajectories"),
    path("trajecten/<int:pk>/", public.trajectory, name="trajectory"),
    path("werk/trajecten/", staff.TrajectoryListView.as_view(), name="staff-trajectories"),
    *as_files("werk/trajecten", staff.TrajectoriesFile, "staff-trajectories"),
    path("werk/trajecten/<int:pk>/", staff.TrajectoryPage.as_view(), name="staff-trajectory"),
    path("werk/trajecten/<int:pk>/beginnen/", staff.TrajectoryStartView.as_view(), name="trajectory-start"),
    path(
        "werk/trajecten/<int:pk>/archiveren/",
        staff.TrajectoryArchiveView.as_view(),
        name="trajectory-archive",
    ),
    path("werk/trajecten/<int:pk>/planning/", staff.TrajectoryPlanView.as_view(), name="trajectory-plan"),
    path(
        "werk/trajecten/<int:pk>/stap/afronden/",
        staff.TrajectoryStepCloseView.as_view(),
        name="trajectory-step-close",
    ),
    path(
        "werk/trajecten/<int:pk>/stap/overslaan/",
        staff.TrajectoryStepSkipView.as_view(),
        name="trajectory-step-skip",
    ),
    path(
        "werk/trajecten/<int:pk>/stap/heropenen/",
        staff.TrajectoryStepReopenView.as_view(),
        name="trajectory-step-reopen",
    ),
]

outside = [
    path("advies/", adviser.trajectories, name="adviser"),
    *as_files("advies/trajecten", adviser_files.AdvisedFile, "adviser"),
    *as_files("advies/vergelijken", adviser_files.ComparisonFile, "comparison"),
    path("advies/vergelijken/", adviser.comparison, name="comparison"),
    path("trajecten/", catalogue.catalogue, name="catalogue"),
    path("trajecten/<slug:method>/", catalogue.offer, name="offer"),
]
