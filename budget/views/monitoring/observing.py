"""Saying whether one sees anything of adopted money, and the own page of it, by a secret link."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from budget.domain.monitoring import following, observing
from budget.domain.monitoring.refusals import MonitorRefused
from budget.forms.monitor import ObserveForm, SightForm
from budget.models import AmendmentLine, Observation
from budget.views import allowances, trajectories
from budget.views.buttons import Button
from trajecten import money
from trajecten.domain import throttle
from trajecten.forms.refusing import refuse
from trajecten.views.access import by_secret_link


@method_decorator(never_cache, name="dispatch")
class ObserveView(View):
    """The form: with an account it counts at once, with a mail address once that is confirmed."""

    request: HttpRequest

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = following.adopted(following.lines()).filter(
            pk=kwargs["line"], outcome_line__line__round__trajectory=kwargs["pk"]
        )
        line = found.select_related("municipality").defer("municipality__boundary").first()
        if line is None:
            raise Http404
        self.line = line

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        mine = self._mine()
        return self.page(ObserveForm(signed_in=request.user.is_authenticated, observation=mine))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = ObserveForm(request.POST, signed_in=request.user.is_authenticated)
        if form.is_valid():
            try:
                return self._said(form)
            except MonitorRefused as refused:
                refuse(form, refused)
            except throttle.Throttled as throttled:
                form.add_error(*allowances.too_many(throttled))
        return self.page(form, status=422)

    def _said(self, form: ObserveForm) -> HttpResponse:
        request = self.request
        if request.user.is_authenticated:
            seen = observing.observe(line=self.line, by=trajectories.account(request), sight=form.sight())
            read = _("Thank you! It counts.")
            waits = _("Thank you! It counts. An official reads your words first; then everybody can.")
            messages.success(request, read if seen.is_public else waits)
            return self._back()
        email = form.cleaned_data["email"]
        allowances.spend(request, "observation", email)
        observing.ask_to_observe(
            line=self.line, email=email, language=request.LANGUAGE_CODE, sight=form.sight()
        )
        messages.success(
            request, _("Look in your mail: with the link in it you confirm. Only then it counts.")
        )
        return self._back()

    def _back(self) -> HttpResponse:
        return redirect(f"{_page_of(self.request, self.line)}#main")

    def _mine(self) -> Observation | None:
        if not self.request.user.is_authenticated:
            return None
        found: Observation | None = self.line.observations.filter(author__user=self.request.user).first()
        return found

    def page(self, form: ObserveForm, *, status: int = 200) -> HttpResponse:
        context = {
            "line": self.line,
            "amount": money.whole(abs(self.line.council_line.adopted_amount or 0)),
            "about": self.line.outcome_line.line,
            "trajectory": self.line.outcome_line.line.round.trajectory,
            "form": form,
            "is_asked": observing.is_asked(self.line),
        }
        return render(self.request, "budget/monitoring/observe.html", context, status=status)


def _page_of(request: HttpRequest, line: AmendmentLine) -> str:
    trajectory = line.outcome_line.line.round.trajectory_id
    here = {"gemeente": request.municipality.slug, "pk": trajectory, "line": line.pk}
    return reverse("budget:followed-line", kwargs=here)


@method_decorator([never_cache, by_secret_link], name="dispatch")
class OwnView(View):
    """What one said: to confirm, change or take back. A POST changes it.

    What was taken back in another window meanwhile, the page itself tells.
    """

    request: HttpRequest

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = Observation.objects.select_related(
            "line__outcome_line__line__round__trajectory", "municipality"
        )
        self.found = rows.defer("municipality__boundary").filter(token=kwargs["token"]).first()

    @property
    def observation(self) -> Observation:
        assert self.found is not None  # noqa: S101
        return self.found

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The same for every link that does not work (any more), so that guessing tells nothing."""
        if self.found is None:
            return render(request, "budget/monitoring/gone.html", status=404)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(SightForm(observation=self.observation))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = SightForm(request.POST)
        if form.is_valid():
            try:
                observing.change(observation=self.observation, sight=form.sight())
                messages.success(request, _("Your changes have been kept."))
                return self.back()
            except Observation.DoesNotExist:
                return self.back()
            except MonitorRefused as refused:
                refuse(form, refused)
        return self.page(form, status=422)

    def page(self, form: SightForm, *, status: int = 200) -> HttpResponse:
        about = self.observation.line.outcome_line.line
        context = {
            "observation": self.observation,
            "about": about,
            "trajectory": about.round.trajectory,
            "form": form,
            "is_asked": observing.is_asked(self.observation.line),
        }
        return render(self.request, "budget/monitoring/own.html", context, status=status)

    def back(self) -> HttpResponse:
        slug = self.request.municipality.slug
        return redirect("budget:observation", gemeente=slug, token=self.observation.token)


class ConfirmView(Button, OwnView):
    vanished = (Observation.DoesNotExist,)

    def act(self) -> HttpResponse:
        observing.confirm(observation=self.observation)
        return self.done(_("Thank you! It counts from now on."))


class TakeBackView(Button, OwnView):
    def act(self) -> HttpResponse:
        observing.take_back(observation=self.observation)
        messages.success(self.request, _("It is gone, and does not count any more."))
        return redirect(_page_of(self.request, self.observation.line))
