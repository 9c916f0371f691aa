"""Moving along the steps, from any page of staff that shows them: closing, skipping and opening again.

A page of a method shows the same track with the same forms: it is a ``StepsPage``, and its acts mix in
``CloseStep``, ``SkipStep`` and ``ReopenStep``.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View

from trajecten.domain import steps
from trajecten.domain.steps import StepRefused, TrackedStep
from trajecten.enums import StepEvent
from trajecten.forms.steps import StepCloseForm, StepReopenForm, StepSkipForm
from trajecten.models import StepRecord, Trajectory
from trajecten.transitions import TransitionRefused
from trajecten.views.access import StaffMixin

ICONS = {
    StepEvent.OPENED: "arrow",
    StepEvent.CLOSED: "check",
    StepEvent.SKIPPED: "cross",
    StepEvent.REOPENED: "arrow-back",
}

TITLES = {
    StepEvent.OPENED: gettext_lazy("Step “%(step)s” began"),
    StepEvent.CLOSED: gettext_lazy("Step “%(step)s” was closed"),
    StepEvent.SKIPPED: gettext_lazy("Step “%(step)s” was skipped"),
    StepEvent.REOPENED: gettext_lazy("Step “%(step)s” was opened again"),
}


class StepsPage(StaffMixin, View):
    """A page with the step track. ``permission_object`` also sets ``trajectory``.

    ``page`` answers with the page, given forms in place of fresh ones; ``url`` is its address, ``step_urls`` are
    those of its forms: close, skip and reopen.
    """

    trajectory: Trajectory

    def page(self, *, status: int = 200, **forms: Form) -> HttpResponse:
        raise NotImplementedError

    def url(self) -> str:
        raise NotImplementedError

    def step_urls(self) -> dict[str, str]:
        raise NotImplementedError

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page()

    def step_context(self, **forms: Form) -> dict[str, Any]:
        """What the track and its forms need, see ``trajecten/staff/_step_acts.html``."""
        track = steps.track(trajectory=self.trajectory)
        current = self.trajectory.current_step
        return {
            "track": rows(track, may_reopen=not self.trajectory.is_archived),
            "open_step": next((tracked for tracked in track if tracked.state == "now"), None),
            "events": events(self.trajectory, steps.history(trajectory=self.trajectory)),
            "may_close": self.request.user.has_perm("trajecten.close_step_trajectory", self.trajectory),
            "step_urls": self.step_urls(),
            "close_form": StepCloseForm(initial={"step": current}, auto_id="id_close_%s"),
            "skip_form": StepSkipForm(initial={"step": current}, auto_id="id_skip_%s"),
            **forms,
        }


class StepAct(StepsPage):
    """A form of the step track. A GET shows the page."""

    permission = "trajecten.close_step_trajectory"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(self.url())

    def done(self, message: str) -> HttpResponse:
        messages.success(self.request, message)
        return HttpResponseRedirect(self.url())


class CloseStep(StepAct):
    """Close the open step; with something missing only with a reason, which is kept and shown."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = StepCloseForm(request.POST, auto_id="id_close_%s")
        if form.is_valid():
            try:
                closed = steps.close(trajectory=self.trajectory, by=request.user, **form.cleaned_data)
            except StepRefused as refused:
                _explain(form, refused)
            else:
                return self.done(_gone_on(closed, _("This step is closed.")))
        return self.page(status=422, close_form=form)


class SkipStep(StepAct):
    """Leave the open step undone; only one that is optional."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = StepSkipForm(request.POST, auto_id="id_skip_%s")
        if form.is_valid():
            try:
                skipped = steps.skip(trajectory=self.trajectory, by=request.user, **form.cleaned_data)
            except StepRefused as refused:
                form.add_error(None, refused.message)
            else:
                return self.done(_gone_on(skipped, _("This step has been skipped.")))
        return self.page(status=422, skip_form=form)


class ReopenStep(StepAct):
    """Go back to an earlier step, with a reason."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = StepReopenForm(request.POST)
        if form.is_valid():
            try:
                opened = steps.reopen(trajectory=self.trajectory, by=request.user, **form.cleaned_data)
            except (StepRefused, TransitionRefused) as refused:
                form.add_error(None, refused.message)
            else:
                return self.done(_("Open again: %(step)s.") % {"step": opened.open_step.name})
        return self.page(status=422, reopen_form=form)


