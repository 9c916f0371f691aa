"""The list of who takes part, and the same list as a file."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from trajecten.domain import lookups
from trajecten.domain.enrolment import queries
from trajecten.domain.tables import Column
from trajecten.forms.members import MemberFilterForm
from trajecten.models import Enrolment
from trajecten.views.members.mixin import MembersMixin
from trajecten.views.paging import LongPaginator
from trajecten.views.tables import CHUNK, TableFile

PER_PAGE = 50

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


class MembersFile(MembersMixin, TableFile):
    """The list of the filter, without mail addresses."""

    columns = COLUMNS

    @property
    def name(self) -> str:
        return _("Participants %(title)s") % {"title": self.trajectory.title}

    def rows(self) -> Iterable[Enrolment]:
        lookups.record(target=self.trajectory, by=self.request.user)
        found = queries.members(trajectory=self.trajectory, asked=MemberFilterForm(self.request.GET).asked())
        return found.iterator(chunk_size=CHUNK)
