"""Addresses of rights and rules: my data, moderation, officials, settings, the log, and retention."""

from django.urls import path

from trajecten.views import house_style, moderating, my_data, objecting, retention, staffing
from trajecten.views.tables import as_files

in_municipality = [
    path("mijn-gegevens/", my_data.my_data, name="my-data"),
    path("mijn-gegevens/alles.zip", my_data.export, name="my-data-export"),
    path("mijn-gegevens/toestemming/", my_data.consent, name="my-data-consent"),
    path("mijn-gegevens/wissen/", my_data.erase, name="my-data-erase"),
    path("meld-misbruik/<str:kind>/<int:pk>/", objecting.report_abuse, name="report-abuse"),
    path("niet-eens/<token:token>/", objecting.objection, name="objection"),
    path("werk/moderatie/", moderating.QueueView.as_view(), name="moderation"),
    *as_files("werk/moderatie", moderating.QueueFile, "moderation"),
    path("werk/moderatie/vooraf/", moderating.ReadFirstView.as_view(), name="moderation-read-first"),
    path("werk/moderatie/<str:kind>/<int:pk>/", moderating.ItemView.as_view(), name="moderation-item"),
    path(
        "werk/moderatie/<str:kind>/<int:pk>/openbaar/",
        moderating.PublishView.as_view(),
        name="moderation-publish",
    ),
    path(
        "werk/moderatie/<str:kind>/<int:pk>/verbergen/", moderating.HideView.as_view(), name="moderation-hide"
    ),
    path(
        "werk/moderatie/<str:kind>/<int:pk>/antwoord/",
        moderating.AnswerView.as_view(),
        name="moderation-answer",
    ),
    path("werk/bewaren/", retention.RetentionView.as_view(), name="retention"),
    *as_files("werk/bewaren", retention.WentFile, "retention"),
    path("werk/logboek/", staffing.LogView.as_view(), name="logbook"),
    *as_files("werk/logboek", staffing.LogFile, "logbook"),
    path("werk/team/", staffing.StaffListView.as_view(), name="staff"),
    *as_files("werk/team", staffing.StaffFile, "staff"),
    path("werk/team/uitnodigen/", staffing.InviteView.as_view(), name="staff-invite"),
    path(
        "werk/team/uitnodigingen/<int:pk>/intrekken/",
        staffing.WithdrawView.as_view(),
        name="staff-invitation-withdraw",
    ),
    path("werk/team/mensen/<int:pk>/", staffing.OfficialView.as_view(), name="staff-official"),
    path("werk/team/mensen/<int:pk>/stopt/", staffing.RevokeView.as_view(), name="staff-revoke"),
    path("werk/team/groepen/nieuw/", staffing.TeamView.as_view(), name="team-new"),
    path("werk/team/groepen/<int:pk>/", staffing.TeamView.as_view(), name="team-edit"),
    path("logo.jpg", house_style.logo, name="logo"),
    path("kleurproef.css", house_style.tried_stylesheet, name="settings-tried"),
    path("werk/instellingen/", house_style.SettingsView.as_view(), name="settings"),
    path("werk/instellingen/kleuren/", house_style.ColoursView.as_view(), name="settings-colours"),
]

outside: list = []
