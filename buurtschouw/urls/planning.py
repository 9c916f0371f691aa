"""Where walks are planned, and the themes that reports are about."""

from django.urls import path

from buurtschouw.views import files, planning, theme_questions
from trajecten.views.tables import as_files

urlpatterns = [
    path("werk/schouwen/", planning.SchouwListView.as_view(), name="schouwen"),
    *as_files("werk/schouwen", files.WalksFile, "schouwen"),
    path("werk/schouwen/nieuw/", planning.SchouwNewView.as_view(), name="schouw-new"),
    path("werk/schouwen/<int:pk>/", planning.SchouwEditView.as_view(), name="schouw-edit"),
    path("werk/schouwen/<int:pk>/stap/afronden/", planning.StepCloseView.as_view(), name="step-close"),
    path("werk/schouwen/<int:pk>/stap/heropenen/", planning.StepReopenView.as_view(), name="step-reopen"),
    path("werk/themas/", planning.CategoryListView.as_view(), name="categories"),
    path("werk/themas/nieuw/", planning.CategoryFormView.as_view(), name="category-new"),
    path("werk/themas/<int:pk>/", planning.CategoryFormView.as_view(), name="category-edit"),
    path(
        "werk/themas/<int:pk>/vragen/nieuw/", theme_questions.QuestionFormView.as_view(), name="question-new"
    ),
    path(
        "werk/themas/<int:pk>/vragen/<int:question>/",
        theme_questions.QuestionFormView.as_view(),
        name="question-edit",
    ),
]
