"""The part of a report's page about other systems: forward it, and what became of that."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from buurtschouw.domain import answering
from buurtschouw.domain.forwarding import ordering
from buurtschouw.domain.history import changes_since
from buurtschouw.forms.forwarding import ForwardForm
from buurtschouw.models import Forward
from buurtschouw.views.handling.acting import ReportAction
from buurtschouw.views.handling.page import load
from buurtschouw.views.handling.shown import timeline


class ForwardView(ReportAction):
    """Forward it. When somebody else was first, what was typed comes back beside what changed."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = ForwardForm(request.POST, report=self.report)
        if not form.is_valid():
            return self.refused(forward_form=form)
        try:
            forward = ordering.forward(report=self.report, by=request.user, **form.order())
        except answering.ReportChanged:
            return self._overtaken(form)
        except ordering.ForwardRefused as refused:
            form.add_error(refused.field, refused.message)
            return self.refused(forward_form=form)
        words = _("The reporter hears that it goes to %(whom)s. You find here what becomes of it there.")
        return self.done(words % {"whom": forward.destination.name})

    def _overtaken(self, form: ForwardForm) -> HttpResponse:
        self.report = load(self.report.pk)
        changes = timeline(changes_since(self.report, form.cleaned_data["version"]))
        return self.refused(status=409, forward_form=form.renewed(self.report), forward_changes=changes)


class ForwardAgainView(ReportAction):
    """Send it again now."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        forward = get_object_or_404(Forward, pk=self.kwargs["pk"], report=self.report)
        try:
            ordering.send_again(forward=forward, by=request.user)
        except ordering.ForwardRefused as refused:
            return self.refused(forward_problem=refused.message)
        return self.done(_("It is sent again now. Look at this page in a minute."))
