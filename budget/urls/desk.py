"""The work on the budget, for officials."""

from django.urls import path

from budget.views import desk

urlpatterns = [path("werk/", desk.DeskView.as_view(), name="desk")]
