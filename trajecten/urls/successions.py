"""Addresses of what is prepared for another method."""

from django.urls import path

from trajecten.views import successions

in_municipality = [
    path("werk/vervolg/", successions.SuccessionListView.as_view(), name="successions"),
    path("werk/vervolg/<int:pk>/", successions.SuccessionPage.as_view(), name="succession"),
    path("werk/vervolg/<int:pk>/terug/", successions.TakeBackView.as_view(), name="succession-take-back"),
    path("werk/vervolg/<int:pk>/oppakken/", successions.BeginView.as_view(), name="succession-begin"),
    path("vervolg/<token:token>/", successions.along, name="succession-along"),
]

outside: list = []
