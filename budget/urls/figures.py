"""The figures of the budget: for everybody, and their explanation by officials."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
