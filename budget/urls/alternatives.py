"""Alternative budgets: making one, and the rounds in which that is done."""

from django.urls import path

from budget.views.alternatives import beginning, finishing, keeping, own, shared
from budget.views.rounds import desk, lines, opening, paper, preparing

OWN = "alternatief/mijn/<token:token>/"
ROUND = "werk/rondes/<int:pk>/"

urlpatterns = [
    path("alternatief/<int:pk>/", beginning.BeginView.as_view(), name="alternative-begin"),
    path(
        "alternatief/bevestigen/<token:signed>/", beginning.ConfirmView.as_view(), name="alternative-confirm"
    ),
    path("alternatief/bekijken/<token:token>/", shared.shared, name="alternative-shared"),
    path(OWN, own.AlternativePage.as_view(), name="alternative"),
    path(f"{OWN}bewaren/", keeping.KeepView.as_view(), name="alternative-keep"),
    path(f"{OWN}klaar/", finishing.FinishView.as_view(), name="alternative-finish"),
    path(f"{OWN}veranderen/", finishing.ReopenView.as_view(), name="alternative-reopen"),
    path(f"{OWN}delen/", finishing.ShareView.as_view(), name="alternative-share"),
    path(f"{OWN}stoppen/", finishing.WithdrawView.as_view(), name="alternative-withdraw"),
    path("werk/rondes/", desk.RoundsView.as_view(), name="rounds"),
    path("werk/rondes/nieuw/", preparing.NewRoundView.as_view(), name="round-new"),
    path(ROUND, desk.RoundView.as_view(), name="round"),
    path(f"{ROUND}wijzigen/", preparing.ChangeRoundView.as_view(), name="round-change"),
    path(
        "werk/traject/<int:pk>/rondes/<int:round>/weghalen/",
        preparing.RemoveRoundView.as_view(),
        name="round-remove",
    ),
    path(f"{ROUND}regels/", lines.LinesView.as_view(), name="round-lines"),
    path(f"{ROUND}regels/nieuw/", lines.AddLineView.as_view(), name="round-line-add"),
    path(f"{ROUND}openen/", opening.OpenView.as_view(), name="round-open"),
    path(f"{ROUND}verlengen/", opening.ExtendView.as_view(), name="round-extend"),
    path(f"{ROUND}sluiten/", opening.CloseView.as_view(), name="round-close"),
    path(f"{ROUND}formulier/", paper.PaperPdfView.as_view(), name="round-paper-pdf"),
    path(f"{ROUND}papier/", paper.EnterPaperView.as_view(), name="round-paper"),
    path(f"{ROUND}alternatief/<int:alternative>/", desk.AlternativeView.as_view(), name="round-alternative"),
]
