"""The dashboard of the coordinator: all trajectories, promises and answers of one municipality."""

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
from trajecten.figures import Figure
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
            "services": [coordinator.service_chart(service) for service in services],
        }
        return render(request, "trajecten/staff/dashboard.html", context)


def _moderation(gemeente: str) -> Figure:
    url = f"{reverse('moderation', kwargs={'gemeente': gemeente})}?state=waiting"
    return Figure(_("Waits to be read before others may"), moderation.waiting(), url)


def _requests(gemeente: str) -> Figure:
    waiting = proposals.of_municipality().filter(status=RequestStatus.PROPOSED).count()
    url = reverse("staff-requests", kwargs={"gemeente": gemeente})
    return Figure(
        _("Proposals that wait for your answer"),
        waiting,
        f"{url}?status={RequestStatus.PROPOSED}",
        tone="now" if waiting else "",
    )


def _overdue(service: registry.Service) -> Figure:
    note = ngettext("of %(n)d that waits", "of %(n)d that wait", service.waiting) % {"n": service.waiting}
    label = _("%(what)s over the term") % {"what": service.name}
    return Figure(label, service.overdue, service.overdue_url, note, "bad" if service.overdue else "")


def _promises(gemeente: str) -> list[Figure]:
    due = coordinator.due()
    url = reverse("staff-promises", kwargs={"gemeente": gemeente})
    broken = ngettext("%(n)d broken this year", "%(n)d broken this year", due.broken) % {"n": due.broken}
    return [
        Figure(_("Promises due within a week"), due.soon, f"{url}?due=week"),
        Figure(
            _("Promises past their date"), due.late, f"{url}?due=overdue", broken, "bad" if due.late else ""
        ),
    ]


def _trajectories(going: list[coordinator.Going], gemeente: str) -> Figure:
    troubled = coordinator.in_trouble(going)
    note = ngettext("of %(n)d that goes on or is to begin", "of %(n)d that go on or are to begin", len(going))
    url = reverse("staff-trajectories", kwargs={"gemeente": gemeente})
    return Figure(
        _("Trajectories late or stalled"),
        troubled,
        f"{url}?late=on",
        note % {"n": len(going)},
        "bad" if troubled else "",
    )
