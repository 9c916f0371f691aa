"""Alternative budgets: making one, and what all of them come to."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
