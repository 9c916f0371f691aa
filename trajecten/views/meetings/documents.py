"""Documents at the meetings and with the steps of a trajectory."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from trajecten.domain import materials
from trajecten.models import Material
from trajecten.views.meetings.meeting import MeetingAction
from trajecten.views.meetings.of_trajectory import CHANGE, MeetingsPage, OfTrajectory


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


class MaterialAddView(MeetingAction):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.material_form(request.POST, request.FILES, of_step=False)
        if self.add_material(form, self.meeting):
            return self.back()
        return self.page(status=422, material_form=form)
