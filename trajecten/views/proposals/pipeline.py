"""The advisers' pipeline: the list of requests, and the page of one."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView, View
from django_scopes import scope, scopes_disabled

from trajecten.domain.proposals import asking, drafting, pricing, queries
from trajecten.enums import REQUEST_TRANSITIONS, ProposalStatus, RequestStatus
from trajecten.figures import Figure, Tone
from trajecten.forms.proposals import RenewForm
from trajecten.forms.requests import PipelineForm, ReasonForm
from trajecten.models import Proposal, TrajectoryRequest
from trajecten.transitions import TransitionRefused
from trajecten.views.access import AdviserMixin
from trajecten.views.paging import LongPaginator
from trajecten.views.proposals import tones

PER_PAGE = 50


class PipelineView(AdviserMixin, TemplateView):
    """New requests of every municipality, and the adviser's own."""

    template_name = "trajecten/proposals/pipeline.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = PipelineForm(self.request.GET)
        with scopes_disabled():
            rows = queries.pipeline(self.request.user, form.filter())
            counts = queries.counts(self.request.user)
        paginator = LongPaginator(rows, PER_PAGE, self.request.GET.get("page"))
        page = paginator.shown()
        return {
            **super().get_context_data(**kwargs),
            "form": form,
            "page": page,
            "rows": [tones.row(asked) for asked in page],
            "title": _title(paginator),
            "query": form.query(),
            "figures": _figures(counts, self.request.path),
        }


def _title(paginator: LongPaginator) -> str:
    if paginator.has_more:
        return _("More than %(n)d requests") % {"n": paginator.limit}
    return ngettext("%(n)d request", "%(n)d requests", paginator.count) % {"n": paginator.count}


def _figures(counts: dict[str, int], path: str) -> list[Figure]:
    labels: dict[str, tuple[str, str, Tone]] = {
        "new": (_("New"), "?status=new", "now"),
        "taken_up": (_("To make a proposal for"), "?status=taken_up&mine=on", ""),
        "proposed": (_("Waiting for an answer"), "?status=proposed&mine=on", ""),
        "changes_asked": (_("Changes asked"), "?status=changes_asked&mine=on", "now"),
        "expiring": (_("Expire soon"), "?expiring=on&mine=on", "now"),
    }
    return [
        Figure(label, counts[name], path + query, tone=tone if counts[name] else "")
        for name, (label, query, tone) in labels.items()
    ]


class RequestPage(AdviserMixin, View):
    """A request: what is asked, by whom, how it stands, and what the adviser can do now.

    A new one is every adviser's; of others only the adviser who took it up finds it.
    """

    def find(self) -> None:
        with scopes_disabled():
            self.asked = _one(self.visible(), self.kwargs["pk"])
        self.request.scopes.enter_context(scope(municipality=self.asked.municipality))

    def visible(self) -> QuerySet[TrajectoryRequest]:
        """The requests among which this one is found."""
        return queries.visible_to(self.request.user)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page()

    def page(self, *, status: int = 200, **forms: Form) -> HttpResponse:
        context = {**request_context(self.asked, self.request.user), **forms}
        return render(self.request, "trajecten/proposals/request.html", context, status=status)

    def done(self, words: str, name: str = "advice-request", **parts: Any) -> HttpResponse:
        messages.success(self.request, words)
        return redirect(name, **(parts or {"pk": self.asked.pk}))


def _one(rows: QuerySet[TrajectoryRequest], pk: int) -> TrajectoryRequest:
    wanted = rows.select_related("municipality", "adviser", "contact", "trajectory")
    return get_object_or_404(wanted.defer("municipality__boundary"), pk=pk)


def request_context(asked: TrajectoryRequest, user: Any) -> dict[str, Any]:
    """Everything that the page of a request shows to its adviser."""
    versions = list(Proposal.objects.filter(request=asked).prefetch_related("lines").order_by("-version"))
    current = next((each for each in versions if each.status in asking.OPEN_PROPOSALS), None)
    following = REQUEST_TRANSITIONS[asked.status]
    return {
        "asked": asked,
        "tag": tones.of_request(asked.status),
        "areas": asked.areas.defer("geometry"),
        "versions": [_version(each) for each in versions],
        "current": current,
        "concept": next((each for each in versions if each.status == ProposalStatus.CONCEPT), None),
        "is_mine": asked.adviser_id == user.pk,
        "may_take_up": RequestStatus.TAKEN_UP in following and asked.adviser_id is None,
        "may_propose": RequestStatus.PROPOSED in following,
        "may_hand_back": RequestStatus.NEW in following and not versions,
        "may_decline": RequestStatus.DECLINED in following and asked.adviser_id == user.pk,
        "decline_form": ReasonForm(auto_id="id_decline_%s"),
        "withdraw_form": ReasonForm(auto_id="id_withdraw_%s"),
        "renew_form": RenewForm(initial={"valid_until": current.valid_until if current else None}),
    }


def _version(proposal: Proposal) -> dict[str, Any]:
    return {
        "proposal": proposal,
        "tag": tones.of_proposal(proposal.status),
        "totals": pricing.totals(proposal.lines.all()),
    }


class RequestAction(RequestPage):
    """A form on the page of a request. A GET shows the page."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return redirect("advice-request", pk=self.asked.pk)


class TakeUpView(RequestAction):
    """Take a request up. Who is a moment too late hears who was first, instead of that it does not exist."""

    def visible(self) -> QuerySet[TrajectoryRequest]:
        found: QuerySet[TrajectoryRequest] = TrajectoryRequest.objects.all()
        return found

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            asking.take_up(request=self.asked, by=request.user)
        except (asking.RequestRefused, TransitionRefused) as refused:
            messages.error(request, refused.message)
            return redirect("advice-requests")
        return self.done(_("This request is yours now. The contact hears it by mail."))


class OwnRequestAction(RequestAction):
    """An act of the adviser of the request; who has not taken it up does not find it."""

    def visible(self) -> QuerySet[TrajectoryRequest]:
        found: QuerySet[TrajectoryRequest] = TrajectoryRequest.objects.filter(adviser=self.request.user)
        return found


class HandBackView(OwnRequestAction):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            asking.hand_back(request=self.asked, by=request.user)
        except (asking.RequestRefused, TransitionRefused) as refused:
            messages.error(request, refused.message)
            return redirect("advice-request", pk=self.asked.pk)
        return self.done(_("The request waits for another adviser. They hear it by mail."))


class DeclineView(OwnRequestAction):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = ReasonForm(request.POST, auto_id="id_decline_%s")
        if form.is_valid():
            try:
                asking.decline(request=self.asked, by=request.user, **form.cleaned_data)
            except (asking.RequestRefused, TransitionRefused) as refused:
                form.add_error(None, refused.message)
            else:
                return self.done(
                    _("The request is declined. The municipality hears it by mail, with your reason.")
                )
        return self.page(status=422, decline_form=form)


class DraftView(OwnRequestAction):
    """Begin a proposal, or go on with the concept that is there."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            concept = drafting.draft(request=self.asked, by=request.user)
        except TransitionRefused as refused:
            messages.error(request, refused.message)
            return redirect("advice-request", pk=self.asked.pk)
        return redirect(reverse("advice-proposal", kwargs={"pk": concept.pk}))
