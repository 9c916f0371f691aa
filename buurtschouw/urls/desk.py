"""What makes handling many reports light: merging, waiting for a reporter, tasks, templates, rounds, many at once."""

from django.urls import path

from buurtschouw.views import answer_templates, bulk, merging, rounds, subtasks, waiting
from trajecten.views.access import by_secret_link

urlpatterns = [
    path("werk/meldingen/<int:number>/samen/", merging.MergeView.as_view(), name="merge"),
    path("werk/meldingen/<int:number>/los/", merging.UnmergeView.as_view(), name="unmerge"),
    path("werk/meldingen/<int:number>/verder/", waiting.TakeUpView.as_view(), name="take-up"),
    path("werk/meldingen/<int:number>/taken/", subtasks.SubtaskAddView.as_view(), name="task-add"),
    path(
        "werk/meldingen/<int:number>/taken/<int:task>/", subtasks.SubtaskTickView.as_view(), name="task-tick"
    ),
    path("werk/meldingen/tegelijk/", bulk.BulkNewView.as_view(), name="bulk-new"),
    path("werk/meldingen/tegelijk/<int:pk>/", bulk.BulkView.as_view(), name="bulk"),
    path("werk/rondje/", rounds.RoundView.as_view(), name="round"),
    path("werk/rondje/erbij/", rounds.RoundAddView.as_view(), name="round-add"),
    path("werk/rondje/anders/", rounds.RoundChangeView.as_view(), name="round-change"),
    path("werk/rondje/<int:pk>/", rounds.RoundView.as_view(), name="round-of"),
    path("werk/rondje/<int:pk>/rondje.pdf", rounds.RoundPdfView.as_view(), name="round-pdf"),
    path("werk/sjablonen/", answer_templates.AnswerTemplateListView.as_view(), name="answer-templates"),
    path(
        "werk/sjablonen/nieuw/", answer_templates.AnswerTemplateFormView.as_view(), name="answer-template-new"
    ),
    path(
        "werk/sjablonen/<int:pk>/", answer_templates.AnswerTemplateFormView.as_view(), name="answer-template"
    ),
    path("volg/<token:token>/antwoord/", by_secret_link(waiting.reply), name="reply"),
]
