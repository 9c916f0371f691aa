"""The lines of a round in one form, before it is opened."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from budget.domain.alternatives import amounts
from budget.domain.rounds import lines
from budget.domain.rounds.lines import LineChanged
from budget.domain.rounds.refusals import RoundRefused
from budget.enums import LineKind
from budget.forms.rounds import AddLineForm, KnownLineForm
from budget.views.rounds.desk import RoundMixin
from trajecten.forms.refusing import refuse


class LinesMixin(RoundMixin):
    permission = "budget.change_round"

    def forms(self, data: Any = None) -> list[KnownLineForm]:
        return [KnownLineForm(data, line=line) for line in self.round.lines.all()]

    @property
    def kind(self) -> str:
        """Of what the lines of this round are, for one more."""
        first = self.round.lines.first()
        return first.kind if first else LineKind.FIELD

    def page(self, forms: list[KnownLineForm], add_form: AddLineForm, status: int = 200) -> HttpResponse:
        total = sum(form.line.baseline for form in forms)
        context = {
            "round": self.round,
            "forms": forms,
            "add_form": add_form,
            "total": amounts.euro(total, self.round.unit),
            "wrong": sum(bool(form.is_bound and form.errors) for form in forms),
        }
        return render(self.request, "budget/rounds/lines.html", context, status=status)

    def done(self, message: str) -> HttpResponse:
        messages.success(self.request, message)
        slug = self.request.municipality.slug
        return redirect("budget:round-lines", gemeente=slug, pk=self.round.pk)

    def opened(self, refused: RoundRefused) -> HttpResponse:
        messages.warning(self.request, refused.message)
        return redirect("budget:round", gemeente=self.request.municipality.slug, pk=self.round.pk)


class LinesView(LinesMixin):
    """All lines. One that is taken off need not be right."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(self.forms(), AddLineForm(kind=self.kind))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        forms = self.forms(request.POST)
        kept = [form for form in forms if not form.is_removed]
        if sum(not form.is_valid() for form in kept):
            return self.page(forms, AddLineForm(kind=self.kind), status=422)
        try:
            lines.keep(
                found=self.round,
                rows={form.line.pk: form.words() for form in kept if form.words() != form.seen},
                seen={form.line.pk: form.seen for form in kept},
                remove=[form.line.pk for form in forms if form.is_removed],
                by=request.user,
            )
        except LineChanged as changed:
            next(form for form in kept if form.line.pk == changed.line.pk).add_error("name", changed.message)
            return self.page(forms, AddLineForm(kind=self.kind), status=409)
        except RoundRefused as refused:
            return self.opened(refused)
        return self.done(_("The lines have been kept."))


class AddLineView(LinesMixin):
    """One more line. A GET shows them."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(self.forms(), AddLineForm(kind=self.kind))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = AddLineForm(request.POST, kind=self.kind)
        if form.is_valid():
            try:
                which = {name: form.cleaned_data[name] for name in ("kind", "code")}
                lines.add(found=self.round, **which, words=form.words(), by=request.user)
            except RoundRefused as refused:
                refuse(form, refused)
            else:
                return self.done(_("The line has been added."))
        return self.page(self.forms(), form, status=422)
