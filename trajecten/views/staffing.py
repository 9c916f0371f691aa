"""The people who work for the municipality, for its coordinator: inviting, roles, teams, stopping; and the log."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from trajecten.domain import logbook
from trajecten.domain.staffing import inviting, people, roles, teams
from trajecten.domain.staffing.refusals import StaffRefused
from trajecten.domain.tables import Column
from trajecten.forms.staffing import InviteForm, LogFilterForm, RevokeForm, RolesForm, TeamForm
from trajecten.models import StaffInvitation, Team
from trajecten.views.access import StaffMixin
from trajecten.views.paging import LongPaginator
from trajecten.views.tables import TableFile, in_batches

PER_PAGE = 50


class ManageMixin(StaffMixin):
    """Only the coordinator."""

    permission = "trajecten.manage_municipality"
    request: HttpRequest

    def to(self, name: str, message: str) -> HttpResponse:
        messages.success(self.request, message)
        return redirect(name, gemeente=self.request.municipality.slug)


class StaffListView(ManageMixin, TemplateView):
    template_name = "trajecten/staff/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "officials": people.officials(self.request.municipality),
            "invitations": inviting.waiting(),
            "now": timezone.now(),
            "teams": Team.objects.prefetch_related("members"),
        }


class StaffFile(ManageMixin, TableFile):
    """Who works here, without mail addresses."""

    name = gettext_lazy("Team")
    columns = (
        Column(gettext_lazy("Name"), lambda row: row.user.name),
        Column(gettext_lazy("Roles"), lambda row: ", ".join(str(role.label) for role in row.roles)),
        Column(gettext_lazy("Teams"), lambda row: ", ".join(row.teams)),
        Column(gettext_lazy("Second factor"), lambda row: row.has_second_factor),
        Column(gettext_lazy("Last seen"), lambda row: row.seen_at),
    )

    def rows(self) -> Iterable[people.Official]:
        return people.officials(self.request.municipality)


class InviteView(ManageMixin, View):
    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page(InviteForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = InviteForm(request.POST)
        if form.is_valid():
            try:
                inviting.invite(municipality=request.municipality, by=request.user, **form.cleaned_data)
            except StaffRefused as refused:
                form.add_error(refused.field, refused.message)
            else:
                return self.to("staff", _("The invitation goes out by mail now. It is valid for two weeks."))
        return self._page(form, status=422)

    def _page(self, form: InviteForm, status: int = 200) -> HttpResponse:
        return render(self.request, "trajecten/staff/invite.html", {"form": form}, status=status)


class WithdrawView(ManageMixin, View):
    def permission_object(self) -> Any:
        self.invitation = get_object_or_404(StaffInvitation, pk=self.kwargs["pk"])
        return self.invitation

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        inviting.withdraw(invitation=self.invitation, by=request.user)
        return self.to("staff", _("The invitation has been withdrawn."))


class OfficialView(ManageMixin, View):
    """One official: roles, open work, and stopping."""

    def permission_object(self) -> Any:
        known = people.known_here(self.request.municipality)
        self.official = get_object_or_404(known, pk=self.kwargs["pk"])
        return self.request.municipality

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = RolesForm(request.POST)
        if form.is_valid():
            try:
                roles.choose(
                    official=self.official,
                    municipality=request.municipality,
                    roles=form.cleaned_data["roles"],
                    by=request.user,
                )
            except StaffRefused as refused:
                form.add_error(refused.field, refused.message)
            else:
                return self.to("staff", _("The roles have been kept. They count at once."))
        return self.page(status=422, form=form)

    def page(self, status: int = 200, **forms: Any) -> HttpResponse:
        mine = self.official.staff_roles.filter(municipality=self.request.municipality)
        context = {
            "official": self.official,
            "form": RolesForm(initial={"roles": list(mine.values_list("role", flat=True))}),
            "revoke_form": RevokeForm(officials=self.colleagues()),
            "work": roles.open_work(self.official),
            **forms,
        }
        return render(self.request, "trajecten/staff/official.html", context, status=status)

    def colleagues(self) -> Any:
        return people.answering_here(self.request.municipality).exclude(pk=self.official.pk)


class RevokeView(OfficialView):
    """Take away all access at once. A GET shows the page."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return redirect("staff-official", **self.kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = RevokeForm(request.POST, officials=self.colleagues())
        if form.is_valid():
            try:
                roles.revoke(
                    official=self.official,
                    municipality=request.municipality,
                    by=request.user,
                    to=form.cleaned_data["to"],
                )
            except StaffRefused as refused:
                form.add_error(refused.field, refused.message)
            else:
                return self.to("staff", _("%(name)s has no access any more.") % {"name": self.official})
        return self.page(status=422, revoke_form=form)


class TeamView(ManageMixin, View):
    """Make a team, or change the one in the address."""

    def permission_object(self) -> Any:
        number = self.kwargs.get("pk")
        self.team = get_object_or_404(Team, pk=number) if number else None
        return self.team or self.request.municipality

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        known = {"name": self.team.name, "members": self.team.members.all()} if self.team else {}
        return self._page(TeamForm(initial=known, officials=self._officials()))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = TeamForm(request.POST, officials=self._officials())
        if form.is_valid():
            team = self.team or Team(municipality=request.municipality)
            try:
                teams.keep(team=team, by=request.user, **form.cleaned_data)
            except StaffRefused as refused:
                form.add_error(refused.field, refused.message)
            else:
                return self.to("staff", _("The team has been kept."))
        return self._page(form, status=422)

    def _officials(self) -> Any:
        return people.working_here(self.request.municipality)

    def _page(self, form: TeamForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "team": self.team}
        return render(self.request, "trajecten/staff/team.html", context, status=status)


class LogView(ManageMixin, TemplateView):
    """Who looked up data of residents, and who decided what."""

    template_name = "trajecten/staff/log.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = LogFilterForm(self.request.GET, officials=people.working_here(self.request.municipality))
        found = logbook.rows(form.asked())
        page = LongPaginator(found, PER_PAGE, self.request.GET.get("page")).shown()
        return {
            **super().get_context_data(**kwargs),
            "form": form,
            "page": page,
            "lines": logbook.lines(page),
            "query": form.query,
        }


class LogFile(ManageMixin, TableFile):
    """The same list."""

    name = gettext_lazy("Log")
    columns = (
        Column(gettext_lazy("When"), lambda line: line.at),
        Column(gettext_lazy("Who"), lambda line: line.who),
        Column(gettext_lazy("What"), lambda line: str(line.act)),
        Column(gettext_lazy("Of what"), lambda line: line.what),
    )

    def rows(self) -> Iterable[logbook.Line]:
        form = LogFilterForm(self.request.GET, officials=people.working_here(self.request.municipality))
        return in_batches(logbook.rows(form.asked()), logbook.lines, self.request.municipality)
