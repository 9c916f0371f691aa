"""Meetings for who plans them: coordinators, and the adviser of the trajectory. Other officials read along."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View

from trajecten.domain import lookups, materials
from trajecten.domain.materials import MaterialRefused
from trajecten.domain.meetings import attending, finding, inviting, planning, proposed
from trajecten.domain.meetings.refusals import MeetingRefused
from trajecten.forms.meetings import (
    AttendanceForm,
    CancelForm,
    InviteForm,
    MaterialForm,
    MeetingForm,
    MeetingsFilterForm,
    MinutesForm,
)
from trajecten.models import Material, Meeting, ProposalSession, ShelfItem, Trajectory
from trajecten.transitions import TransitionRefused
from trajecten.views.access import StaffMixin
from trajecten.views.meetings.coming import document_rows, step_document_rows
from trajecten.views.paging import LongPaginator

PER_PAGE = 25
VIEW, CHANGE = "trajecten.view_meeting", "trajecten.change_meeting"


def refuse(form: Form, refused: MeetingRefused | MaterialRefused) -> None:
    """Say it beside the field that it is about, or above the form."""
    form.add_error(refused.field if refused.field in form.fields else None, refused.message)


class OfTrajectory(StaffMixin, View):
    """Base of pages about the meetings of one trajectory."""

    permission = VIEW

    def permission_object(self) -> Trajectory:
        rows = Trajectory.objects.select_related("municipality", "adviser").defer("municipality__boundary")
        self.trajectory = get_object_or_404(rows, pk=self.kwargs["pk"])
        return self.trajectory

    def may_change(self) -> bool:
        return bool(self.request.user.has_perm(CHANGE, self.trajectory))

    def url(self, name: str = "staff-meetings", **parts: Any) -> str:
        kwargs = {"gemeente": self.request.municipality.slug, "pk": self.trajectory.pk, **parts}
        return reverse(name, kwargs=kwargs)

    def shelf(self) -> Any:
        """What this user can take from their own shelf for this method."""
        if not self.request.user.is_adviser:
            return ShelfItem.objects.none()
        return materials.shelf_of(self.request.user, self.trajectory.method_key)

    def material_form(self, *data: Any, of_step: bool) -> MaterialForm:
        return MaterialForm(
            *data, trajectory=self.trajectory, shelf=self.shelf(), of_step=of_step, auto_id="id_material_%s"
        )

    def add_material(self, form: MaterialForm, meeting: Meeting | None) -> bool:
        """Whether it was added; if not, the form says why."""
        if not form.is_valid():
            return False
        given = dict(form.cleaned_data)
        item = given.pop("item", None)
        common = {"trajectory": self.trajectory, "meeting": meeting, "by": self.request.user}
        try:
            if item:
                materials.take_from_shelf(item=item, is_public=given["is_public"], **common)
            else:
                upload = given.pop("file")
                materials.add(upload=upload, name=upload.name if upload else "", **common, **given)
        except MaterialRefused as refused:
            refuse(form, refused)
            return False
        messages.success(self.request, _("The document has been added."))
        return True


class MeetingsPage(OfTrajectory):
    """The meetings of a trajectory, and the documents with its steps."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(self.material_form(of_step=True))

    def page(self, form: MaterialForm, status: int = 200) -> HttpResponse:
        asked = MeetingsFilterForm(self.request.GET, trajectories=Trajectory.objects.none())
        del asked.fields["traject"]
        rows = finding.listed(Meeting.objects.filter(trajectory=self.trajectory), past=asked.is_past)
        paginator = LongPaginator(finding.with_counts(rows), PER_PAGE, self.request.GET.get("page"))
        context = {
            "trajectory": self.trajectory,
            "filter_form": asked,
            "is_past": asked.is_past,
            "page": paginator.shown(),
            "query": asked.query(),
            "may_change": self.may_change(),
            "documents": step_document_rows(self.trajectory, materials.of_steps(self.trajectory)),
            "form": form,
        }
        return render(self.request, "trajecten/meetings/staff/list.html", context, status=status)


class StepMaterialView(MeetingsPage):
    """Add a document to a step."""

    permission = CHANGE

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(self.url())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.material_form(request.POST, request.FILES, of_step=True)
        if self.add_material(form, None):
            return HttpResponseRedirect(self.url())
        return self.page(form, status=422)


class MaterialRemoveView(OfTrajectory):
    """Take a document away, of a meeting or of a step. Taking away what is gone is harmless."""

    permission = CHANGE

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(self.url())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        rows = Material.objects.select_related("meeting", "trajectory")
        found = rows.filter(trajectory=self.trajectory, uuid=kwargs["key"]).first()
        if found:
            materials.remove(material=found, by=request.user)
            messages.success(request, _("The document has been removed."))
        of_meeting = found and found.meeting_id
        back = self.url("staff-meeting", meeting=of_meeting) if of_meeting else self.url()
        return HttpResponseRedirect(back)


class MeetingNewView(OfTrajectory):
    """A new meeting; ``?bijeenkomst=`` a gathering of the accepted proposal fills in what is known of it."""

    permission = CHANGE

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        session = self._session()
        initial = MeetingForm.initial_of_session(session) if session else {"is_public": True}
        return self._page(MeetingForm(initial=initial))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
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
        asked = self.request.GET.get("bijeenkomst", "")
        return proposed.to_plan(self.trajectory).filter(pk=asked).first() if asked.isdecimal() else None

    def _page(self, form: MeetingForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "trajectory": self.trajectory}
        return render(self.request, "trajecten/meetings/staff/new.html", context, status=status)


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


class MaterialAddView(MeetingAction):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.material_form(request.POST, request.FILES, of_step=False)
        if self.add_material(form, self.meeting):
            return self.back()
        return self.page(status=422, material_form=form)


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
                    meeting=self.meeting, present=form.keys(), walk_ins=walk_ins, by=request.user
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
