"""What an official does with a report besides answering: assign, note, let others read it, put its pin."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from buurtschouw.domain import answering, locating
from buurtschouw.forms.handling import AssignForm, ModerationForm, NoteForm, PlaceForm
from buurtschouw.views.handling.acting import ReportAction
from trajecten.domain.moderation.deciding import ModerationRefused
from trajecten.domain.photos import attachments
from trajecten.domain.staffing import people
from trajecten.enums import Moderation


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
