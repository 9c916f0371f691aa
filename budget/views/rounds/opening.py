"""Opening a round, giving it more time, closing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from budget.domain.rounds import opening
from budget.domain.rounds.refusals import RoundRefused
from budget.forms.rounds import OpenForm
from budget.views.rounds.desk import RoundMixin
from trajecten.forms.refusing import refuse


class RoundAct(RoundMixin):
    """A form of the round's page. A GET shows that page."""

    permission = "budget.change_round"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.round_page()

    def done(self, message: str) -> HttpResponse:
        messages.success(self.request, message)
        return redirect("budget:round", gemeente=self.request.municipality.slug, pk=self.round.pk)


class DatedAct(RoundAct):
    """An act with a last day; a refusal stands beside it."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = OpenForm(request.POST)
        if form.is_valid():
            try:
                return self.done(self.act(form))
            except RoundRefused as refused:
                refuse(form, refused)
        return self.round_page(status=422, open_form=form)

    def act(self, form: OpenForm) -> str:
        raise NotImplementedError


class OpenView(DatedAct):
    def act(self, form: OpenForm) -> str:
        opening.open_round(found=self.round, closes_on=form.cleaned_data["closes_on"], by=self.request.user)
        return _("The round is open. Members of the trajectory and who follows it are told.")


class ExtendView(DatedAct):
    def act(self, form: OpenForm) -> str:
        day = form.cleaned_data["closes_on"]
        opening.extend(found=self.round, closes_on=day, by=self.request.user)
        return _("People have until %(day)s now.") % {"day": date_format(day, "j F Y")}


class CloseView(RoundAct):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            opening.close(found=self.round, by=request.user)
        except RoundRefused as refused:
            messages.warning(request, refused.message)
            return self.round_page(status=422)
        return self.done(_("The round is closed. What was finished counts."))
