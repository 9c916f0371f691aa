"""The themes for officials and the adviser: preparing the cards, and saying which ones are chosen."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View

from budget.domain.choosing import cards, counting, deciding, opening, voting
from budget.domain.choosing.refusals import ChoosingRefused
from budget.forms.choosing import PaperBallotForm
from budget.forms.choosing_desk import ChooseThemesForm, ThemeForm
from budget.method import CHOOSE_THEMES
from budget.models import Theme
from budget.views.trajectories import TrajectoryDesk
from trajecten.forms.refusing import refuse


class ThemesDesk(TrajectoryDesk, View):
    """The cards with their votes, and the form by which some of them are chosen."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page()

    def page(self, *, status: int = 200, **forms: Form) -> HttpResponse:
        themes = list(cards.for_desk(self.trajectory))
        context = {
            "trajectory": self.trajectory,
            "themes": themes,
            "voters": counting.voters(self.trajectory),
            "may_change": self.request.user.has_perm("trajecten.change_trajectory", self.trajectory),
            "may_prepare": opening.may_prepare(self.trajectory),
            "is_open": self.trajectory.allows(CHOOSE_THEMES),
            "may_moderate": self.request.user.has_perm(
                "trajecten.moderate_municipality", self.request.municipality
            ),
            "choose_form": ChooseThemesForm(themes=_most_votes_first(themes)),
            **forms,
        }
        return render(self.request, "budget/choosing/desk.html", context, status=status)

    def done(self, message: str) -> HttpResponse:
        messages.success(self.request, message)
        return redirect("budget:themes-desk", gemeente=self.request.municipality.slug, pk=self.trajectory.pk)


def _most_votes_first(themes: list[Theme]) -> list[Theme]:
    """Those that can be chosen."""
    return sorted((theme for theme in themes if theme.is_public), key=lambda theme: -theme.vote_count)


class ThemesAct(ThemesDesk):
    """For the coordinator and the adviser. A GET, such as after signing in again, shows the page."""

    permission = "trajecten.change_trajectory"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return redirect("budget:themes-desk", gemeente=self.request.municipality.slug, pk=self.trajectory.pk)

    def warned(self, refused: ChoosingRefused) -> HttpResponse:
        messages.warning(self.request, refused.message)
        return redirect("budget:themes-desk", gemeente=self.request.municipality.slug, pk=self.trajectory.pk)


class BeginView(ThemesAct):
    """Put the starting set there."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            made = cards.begin(trajectory=self.trajectory, by=request.user)
        except ChoosingRefused as refused:
            return self.warned(refused)
        told = ngettext("%(n)d theme has been added.", "%(n)d themes have been added.", made)
        return self.done(told % {"n": made})


class ChooseThemesView(ThemesAct):
    """Say which themes are chosen, and why."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = ChooseThemesForm(request.POST, themes=list(cards.shown(self.trajectory)))
        if form.is_valid():
            try:
                deciding.choose(trajectory=self.trajectory, reasons=form.reasons(), by=request.user)
            except ChoosingRefused as refused:
                refuse(form, refused)
            else:
                return self.done(_("The choice has been kept. Who voted and who takes part hear it now."))
        return self.page(status=422, choose_form=form)


class ThemeEditor(ThemesAct):
    """A new card, or the one that is changed."""

    theme: Theme | None = None

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._editor(ThemeForm(theme=self._found()))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = ThemeForm(request.POST, theme=self._found())
        if form.is_valid():
            try:
                self._keep(form)
            except ChoosingRefused as refused:
                refuse(form, refused)
            else:
                return self.done(_("The theme has been kept."))
        return self._editor(form, status=422)

    def _found(self) -> Theme | None:
        if "theme" in self.kwargs:
            rows = Theme.objects.select_related("trajectory")
            self.theme = get_object_or_404(rows, pk=self.kwargs["theme"], trajectory=self.trajectory)
        return self.theme

    def _keep(self, form: ThemeForm) -> None:
        if self.theme:
            cards.change(theme=self.theme, by=self.request.user, **form.cleaned_data)
        else:
            cards.add(trajectory=self.trajectory, by=self.request.user, **form.cleaned_data)

    def _editor(self, form: ThemeForm, status: int = 200) -> HttpResponse:
        context = {"trajectory": self.trajectory, "theme": self.theme, "form": form}
        return render(self.request, "budget/choosing/theme.html", context, status=status)


class RemoveThemeView(ThemesAct):
    """Twice is harmless."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        rows = Theme.objects.filter(trajectory=self.trajectory).select_related("trajectory")
        theme = rows.filter(pk=kwargs["theme"]).first()
        try:
            if theme:
                cards.remove(theme=theme, by=request.user)
        except ChoosingRefused as refused:
            return self.warned(refused)
        return self.done(_("The theme has been taken away."))


class PaperView(TrajectoryDesk, View):
    """Typing over a sheet of paper, by any official of the municipality or the adviser."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._form(PaperBallotForm(trajectory=self.trajectory))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = PaperBallotForm(request.POST, trajectory=self.trajectory)
        if form.is_valid():
            key, choice = form.cleaned_data["key"], form.choice()
            try:
                voting.enter_paper(trajectory=self.trajectory, key=key, choice=choice, by=request.user)
            except ChoosingRefused as refused:
                refuse(form, refused)
            else:
                messages.success(request, _("The sheet has been kept. You can enter the next one."))
                return redirect(request.path)
        return self._form(form, status=422)

    def _form(self, form: PaperBallotForm, status: int = 200) -> HttpResponse:
        context = {
            "trajectory": self.trajectory,
            "form": form,
            "is_open": self.trajectory.allows(CHOOSE_THEMES),
            "voters": counting.voters(self.trajectory),
        }
        return render(self.request, "budget/choosing/paper.html", context, status=status)


class SheetView(TrajectoryDesk, View):
    """The sheet to print and hand out."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        context = {"trajectory": self.trajectory, "themes": cards.shown(self.trajectory)}
        return render(request, "budget/choosing/sheet.html", context)
