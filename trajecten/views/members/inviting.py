"""Bringing people in: by mail, from a form on paper, and who may come by themselves."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View

from trajecten.domain.enrolment import inviting, joining, room
from trajecten.domain.enrolment.refusals import EnrolmentRefused
from trajecten.forms.members import InviteForm, PaperForm, RoomForm
from trajecten.models import Enrolment
from trajecten.views.members.mixin import MembersMixin


class InviteView(MembersMixin, View):
    """Invite by mail. Addresses that can be mailed are; the others stay in the field, each with its reason."""

    template_name = "trajecten/members/invite.html"
    tab = "invite"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(form=InviteForm(), valid_days=inviting.VALID.days)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = InviteForm(request.POST)
        is_valid = form.is_valid()
        role, good = form.cleaned_data.get("role"), getattr(form, "good", [])
        if good and role and not self._invited(form, good, role):
            return self._again(form)
        if is_valid:
            return self.to("members")
        if good and role:
            form = InviteForm({**request.POST.dict(), "addresses": "\n".join(form.bad)})
        return self._again(form)

    def _again(self, form: InviteForm) -> HttpResponse:
        return self.page(form=form, valid_days=inviting.VALID.days, status=422)

    def _invited(self, form: InviteForm, addresses: list[str], role: str) -> bool:
        try:
            outcome = inviting.invite(
                trajectory=self.trajectory, addresses=addresses, role=role, by=self.request.user
            )
        except EnrolmentRefused as refused:
            form.add_error(None, refused.message)
            return False
        for text in _outcome(outcome):
            messages.success(self.request, text)
        return True


def _outcome(outcome: inviting.Invited) -> list[str]:
    sent, inside = len(outcome.sent), len(outcome.inside)
    texts = []
    if sent:
        texts.append(ngettext("%(n)d invitation is sent.", "%(n)d invitations are sent.", sent) % {"n": sent})
    if inside:
        text = ngettext(
            "%(n)d person takes part already, or waits, and gets no mail.",
            "%(n)d people take part already, or wait, and get no mail.",
            inside,
        )
        texts.append(text % {"n": inside})
    return texts


class PaperView(MembersMixin, View):
    """Register somebody from a form on paper."""

    template_name = "trajecten/members/paper.html"
    tab = "paper"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(form=PaperForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = PaperForm(request.POST)
        if form.is_valid():
            given = form.cleaned_data
            try:
                enrolment = joining.register_on_paper(
                    trajectory=self.trajectory,
                    key=given["key"],
                    email=given["email"],
                    role=given["role"],
                    about=form.about(),
                    by=request.user,
                )
            except EnrolmentRefused as refused:
                form.add_error(None, refused.message)
            else:
                messages.success(request, _registered(enrolment))
                return self.to("members-paper")
        return self.page(form=form, status=422)


def _registered(enrolment: Enrolment) -> str:
    name = {"name": enrolment.participant.display_name}
    if enrolment.status == "waiting":
        return _("%(name)s is on the waiting list, for all places are taken.") % name
    return _("%(name)s takes part. You can register the next one.") % name


class RoomView(MembersMixin, View):
    """Whether anybody can sign up, and how many places there are."""

    template_name = "trajecten/members/room.html"
    tab = "room"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page(RoomForm(initial=RoomForm.initial_of(self.trajectory)))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = RoomForm(request.POST)
        if form.is_valid():
            try:
                room.arrange(trajectory=self.trajectory, by=request.user, **form.cleaned_data)
            except EnrolmentRefused as refused:
                form.add_error("max_members", refused.message)
            else:
                messages.success(request, _("The settings have been kept."))
                return self.to("members-room")
        return self._page(form, status=422)

    def _page(self, form: RoomForm, status: int = 200) -> HttpResponse:
        kwargs = {"gemeente": self.request.municipality.slug, "pk": self.trajectory.pk}
        join_url = self.request.build_absolute_uri(reverse("join", kwargs=kwargs))
        return self.page(form=form, join_url=join_url, most=self.trajectory.method.max_members, status=status)
