"""The lists of requests as files: a municipality's own, and the advisers' pipeline."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy
from django_scopes import scopes_disabled

from trajecten.domain.proposals import queries
from trajecten.domain.tables import Column
from trajecten.enums import ProposalStatus
from trajecten.forms.requests import PipelineForm, StatusForm
from trajecten.views.access import AdviserMixin, StaffMixin
from trajecten.views.proposals.municipality import narrowed
from trajecten.views.tables import CHUNK, TableFile
from trajecten.views.trajectories.columns import person

COLUMNS = (
    Column(gettext_lazy("Number"), lambda row: row.reference),
    Column(gettext_lazy("Municipality"), lambda row: row.municipality.name),
    Column(gettext_lazy("Way of working"), lambda row: row.method.name),
    Column(gettext_lazy("Question"), lambda row: row.question),
    Column(gettext_lazy("Contact"), lambda row: row.contact_name),
    Column(gettext_lazy("Status"), lambda row: row.get_status_display()),
    Column(gettext_lazy("Asked on"), lambda row: row.created_at),
    Column(gettext_lazy("Has this status since"), lambda row: row.status_since),
    Column(gettext_lazy("Version of the proposal"), lambda row: row.last_version),
    Column(
        gettext_lazy("How the proposal stands"),
        lambda row: ProposalStatus(row.last_status).label if row.last_status else "",
    ),
    Column(gettext_lazy("Valid until"), lambda row: row.valid_until),
    Column(gettext_lazy("Adviser"), lambda row: person(row.adviser)),
)


class RequestsFile(StaffMixin, TableFile):
    """What the municipality asked, for its coordinators."""

    permission = "trajecten.manage_municipality"
    name = gettext_lazy("Requests")
    columns = COLUMNS
    request: HttpRequest

    def rows(self) -> Iterable[Any]:
        found = narrowed(queries.of_municipality(), StatusForm(self.request.GET).asked())
        return found.iterator(chunk_size=CHUNK)


class PipelineFile(AdviserMixin, TableFile):
    """New requests of every municipality, and the adviser's own."""

    name = gettext_lazy("Requests")
    columns = COLUMNS
    request: HttpRequest

    def rows(self) -> Iterable[Any]:
        with scopes_disabled():
            return queries.pipeline(self.request.user, PipelineForm(self.request.GET).filter()).iterator(
                chunk_size=CHUNK
            )
