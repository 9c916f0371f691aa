"""Choosing themes and programmes."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
