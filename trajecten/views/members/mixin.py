"""What the pages about the people of a trajectory share."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from trajecten.models import Trajectory
from trajecten.views.access import StaffMixin


class MembersMixin(StaffMixin):
    """A page about the people of one trajectory, for its coordinator and its adviser."""

    permission = "trajecten.manage_members_trajectory"
    template_name = ""
    tab = ""

    def permission_object(self) -> Trajectory:
        rows = Trajectory.objects.select_related("municipality", "adviser").defer("municipality__boundary")
        self.trajectory: Trajectory = get_object_or_404(rows, pk=self.kwargs["pk"])
        return self.trajectory

    def page(self, *, status: int = 200, **context: Any) -> HttpResponse:
        given = {"trajectory": self.trajectory, "tab": self.tab}
        return render(self.request, self.template_name, {**given, **context}, status=status)

    def url(self, name: str, **parts: object) -> str:
        kwargs = {"gemeente": self.request.municipality.slug, "pk": self.trajectory.pk, **parts}
        return reverse(name, kwargs=kwargs)

    def to(self, name: str, **parts: object) -> HttpResponseRedirect:
        return HttpResponseRedirect(self.url(name, **parts))
