"""The pages on which an adviser writes a proposal and sends it, renews it or takes it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.generic import View
from django_scopes import scope, scopes_disabled

from trajecten.domain.proposals import asking, drafting, pricing, sending
from trajecten.enums import ProposalStatus
from trajecten.forms.proposals import ConceptForms, RenewForm
from trajecten.forms.requests import ReasonForm
from trajecten.models import Proposal
from trajecten.transitions import TransitionRefused
from trajecten.views.access import AdviserMixin
from trajecten.views.proposals import document
from trajecten.views.proposals.pipeline import request_context


class ProposalMixin(AdviserMixin):
    """A version of a proposal; only the adviser of its request finds it."""

    def find(self) -> None:
        with scopes_disabled():
            rows = Proposal.objects.filter(request__adviser=self.request.user)
            related = ("request", "request__municipality", "request__adviser", "request__contact")
            wanted = rows.select_related(*related).defer("request__municipality__boundary")
            self.proposal = get_object_or_404(wanted, pk=self.kwargs["pk"])
        self.request.scopes.enter_context(scope(municipality=self.proposal.request.municipality))

    def to_request(self) -> HttpResponse:
        return redirect("advice-request", pk=self.proposal.request_id)


class ConceptView(ProposalMixin, View):
    """Write the concept; a version that was sent leads to the page of its request."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.proposal.status != ProposalStatus.CONCEPT:
            return self.to_request()
        return self._page(ConceptForms(proposal=self.proposal))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        forms = ConceptForms(request.POST, proposal=self.proposal)
        if not forms.is_valid():
            return self._page(forms, status=422)
        try:
            kept = drafting.keep(proposal=self.proposal, by=request.user, **forms.content())
            if request.POST.get("act") == "send":
                sending.send(proposal=kept, by=request.user)
        except (asking.RequestRefused, TransitionRefused) as refused:
            forms.words.add_error(None, refused.message)
            return self._page(forms, status=422)
        return self._done(request.POST.get("act") == "send")

    def _done(self, is_sent: bool) -> HttpResponse:
        if is_sent:
            messages.success(
                self.request, _("The proposal has been sent. The municipality gets a mail with the link.")
            )
            return self.to_request()
        messages.success(self.request, _("The concept has been kept. Nobody has seen it yet."))
        return redirect("advice-proposal", pk=self.proposal.pk)

    def _page(self, forms: ConceptForms, status: int = 200) -> HttpResponse:
        context = {
            "proposal": self.proposal,
            "asked": self.proposal.request,
            "form": forms.words,
            "forms": forms,
            "parts": forms.parts,
            "totals": pricing.totals(self.proposal.lines.all()),
            "missing": sending.missing(self.proposal),
        }
        return render(self.request, "trajecten/proposals/concept.html", context, status=status)


class PreviewView(ProposalMixin, View):
    """Any version as PDF, for its adviser; a concept says that it is one."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return document.pdf(self.proposal)


class ProposalAction(ProposalMixin, View):
    """A form about a version that was sent. A GET leads to the page of its request."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.to_request()

    def refused(self, **forms: Any) -> HttpResponse:
        context = {**request_context(self.proposal.request, self.request.user), **forms}
        return render(self.request, "trajecten/proposals/request.html", context, status=422)


class RenewView(ProposalAction):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = RenewForm(request.POST)
        if form.is_valid():
            try:
                renewed = sending.renew(proposal=self.proposal, by=request.user, **form.cleaned_data)
            except asking.RequestRefused as refused:
                form.add_error("valid_until", refused.message)
            else:
                day = date_format(renewed.valid_until, "j F Y")
                words = _("The proposal can be accepted until and including %(day)s now.") % {"day": day}
                messages.success(request, words)
                return self.to_request()
        return self.refused(renew_form=form)


class TakeBackView(ProposalAction):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = ReasonForm(request.POST, auto_id="id_withdraw_%s")
        if form.is_valid():
            try:
                sending.withdraw(proposal=self.proposal, by=request.user, **form.cleaned_data)
            except (asking.RequestRefused, TransitionRefused) as refused:
                form.add_error(None, refused.message)
            else:
                messages.success(request, _("The proposal has been withdrawn. The municipality hears why."))
                return self.to_request()
        return self.refused(withdraw_form=form)
