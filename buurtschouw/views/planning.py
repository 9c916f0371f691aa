"""Pages of coordinators and advisers: the walks with their steps, and the themes."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from buurtschouw.domain import queries, schouwen, themes
from buurtschouw.forms.planning import CategoryForm, SchouwForm, StepCloseForm, StepReopenForm
from buurtschouw.method import PREPARE
from buurtschouw.models import Category, Schouw
from trajecten.domain import steps
from trajecten.domain.steps import StepRefused, TrackedStep
from trajecten.models import StepRecord
from trajecten.transitions import TransitionRefused
from trajecten.views.access import StaffMixin


class SchouwListView(StaffMixin, TemplateView):
    template_name = "buurtschouw/staff/schouwen.html"
    permission = "buurtschouw.view_schouw"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_add = self.request.user.has_perm("buurtschouw.add_schouw", self.request.municipality)
        return {**super().get_context_data(**kwargs), "schouwen": queries.walks(), "may_add": may_add}


class SchouwNewView(StaffMixin, View):
    permission = "buurtschouw.add_schouw"

    def get(self, request: HttpRequest, gemeente: str) -> HttpResponse:
        return self._page(SchouwForm(initial=SchouwForm.initial_for(request.municipality)))

    def post(self, request: HttpRequest, gemeente: str) -> HttpResponse:
        form = SchouwForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        made = schouwen.make(municipality=request.municipality, by=request.user, **form.plan())
        messages.success(
            request, _("The walk has been made. Below you see what is still needed before it begins.")
        )
        return redirect("buurtschouw:schouw-edit", gemeente=gemeente, pk=made.pk)

    def _page(self, form: SchouwForm, status: int = 200) -> HttpResponse:
        return render(self.request, "buurtschouw/staff/schouw_new.html", {"form": form}, status=status)


class SchouwPage(StaffMixin, View):
    """A walk: where it stands and, for who may change it, its plan and its steps."""

    permission = "buurtschouw.view_schouw"

    def permission_object(self) -> Schouw:
        rows = Schouw.objects.select_related("trajectory", "trajectory__adviser")
        self.schouw = get_object_or_404(rows, pk=self.kwargs["pk"])
        return self.schouw

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page()

    def page(self, *, status: int = 200, **forms: Form) -> HttpResponse:
        return render(
            self.request, "buurtschouw/staff/schouw_edit.html", self.context(**forms), status=status
        )

    def context(self, **forms: Form) -> dict[str, Any]:
        schouw, user = self.schouw, self.request.user
        track = steps.track(trajectory=schouw.trajectory)
        may_change = user.has_perm("buurtschouw.change_schouw", schouw)
        return {
            "schouw": schouw,
            "track": _track(track),
            "open_step": next((tracked for tracked in track if tracked.state == "now"), None),
            "overridden": _overridden(schouw),
            "figures": queries.schouw_figures(schouw),
            "may_list": user.has_perm("buurtschouw.view_schouw", self.request.municipality),
            "may_change": may_change,
            "may_plan": may_change and schouw.trajectory.allows(PREPARE),
            "may_close": user.has_perm("trajecten.close_step_trajectory", schouw.trajectory),
            "form": SchouwForm(initial=SchouwForm.initial_of(schouw), schouw=schouw),
            "close_form": StepCloseForm(initial={"step": schouw.trajectory.current_step}),
            "reopen_forms": _reopen_forms(track),
            **forms,
        }

    def url(self) -> str:
        kwargs = {"gemeente": self.request.municipality.slug, "pk": self.schouw.pk}
        return reverse("buurtschouw:schouw-edit", kwargs=kwargs)


def _track(track: list[TrackedStep]) -> list[dict[str, Any]]:
    """The steps as the track shows them."""
    return [
        {
            "title": tracked.step.name,
            "state": tracked.state,
            "detail": _detail(tracked),
            "unmet": tracked.unmet,
        }
        for tracked in track
    ]


def _detail(tracked: TrackedStep) -> str:
    if tracked.closed_at:
        return _("Closed on %(day)s") % {"day": date_format(localtime(tracked.closed_at), "j F Y")}
    if tracked.state == "now" and tracked.opened_at:
        return _("Open since %(day)s") % {"day": date_format(localtime(tracked.opened_at), "j F Y")}
    return str(tracked.step.summary)


def _overridden(schouw: Schouw) -> list[StepRecord]:
    """Records of steps that were closed while something was missing."""
    records = StepRecord.objects.filter(trajectory_id=schouw.trajectory_id).exclude(overridden=[])
    return [_named(schouw, record) for record in records.select_related("by")]


def _named(schouw: Schouw, record: StepRecord) -> StepRecord:
    record.step_name = schouw.trajectory.method.step(record.step).name
    return record


def _reopen_forms(track: list[TrackedStep]) -> list[dict[str, Any]]:
    return [
        {
            "name": tracked.step.name,
            "form": StepReopenForm(initial={"step": tracked.step.key}, auto_id=f"id_{tracked.step.key}_%s"),
        }
        for tracked in track
        if tracked.state == "done"
    ]


class SchouwEditView(SchouwPage):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Change the plan; who may only look gets 403."""
        if not request.user.has_perm("buurtschouw.change_schouw", self.schouw):
            return self.handle_no_permission()
        form = SchouwForm(request.POST, schouw=self.schouw)
        if form.is_valid():
            try:
                schouwen.plan(schouw=self.schouw, by=request.user, **form.plan())
            except schouwen.PlanRefused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("The plan has been kept. Residents see it at once."))
                return HttpResponseRedirect(self.url())
        return self.page(status=422, form=form)


