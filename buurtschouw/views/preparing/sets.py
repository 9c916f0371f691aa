"""The sets of statements of a municipality, and the pictures in them."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView, View

from buurtschouw.domain.preparing import statements
from buurtschouw.domain.preparing.refusals import PreparationRefused
from buurtschouw.domain.preparing.statements import Picture, Words
from buurtschouw.forms.preparing.statements import SetForm, StatementForm
from buurtschouw.models import Statement, StatementSet
from trajecten.forms.refusing import refuse
from trajecten.views.access import StaffMixin


class SetListView(StaffMixin, TemplateView):
    template_name = "buurtschouw/staff/statement_sets.html"
    permission = "buurtschouw.change_statementset"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "sets": statements.sets()}


class SetPage(StaffMixin, View):
    """Make a set, or change the one in the address, which shows its statements too."""

    permission = "buurtschouw.change_statementset"

    def permission_object(self) -> Any:
        number = self.kwargs.get("pk")
        self.set: StatementSet | None = get_object_or_404(StatementSet, pk=number) if number else None
        return self.set or self.request.municipality

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page(self._form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self._form(request.POST)
        if form.is_valid():
            made = self.set or StatementSet(municipality=request.municipality)
            try:
                kept = statements.keep_set(made=made, by=request.user, **form.cleaned_data)
            except PreparationRefused as refused:
                refuse(form, refused)
            else:
                messages.success(request, _("The set has been kept."))
                return redirect("buurtschouw:statement-set", gemeente=request.municipality.slug, pk=kept.pk)
        return self._page(form, status=422)

    def _form(self, *data: Any) -> SetForm:
        if self.set is None:
            return SetForm(*data, initial={"is_active": True})
        return SetForm(*data, now=SetForm.initial_of(self.set))

    def _page(self, form: SetForm, status: int = 200) -> HttpResponse:
        rows = statements.in_set(self.set) if self.set else ()
        context = {"form": form, "set": self.set, "statements": rows}
        return render(self.request, "buurtschouw/staff/statement_set.html", context, status=status)


class StatementPage(StaffMixin, View):
    """Add a statement to a set, or change the one in the address.

    Of one that was scored the words stay: then the page offers to put a new one in its place.
    """

    permission = "buurtschouw.change_statementset"
    statement: Statement | None = None

    def permission_object(self) -> StatementSet:
        if number := self.kwargs.get("statement"):
            rows = Statement.objects.select_related("set", "category")
            found: Statement = get_object_or_404(rows, pk=number, set=self.kwargs["pk"])
            self.statement, self.set = found, found.set
        else:
            self.set = get_object_or_404(StatementSet, pk=self.kwargs["pk"])
        return self.set

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        fresh = {} if self.statement else {"position": 100, "is_active": True}
        return self._page(StatementForm(initial=fresh, statement=self.statement))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = StatementForm(request.POST, request.FILES, statement=self.statement)
        is_scored = False
        if form.is_valid():
            try:
                self._keep(form)
            except PreparationRefused as refused:
                is_scored = refused.code == "scored"
                refuse(form, refused)
            else:
                messages.success(request, _("The statement has been kept."))
                return redirect(
                    "buurtschouw:statement-set", gemeente=request.municipality.slug, pk=self.set.pk
                )
        return self._page(form, status=422, is_scored=is_scored)

    def _keep(self, form: StatementForm) -> None:
        given, by = form.cleaned_data, self.request.user
        words = Words(given["category"], given["text"], given["explanation"])
        common = {"by": by, "words": words, "position": given["position"], "picture": _picture(form)}
        if self.statement is None:
            statements.add(to=self.set, is_active=given["is_active"], **common)
        elif "replace" in self.request.POST:
            statements.replace(statement=self.statement, **common)
        else:
            statements.change(statement=self.statement, is_active=given["is_active"], **common)

    def _page(self, form: StatementForm, status: int = 200, *, is_scored: bool = False) -> HttpResponse:
        context = {"form": form, "set": self.set, "statement": self.statement, "is_scored": is_scored}
        return render(self.request, "buurtschouw/staff/statement.html", context, status=status)


def _picture(form: StatementForm) -> Picture:
    given = form.cleaned_data
    upload = given["picture"]
    return Picture(
        alt=given["picture_alt"],
        file=upload.file if upload else None,
        name=upload.name if upload else "",
        size=upload.size if upload else 0,
        is_removed=bool(given.get("removes_picture")),
    )


@require_safe
@cache_control(public=True, max_age=3600)
def picture(request: HttpRequest, gemeente: str, pk: int) -> FileResponse:
    """The picture of a statement, for everybody; 404 where it has none."""
    found = get_object_or_404(Statement, pk=pk)
    if not found.picture:
        raise Http404
    return FileResponse(found.picture.open("rb"), content_type="image/jpeg")
