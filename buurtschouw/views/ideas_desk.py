"""Where the energy is: ideas for officials by their power, with what each needs next, and the page of one."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View

from buurtschouw.domain import answering, todo
from buurtschouw.domain.chain import chain_of
from buurtschouw.domain.ideas import handing_over, joining, judging, listing, naming
from buurtschouw.domain.ideas.refusals import IdeaRefused
from buurtschouw.forms.ideas import DeskFilterForm, IdeaPromiseForm, JudgeForm, PrepareForm
from buurtschouw.models import Idea, Joining, Report
from buurtschouw.views.ideas import idea_context
from trajecten.domain import lookups
from trajecten.domain.successions.refusals import SuccessionRefused
from trajecten.domain.tables import Column
from trajecten.forms.refusing import refuse
from trajecten.transitions import TransitionRefused
from trajecten.views.access import StaffMixin
from trajecten.views.paging import LongPaginator
from trajecten.views.tables import CHUNK, TableFile

PER_PAGE = 50


class DeskMixin(StaffMixin):
    """Reads the filter. An adviser sees the ideas of the walk that is filtered on, if it is theirs."""

    permission = "buurtschouw.view_report"
    request: HttpRequest

    def permission_object(self) -> Any:
        self.form = DeskFilterForm(self.request.GET)
        self.asked = self.form.asked()
        return self.asked.schouw or self.request.municipality


class DeskView(DeskMixin, TemplateView):
    template_name = "buurtschouw/staff/ideas.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        paginator = LongPaginator(listing.for_desk(self.asked), PER_PAGE, self.request.GET.get("page"))
        page = paginator.shown()
        pullers = listing.pullers_of([idea.report_id for idea in page])
        return {
            **super().get_context_data(**kwargs),
            "form": self.form,
            "query": self.form.query(),
            "page": page,
            "title": _title(paginator),
            "rows": [
                {
                    "idea": idea,
                    "pullers": pullers[idea.report_id],
                    "needs": listing.needs(idea),
                    "tag": todo.tag(idea.report),
                }
                for idea in page
            ],
        }


def _title(paginator: LongPaginator) -> str:
    if paginator.has_more:
        return _("More than %(n)s ideas") % {"n": paginator.limit}
    return ngettext("%(n)d idea", "%(n)d ideas", paginator.count) % {"n": paginator.count}


class DeskFile(DeskMixin, TableFile):
    """The same list. Who joins is not in it."""

    name = gettext_lazy("Where the energy is")
    columns = (
        Column(gettext_lazy("Number"), lambda row: row.report_id),
        Column(gettext_lazy("Idea"), lambda row: row.report.title),
        Column(gettext_lazy("Initiative power"), lambda row: round(row.power, 1)),
        Column(gettext_lazy("Who pull it"), lambda row: row.pullers),
        Column(gettext_lazy("Who join"), lambda row: row.joiners),
        Column(gettext_lazy("Hours a month"), lambda row: row.hours),
        Column(gettext_lazy("Say “good idea”"), lambda row: row.supporters),
        Column(gettext_lazy("Neighbourhoods"), lambda row: row.neighbourhoods),
        Column(gettext_lazy("Feasible"), lambda row: row.get_feasibility_display()),
        Column(gettext_lazy("Last activity"), lambda row: row.active_at),
        Column(gettext_lazy("Status"), lambda row: row.report.get_status_display()),
        Column(gettext_lazy("Theme"), lambda row: row.report.category.name),
        Column(gettext_lazy("Neighbourhood"), lambda row: row.report.area.name if row.report.area else ""),
        Column(gettext_lazy("What is needed"), lambda row: ", ".join(listing.needs(row))),
    )

    def rows(self) -> Iterable[Idea]:
        return listing.for_desk(self.asked).iterator(chunk_size=CHUNK)


class IdeaPage(StaffMixin, View):
    """One idea for officials: its power, who joins, and the forms for who may answer."""

    permission = "buurtschouw.view_report"
    request: HttpRequest

    def permission_object(self) -> Report:
        rows = Report.objects.with_names().select_related("author", "schouw")
        self.report = get_object_or_404(rows, pk=self.kwargs["number"], kind="idea")
        self.report.municipality = self.request.municipality
        return self.report

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        lookups.record(target=self.report, by=request.user)
        return self.page()

    def page(self, *, status: int = 200, **forms: Any) -> HttpResponse:
        report, user = self.report, self.request.user
        about = idea_context(self.request, report)
        standing = about["standing"]
        context = {
            **about,
            "may_see_standing": bool(standing)
            and user.has_perm("trajecten.view_succession", standing["succession"]),
            "report": report,
            "tag": todo.tag(report),
            "next_act": todo.link_to(report),
            "chain": chain_of(report, own=False),
            "joiners": joining.in_order(report),
            "may_answer": user.has_perm("buurtschouw.answer_report", report),
            "may_plan": "planned" in report.means.transitions[report.status],
            "may_prepare": report.is_open and report.is_public,
            "judge_form": JudgeForm(),
            "promise_form": IdeaPromiseForm(initial={"version": report.version}),
            "prepare_form": PrepareForm(report=report),
            **forms,
        }
        return render(self.request, "buurtschouw/staff/idea.html", context, status=status)


class IdeaAction(IdeaPage):
    """One form of the page. A GET, such as after signing in again, shows the page."""

    permission = "buurtschouw.answer_report"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.back()

    def back(self) -> HttpResponse:
        slug = self.request.municipality.slug
        return redirect("buurtschouw:idea-desk", gemeente=slug, number=self.report.pk)

    def done(self, message: str) -> HttpResponse:
        messages.success(self.request, message)
        return self.back()


class JudgeView(IdeaAction):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = JudgeForm(request.POST)
        if not form.is_valid():
            return self.page(status=422, judge_form=form)
        judging.judge(report=self.report, by=request.user, **form.cleaned_data)
        return self.done(_("Your judgement has been kept. Everybody can read it, and who joins hears it."))


class PromiseView(IdeaAction):
    """Make it a promise. When somebody else was first, what was typed stays."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = IdeaPromiseForm(request.POST)
        if not form.is_valid():
            return self.page(status=422, promise_form=form)
        try:
            handing_over.promise(report=self.report, by=request.user, **form.cleaned_data)
        except answering.ReportChanged as changed:
            typed = form.data.copy()
            typed["version"] = changed.report.version
            form = IdeaPromiseForm(typed)
            form.add_error(None, _("Somebody else answered meanwhile. Look at it, and send this again."))
            return self.page(status=409, promise_form=form)
        except (TransitionRefused, answering.AnswerRefused) as refused:
            form.add_error(None, refused.message)
            return self.page(status=422, promise_form=form)
        return self.done(_("It has been promised. Who had the idea and who joins hear it now."))


class PrepareView(IdeaAction):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = PrepareForm(request.POST, report=self.report)
        if not form.is_valid():
            return self.page(status=422, prepare_form=form)
        try:
            handing_over.prepare(report=self.report, by=request.user, **form.cleaned_data)
        except (IdeaRefused, SuccessionRefused) as refused:
            refuse(form, refused)
            return self.page(status=422, prepare_form=form)
        return self.done(
            _("It has been prepared. Who pulls it and who joins are asked whether they go along.")
        )


class HideNameView(IdeaAction):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        found = get_object_or_404(Joining, pk=self.kwargs["joining"], report=self.report)
        naming.hide(joining=found, by=request.user)
        return self.done(_("The name does not stand with the idea any more."))
