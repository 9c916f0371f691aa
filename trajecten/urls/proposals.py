"""Addresses from a request to a proposal to a trajectory.

Most lie outside any municipality, because the one that asks need not take part yet.
"""

from django.urls import path

from trajecten.views.access import by_secret_link
from trajecten.views.proposals import answering, asking, drafting, files, municipality, pipeline
from trajecten.views.tables import as_files

in_municipality = [
    path("werk/aanvragen/", municipality.RequestListView.as_view(), name="staff-requests"),
    *as_files("werk/aanvragen", files.RequestsFile, "staff-requests"),
]

outside = [
    path("trajecten/<slug:method>/aanvragen/", asking.RequestFormView.as_view(), name="request"),
    path("voorstel/<token:token>/", by_secret_link(answering.ProposalView.as_view()), name="proposal"),
    path(
        "voorstel/<token:token>/voorstel.pdf",
        by_secret_link(answering.ProposalPdfView.as_view()),
        name="proposal-pdf",
    ),
    path(
        "voorstel/<token:token>/akkoord/",
        by_secret_link(answering.AcceptView.as_view()),
        name="proposal-accept",
    ),
    path(
        "voorstel/<token:token>/wijzigen/",
        by_secret_link(answering.ChangesView.as_view()),
        name="proposal-changes",
    ),
    path(
        "voorstel/<token:token>/afzien/",
        by_secret_link(answering.WithdrawView.as_view()),
        name="proposal-decline",
    ),
    path("advies/aanvragen/", pipeline.PipelineView.as_view(), name="advice-requests"),
    *as_files("advies/aanvragen", files.PipelineFile, "advice-requests"),
    path("advies/aanvragen/<int:pk>/", pipeline.RequestPage.as_view(), name="advice-request"),
    path("advies/aanvragen/<int:pk>/opnemen/", pipeline.TakeUpView.as_view(), name="advice-take-up"),
    path("advies/aanvragen/<int:pk>/teruggeven/", pipeline.HandBackView.as_view(), name="advice-hand-back"),
    path("advies/aanvragen/<int:pk>/afwijzen/", pipeline.DeclineView.as_view(), name="advice-decline"),
    path("advies/aanvragen/<int:pk>/voorstel/", pipeline.DraftView.as_view(), name="advice-draft"),
    path("advies/voorstellen/<int:pk>/", drafting.ConceptView.as_view(), name="advice-proposal"),
    path(
        "advies/voorstellen/<int:pk>/voorstel.pdf",
        drafting.PreviewView.as_view(),
        name="advice-proposal-pdf",
    ),
    path("advies/voorstellen/<int:pk>/verlengen/", drafting.RenewView.as_view(), name="advice-renew"),
    path("advies/voorstellen/<int:pk>/intrekken/", drafting.TakeBackView.as_view(), name="advice-withdraw"),
]
