"""The adviser's lists as files, over all municipalities."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy, pgettext_lazy
from django_scopes import scopes_disabled

from trajecten import registry
from trajecten.domain import materials
from trajecten.domain.dashboards import comparing
from trajecten.domain.dashboards.comparing import Compared
from trajecten.domain.meetings import finding
from trajecten.domain.overview import pages
from trajecten.domain.overview.pages import Advised
from trajecten.domain.tables import Column
from trajecten.forms.adviser import AdvisedForm, ComparisonForm
from trajecten.models import Meeting, ShelfItem
from trajecten.views.access import AdviserMixin
from trajecten.views.adviser import municipalities_of
from trajecten.views.tables import TableFile
from trajecten.views.trajectories.columns import person, step


class AdvisedFile(AdviserMixin, TableFile):
    """The adviser's trajectories, of one municipality when asked."""

    name = gettext_lazy("My trajectories")
    columns = (
        Column(gettext_lazy("Municipality"), lambda row: row.trajectory.municipality.name),
        Column(gettext_lazy("Trajectory"), lambda row: row.trajectory.title),
        Column(gettext_lazy("Way of working"), lambda row: row.trajectory.method.name),
        Column(gettext_lazy("Status"), lambda row: row.trajectory.get_status_display()),
        Column(gettext_lazy("Step"), lambda row: step(row.trajectory)),
        Column(gettext_lazy("Since"), lambda row: row.since),
        Column(gettext_lazy("Ready on"), lambda row: row.trajectory.step_due_on),
        Column(
            gettext_lazy("How it goes"),
            lambda row: row.health.state.label if row.trajectory.is_going else "",
        ),
        Column(gettext_lazy("Why"), lambda row: " ".join(row.health.reasons)),
        Column(gettext_lazy("Still needed"), lambda row: " ".join(str(reason) for reason in row.unmet)),
        Column(gettext_lazy("Over the term"), lambda row: row.standing.overdue),
        Column(gettext_lazy("Coordinator"), lambda row: person(row.trajectory.coordinator)),
    )
    request: HttpRequest

    def rows(self) -> Iterable[Advised]:
        with scopes_disabled():
            found = pages.advised(self.request.user)
        return AdvisedForm(self.request.GET, municipalities=municipalities_of(found)).narrow(found)


class ShelfFile(AdviserMixin, TableFile):
    """What stands on the adviser's own shelf, in the order of the methods."""

    name = gettext_lazy("My documents")
    columns: tuple[Any, ...] = (
        Column(gettext_lazy("Way of working"), lambda row: registry.method(row.method_key).name),
        Column(gettext_lazy("Step"), lambda row: registry.method(row.method_key).step(row.step).name),
        Column(gettext_lazy("Title"), lambda row: row.title),
        Column(gettext_lazy("Kind"), lambda row: row.kind.upper()),
        Column(gettext_lazy("Link"), lambda row: row.link),
    )
    request: HttpRequest

    def rows(self) -> Iterable[ShelfItem]:
        order = {method.key: position for position, method in enumerate(registry.methods())}
        return sorted(
            materials.shelf_of(self.request.user),
            key=lambda row: (order[row.method_key], registry.method(row.method_key).position(row.step)),
        )


class CalendarFile(AdviserMixin, TableFile):
    """The meetings to come of the adviser's trajectories."""

    name = gettext_lazy("My calendar")
    columns: tuple[Any, ...] = (
        Column(gettext_lazy("Meeting"), lambda row: row.title),
        Column(gettext_lazy("Date"), lambda row: row.starts_at),
        Column(gettext_lazy("Municipality"), lambda row: row.municipality.name),
        Column(gettext_lazy("Trajectory"), lambda row: row.trajectory.title),
        Column(gettext_lazy("Place"), lambda row: row.place),
        Column(gettext_lazy("Cancelled"), lambda row: row.is_cancelled),
    )
    request: HttpRequest

    def rows(self) -> Iterable[Meeting]:
        with scopes_disabled():
            return list(finding.listed(finding.of_adviser(self.request.user)))


def share(row: Compared, number: int) -> float | None:
    """So many in 1,000 inhabitants, with two decimals."""
    per_1000 = row.per_1000(number)
    return None if per_1000 is None else round(per_1000, 2)


class ComparisonFile(AdviserMixin, TableFile):
    """Trajectories of one way of working, with the numbers of the charts."""

    name = gettext_lazy("Compare municipalities")
    columns: tuple[Any, ...] = (
        Column(gettext_lazy("Municipality"), lambda row: row.trajectory.municipality.name),
        Column(gettext_lazy("Trajectory"), lambda row: row.trajectory.title),
        Column(gettext_lazy("Inhabitants"), lambda row: row.inhabitants),
        Column(gettext_lazy("Who takes part"), lambda row: row.members),
        Column(gettext_lazy("Who takes part, in 1,000 inhabitants"), lambda row: share(row, row.members)),
        Column(gettext_lazy("What was said"), lambda row: row.said),
        Column(gettext_lazy("What was said, in 1,000 inhabitants"), lambda row: share(row, row.said)),
        Column(gettext_lazy("Meetings held"), lambda row: row.meetings),
        Column(gettext_lazy("Days since it began"), lambda row: row.days),
        Column(gettext_lazy("Promises done"), lambda row: row.promises.done),
        Column(gettext_lazy("Promises partly done"), lambda row: row.promises.partly),
        Column(gettext_lazy("Promises broken"), lambda row: row.promises.broken),
        Column(gettext_lazy("Promises late"), lambda row: row.promises.late),
        Column(pgettext_lazy("promises", "Promises running"), lambda row: row.promises.running),
    )
    request: HttpRequest

    def rows(self) -> Iterable[Compared]:
        with scopes_disabled():
            adviser = self.request.user
            method = ComparisonForm(self.request.GET, methods=comparing.methods_of(adviser)).asked()
            return comparing.compared(adviser=adviser, method_key=method) if method else []
