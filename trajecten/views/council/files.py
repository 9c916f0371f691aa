"""The lists of council items as files: the clerk's, and that of everybody."""

from collections.abc import Iterable

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from trajecten.domain.council import queries
from trajecten.domain.tables import Column
from trajecten.forms.council.filters import DeskFilterForm, PublicFilterForm
from trajecten.models import CouncilItem
from trajecten.views.access import StaffMixin
from trajecten.views.council import showing
from trajecten.views.tables import CHUNK, TableFile, csv_response

PUBLIC = (
    Column(gettext_lazy("Number"), lambda item: item.pk),
    Column(gettext_lazy("Title"), lambda item: item.title),
    Column(gettext_lazy("In plain words"), lambda item: item.summary),
    Column(gettext_lazy("Kind"), lambda item: item.get_kind_display()),
    Column(gettext_lazy("Who decides"), lambda item: item.get_body_display()),
    Column(gettext_lazy("Trajectory"), lambda item: item.trajectory.title if item.trajectory else ""),
    Column(gettext_lazy("Submitted on"), lambda item: item.submitted_on),
    Column(gettext_lazy("On the agenda of"), lambda item: item.scheduled_for),
    Column(gettext_lazy("Status"), lambda item: item.get_status_display()),
    Column(gettext_lazy("Decided on"), lambda item: item.decided_on),
    Column(gettext_lazy("Reason"), lambda item: item.reason),
    Column(gettext_lazy("Page in the council information system"), lambda item: item.url),
)


class DeskFile(StaffMixin, TableFile):
    """The clerk's list, with what there is to do."""

    permission = "trajecten.view_councilitem"
    name = gettext_lazy("Council")
    columns = (*PUBLIC, Column(gettext_lazy("What to do"), lambda item: showing.row(item).todo))
    request: HttpRequest

    def rows(self) -> Iterable[CouncilItem]:
        form = DeskFilterForm(self.request.GET, years=queries.years())
        return queries.items(form.asked()).iterator(chunk_size=CHUNK)


@require_safe
def items_csv(request: HttpRequest, gemeente: str) -> StreamingHttpResponse:
    """The items of the filter, as everybody may read them."""
    form = PublicFilterForm(request.GET, years=queries.years())
    return csv_response(_("To the council"), PUBLIC, queries.items(form.asked()).iterator(chunk_size=CHUNK))
