"""The page of one report for officials: read it, answer, assign, note, and say whether others may read it.

Each form is a POST of its own. With htmx the parts of the page that change come back; without it, the page.
"""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View

from buurtschouw.domain import (
    answer_templates,
    answering,
    locating,
    queries,
    subtasks,
    todo,
    together,
    waiting,
)
from buurtschouw.domain.chain import chain_of
from buurtschouw.domain.forwarding import finding, ordering
from buurtschouw.domain.history import Event, changes_since, history
from buurtschouw.enums import CLOSED, ReportStatus
from buurtschouw.forms.answer_templates import ChooseTemplateForm
from buurtschouw.forms.forwarding import ForwardForm
from buurtschouw.forms.handling import (
    AnswerForm,
    AssignForm,
    ModerationForm,
    NoteForm,
    PlaceForm,
    SeenForm,
)
from buurtschouw.forms.merging import MergeForm
from buurtschouw.forms.queue import QueueFilterForm
from buurtschouw.forms.subtasks import SubtaskForm
from buurtschouw.models import Answer, Destination, Note, Report
from buurtschouw.views.forwards import status_there
from trajecten.domain import contributions, lookups, moments
from trajecten.domain.moderation.deciding import ModerationRefused
from trajecten.domain.photos import attachments
from trajecten.domain.staffing import people
from trajecten.enums import Moderation
from trajecten.forms.moderation import HideForm
from trajecten.transitions import TransitionRefused
from trajecten.views.access import StaffMixin

MAX_NEAR = 6


class ReportPage(StaffMixin, View):
    """Who may read the report gets its page; forms only for who may answer."""

    permission = "buurtschouw.view_report"
    request: HttpRequest

    def permission_object(self) -> Report:
        self.report = load(self.kwargs["number"])
        return self.report

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.report.author_id:
            lookups.record(target=self.report, by=request.user)
        return render(request, "buurtschouw/staff/report.html", self.context())

    def context(self, **forms: Any) -> dict[str, Any]:
        report, user = self.report, self.request.user
        officials = people.answering_here(self.request.municipality)
        photos = list(attachments.of(report))
        near = near_ones(report, user)
        return {
            "report": report,
            "list_query": self.list_query(),
            "chain": chain_of(report, own=False),
            "tag": todo.tag(report),
            "todo": todo.todo(report),
            "facts": _facts(report),
            "photos": photos,
            "unseen_photos": [photo for photo in photos if not photo.is_public],
            "events": timeline(history(report)),
            "notes": _notes(report),
            "near": near,
            "merge_form": MergeForm(near=near),
            "merged": queries.merged_with(report),
            "tasks": subtasks.of(report),
            "task_form": SubtaskForm(officials=officials),
            "template_form": ChooseTemplateForm(offered=answer_templates.for_report(report)),
            "asked": waiting.question(report) if report.status == ReportStatus.WAITING else None,
            "may_answer": user.has_perm("buurtschouw.answer_report", report),
            "answer_form": AnswerForm(report=report),
            "assign_form": AssignForm(officials=officials, initial={"to": report.assigned_to_id}),
            "note_form": NoteForm(),
            "hide_form": HideForm(),
            "place_form": None if report.point else PlaceForm(),
            "origin": contributions.key_of(report),
            "may_promise": user.has_perm("trajecten.add_commitment", self.request.municipality),
            "may_submit": user.has_perm("trajecten.add_councilitem", self.request.municipality),
            **_elsewhere(report),
            **forms,
        }

    def list_query(self) -> str:
        """The valid part of the filter of the list that this report was opened from, with its page.

        Who may see only the reports of one walk, its adviser, always goes back to the list of that walk.
        """
        form, _asked = self._list
        page = self.request.GET.get("page", "")
        changes = {"page": page if page.isdecimal() and len(page) < 7 else ""}
        if not self.request.user.has_perm("buurtschouw.view_report", self.request.municipality):
            changes["schouw"] = str(self.report.schouw_id)
        return form.query(**changes)

    @cached_property
    def _list(self) -> tuple[QueueFilterForm, queries.QueueFilter]:
        form = QueueFilterForm(self.request.GET)
        return form, form.asked()


