"""The page of a council item for officials, and every act on it.

An act names the version of the item that the official was looking at: when somebody else was first, everything that
was typed comes back beside what changed, with 409.
"""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.generic import View

from trajecten.domain import contributions
from trajecten.domain.council import behind, deciding, items
from trajecten.domain.council.history import Event, history
from trajecten.domain.council.refusals import CouncilRefused, ItemChanged
from trajecten.domain.staffing import people
from trajecten.enums import COUNCIL_TRANSITIONS, CouncilStatus
from trajecten.forms.council.decision import DecisionForm
from trajecten.forms.council.items import CouncilItemForm, ScheduleForm, VersionForm, WithdrawForm
from trajecten.models import CouncilDecision, CouncilItem, User
from trajecten.transitions import TransitionRefused
from trajecten.views.access import StaffMixin
from trajecten.views.council import public, showing


class NewView(StaffMixin, View):
    """Put something to council or college; ``?origins=`` names contributions that are behind it.

    "Search" shows what was found, with everything that was typed; it keeps nothing.
    """

    permission = "trajecten.add_councilitem"

    def get(self, request: HttpRequest, gemeente: str) -> HttpResponse:
        said = contributions.by_keys(request.GET.getlist("origins"))
        return self._page(CouncilItemForm(initial=CouncilItemForm.initial_for(said)))

    def post(self, request: HttpRequest, gemeente: str) -> HttpResponse:
        form = CouncilItemForm(request.POST)
        if "search" in request.POST:
            form.errors.clear()
            return self._page(form)
        if form.is_valid():
            try:
                made = items.submit(municipality=request.municipality, by=request.user, **form.written())
            except CouncilRefused as refused:
                form.add_error(refused.field or None, refused.message)
            else:
                messages.success(request, _("The item has been submitted. Everybody can follow it now."))
                return redirect("staff-council-item", gemeente=gemeente, pk=made.pk)
        return self._page(form, status=422)

    def _page(self, form: Form, status: int = 200) -> HttpResponse:
        return render(self.request, "trajecten/council/staff/form.html", {"form": form}, status=status)


class ItemPage(StaffMixin, View):
    """Who may read the item gets its page; forms only for who may act."""

    permission = "trajecten.view_councilitem"
    request: HttpRequest

    def permission_object(self) -> CouncilItem:
        rows = CouncilItem.objects.select_related("trajectory", "commitment")
        self.item = get_object_or_404(rows, pk=self.kwargs["pk"])
        return self.item

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page()

    def page(self, *, status: int = 200, **context: Any) -> HttpResponse:
        return render(
            self.request, "trajecten/council/staff/item.html", self.context(**context), status=status
        )

    def context(self, **context: Any) -> dict[str, Any]:
        item = self.item
        version = {"version": item.version}
        keys = behind.contribution_keys(item)
        lines = showing.lines(item)
        planned = {"day": item.scheduled_for, "meeting_name": item.meeting_name}
        return {
            "item": item,
            "tag": showing.tag(item),
            "row": showing.row(item),
            "lines": lines,
            "uncovered": showing.uncovered(lines),
            "promises": showing.promises(behind.made(item)),
            "asked": showing.promises(behind.promises(item)),
            "origins": _staff_origins(keys),
            "reached": behind.reached(item, keys),
            "events": _timeline(history(item)),
            "may_list": self.request.user.has_perm("trajecten.view_councilitem", self.request.municipality),
            "may_change": self.request.user.has_perm("trajecten.change_councilitem", item),
            "allowed": COUNCIL_TRANSITIONS[item.status],
            "date_first": item.status == CouncilStatus.SUBMITTED,
            "version_form": VersionForm(initial=version, auto_id=False),
            "schedule_form": ScheduleForm(initial={**version, **planned}, auto_id="id_schedule_%s"),
            "withdraw_form": WithdrawForm(initial=version, auto_id="id_withdraw_%s"),
            **context,
        }

    def to_item(self, message: str) -> HttpResponse:
        messages.success(self.request, message)
        return self.back()

    def back(self) -> HttpResponse:
        return redirect("staff-council-item", gemeente=self.request.municipality.slug, pk=self.item.pk)


def _staff_origins(keys: behind.Keys) -> list[dict[str, Any]]:
    return [
        {"title": kind.title(row), "url": kind.staff_url(row), "kind": kind.name, "number": row.pk}
        for kind, of_kind in keys
        for row in kind.load(of_kind[: public.MAX_ORIGINS]).values()
    ]


def _timeline(events: list[Event]) -> list[dict[str, Any]]:
    return [
        {"who": event.who, "when": event.when, "title": event.title, "text": event.text, "kind": "staff"}
        for event in events
    ]


