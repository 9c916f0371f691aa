"""Addresses of dashboards, and of what a coordinator manages."""

from django.urls import path

from trajecten.views.dashboards import coordinator, desk

in_municipality = [
    path("werk/", desk.DeskView.as_view(), name="desk"),
    path("werk/overzicht/", coordinator.DashboardView.as_view(), name="dashboard"),
    path("werk/beheer/", desk.ManagementView.as_view(), name="management"),
]

outside: list = []
