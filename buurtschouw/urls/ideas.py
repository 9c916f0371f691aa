"""Ideas: for everybody, for who joins one, and for officials."""

from django.urls import path

from buurtschouw.views import ideas, ideas_desk, joining
from trajecten.views.tables import as_files

OWN = "ideeen/mee/<token:token>/"
DESK = "werk/ideeen/<int:number>/"

urlpatterns = [
    path("ideeen/", ideas.ideas, name="ideas"),
    path("ideeen.geojson", ideas.ideas_geojson, name="ideas-geojson"),
    path("ideeen/<int:number>/meedoen/", joining.join, name="idea-join"),
    path(OWN, joining.JoiningPage.as_view(), name="joining"),
    path(f"{OWN}bevestigen/", joining.ConfirmView.as_view(), name="joining-confirm"),
    path(f"{OWN}trekken/", joining.PullView.as_view(), name="joining-pull"),
    path(f"{OWN}teruggeven/", joining.HandBackView.as_view(), name="joining-back"),
    path(f"{OWN}stoppen/", joining.LeaveView.as_view(), name="joining-leave"),
    path(f"{OWN}bericht/", joining.LetterView.as_view(), name="joining-letter"),
    path("werk/ideeen/", ideas_desk.DeskView.as_view(), name="ideas-desk"),
    *as_files("werk/ideeen", ideas_desk.DeskFile, "ideas-desk"),
    path(DESK, ideas_desk.IdeaPage.as_view(), name="idea-desk"),
    path(f"{DESK}oordeel/", ideas_desk.JudgeView.as_view(), name="idea-judge"),
    path(f"{DESK}belofte/", ideas_desk.PromiseView.as_view(), name="idea-promise"),
    path(f"{DESK}doorgeven/", ideas_desk.PrepareView.as_view(), name="idea-prepare"),
    path(f"{DESK}naam/<int:joining>/", ideas_desk.HideNameView.as_view(), name="idea-hide-name"),
]
