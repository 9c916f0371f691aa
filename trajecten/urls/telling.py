"""Addresses of the inbox, of how often one wants to hear, of following, and of the municipality's own words."""

from django.urls import path

from trajecten.views import following, inbox, preferences, texts

in_municipality = [
    path("berichten/", inbox.inbox, name="inbox"),
    path("berichten/<int:pk>/", inbox.inbox_message, name="inbox-message"),
    path("berichten/voorkeuren/", preferences.preferences, name="preferences"),
    path("berichten/voorkeuren/<token:token>/", preferences.preferences_by_link, name="preferences-by-link"),
    path("volgen/", following.follow, name="follow"),
    path("werk/teksten/", texts.MessageTextsView.as_view(), name="message-texts"),
    path("werk/teksten/tekst/", texts.MessageTextView.as_view(), name="message-text"),
]

outside: list = []
