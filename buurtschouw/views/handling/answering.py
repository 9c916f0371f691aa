"""Answering the reporter."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from buurtschouw.domain import answer_templates, answering, sent_twice
from buurtschouw.domain.history import changes_since
from buurtschouw.domain.queries import queue
from buurtschouw.enums import CLOSED, ReportStatus
from buurtschouw.forms.answer_templates import ChooseTemplateForm
from buurtschouw.forms.handling import AnswerForm
from buurtschouw.models import Answer
from buurtschouw.views.handling.acting import ReportAction
from buurtschouw.views.handling.page import load
from buurtschouw.views.handling.shown import timeline
from trajecten.transitions import TransitionRefused


class AnswerView(ReportAction):
    """Answer the reporter. When somebody else was first, what was typed comes back beside what changed.

    Who sends the same twice reads that it went well, as it did the first time.
    """

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = AnswerForm(request.POST, report=self.report)
        if "fill" in request.POST:
            return self._filled(form)
        if not form.is_valid():
            return self.refused(answer_form=form)
        try:
            made = answering.answer(report=self.report, by=request.user, **form.cleaned_data)
        except answering.ReportChanged:
            sent = self._sent_before(form)
            return self.done(self._with_following(_answered(sent))) if sent else self._overtaken(form)
        except TransitionRefused as refused:
            form.add_error("status", refused.message)
        except answering.AnswerRefused as refused:
            form.add_error(refused.field, refused.message)
        else:
            return self.done(self._with_following(_answered(made)))
        return self.refused(answer_form=form)

    def _sent_before(self, form: AnswerForm) -> Answer | None:
        given = ("version", "status", "message", "planned_for", "forwarded_to")
        said = {name: form.cleaned_data[name] for name in given}
        return sent_twice.found(report=self.report, by=self.request.user, **said)

    def _filled(self, form: AnswerForm) -> HttpResponse:
        """The form with the chosen template in it; nothing is sent yet."""
        choice = ChooseTemplateForm(self.request.POST, offered=answer_templates.for_report(self.report))
        template = choice.chosen()
        if template:
            form = form.filled(template, report=self.report, by=self.request.user)
        else:
            form = AnswerForm(initial={name: form[name].value() for name in form.fields}, report=self.report)
        return self.refused(status=200, answer_form=form, template_form=choice)

    def _with_following(self, message: str) -> str:
        """The message with a link to the report that came after this one in the list."""
        _form, asked = self._list
        following = queue.following(report=self.report, asked=asked, user=self.request.user)
        if following is None:
            return message
        kwargs = {"gemeente": self.request.municipality.slug, "number": following.pk}
        url, query = reverse("buurtschouw:report", kwargs=kwargs), self.list_query()
        address = f"{url}{'?' if query else ''}{query}"
        words = _("Next report in this list")
        link = format_html('<a href="{}">{} <span aria-hidden="true">→</span></a>', address, words)
        return format_html("{} {}", message, link)

    def _overtaken(self, form: AnswerForm) -> HttpResponse:
        self.report = load(self.report.pk)
        changes = timeline(changes_since(self.report, form.cleaned_data["version"]))
        return self.refused(status=409, answer_form=form.renewed(self.report), changes=changes)


def _answered(made: Answer) -> str:
    reaches = made.report.author is not None and made.report.author.email
    if made.status == ReportStatus.WAITING:
        return _("Your question is on its way. The clock stands still until the reporter answers.")
    if not reaches:
        return _(
            "Your answer stands on the report's page. The reporter left no address, so no mail goes out."
        )
    if made.status in CLOSED and made.report.means.asks_verdict:
        return _("The reporter gets your answer by mail now, with the question whether it is solved.")
    return _("The reporter gets your answer by mail now.")
