"""Addresses of taking part: what residents open, and the pages of coordinators and advisers about it."""

from django.urls import path

from trajecten.views import joining, representation
from trajecten.views.members import inviting, people, person, posters
from trajecten.views.tables import as_files

IN_TRAJECTORY = "werk/trajecten/<int:pk>/"

in_municipality = [
    path("trajecten/<int:pk>/meedoen/", joining.JoinView.as_view(), name="join"),
    path("u/", joining.code, name="invitation-code"),
    path("u/<token:code>/", joining.InvitationView.as_view(), name="invitation"),
    path("deelname/<token:token>/", joining.enrolment, name="enrolment"),
    path("deelname/<token:token>/stoppen/", joining.leave, name="enrolment-leave"),
    path(f"{IN_TRAJECTORY}deelnemers/", people.MemberListView.as_view(), name="members"),
    *as_files(f"{IN_TRAJECTORY}deelnemers", people.MembersFile, "members"),
    path(f"{IN_TRAJECTORY}deelnemers/uitnodigen/", inviting.InviteView.as_view(), name="members-invite"),
    path(f"{IN_TRAJECTORY}deelnemers/papier/", inviting.PaperView.as_view(), name="members-paper"),
    path(f"{IN_TRAJECTORY}deelnemers/posters/", posters.PosterListView.as_view(), name="members-posters"),
    *as_files(f"{IN_TRAJECTORY}deelnemers/posters", posters.PostersFile, "members-posters"),
    path(f"{IN_TRAJECTORY}deelnemers/instellingen/", inviting.RoomView.as_view(), name="members-room"),
    path(f"{IN_TRAJECTORY}posters/<int:invitation>/", posters.PosterView.as_view(), name="poster"),
    path(f"{IN_TRAJECTORY}posters/<int:invitation>/qr.svg", posters.PosterQrView.as_view(), name="poster-qr"),
    path(
        f"{IN_TRAJECTORY}uitnodigingen/<int:invitation>/intrekken/",
        posters.RevokeView.as_view(),
        name="invitation-revoke",
    ),
    path(f"{IN_TRAJECTORY}deelnemers/<int:enrolment>/", person.MemberPage.as_view(), name="member"),
    path(
        f"{IN_TRAJECTORY}deelnemers/<int:enrolment>/rol/",
        person.MemberRoleView.as_view(),
        name="member-role",
    ),
    path(
        f"{IN_TRAJECTORY}deelnemers/<int:enrolment>/uithalen/",
        person.TakeOutView.as_view(),
        name="member-out",
    ),
    path(
        f"{IN_TRAJECTORY}deelnemers/<int:enrolment>/opnieuw/",
        person.InviteAgainView.as_view(),
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
    *as_files(f"{IN_TRAJECTORY}wie-ontbreekt", representation.TrajectoryMissingFile, "members-missing"),
    path("werk/wie-ontbreekt/", representation.MissingView.as_view(), name="missing"),
    path("werk/wie-ontbreekt.geojson", representation.MissingMap.as_view(), name="missing-map"),
    *as_files("werk/wie-ontbreekt", representation.MissingFile, "missing"),
]

outside: list = []
