"""The tasks at a report: adding one, and saying that it is done."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from buurtschouw.domain import subtasks
from buurtschouw.forms.subtasks import SubtaskForm, TickForm
from buurtschouw.models import Report, Subtask
from buurtschouw.views.handling.acting import ReportAction
from trajecten.domain.staffing import people


class SubtaskAddView(ReportAction):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = SubtaskForm(request.POST, officials=people.answering_here(request.municipality))
        if form.is_valid():
            try:
                subtasks.add(report=self.report, by=request.user, **form.cleaned_data)
            except subtasks.SubtaskRefused as refused:
                form.add_error(refused.field, refused.message)
            else:
                return self.done(_("The task has been added."))
        return self.refused(task_form=form)


class SubtaskTickView(ReportAction):
    """Done, or not after all."""

    def permission_object(self) -> Report:
        report = super().permission_object()
        self.subtask = get_object_or_404(Subtask, pk=self.kwargs["task"], report=report)
        return report

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = TickForm(request.POST)
        is_done = form.is_valid() and form.cleaned_data["is_done"]
        subtasks.tick(subtask=self.subtask, by=request.user, is_done=is_done)
        return self.done(_("The task is done.") if is_done else _("The task waits again."))
