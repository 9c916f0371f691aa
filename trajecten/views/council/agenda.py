"""Imported agenda items: importing them, and saying which council item each is."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.generic import View

from trajecten.domain.agenda import importing, matching
from trajecten.domain.agenda.importing import Imported
from trajecten.domain.agenda.matching import MatchRefused
from trajecten.domain.council.refusals import CouncilRefused
from trajecten.enums import MatchState
from trajecten.forms.council.agenda import ImportForm, MatchForm
from trajecten.models import AgendaItem
from trajecten.transitions import TransitionRefused
from trajecten.views.access import StaffMixin
from trajecten.views.council import showing
from trajecten.views.council.desk import match_row
from trajecten.views.paging import LongPaginator

PER_PAGE = 50
MAX_MATCHES = 50


class AgendaView(StaffMixin, View):
    """What was imported, with its import; every official reads it, clerk and coordinator import."""

    permission = "trajecten.view_agendaitem"

    def get(self, request: HttpRequest, gemeente: str) -> HttpResponse:
        return self._page(ImportForm())

    def post(self, request: HttpRequest, gemeente: str) -> HttpResponse:
        if not request.user.has_perm("trajecten.change_agendaitem", request.municipality):
            return self.handle_no_permission()
        form = ImportForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(form, status=422)
        result = importing.take(municipality=request.municipality, agenda=form.agenda, by=request.user)
        messages.success(request, _told(result))
        return redirect("council-agenda", gemeente=gemeente)

    def _page(self, form: ImportForm, status: int = 200) -> HttpResponse:
        page = LongPaginator(matching.imported(), PER_PAGE, self.request.GET.get("page")).shown()
        may_change = self.request.user.has_perm("trajecten.change_agendaitem", self.request.municipality)
        context = {
            "form": form,
            "page": page,
            "rows": [_row(agenda_item) for agenda_item in page],
            "matches": [match_row(match) for match in matching.proposals()[:MAX_MATCHES]],
            "may_change": may_change,
        }
        return render(self.request, "trajecten/council/staff/agenda.html", context, status=status)


def _told(result: Imported) -> str:
    """What the import did, in one sentence each."""
    counts = vars(result)
    if not result.added and not result.changed:
        return _("Nothing is new: %(same)s agenda items were here already.") % counts
    return (
        _(
            "%(added)s agenda items are new, %(changed)s have changed, %(same)s are the same. "
            "Proposed matches: %(proposed)s."
        )
        % counts
    )


def _row(agenda_item: AgendaItem) -> dict[str, Any]:
    tones = {MatchState.ACCEPTED: "success", MatchState.PROPOSED: "warning"}
    return {
        "agenda_item": agenda_item,
        "tone": tones.get(MatchState(agenda_item.state), "neutral"),
        "changes": _changes(agenda_item),
    }


def _changes(agenda_item: AgendaItem) -> list[str]:
    """What the last import changed, as it was before."""
    earlier = agenda_item.changed
    found = []
    if "meeting_date" in earlier:
        day = showing.day(date.fromisoformat(earlier["meeting_date"]))
        found.append(_("The date was %(day)s.") % {"day": day})
    if "title" in earlier:
        found.append(_("The title was “%(title)s”.") % {"title": earlier["title"]})
    return found


class MatchView(StaffMixin, View):
    """Say that an agenda item is the council item that was proposed, or that it is not. A GET shows them all."""

    permission = "trajecten.change_agendaitem"

    def permission_object(self) -> AgendaItem:
        rows = AgendaItem.objects.select_related("municipality", "match")
        self.agenda_item = get_object_or_404(rows, pk=self.kwargs["pk"])
        return self.agenda_item

    def get(self, request: HttpRequest, gemeente: str, pk: int) -> HttpResponse:
        return redirect("council-agenda", gemeente=gemeente)

    def post(self, request: HttpRequest, gemeente: str, pk: int) -> HttpResponse:
        form = MatchForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("This proposal has changed meanwhile. Look at it again."))
            return redirect("council-agenda", gemeente=gemeente)
        accepted = form.cleaned_data["answer"] == "accept"
        act = matching.accept if accepted else matching.refuse
        try:
            act(agenda_item=self.agenda_item, item=form.cleaned_data["item"], by=request.user)
        except (MatchRefused, CouncilRefused, TransitionRefused) as refused:
            messages.error(request, refused.message)
            return redirect("council-agenda", gemeente=gemeente)
        if accepted:
            messages.success(request, _("Matched. The item has its date and its page now."))
            return redirect("staff-council-item", gemeente=gemeente, pk=form.cleaned_data["item"].pk)
        messages.success(request, _("Noted: it is something else. It is not proposed again."))
        return redirect("council-agenda", gemeente=gemeente)
