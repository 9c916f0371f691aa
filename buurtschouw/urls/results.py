"""What came of walks: live, the results of one, and the figures of all."""

from django.urls import path

from buurtschouw.views import figures, live, results, results_paper
from trajecten.views.tables import as_files

urlpatterns = [
    path("cijfers/", figures.public_figures, name="public-figures"),
    path("werk/cijfers/", figures.FiguresView.as_view(), name="figures"),
    *as_files("werk/cijfers", figures.FiguresFile, "figures"),
    path("schouw/<int:pk>/live/", live.live_page, name="live"),
    path("schouw/<int:pk>/live/nieuw/", live.live_news, name="live-news"),
    path("schouw/<int:pk>/resultaten/", results.results, name="results"),
    path("schouw/<int:pk>/resultaten.pdf", results_paper.results_pdf, name="results-pdf"),
]
