"""Looking back on a walk: its evaluation and its lessons."""

from django.urls import path

from buurtschouw.views import evaluation, lessons
from trajecten.views.access import by_secret_link

urlpatterns = [
    path(
        "schouw/<int:pk>/evaluatie/antwoord/<token:token>/",
        by_secret_link(evaluation.answer),
        name="evaluation-answer",
    ),
    path("werk/schouwen/<int:pk>/evaluatie/", evaluation.EvaluationPage.as_view(), name="evaluation"),
    path("werk/schouwen/<int:pk>/evaluatie/vragen/", evaluation.AskView.as_view(), name="evaluation-ask"),
    path(
        "werk/schouwen/<int:pk>/evaluatie/sluiten/", evaluation.CloseView.as_view(), name="evaluation-close"
    ),
    path("werk/schouwen/<int:pk>/evaluatie/papier/", evaluation.PaperView.as_view(), name="evaluation-paper"),
    path(
        "werk/schouwen/<int:pk>/evaluatie/woorden/<int:words>/",
        evaluation.WordsView.as_view(),
        name="evaluation-words",
    ),
    path("schouw/<int:pk>/lessen/", lessons.LessonsPage.as_view(), name="lessons"),
    path("schouw/<int:pk>/lessen/<int:lesson>/", lessons.LessonView.as_view(), name="lesson"),
    path(
        "werk/schouwen/<int:pk>/lessen/<int:lesson>/meenemen/",
        lessons.LessonUseView.as_view(),
        name="lesson-use",
    ),
]