class ItemAction(ItemPage):
    """A form on the page of the item. A GET, such as after signing in again, shows the page."""

    permission = "trajecten.change_councilitem"
    form_class: type[VersionForm] = VersionForm
    form_name = "version_form"
    auto_id: str | bool = False

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.back()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form_class(request.POST, auto_id=self.auto_id)
        if not form.is_valid():
            return self.refused(form)
        try:
            message = self.act(form.cleaned_data)
        except ItemChanged as changed:
            return self.overtaken(changed.item, form)
        except (CouncilRefused, TransitionRefused) as refused:
            form.add_error(getattr(refused, "field", "") or None, refused.message)
            return self.refused(form)
        return self.to_item(message)

    def act(self, given: dict[str, Any]) -> str:
        """Do it; returns what to say of it."""
        raise NotImplementedError

    def refused(self, form: Form) -> HttpResponse:
        return self.page(status=422, **{self.form_name: form, "form": form})

    def overtaken(self, item: CouncilItem, form: Form) -> HttpResponse:
        self.item = item
        typed = {**form.data.dict(), "version": item.version}
        renewed = self.form_class(typed, auto_id=self.auto_id)
        return self.page(status=409, is_overtaken=True, **{self.form_name: renewed})


class ScheduleView(ItemAction):
    form_class, form_name, auto_id = ScheduleForm, "schedule_form", "id_schedule_%s"

    def act(self, given: dict[str, Any]) -> str:
        items.schedule(item=self.item, by=self.request.user, **given)
        return _("It is on the agenda of %(day)s now.") % {"day": showing.day(given["day"])}


class TakeOffView(ItemAction):
    def act(self, given: dict[str, Any]) -> str:
        items.take_off(item=self.item, by=self.request.user, **given)
        return _("It is off the agenda, and waits for a date again.")


class DiscussView(ItemAction):
    def act(self, given: dict[str, Any]) -> str:
        items.discuss(item=self.item, by=self.request.user, **given)
        return _("It was discussed. The decision is still to come.")


class WithdrawView(ItemAction):
    form_class, form_name, auto_id = WithdrawForm, "withdraw_form", "id_withdraw_%s"

    def act(self, given: dict[str, Any]) -> str:
        items.withdraw(item=self.item, by=self.request.user, **given)
        return _("The item has been withdrawn. Your reason is on its page.")


class ChangeView(ItemPage):
    """Change the facts, the points and what is behind it."""

    permission = "trajecten.change_councilitem"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._form(CouncilItemForm(initial=CouncilItemForm.initial_of(self.item)))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = CouncilItemForm(request.POST)
        if "search" in request.POST:
            form.errors.clear()
            return self._form(form)
        if not form.is_valid():
            return self._form(form, status=422)
        version = form.cleaned_data["version"] or 0
        try:
            items.change(item=self.item, by=request.user, version=version, **form.written())
        except ItemChanged as changed:
            self.item = changed.item
            return self._form(form.renewed(changed.item), status=409, is_overtaken=True)
        except CouncilRefused as refused:
            form.add_error(refused.field or None, refused.message)
            return self._form(form, status=422)
        return self.to_item(_("The item has been changed."))

    def _form(self, form: Form, status: int = 200, **context: Any) -> HttpResponse:
        context = {"form": form, "item": self.item, **context}
        return render(self.request, "trajecten/council/staff/form.html", context, status=status)


class DecideView(ItemPage):
    """Enter what was decided, line by line, or correct it."""

    permission = "trajecten.change_councilitem"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if CouncilStatus.ADOPTED not in COUNCIL_TRANSITIONS[self.item.status]:
            return self.back()
        return self._form(DecisionForm(item=self.item, officials=self._officials()))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = DecisionForm(request.POST, item=self.item, officials=self._officials())
        if not form.is_valid():
            return self._form(form, status=422)
        version = form.cleaned_data["version"]
        try:
            made = deciding.decide(item=self.item, by=request.user, version=version, decision=form.decision())
        except ItemChanged as changed:
            self.item = changed.item
            return self._form(form.renewed(changed.item), status=409, is_overtaken=True)
        except (CouncilRefused, TransitionRefused) as refused:
            for each in (refused, *getattr(refused, "also", ())):
                form.add_error(getattr(each, "field", "") or None, each.message)
            return self._form(form, status=422)
        return self.to_item(_decided(made, self._reached()))

    def _reached(self) -> int:
        return behind.reached(self.item, behind.contribution_keys(self.item))

    def _officials(self) -> QuerySet[User]:
        """Who may promise something in the name of this municipality."""
        return people.answering_here(self.request.municipality)

    def _form(self, form: Form, status: int = 200, **context: Any) -> HttpResponse:
        context = {"form": form, "item": self.item, "reached": self._reached(), **context}
        return render(self.request, "trajecten/council/staff/decide.html", context, status=status)


def _decided(made: CouncilDecision, reached: int) -> str:
    words = _("Corrected: %(outcome)s.") if made.round > 1 else _("Entered: %(outcome)s.")
    told = _("Everybody behind it hears it now.") if reached else ""
    return f"{words % {'outcome': CouncilStatus(made.outcome).label}} {told}".strip()
