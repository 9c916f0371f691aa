"""The promises for officials: their list, and making one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View

from trajecten.domain.promises import making, promised, wording
from trajecten.domain.tables import Column
from trajecten.enums import CommitmentStatus
from trajecten.figures import Figure
from trajecten.forms.promises.filtering import StaffFilterForm
from trajecten.forms.promises.keeping import PromiseForm
from trajecten.models import Commitment, Trajectory
from trajecten.views.access import StaffMixin
from trajecten.views.paging import LongPaginator
from trajecten.views.promises.widget import snippet
from trajecten.views.tables import CHUNK, TableFile

PER_PAGE = 50


@dataclass(frozen=True)
class Row:
    """A promise in the list, with who keeps it as officials see it."""

    promise: Commitment
    headline: str
    owner: str
    said: str


class PromisesMixin(StaffMixin):
    """Reads the filter. An adviser sees the promises of the trajectory that is filtered on, if it is theirs."""

    permission = "trajecten.view_commitment"
    request: HttpRequest

    def permission_object(self) -> Any:
        self.form = StaffFilterForm(self.request.GET, municipality=self.request.municipality)
        self.may_list = self.request.user.has_perm(self.permission, self.request.municipality)
        if not self.may_list:
            self.form.keep_to(Trajectory.objects.filter(adviser=self.request.user.pk))
        self.asked = self.form.asked()
        return self.asked.trajectory or self.request.municipality


class PromiseListView(PromisesMixin, TemplateView):
    """All promises by their date."""

    template_name = "trajecten/promises/staff/list.html"

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
            "rows": [
                Row(row, wording.headline(row.text), owner_name(row), said_in_words(row)) for row in page
            ],
            "title": _title(paginator),
            "figures": _figures(
                self.request.path,
                self.form,
                promised.figures(replace(self.asked, status="", due="", words="")),
            ),
            "clear_url": self._clear_url(),
            "may_add": user.has_perm("trajecten.add_commitment", municipality),
            "snippet": snippet(municipality)
            if user.has_perm("trajecten.manage_municipality", municipality)
            else "",
        }

    def _clear_url(self) -> str:
        """The list without a filter, when there is one; for an adviser that of the trajectory at hand."""
        kept = "" if self.may_list else urlencode({"trajectory": self.asked.trajectory.pk})
        return f"{self.request.path}?{kept}".rstrip("?") if self.form.query() != kept else ""


class PromisesFile(PromisesMixin, TableFile):
    """The same list."""

    name = gettext_lazy("Promises")
    columns = (
        Column(gettext_lazy("Number"), lambda row: row.pk),
        Column(gettext_lazy("Promise"), lambda row: row.text),
        Column(gettext_lazy("Trajectory"), lambda row: row.trajectory.title),
        Column(gettext_lazy("Neighbourhood"), lambda row: row.area.name if row.area else ""),
        Column(gettext_lazy("Owner"), lambda row: row.owner.name if row.owner else owner_name(row)),
        Column(gettext_lazy("Team"), lambda row: row.team.name if row.team else ""),
        Column(gettext_lazy("By when"), lambda row: row.deadline),
        Column(gettext_lazy("Status"), lambda row: row.get_status_display()),
        Column(gettext_lazy("Late"), lambda row: row.is_late),
        Column(gettext_lazy("Reason"), lambda row: row.reason),
        Column(gettext_lazy("Promised on"), lambda row: row.created_at),
        Column(gettext_lazy("Closed on"), lambda row: row.closed_at),
        Column(gettext_lazy("Say yes"), lambda row: row.verdict_yes),
        Column(gettext_lazy("Say partly"), lambda row: row.verdict_partly),
        Column(gettext_lazy("Say no"), lambda row: row.verdict_no),
    )

    def rows(self) -> Iterable[Commitment]:
        return promised.by_date(self.asked).iterator(chunk_size=CHUNK)


def owner_name(commitment: Commitment) -> str:
    """Who keeps it, for officials."""
    return str(commitment.owner or commitment.owner_participant or commitment.owner_group)


def _title(paginator: LongPaginator) -> str:
    if paginator.has_more:
        return _("More than %(n)s promises") % {"n": paginator.limit}
    return ngettext("%(n)d promise", "%(n)d promises", paginator.count) % {"n": paginator.count}


def _figures(path: str, form: StaffFilterForm, figures: promised.PromiseFigures) -> list[Figure]:
    """The figures of whose and of what the filter asks, each with its list."""
    said = figures.verdicts

    def listed(**asked: str) -> str:
        return f"{path}?{form.query(**({'status': '', 'due': '', 'words': ''} | asked))}"

    return [
        Figure(_("Open"), figures.running, listed()),
        Figure(
            _("Past the date"),
            figures.late,
            listed(due="overdue"),
            tone="now" if figures.late else "",
        ),
        Figure(
            _("Broken"),
            figures.broken,
            listed(status=CommitmentStatus.BROKEN),
            tone="bad" if figures.broken else "",
        ),
        Figure(
            _("Kept, say residents"),
            f"{round(100 * figures.said_yes / said)}%" if said else "–",
            note=ngettext("%(n)d verdict", "%(n)d verdicts", said) % {"n": said},
        ),
    ]


def said_in_words(promise: Commitment) -> str:
    """How many residents say what of the last round; what nobody says is left out."""
    said = (
        (promise.verdict_yes, _("%(n)s yes")),
        (promise.verdict_partly, _("%(n)s partly")),
        (promise.verdict_no, _("%(n)s no")),
    )
    return ", ".join(words % {"n": n} for n, words in said if n)


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
        made = making.promise_for(by=request.user, **form.cleaned_data)
        messages.success(request, _("It has been promised. Everybody can see it on “Promised and done”."))
        return redirect("staff-promise", gemeente=gemeente, pk=made.pk)

    def _page(self, form: PromiseForm, status: int = 200) -> HttpResponse:
        return render(self.request, "trajecten/promises/staff/new.html", {"form": form}, status=status)
