"""The concept amendment for officials and the adviser: its words, its lines, and handing it in."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.generic import View

from budget.domain.amendments import drafting, handing_in, lines
from budget.domain.amendments.refusals import AmendmentChanged, AmendmentRefused
from budget.forms.outcomes import AmendmentForm, HandInForm
from budget.method import PROPOSE
from budget.models import Amendment, Outcome
from trajecten.domain.council.refusals import CouncilRefused
from trajecten.forms.refusing import refuse
from trajecten.views.access import StaffMixin


class AmendmentMixin(StaffMixin):
    """The amendment of a page; an adviser has only those of their own trajectories."""

    permission = "budget.view_amendment"
    request: HttpRequest

    def permission_object(self) -> Outcome:
        rows = Amendment.objects.select_related(
            "outcome__round__budget", "outcome__trajectory", "council_item"
        )
        self.amendment = get_object_or_404(rows, pk=self.kwargs["pk"])
        return self.amendment.outcome


class AmendmentView(AmendmentMixin, View):
    """The words and the lines. A POST writes the words anew, for who may."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.may("change"):
            return self.page(status=403)
        form = AmendmentForm(request.POST)
        if not form.is_valid():
            return self.page(status=422, form=form)
        try:
            drafting.change(amendment=self.amendment, by=request.user, **form.cleaned_data)
        except AmendmentChanged as changed:
            self.amendment.version = changed.amendment.version
            typed = {**form.data.dict(), "version": changed.amendment.version}
            return self.page(status=409, form=AmendmentForm(typed), newest=changed.amendment)
        except AmendmentRefused as refused:
            refuse(form, refused)
            return self.page(status=422, form=form)
        messages.success(request, _("Your changes have been kept."))
        return self.back()

    def may(self, act: str) -> bool:
        return self.request.user.has_perm(f"budget.{act}_amendment", self.amendment.outcome)

    def page(self, *, status: int = 200, **forms: Any) -> HttpResponse:
        amendment = self.amendment
        shifts = lines.shifts(amendment.outcome)
        context = {
            "amendment": amendment,
            "outcome": amendment.outcome,
            "shifts": shifts,
            "moved": lines.moved(shifts),
            "form": AmendmentForm(initial=_words(amendment)),
            "hand_in_form": HandInForm(initial={"version": amendment.version}, auto_id="id_hand_in_%s"),
            "may_change": self.may("change") and not amendment.council_item_id,
            "may_hand_in": self.may("hand_in") and not amendment.council_item_id,
            "is_open": amendment.outcome.trajectory.allows(PROPOSE),
            **forms,
        }
        return render(self.request, "budget/amendments/page.html", context, status=status)

    def back(self) -> HttpResponse:
        slug = self.request.municipality.slug
        return redirect("budget:amendment", gemeente=slug, pk=self.amendment.pk)


def _words(amendment: Amendment) -> dict[str, Any]:
    names = ("version", "title", "findings", "considerations")
    return {name: getattr(amendment, name) for name in names}


class HandInView(AmendmentView):
    """Put it to the council. A GET shows the page."""

    permission = "budget.hand_in_amendment"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.back()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = HandInForm(request.POST, auto_id="id_hand_in_%s")
        if not form.is_valid():
            return self.refused(form)
        try:
            item = handing_in.hand_in(amendment=self.amendment, by=request.user, **form.cleaned_data)
        except (AmendmentRefused, CouncilRefused) as refused:
            refuse(form, refused)
            return self.refused(form)
        messages.success(request, _("Handed in. The clerk goes on with it from here."))
        return redirect("staff-council-item", gemeente=request.municipality.slug, pk=item.pk)

    def refused(self, form: Form) -> HttpResponse:
        return self.page(status=422, hand_in_form=form)
