"""Which programmes have to do with the chosen themes: for everybody, and for who chooses among them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.generic import View

from budget.domain.choosing import programmes, relevance
from budget.domain.choosing.refusals import ChoosingRefused
from budget.domain.choosing.relevance import OfTheme, Relevant, Taken
from budget.forms.choosing_desk import ChooseProgrammeForm
from budget.iv3 import names
from budget.method import CHOOSE_PROGRAMMES
from budget.models import Programme, ProgrammeChoice
from budget.views import trajectories
from trajecten import money
from trajecten.forms.refusing import refuse
from trajecten.models import Trajectory

# So many parts of task fields are told of a programme within a theme; the rest counts in its amount.
MOST = 4


def programmes_page(request: HttpRequest, gemeente: str, pk: int) -> HttpResponse:
    """The proposal with its reasons, and what was chosen of it and why."""
    trajectory = trajectories.found(request, pk)
    return render(request, "budget/choosing/programmes.html", shown(trajectory))


def shown(trajectory: Trajectory) -> dict[str, Any]:
    """What a page of the programmes needs."""
    proposal = relevance.proposal(trajectory)
    choices = sorted(proposal.choices.values(), key=lambda choice: choice.programme.code)
    return {
        "trajectory": trajectory,
        "budget": proposal.budget,
        "themes": [_of_theme(each, proposal) for each in proposal.themes],
        "chosen": [choice for choice in choices if choice.is_chosen],
        "not_chosen": [choice for choice in choices if not choice.is_chosen],
        "is_open": trajectory.allows(CHOOSE_PROGRAMMES),
        "programmes": [(each, proposal.choices.get(each.pk)) for each in proposal.programmes],
    }


def _of_theme(found: OfTheme, proposal: relevance.Proposal) -> dict[str, Any]:
    return {
        "theme": found.theme,
        "amount": "" if found.amount is None else money.about(found.amount),
        "rows": [
            {
                "programme": each.programme,
                "amount": "" if each.amount is None else money.about(each.amount),
                "part": "" if each.part is None else _percent(each.part),
                "reasons": reasons(each),
                "choice": proposal.choices.get(each.programme.pk),
            }
            for each in found.programmes
        ],
    }


def reasons(relevant: Relevant) -> list[str]:
    """Why this programme has to do with the theme, the most money first, in sentences."""
    ordered = sorted(relevant.taken, key=lambda taken: -(taken.amount or 0))
    return [_reason(taken) for taken in ordered[:MOST]]


def _reason(taken: Taken) -> str:
    values = {
        "part": _percent(float(taken.share)),
        "code": taken.task_field,
        "name": names.name(taken.task_field),
    }
    if taken.amount is None:
        return _("Takes %(part)s%% of task field %(code)s, %(name)s.") % values
    values["amount"] = money.about(taken.amount)
    return _("Takes %(part)s%% of task field %(code)s, %(name)s: %(amount)s.") % values


class ProgrammesDesk(trajectories.TrajectoryDesk, View):
    """The proposal for officials and the adviser, with the way to choose."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        may_choose = request.user.has_perm("trajecten.change_trajectory", self.trajectory)
        context = {**shown(self.trajectory), "may_choose": may_choose}
        return render(request, "budget/choosing/programmes_desk.html", context)


class ChooseProgrammeView(trajectories.TrajectoryDesk, View):
    """One programme: why it is relevant, and whether we look at it further."""

    permission = "trajecten.change_trajectory"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        known = ProgrammeChoice.objects.filter(
            trajectory=self.trajectory, programme=kwargs["programme"]
        ).first()
        initial = {"is_chosen": "yes" if known.is_chosen else "no", "reason": known.reason} if known else {}
        return self._page(ChooseProgrammeForm(initial=initial))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = ChooseProgrammeForm(request.POST)
        if form.is_valid():
            try:
                self._choose(form)
            except ChoosingRefused as refused:
                refuse(form, refused)
            else:
                messages.success(request, _("The choice has been kept. Everybody can read the reason."))
                return redirect("budget:programmes-desk", gemeente=kwargs["gemeente"], pk=self.trajectory.pk)
        return self._page(form, status=422)

    def _choose(self, form: ChooseProgrammeForm) -> None:
        programme = self._programme()
        themes = relevance.proposal(self.trajectory).themes_of(programme)
        programmes.choose(
            trajectory=self.trajectory,
            programme=programme,
            themes=themes,
            by=self.request.user,
            **form.cleaned_data,
        )

    def _programme(self) -> Programme:
        found: Programme = get_object_or_404(Programme, pk=self.kwargs["programme"])
        if found.municipality_id != self.trajectory.municipality_id:
            raise Http404
        return found

    def _page(self, form: ChooseProgrammeForm, status: int = 200) -> HttpResponse:
        programme = self._programme()
        found = relevance.proposal(self.trajectory).themes
        why = [
            (each.theme, reasons(relevant))
            for each in found
            for relevant in each.programmes
            if relevant.programme == programme
        ]
        context = {
            "trajectory": self.trajectory,
            "programme": programme,
            "why": why,
            "form": form,
            "is_open": self.trajectory.allows(CHOOSE_PROGRAMMES),
        }
        return render(self.request, "budget/choosing/programme_choice.html", context, status=status)


def _percent(part: float) -> str:
    """A part from 0 to 1 as a whole percentage; "less than 1" where it is not nothing."""
    return _("less than 1") if 0 < part < 0.01 else str(round(100 * part))
