"""Addresses of wijken and buurten."""

from django.urls import path

from trajecten.views import neighbourhoods

in_municipality = [
    path("buurten/", neighbourhoods.neighbourhood_list, name="neighbourhoods"),
    path("buurten/<slug:code>/", neighbourhoods.neighbourhood, name="neighbourhood"),
]

outside: list = []
