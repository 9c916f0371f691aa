"""Planning a meeting, inviting people, and calling it off."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trajecten.domain.meetings import inviting, planning, proposed
from trajecten.domain.meetings.refusals import MeetingRefused
from trajecten.forms.meetings.inviting import InviteForm
from trajecten.forms.meetings.planning import CancelForm, MeetingForm
from trajecten.forms.refusing import refuse
from trajecten.models import Meeting, ProposalSession
from trajecten.transitions import TransitionRefused
from trajecten.views.meetings.meeting import MeetingAction
from trajecten.views.meetings.of_trajectory import CHANGE, OfTrajectory


class MeetingNewView(OfTrajectory):
    """A new meeting; ``?bijeenkomst=`` a gathering of the accepted proposal fills in what is known of it."""

    permission = CHANGE

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        session = self._session()
        initial = MeetingForm.initial_of_session(session) if session else {"is_public": True}
        return self._page(MeetingForm(initial=initial))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """A gathering of the proposal becomes one meeting, however often its form is sent."""
        known = Meeting.objects.filter(trajectory=self.trajectory, session=self._asked()).first()
        if known:
            return redirect(self.url("staff-meeting", meeting=known.pk))
        form = MeetingForm(request.POST)
        if form.is_valid():
            try:
                made = planning.plan(
                    trajectory=self.trajectory, plan=form.plan(), by=request.user, session=self._session()
                )
            except MeetingRefused as refused:
                refuse(form, refused)
            else:
                messages.success(request, _("The meeting has been made. Now you can invite people."))
                return redirect(self.url("staff-meeting", meeting=made.pk))
        return self._page(form, status=422)

    def _session(self) -> ProposalSession | None:
        """The gathering that was asked, as long as it is no meeting yet."""
        return proposed.to_plan(self.trajectory).filter(pk=self._asked()).first()

    def _asked(self) -> int:
        """The number of a gathering in the address; 0, which none has, without one."""
        asked = self.request.GET.get("bijeenkomst", "")
        return int(asked) if asked.isdecimal() and len(asked) < 10 else 0

    def _page(self, form: MeetingForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "trajectory": self.trajectory}
        return render(self.request, "trajecten/meetings/staff/new.html", context, status=status)


class InviteView(MeetingAction):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = InviteForm(request.POST, auto_id="id_invite_%s")
        if form.is_valid():
            try:
                invited = self._invite(**form.cleaned_data)
            except MeetingRefused as refused:
                refuse(form, refused)
            else:
                messages.success(request, _invited(invited))
                return self.back()
        return self.page(status=422, invite_form=form)

    def _invite(self, *, everybody: bool, addresses: list[str]) -> int:
        municipality = self.request.municipality
        asked = inviting.guests(municipality=municipality, addresses=addresses, language="nl")
        if everybody:
            return inviting.invite_everybody(meeting=self.meeting, others=asked, by=self.request.user)
        return inviting.invite(meeting=self.meeting, participants=asked, by=self.request.user)


def _invited(number: int) -> str:
    if not number:
        return _("They were all invited before. Nobody gets a second mail.")
    return ngettext("%(n)s person is invited.", "%(n)s people are invited.", number) % {"n": number}


class CancelView(MeetingAction):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = CancelForm(request.POST, auto_id="id_cancel_%s")
        if form.is_valid():
            try:
                planning.cancel(meeting=self.meeting, by=request.user, **form.cleaned_data)
            except (MeetingRefused, TransitionRefused) as refused:
                form.add_error("reason", refused.message)
            else:
                messages.success(request, _("The meeting is cancelled. Who would come is told by mail."))
                return self.back()
        return self.page(status=422, cancel_form=form)
