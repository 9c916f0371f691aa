"""The analysis of programmes, and questions about the budget."""

from django.urls import path

from budget.views.analysing import asking, programme, questions

ROUTE = "traject/<int:pk>/"
MEMBER = "mee/<token:token>/"

urlpatterns = [
    path(f"{ROUTE}programmas/<int:programme>/", programme.ProgrammePage.as_view(), name="programme"),
    path(f"{ROUTE}vragen/", questions.questions_page, name="questions"),
    path(f"{ROUTE}vragen/stellen/", asking.AskView.as_view(), name="ask"),
    path(f"{MEMBER}vragen/stellen/", asking.MemberAsk.as_view(), name="ask-member"),
    path(
        f"{MEMBER}programmas/<int:programme>/", programme.MemberProgramme.as_view(), name="programme-member"
    ),
    path("vragen/<int:pk>/", questions.question_page, name="question"),
    path("vragen/mijn/<token:token>/", questions.own_question, name="question-own"),
    path("vragen/bevestigen/<token:token>/", asking.ConfirmQuestion.as_view(), name="question-confirm"),
    path("werk/vragen/", questions.QuestionsDesk.as_view(), name="questions-desk"),
    path("werk/vragen/<int:pk>/", questions.QuestionDesk.as_view(), name="question-desk"),
    path("werk/vragen/<int:pk>/antwoord/", questions.AnswerView.as_view(), name="question-answer"),
    path(
        "werk/traject/<int:pk>/programmas/<int:programme>/notitie/",
        programme.NoteDesk.as_view(),
        name="note-desk",
    ),
]
