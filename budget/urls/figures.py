"""The figures of the budget: for everybody, and their explanation by officials."""

from django.urls import URLPattern, path

from budget.views import area_keys, explaining, line_answers
from budget.views.figures import answering, line, origin, overview, programmes
from trajecten.views.tables import as_files

urlpatterns: list[URLPattern] = [
    path("", overview.OverviewView.as_view(), name="overview"),
    path("hoofdtaak/<int:code>/", overview.MainFieldView.as_view(), name="main-field"),
    path("taakveld/<str:code>/", line.LineView.as_view(), name="line"),
    path("taakveld/<str:code>/mening/", answering.AnswerView.as_view(), name="line-answer"),
    path("vergelijk/<str:code>/", line.SimilarView.as_view(), name="similar"),
    path("herkomst/<str:code>/", origin.OriginView.as_view(), name="origin"),
    path("herkomst/<str:code>/rijen.csv", origin.OriginFile.as_view(), name="origin-csv"),
    path("per-programma/", programmes.ProgrammesView.as_view(), name="by-programme"),
    path("per-programma/<path:code>/", programmes.ProgrammeView.as_view(), name="programme-figures"),
    path("werk/antwoorden/", line_answers.LineAnswersView.as_view(), name="line-answers"),
    *as_files("werk/antwoorden/lijst", line_answers.LineAnswersFile, "line-answers"),
    path("werk/uitleg/", explaining.LineTextListView.as_view(), name="line-texts"),
    path("werk/uitleg/<str:code>/", explaining.LineTextView.as_view(), name="line-text"),
    path("werk/gebieden/", area_keys.AreaKeyListView.as_view(), name="area-keys"),
    path("werk/gebieden/nieuw/", area_keys.AreaKeyFormView.as_view(), name="area-key-new"),
    path("werk/gebieden/taakvelden/", area_keys.AreaKeyUseView.as_view(), name="area-key-uses"),
    path("werk/gebieden/boekingen/", area_keys.AreaBookingView.as_view(), name="area-bookings"),
    path("werk/gebieden/<int:pk>/", area_keys.AreaKeyFormView.as_view(), name="area-key"),
]
