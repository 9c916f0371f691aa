"""Where a figure comes from: the rows of the file, on pages and as CSV."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import quote_etag

from budget.domain.figures import rows
from budget.iv3 import names
from budget.views.figures.line import LinePage
from trajecten.domain.tables import Column
from trajecten.views.tables import csv_response

PER_PAGE = 25


class OriginPage(LinePage):
    """The rows of a main field or task field. 404 for a code without a line in these figures."""

    def find_code(self) -> str:
        code = str(self.kwargs["code"])
        return code if code in names.MAIN_FIELDS else super().find_code()

    def find(self) -> None:
        super().find()
        if not self.totals.has(self.code):
            raise Http404


class OriginView(OriginPage):
    template_name = "budget/figures/origin.html"

    def page(self) -> dict[str, Any]:
        found = rows.rows_of(self.budget, self.totals, self.code)
        query = self.form.query()
        return {
            "code": self.code,
            "name": names.name(self.code),
            "line": self._named(self.code),
            "checks": rows.checks(found, self.totals, self.code),
            "page": Paginator(found, PER_PAGE).get_page(self.request.GET.get("page")),
            "page_query": query.removeprefix("?"),
        }


class OriginFile(OriginPage):
    """The same rows as CSV. They never change while the version is the newest one, so a browser asks only that."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        self.find()
        etag = quote_etag(f"{self.budget.pk}-{self.code}-{request.LANGUAGE_CODE}")
        known = get_conditional_response(request, etag=etag)
        if known is not None:
            return known
        found = rows.rows_of(self.budget, self.totals, self.code)
        response = csv_response(f"{self.budget} {self.code}", self._columns(), found)
        response.headers["ETag"] = etag
        return response

    def _columns(self) -> tuple[Column, ...]:
        budget, file = self.budget, self.budget.delivery.name
        return (
            Column(_("Year"), lambda row: budget.year),
            Column(_("Figures"), lambda row: budget.get_kind_display()),
            Column(_("Version"), lambda row: budget.number),
            Column(_("File"), lambda row: file),
            Column(_("Row in the file"), lambda row: row.place),
            Column(_("Side"), lambda row: row.side_name),
            Column(_("Task field"), lambda row: row.task_field),
            Column(_("Category"), lambda row: row.category),
            Column(_("Programme"), lambda row: row.programme),
            Column(_("Amount (euros)"), lambda row: row.amount),
        )
