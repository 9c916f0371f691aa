"""What makes handling many reports light: merging, waiting for a reporter, tasks, templates, rounds, many at once."""

from django.urls import path

from buurtschouw.views import merging, waiting
from trajecten.views.access import by_secret_link

urlpatterns = [
    path("werk/meldingen/<int:number>/samen/", merging.MergeView.as_view(), name="merge"),
    path("werk/meldingen/<int:number>/los/", merging.UnmergeView.as_view(), name="unmerge"),
    path("werk/meldingen/<int:number>/verder/", waiting.TakeUpView.as_view(), name="take-up"),
    path("volg/<token:token>/antwoord/", by_secret_link(waiting.reply), name="reply"),
]
