"""Who does what during a walk, who is invited, and telling the neighbourhood."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtschouw.domain.preparing import announcing, gathering, roles
from buurtschouw.domain.preparing.refusals import PreparationRefused
from buurtschouw.forms.preparing.roles import RoleForm
from buurtschouw.models import Schouw, WalkRole
from buurtschouw.views.preparing.page import PreparationAct
from trajecten.domain.meetings import inviting
from trajecten.domain.meetings.refusals import MeetingRefused
from trajecten.forms.refusing import refuse

ROLES, COMING, TELLING = "roles", "coming", "telling"


class RoleNew(PreparationAct):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = RoleForm(request.POST, schouw=self.schouw, auto_id="id_role_%s")
        if form.is_valid():
            try:
                roles.give(schouw=self.schouw, by=request.user, **form.cleaned_data)
            except PreparationRefused as refused:
                refuse(form, refused)
            else:
                return self.done(_("The role has been kept."), ROLES)
        return self.page(status=422, role_form=form)


class RoleRemove(PreparationAct):
    """Removing what is gone already is harmless."""

    def permission_object(self) -> Schouw:
        schouw = super().permission_object()
        self.role = WalkRole.objects.filter(schouw=schouw, pk=self.kwargs["role"]).first()
        return schouw

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            if self.role:
                roles.take_back(role=self.role, by=request.user)
        except PreparationRefused as refused:
            return self.sorry(refused, ROLES)
        return self.done(_("This person does not have the role any more."), ROLES)


class Invite(PreparationAct):
    """Invite everybody who takes part."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            asked = gathering.invite_everybody(schouw=self.schouw, by=request.user)
        except (PreparationRefused, MeetingRefused) as refused:
            return self.sorry(refused, COMING)
        if not asked and not inviting.taking_part(self.schouw.trajectory):
            return self.done(_("Nobody takes part yet, so nobody was invited."), COMING)
        if not asked:
            return self.done(_("Everybody who takes part was invited already."), COMING)
        words = ngettext("%(n)d person has been invited.", "%(n)d people have been invited.", asked)
        return self.done(words % {"n": asked}, COMING)


class Announce(PreparationAct):
    """Tell who follows the neighbourhood."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            announcing.tell(schouw=self.schouw, by=request.user)
        except PreparationRefused as refused:
            return self.sorry(refused, TELLING)
        return self.done(_("Who follows this neighbourhood is told of the walk."), TELLING)
