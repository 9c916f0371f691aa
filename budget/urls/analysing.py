"""The analysis of programmes, and questions about the budget."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
