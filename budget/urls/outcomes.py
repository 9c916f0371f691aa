"""The residents' alternative, and the amendment that it becomes."""

from django.urls import path

from budget.views import amendment_paper, amendments, outcomes, outcomes_desk

PUBLIC = "bewonersbegroting/<int:round>/"
NUMBER = f"{PUBLIC}<int:number>/"
DESK = "werk/bewonersbegroting/<int:round>/"
AMENDMENT = "werk/amendement/<int:pk>/"

urlpatterns = [
    path(PUBLIC, outcomes.latest, name="outcomes"),
    path(NUMBER, outcomes.outcome, name="outcome"),
    path(f"{NUMBER}zo-is-dit-berekend/", outcomes.explained, name="outcome-explained"),
    path(f"{NUMBER}regel/<int:line>/", outcomes.line, name="outcome-line"),
    path(f"{NUMBER}<slug:name>.csv", outcomes.file, name="outcome-file"),
    path(f"{NUMBER}amendement.pdf", amendment_paper.public_pdf, name="outcome-amendment"),
    path(DESK, outcomes_desk.DeskView.as_view(), name="outcome-desk"),
    path(f"{DESK}vastzetten/", outcomes_desk.FreezeView.as_view(), name="outcome-freeze"),
    path(
        f"{DESK}<int:number>/regel/<int:line>/",
        outcomes_desk.SummaryView.as_view(),
        name="outcome-summary",
    ),
    path(f"{DESK}<int:number>/amendement/", outcomes_desk.DraftView.as_view(), name="amendment-begin"),
    path(AMENDMENT, amendments.AmendmentView.as_view(), name="amendment"),
    path(f"{AMENDMENT}indienen/", amendments.HandInView.as_view(), name="amendment-hand-in"),
    path(f"{AMENDMENT}concept.pdf", amendment_paper.PdfView.as_view(), name="amendment-pdf"),
    path(f"{AMENDMENT}concept.docx", amendment_paper.WordView.as_view(), name="amendment-word"),
]
