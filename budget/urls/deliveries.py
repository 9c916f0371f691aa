"""Figures that come in: upload, progress, what was refused, and the council's programmes."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
