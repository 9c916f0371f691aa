"""The public page of a round: what is asked, and beginning; and the link in the mail to a guest."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from budget.domain.alternatives import amounts, beginning, judging
from budget.domain.alternatives.refusals import AlternativeRefused
from budget.domain.rounds import inhabitants, locking
from budget.forms.alternatives import BeginForm, ConfirmForm
from budget.models import Alternative, Round
from budget.views import allowances, trajectories
from budget.views.alternatives import lines
from trajecten.domain import throttle
from trajecten.domain.links import NoSuchLink
from trajecten.forms.refusing import refuse
from trajecten.views.access import by_secret_link

BEGUN = "alternatives"


def begun_here(request: HttpRequest, alternative: Alternative) -> bool:
    """Whether it was begun in this browser, and its link is still the one that was given then."""
    return alternative.token in request.session.get(BEGUN, [])


@method_decorator(never_cache, name="dispatch")
class BeginView(View):
    """What is asked, which lines there are, and the way in. A POST begins one."""

    request: HttpRequest

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = Round.objects.filter(opened_at__isnull=False).select_related("trajectory", "budget")
        self.round = get_object_or_404(rows, pk=kwargs["pk"])
        self.round.municipality = request.municipality

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page(BeginForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return self._begin_signed_in()
        form = BeginForm(request.POST)
        if form.is_valid():
            try:
                return self._begin_as_guest(form.cleaned_data["email"])
            except AlternativeRefused as refused:
                refuse(form, refused)
            except throttle.Throttled as throttled:
                form.add_error(*allowances.too_many(throttled))
        return self._page(form, status=422)

    def _begin_signed_in(self) -> HttpResponse:
        try:
            mine = beginning.begin(found=self.round, by=trajectories.account(self.request))
        except AlternativeRefused as refused:
            messages.warning(self.request, refused.message)
            return self._page(BeginForm(), status=422)
        return self._to(mine)

    def _begin_as_guest(self, email: str) -> HttpResponse:
        allowances.spend(self.request, "alternative", email)
        made = beginning.begin_as_guest(found=self.round, email=email, language=self.request.LANGUAGE_CODE)
        self.request.session[BEGUN] = [*self.request.session.get(BEGUN, []), made.token]
        messages.success(
            self.request,
            _("We sent you a mail. Open the link in it when you like; you can begin here already."),
        )
        return self._to(made)

    def _to(self, mine: Alternative) -> HttpResponse:
        slug = self.request.municipality.slug
        return redirect("budget:alternative", gemeente=slug, token=mine.token)

    def _page(self, form: BeginForm, status: int = 200) -> HttpResponse:
        found = self.round
        rows = list(found.lines.all())
        context = {
            "round": found,
            "takes": locking.takes(found),
            "form": form,
            "lines": [(line, amounts.euro(line.baseline, found.unit)) for line in rows],
            "total": amounts.euro(sum(line.baseline for line in rows), found.unit),
            "mine": self._mine(),
        }
        return render(self.request, "budget/alternatives/begin.html", context, status=status)

    def _mine(self) -> Alternative | None:
        """What this person has, or what was begun in this browser: by its link, which is renewed for who proves to be
        somebody else."""
        if self.request.user.is_authenticated:
            me = trajectories.visitor(self.request)
            return beginning.of_person(self.round, me) if me else None
        begun = self.request.session.get(BEGUN, [])
        found: Alternative | None = (
            self.round.alternatives.filter(token__in=begun).order_by("-pk").first() if begun else None
        )
        return found


@method_decorator([never_cache, by_secret_link], name="dispatch")
class ConfirmView(View):
    """The link in the mail. Only a POST confirms: mail scanners follow links too.

    Who has confirmed already goes on to their own page; who has another one already chooses which one stays.
    """

    request: HttpRequest

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        try:
            self.link = beginning.read(kwargs["signed"])
        except NoSuchLink as error:
            raise Http404 from error
        self.mine = beginning.of_person(self.link.round, self.link.person)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        draft = self.link.draft
        if draft is None or draft.author_id is not None:
            return self._on()
        return self._page(draft)

    def _on(self) -> HttpResponse:
        slug = self.request.municipality.slug
        if self.mine:
            return redirect("budget:alternative", gemeente=slug, token=self.mine.token)
        messages.warning(self.request, _("This draft is not there any more. You can begin a new one."))
        return redirect("budget:alternative-begin", gemeente=slug, pk=self.link.round.pk)

    def _page(self, draft: Alternative) -> HttpResponse:
        people = inhabitants.of(self.link.round)
        context = {
            "round": self.link.round,
            "draft": draft,
            "moved": lines.moved(self.link.round, judging.of(draft), people),
            "mine": self.mine,
            "mine_moved": lines.moved(self.link.round, judging.of(self.mine), people) if self.mine else [],
        }
        return render(self.request, "budget/alternatives/confirm.html", context)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        draft, form = self.link.draft, ConfirmForm(request.POST)
        if draft is None:
            return self._on()
        replaces = form.is_valid() and form.cleaned_data["use"] == "new"
        try:
            kept = beginning.confirm(
                alternative=draft,
                by=self.link.person,
                replaces=replaces,
                keeps_link=begun_here(request, draft),
            )
        except AlternativeRefused as refused:
            messages.warning(request, refused.message)
            return self._on()
        messages.success(request, _("Thank you! Your mail address has been confirmed."))
        slug = request.municipality.slug
        return redirect("budget:alternative", gemeente=slug, token=kept.token)
