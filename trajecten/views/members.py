"""Who takes part in a trajectory: the list for coordinators and advisers, and the ways in that they open."""

from datetime import timedelta
from typing import Any

import segno
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View

from trajecten.domain import activities, lookups
from trajecten.domain.enrolment import inviting, joining, leaving, queries, room
from trajecten.domain.enrolment.refusals import EnrolmentRefused
from trajecten.domain.tables import Column
from trajecten.enums import InvitationKind
from trajecten.forms.members import (
    InviteForm,
    MemberFilterForm,
    MemberRoleForm,
    PaperForm,
    PosterForm,
    RoomForm,
    TakeOutForm,
)
from trajecten.models import Enrolment, Invitation, Trajectory
from trajecten.transitions import TransitionRefused
from trajecten.views.access import StaffMixin
from trajecten.views.paging import LongPaginator
from trajecten.views.tables import csv_response, xlsx_response

PER_PAGE = 50
POSTER_VALID = timedelta(days=60)
CHUNK = 2000


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


class MemberListView(MembersMixin, View):
    template_name = "trajecten/members/list.html"
    tab = "members"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = MemberFilterForm(request.GET)
        asked = form.asked()
        rows = queries.members(trajectory=self.trajectory, asked=asked)
        paginator = LongPaginator(rows, PER_PAGE, request.GET.get("page"))
        counts = queries.counts(self.trajectory)
        page = paginator.shown()
        waiting = list(queries.members(trajectory=self.trajectory, asked=WAITING)[:PER_PAGE])
        if page or waiting:
            lookups.record(target=self.trajectory, by=request.user)
        return self.page(
            form=form,
            query=form.query(),
            page=page,
            has_more=paginator.has_more,
            counts=counts,
            figures=self._figures(counts),
            waiting=waiting,
        )

    def _figures(self, counts: queries.Counts) -> list[dict[str, Any]]:
        """Each number with its meaning and its list."""
        places, url = self.trajectory.places, self.url("members")
        taken = {"taken": counts.in_places, "places": places}
        return [
            {
                "label": _("Take part"),
                "value": counts.active,
                "note": _("%(taken)d of %(places)d places taken") % taken if places else _("no maximum"),
                "url": f"{url}?status=active",
            },
            {
                "label": _("Waiting list"),
                "value": counts.waiting,
                "note": _("who waits longest comes first"),
                "url": f"{url}?status=waiting",
                "tone": "now" if counts.waiting else "",
            },
            {
                "label": _("Invited"),
                "value": counts.invited,
                "note": _("have not answered yet"),
                "url": f"{url}?status=invited",
            },
            {
                "label": _("Have left"),
                "value": counts.left,
                "note": _("by themselves or taken out"),
                "url": f"{url}?status=left",
            },
        ]


WAITING = queries.MemberFilter(status="waiting")

COLUMNS = (
    Column(gettext_lazy("Name"), lambda row: row.participant.display_name),
    Column(gettext_lazy("Role"), lambda row: row.get_role_display()),
    Column(gettext_lazy("Status"), lambda row: row.get_status_display()),
    Column(gettext_lazy("Way in"), lambda row: row.get_origin_display()),
    Column(gettext_lazy("Takes part as"), lambda row: row.participant.get_kind_display()),
    Column(
        gettext_lazy("Neighbourhood"),
        lambda row: row.participant.home_area.name if row.participant.home_area else "",
    ),
    Column(gettext_lazy("Can be mailed"), lambda row: bool(row.participant.email)),
    Column(gettext_lazy("Registered on"), lambda row: row.created_at),
    Column(gettext_lazy("Takes part since"), lambda row: row.joined_at),
    Column(gettext_lazy("Left on"), lambda row: row.left_at),
)


class MemberExportView(MembersMixin, View):
    """The list of the filter as a file, without mail addresses. Who took it stands in the log."""

    as_file = staticmethod(csv_response)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        rows = queries.members(trajectory=self.trajectory, asked=MemberFilterForm(request.GET).asked())
        activities.record(verb="members_exported", target=self.trajectory, by=request.user)
        lookups.record(target=self.trajectory, by=request.user)
        name = _("Participants %(title)s") % {"title": self.trajectory.title}
        return self.as_file(name, COLUMNS, rows.iterator(chunk_size=CHUNK))


class MemberWorkbookView(MemberExportView):
    as_file = staticmethod(xlsx_response)


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


class PosterListView(MembersMixin, View):
    """The codes with how many came in by each, and a form for a new one."""

    template_name = "trajecten/members/posters.html"
    tab = "posters"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        until = timezone.localdate() + POSTER_VALID
        return self._page(PosterForm(initial={"until": until}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = PosterForm(request.POST)
        if form.is_valid():
            given = form.cleaned_data
            try:
                poster = inviting.make_poster(
                    trajectory=self.trajectory,
                    label=given["label"],
                    role=given["role"],
                    expires_at=given["until"],
                    by=request.user,
                )
            except EnrolmentRefused as refused:
                form.add_error(None, refused.message)
            else:
                return self.to("poster", invitation=poster.pk)
        return self._page(form, status=422)

    def _page(self, form: PosterForm, status: int = 200) -> HttpResponse:
        rows = queries.posters(self.trajectory)
        paginator = LongPaginator(rows, PER_PAGE, self.request.GET.get("page"))
        return self.page(form=form, page=paginator.shown(), status=status)


class PosterMixin(MembersMixin):
    """One poster of the trajectory."""

    def permission_object(self) -> Trajectory:
        trajectory = super().permission_object()
        rows = Invitation.objects.filter(trajectory=trajectory, kind=InvitationKind.POSTER)
        self.poster: Invitation = get_object_or_404(rows, pk=self.kwargs["invitation"])
        return trajectory

    def address(self) -> str:
        """The whole address that the code leads to."""
        kwargs = {"gemeente": self.request.municipality.slug, "code": self.poster.code}
        return self.request.build_absolute_uri(reverse("invitation", kwargs=kwargs))


class PosterView(PosterMixin, View):
    """The poster itself, to print on one page of A4."""

    template_name = "trajecten/members/poster.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        typed = reverse("invitation-code", kwargs={"gemeente": request.municipality.slug})
        address = request.build_absolute_uri(typed).partition("://")[2].rstrip("/")
        return self.page(poster=self.poster, address=self.address(), typed_address=address)


class PosterQrView(PosterMixin, View):
    """The QR code as SVG, black on white, with a quarter of it spare (level Q): a poster gets wet and torn."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        response = HttpResponse(content_type="image/svg+xml")
        drawing = segno.make(self.address(), error="q", micro=False)
        drawing.save(response, kind="svg", border=4, scale=8, dark="#000", light="#fff", xmldecl=False)
        return response


class RevokeView(MembersMixin, View):
    """Withdraw a poster's code or somebody's invitation. A GET shows the page it is on."""

    def permission_object(self) -> Trajectory:
        trajectory = super().permission_object()
        rows = Invitation.objects.filter(trajectory=trajectory)
        self.invitation: Invitation = get_object_or_404(rows, pk=self.kwargs["invitation"])
        return trajectory

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._back()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        inviting.revoke(invitation=self.invitation, by=request.user)
        messages.success(request, _("Withdrawn. Nobody can come in by it any more; who came in stays."))
        return self._back()

    def _back(self) -> HttpResponse:
        is_poster = self.invitation.kind == InvitationKind.POSTER
        return self.to("members-posters" if is_poster else "members")


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
