"""The part of a report's page with what it is handled together with."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from buurtschouw.domain import merging
from buurtschouw.forms.merging import OTHER, MergeForm
from buurtschouw.views.handling.acting import ReportAction
from buurtschouw.views.handling.page import near_ones
from trajecten.transitions import TransitionRefused


class MergeView(ReportAction):
    """Let one of two reports follow the other."""

    versions = 1

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = MergeForm(request.POST, near=near_ones(self.report, request.user))
        if not form.is_valid():
            return self.refused(merge_form=form)
        follows_other = form.cleaned_data["keep"] == OTHER
        report, into = (self.report, form.found) if follows_other else (form.found, self.report)
        try:
            merging.merge(report=report, into=into, by=request.user)
        except (merging.MergeRefused, TransitionRefused) as refused:
            form.add_error(None, refused.message)
            return self.refused(merge_form=form)
        numbers = {"report": report.pk, "into": into.pk}
        return self.done(
            _(
                "Report %(report)s follows report %(into)s now. Its reporter hears so, and gets the answers too."
            )
            % numbers
        )


class UnmergeView(ReportAction):
    """Let this report go its own way again."""

    versions = 1

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            merging.undo(report=self.report, by=request.user)
        except merging.MergeRefused as refused:
            form = MergeForm(near=near_ones(self.report, request.user))
            form.errors["__all__"] = form.error_class([refused.message])
            return self.refused(merge_form=form)
        return self.done(_("This report is handled by itself again, as it was before."))
