"""What came of walks: live, the results of one, and the figures of all."""

from django.urls import path

from buurtschouw.views import live, results, results_paper

urlpatterns = [
    path("schouw/<int:pk>/live/", live.live_page, name="live"),
    path("schouw/<int:pk>/live/nieuw/", live.live_news, name="live-news"),
    path("schouw/<int:pk>/resultaten/", results.results, name="results"),
    path("schouw/<int:pk>/resultaten.pdf", results_paper.results_pdf, name="results-pdf"),
]