def near_ones(report: Report, reader: Any) -> list[Report]:
    """The open reports nearby that the page shows."""
    return list(queries.near_report(report, reader=reader)[:MAX_NEAR])


def _elsewhere(report: Report) -> dict[str, Any]:
    """What became of it at other systems, and the form to forward it, where there is a system and it may go."""
    forwards = [
        {
            "forward": forward,
            "status": status_there(forward),
            "may_go_again": ordering.may_go_again(forward, report),
        }
        for forward in finding.of_report(report)
    ]
    is_offered = ordering.may_go(report) and Destination.objects.filter(is_active=True).exists()
    return {
        "forwards": forwards,
        "forward_form": ForwardForm(report=report) if is_offered else None,
    }


def load(number: int) -> Report:
    """The report with what its page shows; 404 when there is none."""
    rows = Report.objects.with_names().select_related("author", "schouw")
    return get_object_or_404(rows, pk=number)


def _facts(report: Report) -> list[dict[str, Any]]:
    where = ", ".join(part for part in (report.address, report.area.name if report.area else "") if part)
    facts = [
        {"label": _("Number"), "value": report.pk},
        {"label": _("Reported"), "value": _moment(report.created_at)},
        {"label": _("Where"), "value": where or _("only the pin on the map")},
        {"label": _("Theme"), "value": report.category.name},
        {"label": _("Walk"), "value": report.trajectory.title},
        {"label": _("Reporter"), "value": _reporter(report)},
        {"label": _("People who see it too"), "value": _supporters(report)},
    ]
    if report.accuracy is not None and report.point:
        facts.insert(
            3, {"label": _("Accuracy of the pin"), "value": _("%(n)d metres") % {"n": report.accuracy}}
        )
    return facts


def _reporter(report: Report) -> str:
    """Whether the reporter can be reached, never how."""
    if report.author and report.author.email:
        return _("gets every answer by mail")
    return _("left no e-mail address; reads the answer on the report's own page")


def _supporters(report: Report) -> str:
    """How many there are, and to how many the words of the closing answer go as well."""
    reached = together.supporters(report).filter(email__isnull=False).count() if report.supports else 0
    if not reached:
        return str(report.supports)
    mailed = ngettext(
        "%(n)d gets the closing answer by mail", "%(n)d get the closing answer by mail", reached
    )
    return f"{report.supports} ({mailed % {'n': reached}})"


def timeline(events: list[Event]) -> list[dict[str, Any]]:
    """The history as the timeline shows it."""
    kinds = {"answer": "staff", "act": "internal", "elsewhere": "staff", "portal": "staff"}
    return [
        {
            "who": event.by or _who(event.kind),
            "when": event.at,
            "title": event.title,
            "text": event.text,
            "kind": kinds.get(event.kind, "resident"),
            "tone": {"good": "success", "bad": "danger", "warn": "warning"}.get(event.tone, ""),
        }
        for event in events
    ]


def _who(kind: str) -> str:
    names = {
        "answer": _("The municipality"),
        "act": _("The portal"),
        "portal": _("The portal"),
        "elsewhere": _("Another organisation"),
    }
    return names.get(kind, _("Reporter"))


def _moment(moment: datetime) -> str:
    return f"{date_format(localtime(moment), 'j F Y')}, {moments.clock(moment)}"


def _notes(report: Report) -> list[dict[str, Any]]:
    return [
        {"who": note.by or _("somebody who left"), "when": note.at, "text": note.text, "kind": "internal"}
        for note in Note.objects.filter(report=report).select_related("by")
    ]


# The parts of the page with a form of their own, by the id that htmx names as its target.
PARTS = frozenset(
    f"report-{part}"
    for part in (
        *("answer", "assign", "notes", "readers", "place", "together", "tasks", "round"),
        *("forward", "forwards"),
    )
)


