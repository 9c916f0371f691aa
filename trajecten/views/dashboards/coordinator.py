"""The dashboard of the coordinator: all trajectories, promises and answers of one municipality."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View

from trajecten import registry
from trajecten.domain.dashboards import coordinator, representation
from trajecten.domain.moderation import queue as moderation
from trajecten.domain.proposals import queries as proposals
from trajecten.enums import RequestStatus
from trajecten.views.access import StaffMixin

# How many neighbourhoods that are hardly heard are named here; their page has all.
MISSING = 3


class DashboardView(StaffMixin, View):
    """For the coordinator; who has other work here gets 403 and has a page of their own."""

    permission = "trajecten.manage_municipality"

    def get(self, request: HttpRequest, gemeente: str) -> HttpResponse:
        services = registry.services(request.municipality)
        going = coordinator.going()
        context = {
            "figures": [
                *(_overdue(service) for service in services),
                *_promises(gemeente),
                _trajectories(going, gemeente),
                _moderation(gemeente),
                _requests(gemeente),
            ],
            "going": going[: coordinator.SHOWN],
            "missing": representation.of_municipality().missing[:MISSING],
            "promises": coordinator.promise_chart(),
            "services": [
                {"service": service, "chart": coordinator.service_chart(service)} for service in services
            ],
        }
        return render(request, "trajecten/staff/dashboard.html", context)


def _moderation(gemeente: str) -> dict[str, Any]:
    return {
        "label": _("Waits to be read before others may"),
        "value": moderation.waiting(),
        "url": reverse("moderation", kwargs={"gemeente": gemeente}),
    }


def _requests(gemeente: str) -> dict[str, Any]:
    waiting = proposals.of_municipality().filter(status=RequestStatus.PROPOSED).count()
    return {
        "label": _("Proposals that wait for your answer"),
        "value": waiting,
        "url": reverse("staff-requests", kwargs={"gemeente": gemeente}),
        "tone": "now" if waiting else "",
    }


def _overdue(service: registry.Service) -> dict[str, Any]:
    return {
        "label": _("%(what)s over the term") % {"what": service.name},
        "value": service.overdue,
        "note": ngettext("of %(n)d that waits", "of %(n)d that wait", service.waiting)
        % {"n": service.waiting},
        "url": service.url,
        "tone": "bad" if service.overdue else "",
    }


def _promises(gemeente: str) -> list[dict[str, Any]]:
    due = coordinator.due()
    url = reverse("staff-promises", kwargs={"gemeente": gemeente})
    return [
        {"label": _("Promises due within a week"), "value": due.soon, "url": f"{url}?due=week"},
        {
            "label": _("Promises past their date"),
            "value": due.late,
            "note": ngettext("%(n)d broken this year", "%(n)d broken this year", due.broken)
            % {"n": due.broken},
            "url": f"{url}?due=overdue",
            "tone": "bad" if due.late else "",
        },
    ]


def _trajectories(going: list[coordinator.Going], gemeente: str) -> dict[str, Any]:
    troubled = coordinator.in_trouble(going)
    return {
        "label": _("Trajectories late or stalled"),
        "value": troubled,
        "note": ngettext("of %(n)d that runs", "of %(n)d that run", len(going)) % {"n": len(going)},
        "url": reverse("staff-trajectories", kwargs={"gemeente": gemeente}),
        "tone": "bad" if troubled else "",
    }
