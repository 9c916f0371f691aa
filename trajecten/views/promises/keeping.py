"""One promise for officials: its history, how it stands, changing it, and what it answers."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.generic import View

from trajecten.domain import contributions, lookups, verdicts
from trajecten.domain.promises import chains, changing, making, refusals, residents
from trajecten.domain.promises import progress as promise_progress
from trajecten.domain.promises import turns as promise_turns
from trajecten.forms.promises.keeping import ChangeForm, OpenForm, OriginForm, ProgressForm
from trajecten.models import Commitment
from trajecten.transitions import TransitionRefused
from trajecten.views.access import StaffMixin
from trajecten.views.promises import photos
from trajecten.views.promises.public import council_origins, history, loaded_origins
from trajecten.views.promises.staff import owner_name, said_in_words

WORDS = 50


class PromisePage(StaffMixin, View):
    """Who may read the promise gets its page; forms only for who may change it."""

    permission = "trajecten.view_commitment"
    request: HttpRequest

    def permission_object(self) -> Commitment:
        rows = Commitment.objects.with_names().select_related("trajectory__adviser")
        self.promise = get_object_or_404(rows, pk=self.kwargs["pk"])
        return self.promise

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page()

    def page(self, *, status: int = 200, **more: Any) -> HttpResponse:
        context = self.context(**more)
        if context["words"] or context["origins"] or self.promise.owner_participant_id:
            lookups.record(target=self.promise, by=self.request.user)
        return render(self.request, "trajecten/promises/staff/promise.html", context, status=status)

    def context(self, **more: Any) -> dict[str, Any]:
        commitment, municipality = self.promise, self.request.municipality
        may_change = self.request.user.has_perm("trajecten.change_commitment", commitment)
        said = list(verdicts.of(commitment).exclude(words="").order_by("-id")[:WORDS])
        progress = more.get("progress_form") or ProgressForm(commitment=commitment)
        return {
            "promise": commitment,
            "owner": owner_name(commitment),
            "chain": chains.chain_of(commitment),
            "history": history(commitment, public=False),
            "origins": [
                {"kind": str(kind.name), "title": kind.title(row), "url": kind.staff_url(row)}
                for kind, row in loaded_origins(commitment)
            ]
            + council_origins(commitment, gemeente=municipality.slug, page="staff-council-item"),
            "said": said_in_words(commitment),
            "words": said,
            "may_change": may_change,
            "may_list": self.request.user.has_perm(self.permission, municipality),
            "progress_form": progress,
            **photos.waiting(progress),
            "unread_turns": residents.unread(commitment),
            "change_form": ChangeForm(municipality=municipality, initial=ChangeForm.initial_of(commitment)),
            "origin_form": OriginForm(),
            **more,
        }


class PromiseAct(PromisePage):
    """One form of the page. A GET, such as after signing in again, shows the page."""

    permission = "trajecten.change_commitment"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.back()

    def back(self) -> HttpResponse:
        return redirect("staff-promise", gemeente=self.request.municipality.slug, pk=self.promise.pk)

    def done(self, message: str) -> HttpResponse:
        messages.success(self.request, message)
        return self.back()

    def newest(self, version: int) -> dict[str, Any]:
        """The promise as somebody else left it, and what they did."""
        self.permission_object()
        turns = promise_turns.newer_than(self.promise, version)
        return {"changes": list(turns)}


class ProgressView(PromiseAct):
    """How it stands. When somebody else was first, what was typed comes back beside what they did."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = ProgressForm(request.POST, commitment=self.promise)
        photos.keep(request, form)
        if not form.is_valid():
            return self.page(status=422, progress_form=form)
        given = dict(form.cleaned_data)
        try:
            promise_progress.tell(
                commitment=self.promise, by=request.user, draft_key=given.pop("key"), **given
            )
        except refusals.CommitmentChanged:
            if promise_progress.is_repeated(commitment=self.promise, by=request.user, **form.cleaned_data):
                return self.back()
            more = self.newest(form.cleaned_data["version"])
            return self.page(status=409, progress_form=form.renewed(self.promise), **more)
        except TransitionRefused as refused:
            form.add_error("status", refused.message)
        except refusals.PromiseRefused as refused:
            form.add_error(refused.field, refused.message)
        else:
            return self.done(_("Everybody can read this now in the history of the promise."))
        return self.page(status=422, progress_form=form)


class ChangeView(PromiseAct):
    """Other words, another date or another owner."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self._form(request.POST)
        if not form.is_valid():
            return self.page(status=422, change_form=form)
        try:
            changing.change(commitment=self.promise, by=request.user, **form.cleaned_data)
        except refusals.CommitmentChanged:
            if changing.is_repeated(commitment=self.promise, by=request.user, **form.cleaned_data):
                return self.back()
            more = self.newest(form.cleaned_data["version"])
            typed = form.data.copy()
            typed["version"] = self.promise.version
            return self.page(status=409, change_form=self._form(typed), **more)
        except refusals.PromiseRefused as refused:
            form.add_error(refused.field, refused.message)
            return self.page(status=422, change_form=form)
        return self.done(_("The promise has been changed. What it was stays in its history."))

    def _form(self, typed: QueryDict) -> ChangeForm:
        known = ChangeForm.initial_of(self.promise)
        return ChangeForm(typed, municipality=self.request.municipality, initial=known)


class OriginView(PromiseAct):
    """One more contribution that it answers: first found, then added."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        chosen = contributions.by_keys([request.POST.get("origin", "")])
        if chosen:
            making.add_origin(commitment=self.promise, origin=chosen[0].row, by=request.user)
            return self.done(_("The promise answers this too now."))
        form = OriginForm(request.POST)
        if not form.is_valid():
            return self.page(status=422, origin_form=form)
        found = contributions.search(form.cleaned_data["words"], request.municipality)
        if not found:
            form.add_error("words", _("Nothing was found with this."))
            return self.page(status=422, origin_form=form)
        return self.page(origin_form=form, found=found)


class OpenView(PromiseAct):
    """Let everybody read what the resident who keeps it told, as far as it stood on the page."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = OpenForm(request.POST)
        if not form.is_valid():
            return self.back()
        opened = residents.open_to_all(commitment=self.promise, by=request.user, **form.cleaned_data)
        if not opened:
            return self.back()
        return self.done(_("Everybody can read this now in the history of the promise."))
