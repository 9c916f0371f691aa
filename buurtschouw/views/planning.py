"""Pages of coordinators and advisers: the walks with their steps, and the themes."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from buurtschouw.domain import lessons, schouwen, themes
from buurtschouw.domain.queries import walks
from buurtschouw.forms.planning import CategoryForm, SchouwForm
from buurtschouw.method import PREPARE
from buurtschouw.models import Category, Schouw
from buurtschouw.views.mending import mendable
from trajecten.views.access import StaffMixin
from trajecten.views.steps import CloseStep, ReopenStep, StepsPage


class SchouwListView(StaffMixin, TemplateView):
    template_name = "buurtschouw/staff/schouwen.html"
    permission = "buurtschouw.view_schouw"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_add = self.request.user.has_perm("buurtschouw.add_schouw", self.request.municipality)
        return {**super().get_context_data(**kwargs), "schouwen": walks.with_counts(), "may_add": may_add}


class SchouwNewView(StaffMixin, View):
    permission = "buurtschouw.add_schouw"

    def get(self, request: HttpRequest, gemeente: str) -> HttpResponse:
        return self._page(SchouwForm(initial=SchouwForm.initial_for(request.municipality)))

    def post(self, request: HttpRequest, gemeente: str) -> HttpResponse:
        form = SchouwForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            made = schouwen.make(municipality=request.municipality, by=request.user, **form.plan())
        except schouwen.PlanRefused as refused:
            form.add_error("walk_time", str(refused))
            return self._page(form, status=422)
        messages.success(
            request, _("The walk has been made. Below you see what is still needed before it begins.")
        )
        return redirect("buurtschouw:schouw-edit", gemeente=gemeente, pk=made.pk)

    def _page(self, form: SchouwForm, status: int = 200) -> HttpResponse:
        return render(self.request, "buurtschouw/staff/schouw_new.html", {"form": form}, status=status)


class SchouwPage(StepsPage):
    """A walk: where it stands and, for who may change it, its plan and its steps."""

    permission = "buurtschouw.view_schouw"

    def permission_object(self) -> Schouw:
        rows = Schouw.objects.select_related("trajectory", "trajectory__adviser")
        self.schouw = get_object_or_404(rows, pk=self.kwargs["pk"])
        self.trajectory = self.schouw.trajectory
        return self.schouw

    def page(self, *, status: int = 200, **forms: Form) -> HttpResponse:
        return render(
            self.request, "buurtschouw/staff/schouw_edit.html", self.context(**forms), status=status
        )

    def context(self, **forms: Form) -> dict[str, Any]:
        schouw, user = self.schouw, self.request.user
        may_change = user.has_perm("buurtschouw.change_schouw", schouw)
        return {
            "schouw": schouw,
            "figures": walks.figures(schouw),
            "may_list": user.has_perm("buurtschouw.view_schouw", self.request.municipality),
            "may_change": may_change,
            "may_hand_in": user.has_perm("buurtschouw.hand_in_schouw", schouw),
            "carried": lessons.for_next(schouw),
            "may_plan": may_change and schouw.trajectory.allows(PREPARE),
            "form": SchouwForm(schouw=schouw),
            **self.step_context(),
            **forms,
        }

    def step_context(self, **forms: Form) -> dict[str, Any]:
        found = super().step_context(**forms)
        for row in found["track"]:
            row["unmet"] = mendable(
                row["unmet"], user=self.request.user, municipality=self.request.municipality
            )
        return found

    def url(self) -> str:
        return self._url("schouw-edit")

    def step_urls(self) -> dict[str, str]:
        return {"close": self._url("step-close"), "reopen": self._url("step-reopen")}

    def _url(self, name: str) -> str:
        kwargs = {"gemeente": self.request.municipality.slug, "pk": self.schouw.pk}
        return reverse(f"buurtschouw:{name}", kwargs=kwargs)


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


class StepCloseView(CloseStep, SchouwPage):
    pass


class StepReopenView(ReopenStep, SchouwPage):
    pass


class CategoryListView(StaffMixin, TemplateView):
    template_name = "buurtschouw/staff/categories.html"
    permission = "buurtschouw.change_category"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "categories": themes.with_counts()}


class CategoryFormView(StaffMixin, View):
    """Make a theme, or change the one in the address."""

    permission = "buurtschouw.change_category"

    def permission_object(self) -> Any:
        number = self.kwargs.get("pk")
        self.category = get_object_or_404(Category, pk=number) if number else None
        return self.category or self.request.municipality

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        fresh = {} if self.category else {"position": 100, "is_active": True}
        return self._page(CategoryForm(initial=fresh, now=self._now()))

    def _now(self) -> dict[str, Any] | None:
        return CategoryForm.initial_of(self.category) if self.category else None

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = CategoryForm(request.POST, now=self._now())
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
