"""Waiting for the reporter: an official goes on, or the reporter answers on their own page."""

import io
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from buurtschouw.domain import answering, pausing, report_photos, waiting
from buurtschouw.forms.handling import SeenForm
from buurtschouw.forms.waiting import ReplyForm
from buurtschouw.models import Report
from buurtschouw.views import allowances, following
from buurtschouw.views.handling.acting import ReportAction
from trajecten.domain import throttle
from trajecten.domain.photos import attachments, cleaning


class TakeUpView(ReportAction):
    """Go on without waiting for the reporter any longer."""

    versions = 1

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        seen = SeenForm(request.POST).version_seen()
        try:
            waiting.take_up(report=self.report, by=request.user, version=seen)
        except answering.ReportChanged:
            messages.warning(request, _("This report changed meanwhile. Read what happened first."))
        except pausing.PauseRefused as refused:
            messages.warning(request, refused.message)
        else:
            return self.done(_("The clock runs again, from where it stopped."))
        return redirect(self._url())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, gemeente: str, token: str) -> HttpResponse:
    """The reporter's answer to a question. A GET leads to the page with the question."""
    report = following.by_token(token)
    if request.method != "POST":
        return redirect("buurtschouw:track", gemeente=gemeente, token=token)
    form = ReplyForm(request.POST)
    if form.is_valid():
        try:
            waiting.reply(report=report, text=form.cleaned_data["text"])
        except pausing.PauseRefused as refused:
            form.add_error(refused.field, refused.message)
        else:
            _add_photos(request, report)
            messages.success(request, _("Thank you for your answer. The municipality reads it and goes on."))
            return redirect("buurtschouw:track", gemeente=gemeente, token=token)
    return following.tracked(request, report, status=422, reply_form=form, asked=waiting.question(report))


def _add_photos(request: HttpRequest, report: Report) -> None:
    """Each photo that can be taken; of the others is said why not, the words have arrived all the same."""
    for upload in request.FILES.getlist("photos")[: cleaning.MAX_PHOTOS]:
        try:
            report_photos.add_to_reply(
                report=report,
                upload=io.BytesIO(upload.read()),
                size=upload.size,
                may_add=allowances.photos(request).spend,
            )
        except attachments.AttachmentRefused as refused:
            messages.warning(request, f"{upload.name}: {refused.message}")
        except throttle.Throttled:
            messages.warning(
                request, _("Many photos came from your connection in the last hour. Try again later.")
            )
            return
