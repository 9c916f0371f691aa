"""What comes in of a walk by other ways than the phone: forms on paper, and files of phones that could not send."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.generic import View

from buurtschouw.domain import checklist, paper_forms, schouwen, walk_files
from buurtschouw.domain.paper_forms import ROWS, PaperRefused, Typed
from buurtschouw.domain.walk_files import FileRefused, Taken
from buurtschouw.forms.paper_walk import PaperWalkForm, WalkFileForm
from buurtschouw.forms.walking import MarkForm, ObservationForm, as_form_data
from buurtschouw.method import SCORES
from buurtschouw.models import Schouw
from trajecten.domain import paper
from trajecten.domain.enrolment.refusals import EnrolmentRefused
from trajecten.views.access import StaffMixin

# Of what a file was refused for, so many are told one by one.
MAX_TOLD = 20


class HandInMixin(StaffMixin):
    """A page about what is handed in of one walk."""

    permission = "buurtschouw.hand_in_schouw"
    request: HttpRequest

    def permission_object(self) -> Schouw:
        rows = Schouw.objects.select_related("trajectory", "trajectory__adviser")
        self.schouw: Schouw = get_object_or_404(rows, pk=self.kwargs["pk"])
        self.schouw.municipality = self.schouw.trajectory.municipality = self.request.municipality
        return self.schouw


class PaperWalkView(HandInMixin, View):
    """Type in one form: scores and several observations at once."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page(self._form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self._form(request.POST)
        if form.is_valid():
            try:
                typed = self._typed(form)
            except PaperRefused as refused:
                row = (refused.field or "").partition("row-")[2]
                form.add_error(f"text_{row}" if row else None, refused.message)
            except EnrolmentRefused as refused:
                form.add_error(None, refused.message)
            else:
                messages.success(request, _told(typed))
                return redirect("buurtschouw:walk-paper", gemeente=kwargs["gemeente"], pk=self.schouw.pk)
        return self._page(form, status=422)

    def _form(self, data: Any = None) -> PaperWalkForm:
        return PaperWalkForm(data, schouw=self.schouw, stops=checklist.checklist(self.schouw))

    def _typed(self, form: PaperWalkForm) -> Typed:
        given = form.cleaned_data
        return paper_forms.take_in(
            schouw=self.schouw,
            key=given["key"],
            by=self.request.user,
            name=given["name"],
            email=given["email"],
            walked_at=form.walked_at(),
            scores=form.scores(),
            seen=form.seen(),
        )

    def _page(self, form: PaperWalkForm, status: int = 200) -> HttpResponse:
        context = {
            "schouw": self.schouw,
            "form": form,
            "not_yet": schouwen.why_closed(self.schouw) if self.schouw.opens_later else "",
        }
        return render(self.request, "buurtschouw/staff/walk_paper.html", context, status=status)


def _told(typed: Typed) -> str:
    if not typed.is_new:
        return _("This form was typed in before. Nothing has changed.")
    scores = ngettext("%(n)d score", "%(n)d scores", typed.scores) % {"n": typed.scores}
    seen = len(typed.reports)
    observations = ngettext("%(n)d observation", "%(n)d observations", seen) % {"n": seen}
    values = {"scores": scores, "observations": observations}
    return _("Taken in: %(scores)s and %(observations)s. You can type in the next form.") % values


class PaperPdfView(HandInMixin, View):
    """The empty form of this walk, to print and hand out."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        context = {
            "schouw": self.schouw,
            "municipality": request.municipality,
            "stops": checklist.checklist(self.schouw),
            "scores": SCORES,
            "rows": range(1, ROWS + 1),
            "language": get_language() or settings.LANGUAGE_CODE,
            "numbers": paper.page_numbers(),
            "font_face": paper.FONT_FACE,
        }
        made = paper.pdf(
            html=render_to_string("buurtschouw/paper_walk.html", context),
            css=render_to_string("buurtschouw/paper_walk.css", context),
        )
        name = f"schouw-{self.schouw.pk}-formulier.pdf"
        headers = {"Content-Disposition": f'inline; filename="{name}"'}
        return HttpResponse(made, content_type="application/pdf", headers=headers)


class WalkFileView(HandInMixin, View):
    """Read in the file of a phone that could not send; what was refused is told, one by one."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page(WalkFileForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = WalkFileForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                taken = walk_files.take_in(
                    schouw=self.schouw,
                    file=walk_files.opened(request.FILES["file"]),
                    by=request.user,
                    read=self._read,
                    read_score=_read_score,
                )
            except FileRefused as refused:
                form.add_error("file", refused.message)
            else:
                _tell(request, taken)
                return redirect("buurtschouw:walk-file", gemeente=kwargs["gemeente"], pk=self.schouw.pk)
        return self._page(form, status=422)

    def _read(self, row: dict[str, Any]) -> dict[str, Any] | str:
        """One observation of the file, by the same form as when the phone sends it."""
        form = ObservationForm(as_form_data(row), schouw=self.schouw)
        if form.is_valid():
            return form.report()
        return " ".join(str(error) for errors in form.errors.values() for error in errors)

    def _page(self, form: WalkFileForm, status: int = 200) -> HttpResponse:
        context = {"schouw": self.schouw, "form": form}
        return render(self.request, "buurtschouw/staff/walk_file.html", context, status=status)


def _tell(request: HttpRequest, taken: Taken) -> None:
    """What came of the file, and each thing that was refused with the reason."""
    numbers = (
        ngettext("%(n)d observation is new.", "%(n)d observations are new.", taken.new) % {"n": taken.new},
        ngettext("%(n)d was there already.", "%(n)d were there already.", taken.known) % {"n": taken.known},
        ngettext("%(n)d photo is there now.", "%(n)d photos are there now.", taken.photos)
        % {"n": taken.photos},
        ngettext("%(n)d score is there now.", "%(n)d scores are there now.", taken.scores)
        % {"n": taken.scores},
    )
    messages.success(request, " ".join(numbers))
    if taken.is_cut_short:
        messages.warning(
            request, _("This is not all of it: there are many photos. Read in the same file again to go on.")
        )
    for title, reason in taken.refused[:MAX_TOLD]:
        messages.warning(request, f"{title}: {reason}" if title else reason)
    more = len(taken.refused) - MAX_TOLD
    if more > 0:
        messages.warning(request, ngettext("And %(n)d more.", "And %(n)d more.", more) % {"n": more})


def _read_score(row: dict[str, Any]) -> Any:
    form = MarkForm(as_form_data(row))
    return form.mark() if form.is_valid() else None
