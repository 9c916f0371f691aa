"""Tasks for a walk."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from buurtschouw.domain.preparing import tasks
from buurtschouw.domain.preparing.refusals import PreparationRefused
from buurtschouw.forms.preparing.tasks import TaskForm
from buurtschouw.models import Schouw, WalkTask
from buurtschouw.views.preparing.page import OfWalk, PreparationAct
from trajecten.forms.refusing import refuse

TASKS = "tasks"


class TaskNew(PreparationAct):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = TaskForm(request.POST, schouw=self.schouw, auto_id="id_task_%s")
        if form.is_valid():
            try:
                tasks.add(schouw=self.schouw, by=request.user, **form.task())
            except PreparationRefused as refused:
                refuse(form, refused)
            else:
                return self.done(_("The task has been added."), TASKS)
        return self.page(status=422, task_form=form)


class OfTask(OfWalk):
    """One task of the walk."""

    def permission_object(self) -> Schouw:
        schouw = super().permission_object()
        rows = WalkTask.objects.filter(schouw=schouw).select_related("owner", "owner_participant")
        self.task: WalkTask = get_object_or_404(rows, pk=self.kwargs["task"])
        return schouw


class TaskPage(OfTask):
    """A task to change."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page(TaskForm(schouw=self.schouw, task=self.task))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = TaskForm(request.POST, schouw=self.schouw, task=self.task)
        if form.is_valid():
            try:
                tasks.change(task=self.task, by=request.user, **form.task())
            except PreparationRefused as refused:
                refuse(form, refused)
            else:
                return self.done(_("The task has been changed."), TASKS)
        return self._page(form, status=422)

    def _page(self, form: TaskForm, status: int = 200) -> HttpResponse:
        context = {"schouw": self.schouw, "task": self.task, "form": form}
        return render(self.request, "buurtschouw/staff/task.html", context, status=status)


class TaskAct(OfTask):
    """A button of a task. A GET shows the page it is on."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.to(TASKS)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            return self.done(self.act(), TASKS)
        except PreparationRefused as refused:
            return self.sorry(refused, TASKS)

    def act(self) -> str:
        raise NotImplementedError


class TaskMark(TaskAct):
    def act(self) -> str:
        is_done = self.request.POST.get("done") != "0"
        tasks.mark(task=self.task, is_done=is_done, by=self.request.user)
        return _("Done: %(task)s.") % {"task": self.task} if is_done else _("The task is open again.")


class TaskRemove(TaskAct):
    """Removing what is gone already is harmless: two may press, or one twice."""

    def permission_object(self) -> Schouw:
        schouw = OfWalk.permission_object(self)
        self.gone = WalkTask.objects.filter(schouw=schouw, pk=self.kwargs["task"]).first()
        return schouw

    def act(self) -> str:
        if self.gone:
            tasks.remove(task=self.gone, by=self.request.user)
        return _("The task has been removed.")
