"""The page of one report: what it shows, and the forms on it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import cached_property
from django.views.generic import View

from buurtschouw.domain import answer_templates, subtasks, todo, together, waiting
from buurtschouw.domain.chain import chain_of
from buurtschouw.domain.forwarding import finding, ordering
from buurtschouw.domain.history import history
from buurtschouw.domain.queries import near
from buurtschouw.domain.queries.queue import QueueFilter
from buurtschouw.enums import ReportStatus
from buurtschouw.forms.answer_templates import ChooseTemplateForm
from buurtschouw.forms.forwarding import ForwardForm
from buurtschouw.forms.handling import AnswerForm, AssignForm, NoteForm, PlaceForm
from buurtschouw.forms.merging import MergeForm
from buurtschouw.forms.queue import QueueFilterForm
from buurtschouw.forms.subtasks import SubtaskForm
from buurtschouw.models import Destination, Report
from buurtschouw.views.forwards import status_there
from buurtschouw.views.handling import shown
from trajecten.domain import contributions, lookups
from trajecten.domain.photos import attachments
from trajecten.domain.staffing import people
from trajecten.forms.moderation import HideForm
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
        others = near_ones(report, user)
        return {
            "report": report,
            "list_query": self.list_query(),
            "chain": chain_of(report, own=False),
            "tag": todo.tag(report),
            "todo": todo.todo(report),
            "facts": shown.facts(report),
            "photos": photos,
            "unseen_photos": [photo for photo in photos if not photo.is_public],
            "events": shown.timeline(history(report)),
            "notes": shown.notes(report),
            "near": others,
            "merge_form": MergeForm(near=others),
            "merged": together.followers(report),
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
    def _list(self) -> tuple[QueueFilterForm, QueueFilter]:
        form = QueueFilterForm(self.request.GET)
        return form, form.asked()


def near_ones(report: Report, reader: Any) -> list[Report]:
    """The open reports nearby that the page shows."""
    return list(near.to_report(report, reader=reader)[:MAX_NEAR])


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
