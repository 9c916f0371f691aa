"""Addresses of promises: for everybody, as data, and for who keeps them."""

from django.urls import path

from trajecten.views.promises import exports, judging, keeping, public, residents, staff, widget
from trajecten.views.tables import as_files

in_municipality = [
    path("beloofd-en-gedaan/", public.promises, name="promises"),
    path("beloofd-en-gedaan/<int:pk>/", public.promise, name="promise"),
    path("beloofd-en-gedaan.csv", exports.as_csv, name="promises-csv"),
    path("beloofd-en-gedaan.json", exports.as_json, name="promises-json"),
    path("beloofd-en-gedaan.rss", exports.as_rss, name="promises-rss"),
    path("beloofd-en-gedaan/kader/", widget.widget, name="promises-widget"),
    path("beloofd-en-gedaan/oordeel/<token:token>/", judging.mine, name="promise-mine"),
    path(
        "beloofd-en-gedaan/oordeel/<token:token>/<int:round_number>/<slug:value>/",
        judging.verdict,
        name="promise-verdict",
    ),
    path("overzicht/beloofd/<int:pk>/", residents.keep, name="promise-keep"),
    path("overzicht/beloofd/<int:pk>/naam/", residents.name, name="promise-keep-name"),
    path("werk/toezeggingen/", staff.PromiseListView.as_view(), name="staff-promises"),
    *as_files("werk/toezeggingen", staff.PromisesFile, "staff-promises"),
    path("werk/toezeggingen/nieuw/", staff.PromiseNewView.as_view(), name="staff-promise-new"),
    path("werk/toezeggingen/<int:pk>/", keeping.PromisePage.as_view(), name="staff-promise"),
    path("werk/toezeggingen/<int:pk>/stand/", keeping.ProgressView.as_view(), name="staff-promise-progress"),
    path("werk/toezeggingen/<int:pk>/openen/", keeping.OpenView.as_view(), name="staff-promise-open"),
    path("werk/toezeggingen/<int:pk>/wijzigen/", keeping.ChangeView.as_view(), name="staff-promise-change"),
    path("werk/toezeggingen/<int:pk>/herkomst/", keeping.OriginView.as_view(), name="staff-promise-origin"),
]

outside: list = []