def _explain(form: StepCloseForm, refused: StepRefused) -> None:
    """What is missing stands on the page already, so with something missing only the reason is asked."""
    if refused.unmet:
        form.add_error("override_reason", _("Write down why you go on all the same."))
    else:
        form.add_error(None, refused.message)


def _gone_on(trajectory: Trajectory, done: str) -> str:
    if trajectory.open_step is None:
        return _("%(done)s It was the last one.") % {"done": done}
    return _("%(done)s Now: %(step)s.") % {"done": done, "step": trajectory.open_step.name}


def rows(track: Iterable[TrackedStep], *, may_reopen: bool) -> list[dict[str, Any]]:
    """The steps as ``components/steps.html`` shows them to staff, with a form for each that can be opened again."""
    return [
        {
            **row(tracked),
            "unmet": tracked.unmet,
            "reopen_form": _reopen_form(tracked) if may_reopen else None,
        }
        for tracked in track
    ]


def _reopen_form(tracked: TrackedStep) -> StepReopenForm | None:
    if tracked.state not in {"done", "skipped"}:
        return None
    key = tracked.step.key
    return StepReopenForm(initial={"step": key}, auto_id=f"id_{key}_%s")


def row(tracked: TrackedStep) -> dict[str, Any]:
    """One step for everybody: without what officials still owe."""
    return {
        "title": tracked.step.name,
        "state": tracked.state,
        "detail": tracked.planned.text or tracked.step.summary,
        "dates": _dates(tracked),
        "late": _late(tracked),
    }


def _dates(tracked: TrackedStep) -> str:
    """When it was, or is to be: what really happened first, then what was planned."""
    return " · ".join(part for part in (_real(tracked), _planned(tracked)) if part)


def _real(tracked: TrackedStep) -> str:
    if tracked.closed_at:
        words = _("Skipped on %(day)s") if tracked.state == "skipped" else _("Closed on %(day)s")
        return words % {"day": _day(timezone.localtime(tracked.closed_at))}
    if tracked.state == "now" and tracked.opened_at:
        return _("Open since %(day)s") % {"day": _day(timezone.localtime(tracked.opened_at))}
    return ""


def _planned(tracked: TrackedStep) -> str:
    """What was planned, unless it went exactly so."""
    starts_on, ends_on = tracked.planned.starts_on, tracked.planned.ends_on
    if tracked.state == "skipped" or not (starts_on or ends_on):
        return ""
    if tracked.closed_at and timezone.localdate(tracked.closed_at) == ends_on:
        return ""
    if starts_on and ends_on and tracked.state == "todo":
        return _("Planned: %(from)s to %(till)s") % {"from": _day(starts_on), "till": _day(ends_on)}
    if ends_on:
        return _("Planned to be ready on %(day)s") % {"day": _day(ends_on)}
    return _("Planned from %(day)s") % {"day": _day(starts_on)}


def _late(tracked: TrackedStep) -> str:
    days = tracked.days_late
    if not days:
        return ""
    if tracked.state == "done":
        return ngettext("%(n)d day later than planned", "%(n)d days later than planned", days) % {"n": days}
    return ngettext("%(n)d day late", "%(n)d days late", days) % {"n": days}


def _day(day: Any) -> str:
    return date_format(day, "j F Y")


def events(trajectory: Trajectory, records: Iterable[StepRecord]) -> list[dict[str, Any]]:
    """What happened to the steps, as ``components/timeline.html`` shows it: also what was set aside, and why."""
    return [
        {
            "who": str(record.by) if record.by else "",
            "when": record.at,
            "title": TITLES[StepEvent(record.event)] % {"step": trajectory.method.step(record.step).name},
            "text": _words(record),
            "kind": "staff",
            "icon": ICONS[StepEvent(record.event)],
            "tag": _("closed while something was missing") if record.overridden else "",
            "tone": "warning",
        }
        for record in records
    ]


def _words(record: StepRecord) -> str:
    """The reason, after what was missing where a gate was set aside."""
    if not record.overridden:
        return record.reason
    return "\n".join([*record.overridden, _("Reason: %(reason)s") % {"reason": record.reason}])
