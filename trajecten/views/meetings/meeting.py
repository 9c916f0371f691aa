"""The page of one meeting for who plans it, with all its forms."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from trajecten.domain import lookups, materials
from trajecten.domain.meetings import attending, finding, planning
from trajecten.domain.meetings.refusals import MeetingRefused
from trajecten.forms.meetings.inviting import InviteForm
from trajecten.forms.meetings.planning import CancelForm, MeetingForm, MinutesForm
from trajecten.forms.refusing import refuse
from trajecten.models import Meeting, Trajectory
from trajecten.views.meetings.coming import document_rows
from trajecten.views.meetings.of_trajectory import CHANGE, OfTrajectory


class MeetingPage(OfTrajectory):
    """One meeting: its plan, who comes, documents, minutes, and for who may change it the forms."""

    def permission_object(self) -> Trajectory:
        trajectory = super().permission_object()
        self.meeting = get_object_or_404(Meeting, trajectory=trajectory, pk=self.kwargs["meeting"])
        self.meeting.trajectory, self.meeting.municipality = trajectory, trajectory.municipality
        return trajectory

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Change the plan; who may only look gets 403."""
        if not self.may_change():
            return self.handle_no_permission()
        form = MeetingForm(request.POST)
        if form.is_valid():
            try:
                planning.change(meeting=self.meeting, plan=form.plan(), by=request.user)
            except MeetingRefused as refused:
                refuse(form, refused)
            else:
                messages.success(
                    request, _("The plan has been kept. Who comes is told when time or place changed.")
                )
                return self.back()
        return self.page(status=422, form=form)

    def back(self) -> HttpResponse:
        return HttpResponseRedirect(self.url("staff-meeting", meeting=self.meeting.pk))

    def page(self, *, status: int = 200, **forms: Form) -> HttpResponse:
        return render(
            self.request, "trajecten/meetings/staff/meeting.html", self.context(**forms), status=status
        )

    def context(self, **forms: Form) -> dict[str, Any]:
        meeting, attendances = self.meeting, list(attending.rows_of(self.meeting)[:200])
        if attendances:
            lookups.record(target=meeting, by=self.request.user)
        documents = materials.of_meeting(meeting)
        return {
            "trajectory": self.trajectory,
            "meeting": meeting,
            "counted": finding.coming(meeting),
            "attendances": attendances,
            "documents": document_rows(documents, self.request.municipality.slug),
            "may_change": self.may_change(),
            "form": MeetingForm(initial=MeetingForm.initial_of(meeting)),
            "invite_form": InviteForm(auto_id="id_invite_%s"),
            "cancel_form": CancelForm(auto_id="id_cancel_%s"),
            "minutes_form": MinutesForm(
                initial={"minutes": meeting.minutes, "publish": meeting.minutes_are_public}
            ),
            "material_form": self.material_form(of_step=False),
            **forms,
        }


class MeetingAction(MeetingPage):
    """A form of the page of a meeting. A GET shows the page."""

    permission = CHANGE

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.back()
