"""Finishing an alternative, going on with it, sharing it and taking it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from budget.domain.alternatives import finishing, judging, sharing
from budget.domain.alternatives.refusals import AlternativeConflict, AlternativeRefused
from budget.domain.rounds import inhabitants, locking
from budget.enums import AlternativeState
from budget.forms.alternatives import FinishForm, ShareForm
from budget.views.alternatives import lines
from budget.views.alternatives.own import AlternativePage, OwnPage
from budget.views.buttons import Button
from trajecten.forms.refusing import refuse


class FinishView(OwnPage):
    """What is missing, or the last questions; a POST finishes."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        mine = self.alternative
        if mine.state == AlternativeState.FINISHED or not locking.takes(mine.round):
            return self.back()
        initial = {**FinishForm.initial_of(mine), "revision": mine.revision}
        return self._page(FinishForm(initial=initial))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = FinishForm(request.POST)
        if form.is_valid():
            try:
                return self._finished(form)
            except AlternativeConflict:
                messages.warning(request, _("It was changed elsewhere meanwhile. Look at it once more."))
                return self.back()
            except AlternativeRefused as refused:
                if refused.code != finishing.MISSING:
                    refuse(form, refused)
        return self._page(form, status=422)

    def _finished(self, form: FinishForm) -> HttpResponse:
        revision = form.cleaned_data["revision"]
        finishing.finish(alternative=self.alternative, expected=revision, about=form.about())
        messages.success(self.request, _("Thank you! Your alternative budget counts."))
        return self.back()

    def _page(self, form: FinishForm, status: int = 200) -> HttpResponse:
        mine, given = self.alternative, judging.of(self.alternative)
        moved = lines.moved(mine.round, given, inhabitants.of(mine.round))
        context = {
            "alternative": mine,
            "round": mine.round,
            "missing": judging.missing(mine, self.round_lines, given),
            "moved": moved,
            "total": lines.total(moved, mine.round.unit),
            "form": form,
        }
        return render(self.request, "budget/alternatives/finish.html", context, status=status)


class ReopenView(Button, OwnPage):
    """Go on changing what was finished."""

    def act(self) -> HttpResponse:
        finishing.reopen(alternative=self.alternative, by=self.alternative.author)
        messages.info(
            self.request, _("You can change it again. It does not count until you finish it once more.")
        )
        return self.back()


class ShareView(AlternativePage):
    """Let others see it, or no longer. A GET shows the page."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.back()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = ShareForm(request.POST)
        if form.is_valid():
            told = form.cleaned_data
            try:
                sharing.share(
                    alternative=self.alternative,
                    is_shared=told["share"],
                    is_named=told["is_named"],
                    display_name=told["display_name"],
                )
            except AlternativeRefused as refused:
                refuse(form, refused)
            else:
                return self.back()
        return self.finished(status=422, share_form=form)


class WithdrawView(Button, OwnPage):
    """Take it back."""

    def act(self) -> HttpResponse:
        found = self.alternative.round
        sharing.withdraw(alternative=self.alternative)
        messages.success(self.request, _("Your alternative has been taken back. Nothing of it is left."))
        return redirect("budget:alternative-begin", gemeente=self.request.municipality.slug, pk=found.pk)
