"""The promises for officials: their list, and making one."""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView, View

from trajecten.domain import commitments, promised
from trajecten.forms.promises.filtering import StaffFilterForm
from trajecten.forms.promises.keeping import PromiseForm
from trajecten.models import Commitment
from trajecten.views.access import StaffMixin
from trajecten.views.paging import LongPaginator
from trajecten.views.promises.widget import snippet

PER_PAGE = 50


@dataclass(frozen=True)
class Row:
    """A promise in the list, with who keeps it as officials see it."""

    promise: Commitment
    owner: str


class PromiseListView(StaffMixin, TemplateView):
    """All promises by their date. An adviser sees those of the trajectory that is filtered on, if it is theirs."""

    template_name = "trajecten/promises/staff/list.html"
    permission = "trajecten.view_commitment"
    request: HttpRequest

    def permission_object(self) -> Any:
        self.form = StaffFilterForm(self.request.GET, municipality=self.request.municipality)
        self.asked = self.form.asked()
        return self.asked.trajectory or self.request.municipality

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, municipality = self.request.user, self.request.municipality
        rows = promised.by_date(self.asked)
        paginator = LongPaginator(rows, PER_PAGE, self.request.GET.get("page"))
        page = paginator.shown()
        return {
            **super().get_context_data(**kwargs),
            "form": self.form,
            "query": self.form.query(),
            "page": page,
            "rows": [Row(row, owner_name(row)) for row in page],
            "title": _title(paginator),
            "figures": _figures(
                self.request.path, promised.figures(replace(self.asked, status="", due="", words=""))
            ),
            "may_add": user.has_perm("trajecten.add_commitment", municipality),
            "snippet": snippet(municipality)
            if user.has_perm("trajecten.manage_municipality", municipality)
            else "",
        }


def owner_name(commitment: Commitment) -> str:
    """Who keeps it, for officials."""
    return str(commitment.owner or commitment.owner_participant or commitment.owner_group)


def _title(paginator: LongPaginator) -> str:
    if paginator.has_more:
        return _("More than %(n)s promises") % {"n": paginator.limit}
    return ngettext("%(n)d promise", "%(n)d promises", paginator.count) % {"n": paginator.count}


def _figures(url: str, figures: promised.PromiseFigures) -> list[dict[str, Any]]:
    """The figures of the filter, each with its list."""
    said = figures.verdicts
    return [
        {"label": _("Open"), "value": figures.running, "url": url},
        {
            "label": _("Past the date"),
            "value": figures.late,
            "url": f"{url}?due=overdue",
            "tone": "now" if figures.late else "",
        },
        {
            "label": _("Broken"),
            "value": figures.broken,
            "url": f"{url}?status=broken",
            "tone": "bad" if figures.broken else "",
        },
        {
            "label": _("Kept, say residents"),
            "value": f"{round(100 * figures.said_yes / said)}%" if said else "–",
            "note": ngettext("%(n)d verdict", "%(n)d verdicts", said) % {"n": said},
        },
    ]


class PromiseNewView(StaffMixin, View):
    """Promise something. "Search" shows what was found, with everything that was typed; it keeps nothing."""

    permission = "trajecten.add_commitment"
    request: HttpRequest

    def get(self, request: HttpRequest, gemeente: str) -> HttpResponse:
        known = {"words": request.GET.get("words", ""), "origins": request.GET.getlist("origins")}
        return self._page(PromiseForm(municipality=request.municipality, initial=known))

    def post(self, request: HttpRequest, gemeente: str) -> HttpResponse:
        form = PromiseForm(request.POST, municipality=request.municipality)
        if "search" in request.POST:
            form.errors.clear()
            return self._page(form)
        if not form.is_valid():
            return self._page(form, status=422)
        made = commitments.promise_for(by=request.user, **form.cleaned_data)
        messages.success(request, _("It has been promised. Everybody can see it on “Promised and done”."))
        return redirect("staff-promise", gemeente=gemeente, pk=made.pk)

    def _page(self, form: PromiseForm, status: int = 200) -> HttpResponse:
        return render(self.request, "trajecten/promises/staff/new.html", {"form": form}, status=status)
