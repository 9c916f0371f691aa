"""What the pages about the meetings of a trajectory share, and the list of them.

Coordinators plan meetings, and the adviser of the trajectory; other officials read along.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View

from trajecten.domain import materials
from trajecten.domain.materials import MaterialRefused
from trajecten.domain.meetings import finding
from trajecten.forms.meetings.coming import MeetingsFilterForm
from trajecten.forms.meetings.documents import MaterialForm
from trajecten.forms.refusing import refuse
from trajecten.models import Meeting, ShelfItem, Trajectory
from trajecten.views.access import StaffMixin
from trajecten.views.meetings.coming import step_document_rows
from trajecten.views.paging import LongPaginator

PER_PAGE = 25

VIEW, CHANGE = "trajecten.view_meeting", "trajecten.change_meeting"


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
