"""The lessons of a walk: written by officials, its adviser and its core group, and used by the next walk."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from buurtschouw.domain import lessons
from buurtschouw.domain.lessons import LessonRefused
from buurtschouw.forms.lessons import LessonForm, LessonUseForm
from buurtschouw.models import Lesson, Schouw
from trajecten.models import Participant
from trajecten.views.access import StaffMixin


@method_decorator(never_cache, name="dispatch")
class LessonsPage(StaffMixin, View):
    """The lessons of a walk, for its officials, adviser and core group; they stay out of others' sight (404).

    Officials who may change the walk write here, and so does the core group; other officials read.
    """

    permission = "buurtschouw.view_schouw"
    member: Participant | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            schouw = self.permission_object()
            self.member = lessons.core_member(schouw=schouw, user=request.user)
            if self.member and not request.user.has_perm(self.permission, schouw):
                return View.dispatch(self, request, *args, **kwargs)
        return super().dispatch(request, *args, **kwargs)

    def permission_object(self) -> Schouw:
        rows = Schouw.objects.select_related("trajectory")
        self.schouw = get_object_or_404(rows, pk=self.kwargs["pk"])
        return self.schouw

    @property
    def is_official(self) -> bool:
        """Whether this visitor may change the walk, and so what is written of it."""
        return self.request.user.has_perm("buurtschouw.change_schouw", self.schouw)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Write a lesson; who may only read gets 403."""
        if not (self.is_official or self.member):
            raise PermissionDenied
        form = self.form(request.POST)
        if form.is_valid():
            by = request.user if self.is_official else self.member
            try:
                lessons.write(schouw=self.schouw, by=by, **form.cleaned_data)
            except LessonRefused as refused:
                form.add_error(refused.field, refused.message)
            else:
                return self.done(_("The lesson has been kept. Who prepares the next walk here will see it."))
        return self.page(status=422, form=form)

    def form(self, data: Any = None, **initial: Any) -> LessonForm:
        steps = self.schouw.trajectory.method.steps
        return LessonForm(data, steps=steps, for_official=self.is_official, initial=initial)

    def page(self, status: int = 200, **forms: Any) -> HttpResponse:
        context = {
            "schouw": self.schouw,
            "lessons": lessons.of_walk(self.schouw),
            "may_write": self.is_official or bool(self.member),
            "may_change": self.is_official,
            "is_member": self.member is not None,
            "form": self.form(),
            **forms,
        }
        return render(self.request, "buurtschouw/lessons/page.html", context, status=status)

    def done(self, message: str) -> HttpResponse:
        messages.success(self.request, message)
        kwargs = {"gemeente": self.request.municipality.slug, "pk": self.schouw.pk}
        return redirect(reverse("buurtschouw:lessons", kwargs=kwargs))


class LessonView(LessonsPage):
    """One lesson, to be changed or removed by who may change the walk."""

    permission = "buurtschouw.change_schouw"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return StaffMixin.dispatch(self, request, *args, **kwargs)

    def permission_object(self) -> Schouw:
        schouw = super().permission_object()
        self.lesson = get_object_or_404(Lesson, pk=self.kwargs["lesson"], schouw=schouw)
        return schouw

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._shown(self.form(**LessonForm.initial_of(self.lesson)))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if "remove" in request.POST:
            lessons.remove(lesson=self.lesson, by=request.user)
            return self.done(_("The lesson has been removed."))
        form = self.form(request.POST)
        if form.is_valid():
            try:
                lessons.change(lesson=self.lesson, by=request.user, **form.cleaned_data)
            except LessonRefused as refused:
                form.add_error(refused.field, refused.message)
            else:
                return self.done(_("The lesson has been changed."))
        return self._shown(form, status=422)

    def _shown(self, form: LessonForm, status: int = 200) -> HttpResponse:
        context = {"schouw": self.schouw, "lesson": self.lesson, "form": form}
        return render(self.request, "buurtschouw/lessons/lesson.html", context, status=status)


class LessonUseView(StaffMixin, View):
    """Taking a lesson of an earlier walk along, or not now. A GET leads to the page of the walk."""

    permission = "buurtschouw.change_schouw"

    def permission_object(self) -> Schouw:
        self.schouw = get_object_or_404(Schouw.objects.select_related("trajectory"), pk=self.kwargs["pk"])
        return self.schouw

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._back()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        lesson = get_object_or_404(Lesson, pk=kwargs["lesson"])
        form = LessonUseForm(request.POST)
        if not form.is_valid():
            raise Http404
        given = form.cleaned_data
        try:
            lessons.use(
                lesson=lesson,
                schouw=self.schouw,
                by=request.user,
                is_taken=given["taken"],
                reason=given["reason"],
            )
        except LessonRefused as refused:
            form.add_error(refused.field, refused.message)
            context = {"schouw": self.schouw, "lesson": lesson, "form": form}
            return render(request, "buurtschouw/lessons/use.html", context, status=422)
        messages.success(request, _("Kept what you do with this lesson."))
        return self._back()

    def _back(self) -> HttpResponse:
        kwargs = {"gemeente": self.request.municipality.slug, "pk": self.schouw.pk}
        return redirect(f"{reverse('buurtschouw:schouw-edit', kwargs=kwargs)}#lessons")
