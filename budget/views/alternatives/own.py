"""The own page of who makes an alternative, by a secret link: the editor, or what was finished."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from budget.browser_texts import ALTERNATIVE_LABELS
from budget.domain.alternatives import judging, making
from budget.domain.alternatives.judging import Change, Changes
from budget.domain.alternatives.refusals import AlternativeConflict, AlternativeRefused
from budget.domain.rounds import inhabitants, locking
from budget.enums import AlternativeState
from budget.forms.alternatives import ChangesForm, ShareForm
from budget.models import Alternative, RoundLine
from budget.views.alternatives import lines
from trajecten.browser_texts import as_json
from trajecten.views.access import by_secret_link


@method_decorator([never_cache, by_secret_link], name="dispatch")
class OwnPage(View):
    """One alternative, by its secret link. The same for every link that does not work (any more)."""

    request: HttpRequest

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = Alternative.objects.select_related("round__trajectory", "round__budget", "author", "area")
        found = rows.defer("area__geometry").filter(token=kwargs["token"]).first()
        if found is not None:
            found.municipality = found.round.municipality = request.municipality
        self.found = found

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.found is None:
            return self.gone()
        return super().dispatch(request, *args, **kwargs)

    def gone(self) -> HttpResponse:
        return render(self.request, "budget/alternatives/gone.html", status=404)

    @property
    def alternative(self) -> Alternative:
        assert self.found is not None  # noqa: S101
        return self.found

    @property
    def round_lines(self) -> list[RoundLine]:
        return list(self.alternative.round.lines.all())

    def back(self) -> HttpResponse:
        slug = self.request.municipality.slug
        return redirect("budget:alternative", gemeente=slug, token=self.alternative.token)

    def changes_form(self, data: Mapping[str, Any] | None = None) -> ChangesForm:
        mine = self.alternative
        return ChangesForm(
            data,
            lines=self.round_lines,
            unit=mine.round.unit,
            given=judging.of(mine),
            revision=mine.revision,
        )


class AlternativePage(OwnPage):
    """The editor of a draft, or what was finished. A POST reckons, keeps, or goes on to finishing."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        mine = self.alternative
        if mine.state == AlternativeState.FINISHED or not locking.takes(mine.round):
            return self.finished()
        form = self.changes_form()
        return self.editor(form, form.kept)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.changes_form(request.POST)
        valid, act = form.is_valid(), request.POST.get("act", "")
        given = form.given()
        if act == "reckon":
            valid &= form.check_bounds()
        if not valid:
            return self.editor(form, given, status=422)
        if act == "reckon":
            return self.editor(form, given)
        return self._keep(form, given, is_done=act == "done")

    def _keep(self, form: ChangesForm, given: Changes, *, is_done: bool) -> HttpResponse:
        expected = form.cleaned_data["revision"]
        try:
            making.keep(alternative=self.alternative, given=given, expected=expected)
        except AlternativeConflict as conflict:
            return self._conflict(given, conflict.newest)
        except AlternativeRefused as refused:
            form.add_error(None, refused.message)
            return self.editor(form, given, status=422)
        if is_done:
            slug = self.request.municipality.slug
            return redirect("budget:alternative-finish", gemeente=slug, token=self.alternative.token)
        messages.success(self.request, _("Your draft has been kept."))
        return self.back()

    def _conflict(self, given: Changes, newest: Alternative) -> HttpResponse:
        """What was typed, with beside each line that differs what was kept elsewhere; nothing was overwritten."""
        data = self.request.POST.copy()
        data["revision"] = str(newest.revision)
        self.found = newest
        newest.municipality = newest.round.municipality = self.request.municipality
        form = self.changes_form(data)
        form.is_valid()
        return self.editor(form, given, status=409, theirs=judging.of(newest))

    def editor(
        self, form: ChangesForm, given: Changes, *, status: int = 200, theirs: Changes | None = None
    ) -> HttpResponse:
        mine = self.alternative
        people = inhabitants.of(mine.round)
        context = {
            "alternative": mine,
            "round": mine.round,
            "form": form,
            "groups": lines.groups(form, given, people, theirs),
            "left": judging.left(given.values()),
            "balance": lines.balance(given, mine.round.unit),
            "inhabitants": people,
            "is_conflict": theirs is not None,
            "labels": as_json(ALTERNATIVE_LABELS),
        }
        return render(self.request, "budget/alternatives/editor.html", context, status=status)

    def finished(self, *, status: int = 200, **forms: Any) -> HttpResponse:
        mine = self.alternative
        given: dict[int, Change] = judging.of(mine)
        moved = lines.moved(mine.round, given, inhabitants.of(mine.round))
        name = mine.author.display_name if mine.author else ""
        context = {
            "alternative": mine,
            "round": mine.round,
            "takes": locking.takes(mine.round),
            "moved": moved,
            "total": lines.total(moved, mine.round.unit),
            "share_form": ShareForm(initial={"is_named": mine.is_named, "display_name": name}),
            **forms,
        }
        return render(self.request, "budget/alternatives/finished.html", context, status=status)
