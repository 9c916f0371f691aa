"""The way to one's own work, and the pages of management."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.generic import View

from trajecten import navigation
from trajecten.domain.overview import pages
from trajecten.enums import Role
from trajecten.rules import roles_of
from trajecten.views.access import StaffMixin


class DeskView(StaffMixin, View):
    """To the page on which this official's work lies; an administrator gets the coordinator's."""

    permission = "trajecten.view_dashboard_municipality"

    def get(self, request: HttpRequest, gemeente: str) -> HttpResponse:
        roles = roles_of(request.user).get(request.municipality.pk) or frozenset([Role.COORDINATOR])
        return redirect(pages.desk(request.municipality, roles))


class ManagementView(StaffMixin, View):
    """What a coordinator looks after beside the daily work."""

    permission = "trajecten.manage_municipality"

    def get(self, request: HttpRequest, gemeente: str) -> HttpResponse:
        items = navigation.management(request)
        return render(request, "trajecten/staff/management.html", {"items": items})
