"""The page on which a walk is prepared, and what its forms share."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.generic import View

from buurtschouw.domain import lessons
from buurtschouw.domain.preparing import announcing, earlier, gathering, overview
from buurtschouw.forms.preparing.earlier import EarlierForm
from buurtschouw.forms.preparing.papers import PaperForm
from buurtschouw.forms.preparing.roles import RoleForm
from buurtschouw.forms.preparing.tasks import TaskForm
from buurtschouw.method import PREPARE
from buurtschouw.models import Schouw
from buurtschouw.views.mending import mendable
from trajecten.domain import lookups
from trajecten.forms.refusing import refuse
from trajecten.refusals import Refused
from trajecten.views.access import StaffMixin

# So many of who is invited are named; the page of the meeting has all.
NAMED = 60


class OfWalk(StaffMixin, View):
    """Base of pages and forms with which a walk is prepared."""

    permission = "buurtschouw.change_schouw"

    def permission_object(self) -> Schouw:
        rows = Schouw.objects.select_related("trajectory", "trajectory__adviser", "municipality", "meeting")
        self.schouw = get_object_or_404(rows.defer("municipality__boundary"), pk=self.kwargs["pk"])
        return self.schouw

    def may_change(self) -> bool:
        return bool(self.request.user.has_perm("buurtschouw.change_schouw", self.schouw))

    def may_prepare(self) -> bool:
        """Whether route, stops, statements and roles may be changed by this user at this step."""
        return self.may_change() and self.schouw.trajectory.allows(PREPARE)

    def url(self, name: str = "preparation", **parts: Any) -> str:
        kwargs = {"gemeente": self.request.municipality.slug, "pk": self.schouw.pk, **parts}
        return reverse(f"buurtschouw:{name}", kwargs=kwargs)

    def to(self, part: str = "", name: str = "preparation") -> HttpResponse:
        """Back to a page of the preparation, at one of its parts."""
        return HttpResponseRedirect(f"{self.url(name)}#{part}" if part else self.url(name))

    def done(self, message: str, part: str = "", name: str = "preparation") -> HttpResponse:
        messages.success(self.request, message)
        return self.to(part, name)

    def sorry(self, refused: Refused, part: str = "", name: str = "preparation") -> HttpResponse:
        """A refusal of a form with nothing to fill in."""
        messages.error(self.request, refused.message)
        return self.to(part, name)


class PreparationPage(OfWalk):
    """Everything of the preparation on one page; for who may change it with the forms."""

    permission = "buurtschouw.view_schouw"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page()

    def page(self, *, status: int = 200, **forms: Form) -> HttpResponse:
        context = self.context(**forms)
        return render(self.request, "buurtschouw/staff/preparation.html", context, status=status)

    def context(self, **forms: Form) -> dict[str, Any]:
        schouw, found = self.schouw, overview.of(self.schouw)
        invited = list(gathering.who_comes(schouw.meeting)[:NAMED]) if schouw.meeting else []
        if invited or found.shows_people:
            lookups.record(target=schouw.trajectory, by=self.request.user)
        may_prepare = self.may_prepare()
        before = earlier.walks_before(schouw) if may_prepare else Schouw.objects.none()
        return {
            "schouw": schouw,
            "prepared": found,
            "unmet": mendable(
                found.open_step.unmet if found.open_step else (),
                user=self.request.user,
                municipality=self.request.municipality,
            ),
            "invited": invited,
            "may_change": self.may_change(),
            "may_prepare": may_prepare,
            "may_see_members": self.request.user.has_perm(
                "trajecten.manage_members_trajectory", schouw.trajectory
            ),
            "announcement": announcing.last(schouw),
            "is_told": announcing.is_told(schouw),
            "audience": announcing.audience(schouw),
            "task_form": TaskForm(schouw=schouw, auto_id="id_task_%s"),
            "role_form": RoleForm(schouw=schouw, auto_id="id_role_%s"),
            "paper_form": PaperForm(
                initial={"invitation": schouw.invitation, "contact": schouw.contact}, auto_id="id_paper_%s"
            ),
            "earlier_form": EarlierForm(walks=before, auto_id="id_earlier_%s"),
            "has_earlier": before.exists(),
            "carried": lessons.for_next(schouw),
            **forms,
        }


class PreparationAct(PreparationPage):
    """A form of the page. A GET shows the page."""

    permission = "buurtschouw.change_schouw"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.to()


__all__ = ["OfWalk", "PreparationAct", "PreparationPage", "refuse"]
