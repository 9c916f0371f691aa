"""Addresses of taking part: what residents open, and the pages of coordinators and advisers about it."""

from django.urls import path

from trajecten.views import joining, members, representation

IN_TRAJECTORY = "werk/trajecten/<int:pk>/"

in_municipality = [
    path("trajecten/<int:pk>/meedoen/", joining.JoinView.as_view(), name="join"),
    path("u/", joining.code, name="invitation-code"),
    path("u/<token:code>/", joining.InvitationView.as_view(), name="invitation"),
    path("deelname/<token:token>/", joining.enrolment, name="enrolment"),
    path("deelname/<token:token>/stoppen/", joining.leave, name="enrolment-leave"),
    path(f"{IN_TRAJECTORY}deelnemers/", members.MemberListView.as_view(), name="members"),
    path(f"{IN_TRAJECTORY}deelnemers.csv", members.MemberExportView.as_view(), name="members-csv"),
    path(f"{IN_TRAJECTORY}deelnemers.xlsx", members.MemberWorkbookView.as_view(), name="members-xlsx"),
    path(f"{IN_TRAJECTORY}deelnemers/uitnodigen/", members.InviteView.as_view(), name="members-invite"),
    path(f"{IN_TRAJECTORY}deelnemers/papier/", members.PaperView.as_view(), name="members-paper"),
    path(f"{IN_TRAJECTORY}deelnemers/posters/", members.PosterListView.as_view(), name="members-posters"),
    path(f"{IN_TRAJECTORY}deelnemers/instellingen/", members.RoomView.as_view(), name="members-room"),
    path(f"{IN_TRAJECTORY}posters/<int:invitation>/", members.PosterView.as_view(), name="poster"),
    path(f"{IN_TRAJECTORY}posters/<int:invitation>/qr.svg", members.PosterQrView.as_view(), name="poster-qr"),
    path(
        f"{IN_TRAJECTORY}uitnodigingen/<int:invitation>/intrekken/",
        members.RevokeView.as_view(),
        name="invitation-revoke",
    ),
    path(f"{IN_TRAJECTORY}deelnemers/<int:enrolment>/", members.MemberPage.as_view(), name="member"),
    path(
        f"{IN_TRAJECTORY}deelnemers/<int:enrolment>/rol/",
        members.MemberRoleView.as_view(),
        name="member-role",
    ),
    path(
        f"{IN_TRAJECTORY}deelnemers/<int:enrolment>/uithalen/",
        members.TakeOutView.as_view(),
        name="member-out",
    ),
    path(
        f"{IN_TRAJECTORY}deelnemers/<int:enrolment>/opnieuw/",
        members.InviteAgainView.as_view(),
        name="member-again",
    ),
    path(
        f"{IN_TRAJECTORY}wie-ontbreekt/",
        representation.TrajectoryMissingView.as_view(),
        name="members-missing",
    ),
    path(
        f"{IN_TRAJECTORY}wie-ontbreekt.geojson",
        representation.TrajectoryMissingMap.as_view(),
        name="members-missing-map",
    ),
    path(
        f"{IN_TRAJECTORY}wie-ontbreekt.csv",
        representation.TrajectoryMissingFile.as_view(),
        {"form": "csv"},
        name="members-missing-csv",
    ),
    path(
        f"{IN_TRAJECTORY}wie-ontbreekt.xlsx",
        representation.TrajectoryMissingFile.as_view(),
        {"form": "xlsx"},
        name="members-missing-xlsx",
    ),
    path("werk/wie-ontbreekt/", representation.MissingView.as_view(), name="missing"),
    path("werk/wie-ontbreekt.geojson", representation.MissingMap.as_view(), name="missing-map"),
    path("werk/wie-ontbreekt.csv", representation.MissingFile.as_view(), {"form": "csv"}, name="missing-csv"),
    path(
        "werk/wie-ontbreekt.xlsx", representation.MissingFile.as_view(), {"form": "xlsx"}, name="missing-xlsx"
    ),
]

outside: list = []