class StepAction(SchouwPage):
    """A form of the step track. A GET shows the page."""

    permission = "trajecten.close_step_trajectory"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(self.url())


class StepCloseView(StepAction):
    """Close the open step; with something missing only with a reason, which is kept and shown."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = StepCloseForm(request.POST)
        if form.is_valid():
            try:
                closed = steps.close(trajectory=self.schouw.trajectory, by=request.user, **form.cleaned_data)
            except StepRefused as refused:
                _explain(form, refused)
            else:
                messages.success(request, _closed(closed))
                return HttpResponseRedirect(self.url())
        return self.page(status=422, close_form=form)


def _explain(form: StepCloseForm, refused: StepRefused) -> None:
    """What is missing stands on the page already, so with something missing only the reason is asked."""
    if refused.unmet:
        form.add_error("override_reason", _("Write down why you go on all the same."))
    else:
        form.add_error(None, refused.message)


def _closed(trajectory: Any) -> str:
    if trajectory.open_step is None:
        return _("The last step is closed. The walk is over.")
    return _("This step is closed. Now: %(step)s.") % {"step": trajectory.open_step.name}


class StepReopenView(StepAction):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = StepReopenForm(request.POST)
        if form.is_valid():
            try:
                opened = steps.reopen(trajectory=self.schouw.trajectory, by=request.user, **form.cleaned_data)
            except (StepRefused, TransitionRefused) as refused:
                form.add_error(None, refused.message)
            else:
                messages.success(request, _("Open again: %(step)s.") % {"step": opened.open_step.name})
                return HttpResponseRedirect(self.url())
        return self.page(status=422, reopen_form=form)


class CategoryListView(StaffMixin, TemplateView):
    template_name = "buurtschouw/staff/categories.html"
    permission = "buurtschouw.change_category"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "categories": queries.themes()}


class CategoryFormView(StaffMixin, View):
    """Make a theme, or change the one in the address."""

    permission = "buurtschouw.change_category"

    def permission_object(self) -> Any:
        number = self.kwargs.get("pk")
        self.category = get_object_or_404(Category, pk=number) if number else None
        return self.category or self.request.municipality

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        fresh = {"position": 100, "is_active": True}
        return self._page(
            CategoryForm(initial=CategoryForm.initial_of(self.category) if self.category else fresh)
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = CategoryForm(request.POST)
        if form.is_valid():
            category = self.category or Category(municipality=request.municipality)
            try:
                themes.keep(category=category, by=request.user, **form.cleaned_data)
            except themes.ThemeRefused as refused:
                form.add_error("name", refused.message)
            else:
                messages.success(request, _("The theme has been kept. Choose it at a walk to use it there."))
                return redirect("buurtschouw:categories", gemeente=request.municipality.slug)
        return self._page(form, status=422)

    def _page(self, form: CategoryForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "category": self.category}
        return render(self.request, "buurtschouw/staff/category.html", context, status=status)