class ReportAction(ReportPage):
    """One form of the page. A GET, such as after signing in again, shows the page.

    With htmx only the part with that form comes back, and what has no form: what is typed in another one stays.
    ``versions`` is how many versions of the report the act makes.
    """

    permission = "buurtschouw.answer_report"
    versions = 0

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return redirect(self._url())

    def _url(self) -> str:
        kwargs = {"gemeente": self.request.municipality.slug, "number": self.report.pk}
        query = self.list_query()
        return f"{reverse('buurtschouw:report', kwargs=kwargs)}{'?' if query else ''}{query}"

    def done(self, message: str) -> HttpResponse:
        messages.success(self.request, message)
        if not self.request.htmx:
            return HttpResponseRedirect(self._url())
        self.report = load(self.report.pk)
        return self._parts(200, renewed_version=self._renewed_version())

    def _renewed_version(self) -> int | None:
        """The version for the answer that is being written, when nothing but this act changed what its writer saw.

        None otherwise: then sending that answer shows first what somebody else did.
        """
        seen = SeenForm(self.request.POST).version_seen()
        return self.report.version if seen == self.report.version - self.versions else None

    def refused(self, *, status: int = 422, **forms: Any) -> HttpResponse:
        """The page again, with what was typed and what is wrong with it."""
        if self.request.htmx:
            return self._parts(status, **forms)
        return render(self.request, "buurtschouw/staff/report.html", self.context(**forms), status=status)

    def _parts(self, status: int, **forms: Any) -> HttpResponse:
        target = self.request.htmx.target
        part = target if target in PARTS else "report-answer"
        context = {**self.context(**forms), "part": part, "part_template": _template(part)}
        return render(self.request, "buurtschouw/staff/_report_parts.html", context, status=status)


def _template(part: str) -> str:
    return f"buurtschouw/staff/_{part.replace('-', '_')}.html"


class AnswerView(ReportAction):
    """Answer the reporter. When somebody else was first, what was typed comes back beside what changed."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = AnswerForm(request.POST, report=self.report)
        if "fill" in request.POST:
            return self._filled(form)
        if not form.is_valid():
            return self.refused(answer_form=form)
        try:
            made = answering.answer(report=self.report, by=request.user, **form.cleaned_data)
        except answering.ReportChanged:
            return self._overtaken(form)
        except TransitionRefused as refused:
            form.add_error("status", refused.message)
        except answering.AnswerRefused as refused:
            form.add_error(refused.field, refused.message)
        else:
            return self.done(self._with_following(_answered(made)))
        return self.refused(answer_form=form)

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
        following = queries.following(report=self.report, asked=asked, user=self.request.user)
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


class AssignView(ReportAction):
    versions = 1

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        officials = people.answering_here(request.municipality)
        form = AssignForm(request.POST, officials=officials)
        if not form.is_valid():
            return self.refused(assign_form=form)
        to = form.cleaned_data["to"]
        answering.assign(report=self.report, by=request.user, to=to)
        return self.done(_assigned(to, request.user))


def _assigned(to: Any, user: Any) -> str:
    if to is None:
        return _("Nobody looks after this report now. It stays in the queue.")
    if to == user:
        return _("You look after this report now. When the reporter says “not solved”, you hear it by mail.")
    return _("%(name)s looks after this report now, and finds it under “assigned to me”.") % {"name": to}


class NoteView(ReportAction):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = NoteForm(request.POST)
        if not form.is_valid():
            return self.refused(note_form=form)
        answering.note(report=self.report, by=request.user, text=form.cleaned_data["text"])
        return self.done(_("Your note has been kept. Only officials see it."))


class ModerateView(ReportAction):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = ModerationForm(request.POST, photos=attachments.of(self.report))
        if "reason" in form.errors:
            return self.refused(hide_form=form)
        if not form.is_valid():
            messages.error(request, _("Choose whether everybody may read the text."))
            return redirect(self._url())
        try:
            answering.moderate(report=self.report, by=request.user, **form.cleaned_data)
        except ModerationRefused as refused:
            form.add_error(refused.field, refused.message)
            return self.refused(hide_form=form)
        if form.cleaned_data["moderation"] == Moderation.PUBLISHED:
            return self.done(_("Everybody can read the text now, and see the photos that stood here."))
        return self.done(_("Others see only the theme and the place now. The reporter gets your reason."))


class PlaceView(ReportAction):
    versions = 1

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form: Form = PlaceForm(request.POST)
        if not form.is_valid():
            return self.refused(place_form=form)
        try:
            locating.place(report=self.report, point=form.point(), by=request.user)
        except locating.PlaceRefused as refused:
            form.add_error(None, refused.message)
            return self.refused(place_form=form)
        return self.done(_("The pin has been put on the map. The report counts for its neighbourhood now."))
