"""Codes on posters, and withdrawing a code or an invitation."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from trajecten.domain.enrolment import inviting, queries
from trajecten.domain.enrolment.refusals import EnrolmentRefused
from trajecten.domain.meetings import finding
from trajecten.domain.tables import Column
from trajecten.enums import InvitationKind
from trajecten.forms.members import PosterForm
from trajecten.models import Invitation, Meeting, Trajectory
from trajecten.views.members.mixin import MembersMixin
from trajecten.views.paging import LongPaginator
from trajecten.views.tables import CHUNK, TableFile

PER_PAGE = 50

POSTER_VALID = timedelta(days=60)


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


class PostersFile(MembersMixin, TableFile):
    """The codes with where they hang and how many came in by each."""

    columns = (
        Column(gettext_lazy("Where it hangs"), lambda row: row.label),
        Column(gettext_lazy("Code"), lambda row: row.shown_code),
        Column(gettext_lazy("Role"), lambda row: row.get_role_display()),
        Column(gettext_lazy("Came in by it"), lambda row: row.uses),
        Column(gettext_lazy("Works until"), lambda row: row.expires_at),
        Column(gettext_lazy("Works"), lambda row: row.is_valid),
    )

    @property
    def name(self) -> str:
        return _("Posters %(title)s") % {"title": self.trajectory.title}

    def rows(self) -> Iterable[Invitation]:
        return queries.posters(self.trajectory).iterator(chunk_size=CHUNK)


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
        rows = Meeting.objects.filter(finding.answerable(), trajectory=self.trajectory, is_public=True)
        meeting = rows.order_by("starts_at", "id").first()
        return self.page(poster=self.poster, address=self.address(), typed_address=address, meeting=meeting)


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
