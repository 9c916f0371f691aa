"""Walking along: coming in, the app of one walker, what the group found, and what was written on paper."""

from django.urls import path

from buurtschouw.views import joining_walk, walk_app, walk_intake, walk_paper, walk_scores
from trajecten.views.access import by_secret_link

APP = "lopen/<token:token>/"

urlpatterns = [
    path("schouw/<int:pk>/meelopen/", joining_walk.WalkAlongView.as_view(), name="walk-along"),
    path("schouw/<int:pk>/meelopen/delen/", joining_walk.share, name="walk-share"),
    path("schouw/<int:pk>/meelopen/qr.svg", joining_walk.share_qr, name="walk-share-qr"),
    path("schouw/<int:pk>/scores/", walk_scores.scores_page, name="walk-scores"),
    path(APP, by_secret_link(walk_app.app), name="walk"),
    path(f"{APP}app.webmanifest", by_secret_link(walk_app.manifest), name="walk-manifest"),
    path(f"{APP}worker.js", by_secret_link(walk_app.worker), name="walk-worker"),
    path(f"{APP}stand", by_secret_link(walk_app.state), name="walk-state"),
    path(f"{APP}waarnemingen", by_secret_link(walk_intake.observe), name="walk-observe"),
    path(f"{APP}scores", by_secret_link(walk_intake.score), name="walk-score"),
    path(f"{APP}meldingen/<int:number>/antwoord", by_secret_link(walk_intake.answer), name="walk-answer"),
    path("werk/schouwen/<int:pk>/papier/", walk_paper.PaperWalkView.as_view(), name="walk-paper"),
    path("werk/schouwen/<int:pk>/papier.pdf", walk_paper.PaperPdfView.as_view(), name="walk-paper-pdf"),
    path("werk/schouwen/<int:pk>/inlezen/", walk_paper.WalkFileView.as_view(), name="walk-file"),
]
