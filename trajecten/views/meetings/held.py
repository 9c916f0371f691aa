"""What was at a meeting: who was there, and the minutes."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trajecten.domain import lookups
from trajecten.domain.meetings import attending
from trajecten.domain.meetings.refusals import MeetingRefused
from trajecten.forms.meetings.attendance import AttendanceForm
from trajecten.forms.meetings.planning import MinutesForm
from trajecten.forms.refusing import refuse
from trajecten.models import Meeting
from trajecten.views.meetings.meeting import MeetingAction, MeetingPage
from trajecten.views.meetings.of_trajectory import CHANGE


class MinutesView(MeetingAction):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = MinutesForm(request.POST)
        if form.is_valid():
            try:
                kept = attending.write_minutes(meeting=self.meeting, by=request.user, **form.cleaned_data)
            except MeetingRefused as refused:
                refuse(form, refused)
            else:
                messages.success(request, _minutes_kept(kept))
                return self.back()
        return self.page(status=422, minutes_form=form)


def _minutes_kept(meeting: Meeting) -> str:
    if meeting.minutes_are_public:
        return _("The minutes are there for everybody who may see the meeting.")
    return _("The minutes are kept. Nobody else sees them yet.")


class AttendanceView(MeetingPage):
    """The list to tick off, for a phone in a hall."""

    permission = CHANGE

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        rows = attending.rows_of(self.meeting)
        there = rows.filter(was_present=True).values_list("pk", flat=True)
        return self._list(AttendanceForm(rows=rows, initial={"present": list(there)}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = AttendanceForm(request.POST, rows=attending.rows_of(self.meeting))
        if form.is_valid():
            walk_ins = form.cleaned_data["walk_ins"]
            try:
                there = attending.register(
                    meeting=self.meeting,
                    present=form.keys(),
                    names=form.names(),
                    walk_ins=walk_ins,
                    by=request.user,
                )
            except MeetingRefused as refused:
                refuse(form, refused)
            else:
                messages.success(request, _there(there))
                return self.back()
        return self._list(form, status=422)

    def _list(self, form: AttendanceForm, status: int = 200) -> HttpResponse:
        lookups.record(target=self.meeting, by=self.request.user)
        context = {"form": form, "meeting": self.meeting, "trajectory": self.trajectory}
        return render(self.request, "trajecten/meetings/staff/attendance.html", context, status=status)


def _there(number: int) -> str:
    return ngettext("Kept: %(n)s person was there.", "Kept: %(n)s people were there.", number) % {"n": number}
