"""The route on one page, and choosing themes and programmes."""

from django.urls import path

from budget.views import route
from budget.views.choosing import desk, programmes, themes

ROUTE = "traject/<int:pk>/"
BALLOT = "themas/mijn/<token:token>/"
MEMBER = "mee/<token:token>/themas/"
DESK = "werk/traject/<int:pk>/"

urlpatterns = [
    path("traject/", route.routes, name="routes"),
    path(ROUTE, route.route, name="route"),
    path(f"{ROUTE}themas/", themes.ThemesPage.as_view(), name="themes"),
    path(f"{ROUTE}themas/voorstellen/", themes.SuggestView.as_view(), name="theme-suggest"),
    path(f"{ROUTE}programmas/", programmes.programmes_page, name="programmes"),
    path(MEMBER, themes.MemberThemes.as_view(), name="themes-member"),
    path(f"{MEMBER}voorstellen/", themes.MemberSuggest.as_view(), name="theme-suggest-member"),
    path(BALLOT, themes.BallotPage.as_view(), name="theme-ballot"),
    path(f"{BALLOT}bevestigen/", themes.ConfirmView.as_view(), name="theme-ballot-confirm"),
    path(f"{BALLOT}intrekken/", themes.WithdrawView.as_view(), name="theme-ballot-withdraw"),
    path(f"{BALLOT}voorstellen/", themes.BallotSuggest.as_view(), name="theme-ballot-suggest"),
    path(DESK, route.RouteDesk.as_view(), name="route-desk"),
    path(f"{DESK}themas/", desk.ThemesDesk.as_view(), name="themes-desk"),
    path(f"{DESK}themas/beginnen/", desk.BeginView.as_view(), name="themes-begin"),
    path(f"{DESK}themas/kiezen/", desk.ChooseThemesView.as_view(), name="themes-choose"),
    path(f"{DESK}themas/nieuw/", desk.ThemeEditor.as_view(), name="theme-new"),
    path(f"{DESK}themas/papier/", desk.PaperView.as_view(), name="themes-paper"),
    path(f"{DESK}themas/formulier/", desk.SheetView.as_view(), name="themes-sheet"),
    path(f"{DESK}themas/<int:theme>/", desk.ThemeEditor.as_view(), name="theme-edit"),
    path(f"{DESK}themas/<int:theme>/weghalen/", desk.RemoveThemeView.as_view(), name="theme-remove"),
    path(f"{DESK}programmas/", programmes.ProgrammesDesk.as_view(), name="programmes-desk"),
    path(
        f"{DESK}programmas/<int:programme>/",
        programmes.ChooseProgrammeView.as_view(),
        name="programme-choose",
    ),
]
