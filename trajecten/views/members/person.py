"""One person: what is known, the role, inviting again and taking out."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.generic import View

from trajecten.domain import lookups
from trajecten.domain.enrolment import inviting, joining, leaving, queries
from trajecten.domain.enrolment.refusals import EnrolmentRefused
from trajecten.forms.members import MemberRoleForm, TakeOutForm
from trajecten.models import Enrolment, Invitation, Trajectory
from trajecten.transitions import TransitionRefused
from trajecten.views.members.mixin import MembersMixin


class MemberPage(MembersMixin, View):
    """One person: what is known, the role, and how to invite again or take out."""

    template_name = "trajecten/members/member.html"

    def permission_object(self) -> Trajectory:
        trajectory = super().permission_object()
        rows = Enrolment.objects.filter(trajectory=trajectory).with_names()
        self.enrolment: Enrolment = get_object_or_404(rows, pk=self.kwargs["enrolment"])
        return trajectory

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        lookups.record(target=self.enrolment, by=request.user)
        return self.member_page()

    def member_page(self, status: int = 200, **forms: Form) -> HttpResponse:
        enrolment = self.enrolment
        rows = Invitation.objects.filter(trajectory=self.trajectory, participant=enrolment.participant_id)
        return self.page(
            status=status,
            enrolment=enrolment,
            place=queries.place_in_line(enrolment),
            invitation=rows.first(),
            is_inside=enrolment.status in joining.INSIDE,
            **{
                "role_form": MemberRoleForm(initial={"role": enrolment.role}),
                "out_form": TakeOutForm(),
                **forms,
            },
        )


class MemberAction(MemberPage):
    """A form of the page of one person. A GET shows the page."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.to("member", enrolment=self.enrolment.pk)


class MemberRoleView(MemberAction):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = MemberRoleForm(request.POST)
        if form.is_valid():
            try:
                leaving.change_role(enrolment=self.enrolment, role=form.cleaned_data["role"], by=request.user)
            except EnrolmentRefused as refused:
                form.add_error("role", refused.message)
            else:
                messages.success(request, _("The role has been changed."))
                return self.to("member", enrolment=self.enrolment.pk)
        return self.member_page(status=422, role_form=form)


class TakeOutView(MemberAction):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = TakeOutForm(request.POST)
        if form.is_valid():
            try:
                leaving.take_out(
                    enrolment=self.enrolment, reason=form.cleaned_data["reason"], by=request.user
                )
            except (EnrolmentRefused, TransitionRefused) as refused:
                form.add_error(None, refused.message)
            else:
                messages.success(request, _("This person takes part no longer."))
                return self.to("members")
        return self.member_page(status=422, out_form=form)


class InviteAgainView(MemberAction):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            inviting.invite_again(enrolment=self.enrolment, by=request.user)
        except EnrolmentRefused as refused:
            messages.warning(request, refused.message)
        else:
            messages.success(request, _("The invitation has been sent again."))
        return self.to("member", enrolment=self.enrolment.pk)
