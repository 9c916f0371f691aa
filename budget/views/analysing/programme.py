"""The analysis of one programme: its content and process, what was found of it, and questions about it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from budget.domain.analysing import notes, questions
from budget.domain.analysing.refusals import AnalysisRefused
from budget.domain.figures import areas, totals, versions
from budget.forms.analysing import NoteForm, ResidentNoteForm
from budget.method import ANALYSE, ASK
from budget.models import ProgrammeChoice
from budget.views import trajectories
from budget.views.figures import charts
from trajecten.forms.refusing import refuse
from trajecten.models import Participant, Trajectory
from trajecten.views.access import by_secret_link

QUESTIONS = 5


@method_decorator(never_cache, name="dispatch")
class ProgrammePage(View):
    """What everybody may read of it. Who is known here can add a note; a POST does."""

    request: HttpRequest
    trajectory: Trajectory
    who: Participant | None = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.find()
        rows = ProgrammeChoice.objects.select_related("programme").prefetch_related("themes")
        self.choice = get_object_or_404(rows, trajectory=self.trajectory, programme=kwargs["programme"])

    def find(self) -> None:
        """Sets the trajectory and who this is."""
        self.trajectory = trajectories.found(self.request, self.kwargs["pk"])
        self.who = trajectories.visitor(self.request)

    @property
    def is_known(self) -> bool:
        return self.who is not None or self.request.user.is_authenticated

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.is_known:
            messages.warning(request, _("Sign in first; then you can add what you found."))
            return redirect(request.path)
        form = ResidentNoteForm(request.POST)
        if form.is_valid():
            try:
                return self._written(form)
            except AnalysisRefused as refused:
                refuse(form, refused)
        return self.page(status=422, note_form=form)

    def _written(self, form: ResidentNoteForm) -> HttpResponse:
        note = notes.write(
            trajectory=self.trajectory,
            programme=self.choice.programme,
            by=self.who or trajectories.account(self.request),
            finding=form.finding(),
            kind=form.cleaned_data["kind"],
        )
        read = _("Thank you. Everybody can read your note now.")
        waits = _("Thank you. An official reads your note first; then everybody can.")
        messages.success(self.request, read if note.is_public else waits)
        return redirect(f"{self.request.path}#main")

    def page(self, *, status: int = 200, **forms: Any) -> HttpResponse:
        return render(self.request, "budget/analysing/programme.html", self._context(**forms), status=status)

    def _context(self, **forms: Any) -> dict[str, Any]:
        programme = self.choice.programme
        found = notes.public(self.trajectory, programme)
        asked = questions.public(self.trajectory).filter(programme=programme)
        is_open = self.trajectory.allows(ANALYSE) and self.choice.is_chosen
        return {
            "trajectory": self.trajectory,
            "choice": self.choice,
            "programme": programme,
            "aspects": notes.by_aspect(found),
            "areas": notes.by_area(found),
            **self._money(),
            "questions": list(asked[:QUESTIONS]),
            "may_ask": self.trajectory.allows(ASK),
            "may_note": is_open and self.is_known,
            "may_note_as_staff": is_open and self._is_staff(),
            "is_open": is_open,
            "note_form": ResidentNoteForm(initial={"kind": self.who.kind} if self.who else None),
            "ask_url": self.ask_url(),
            **forms,
        }

    def _is_staff(self) -> bool:
        """Officials and the adviser write their notes as what they are, on a page of their own."""
        return bool(self.request.user.has_perm("budget.add_programmenote", self.trajectory))

    def _money(self) -> dict[str, Any]:
        """What of the programme goes to each wijk, in the newest figures; empty without figures or parts."""
        budget = versions.versions().newest()
        if budget is None:
            return {}
        division = areas.of_programme(budget, totals.totals(budget), self.choice.programme)
        if division is None or not division.keys:
            return {}
        home = self.who.home_area if self.who else None
        return {"division": division, "area_chart": charts.areas(division, budget, home=home)}

    def ask_url(self) -> str:
        kwargs = {"gemeente": self.request.municipality.slug, "pk": self.trajectory.pk}
        return f"{reverse('budget:ask', kwargs=kwargs)}?programme={self.choice.programme_id}"


@method_decorator(by_secret_link, name="dispatch")
class MemberProgramme(ProgrammePage):
    """For who takes part in the trajectory, by the secret of their own page."""

    def find(self) -> None:
        enrolment = trajectories.enrolled(self.request, self.kwargs["token"])
        self.trajectory, self.who = enrolment.trajectory, enrolment.participant

    def ask_url(self) -> str:
        kwargs = {"gemeente": self.request.municipality.slug, "token": self.kwargs["token"]}
        return f"{reverse('budget:ask-member', kwargs=kwargs)}?programme={self.choice.programme_id}"


class NoteDesk(trajectories.TrajectoryDesk, View):
    """A note by an official or the adviser, public at once and marked as such."""

    def permission_object(self) -> Any:
        trajectory = super().permission_object()
        rows = ProgrammeChoice.objects.select_related("programme")
        self.choice = get_object_or_404(rows, trajectory=trajectory, programme=self.kwargs["programme"])
        return trajectory

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page(NoteForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = NoteForm(request.POST)
        if form.is_valid():
            try:
                notes.write(
                    trajectory=self.trajectory,
                    programme=self.choice.programme,
                    by=request.user,
                    finding=form.finding(),
                )
            except AnalysisRefused as refused:
                refuse(form, refused)
            else:
                messages.success(request, _("The note has been kept. Everybody can read it."))
                return redirect("budget:programme", **kwargs)
        return self._page(form, status=422)

    def _page(self, form: NoteForm, status: int = 200) -> HttpResponse:
        context = {
            "trajectory": self.trajectory,
            "programme": self.choice.programme,
            "form": form,
            "is_open": self.trajectory.allows(ANALYSE),
        }
        return render(self.request, "budget/analysing/note.html", context, status=status)
