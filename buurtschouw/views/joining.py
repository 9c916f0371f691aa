"""Joining an idea, and the own page of who joins, by a secret link: confirm, change, pull, write, and leave."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic import View

from buurtschouw.domain.ideas import joining, power
from buurtschouw.domain.ideas.refusals import IdeaRefused
from buurtschouw.forms.ideas import JoinForm, JoiningForm, LetterForm
from buurtschouw.method import MESSAGES_A_WEEK
from buurtschouw.models import Joining, PullerMessage, Report
from buurtschouw.views import allowances
from buurtschouw.views.following import public_report_page
from trajecten.domain import participants, throttle
from trajecten.forms.refusing import refuse
from trajecten.models import Participant
from trajecten.views.access import by_secret_link


@require_POST
def join(request: HttpRequest, gemeente: str, number: int) -> HttpResponse:
    """Join an idea, or pull it: with an account at once, with a mail address once that is confirmed."""
    report = get_object_or_404(Report.objects.with_names().select_related("author"), pk=number, kind="idea")
    form = JoinForm(request.POST, signed_in=request.user.is_authenticated)
    if form.is_valid():
        try:
            return _joined(request, report, form)
        except IdeaRefused as refused:
            refuse(form, refused)
        except throttle.Throttled as throttled:
            mail = throttled.act == allowances.MAIL
            form.add_error("email" if mail else None, allowances.too_many_mails() if mail else _too_many())
    return public_report_page(request, report, status=422, join_form=form)


def _too_many() -> str:
    return _("Many people joined from your connection in the last hour. Try again later.")


def _joined(request: HttpRequest, report: Report, form: JoinForm) -> HttpResponse:
    if request.user.is_authenticated:
        me: Participant = participants.of_user(municipality=request.municipality, user=request.user)
        made = joining.join(report=report, by=me, offer=form.offer(), pulls=form.pulls)
        messages.success(
            request,
            _("You pull this idea now. Thank you!") if form.pulls else _("You join this idea. Thank you!"),
        )
        return redirect("buurtschouw:joining", gemeente=request.municipality.slug, token=made.token)
    email = form.cleaned_data["email"]
    throttle.spend(allowances.supports(request), allowances.mails(request, email))
    joining.ask_to_join(
        report=report, email=email, language=request.LANGUAGE_CODE, offer=form.offer(), pulls=form.pulls
    )
    messages.success(request, _("Look in your mail: with the link in it you confirm. Only then it counts."))
    page = reverse(
        "buurtschouw:public-report", kwargs={"gemeente": request.municipality.slug, "number": report.pk}
    )
    return redirect(f"{page}#main")  # To what it says now: else the browser stays at the form's own #join.


@method_decorator([never_cache, by_secret_link], name="dispatch")
class JoiningPage(View):
    """What one offers, who else joins as far as one may know, and the forms. A POST changes what one offers."""

    request: HttpRequest

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = Joining.objects.select_related("participant__home_area", "report__category", "report__area")
        unread = ("participant__home_area__geometry", "report__area__geometry", "report__search")
        found = rows.defer(*unread).filter(participant__isnull=False, token=kwargs["token"]).first()
        if found is not None:
            found.report.municipality = request.municipality
        self.found = found

    @property
    def joining(self) -> Joining:
        assert self.found is not None  # noqa: S101
        return self.found

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The same for every link that does not work (any more), so that guessing tells nothing."""
        if self.found is None:
            return render(request, "buurtschouw/ideas/left.html", status=404)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = JoiningForm(request.POST, joining=self.joining)
        if not form.is_valid():
            return self.page(status=422, form=form)
        joining.change(joining=self.joining, offer=form.offer(), about=form.about())
        messages.success(request, _("Your changes have been kept."))
        return self.back()

    def page(self, *, status: int = 200, **forms: Any) -> HttpResponse:
        mine = self.joining
        others = list(joining.others(mine)) if mine.pulls and mine.is_confirmed else []
        context = {
            "joining": mine,
            "report": mine.report,
            "form": JoiningForm(joining=mine),
            "letter_form": LetterForm(),
            "others": others,
            "letters": PullerMessage.objects.filter(report=mine.report).order_by("-pk") if others else [],
            "letters_left": MESSAGES_A_WEEK - joining.sent_this_week(mine.report) if others else 0,
            "counted": power.confirmed([mine.report_id]).count(),
            **forms,
        }
        return render(self.request, "buurtschouw/ideas/joining.html", context, status=status)

    def back(self) -> HttpResponse:
        slug = self.request.municipality.slug
        return redirect("buurtschouw:joining", gemeente=slug, token=self.joining.token)


class JoiningAct(JoiningPage):
    """One button of the page; a GET, such as by going back, shows the page."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.back()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            messages.success(request, self.act())
        except IdeaRefused as refused:
            messages.warning(request, refused.message)
        except Joining.DoesNotExist:
            pass  # they left in another window meanwhile
        return self.back()

    def act(self) -> str:
        raise NotImplementedError


class ConfirmView(JoiningAct):
    def act(self) -> str:
        joining.confirm(joining=self.joining)
        return _("Thank you! It counts from now on.")


class PullView(JoiningAct):
    def act(self) -> str:
        joining.pull(joining=self.joining)
        return _("You pull this idea now. Thank you!")


class HandBackView(JoiningAct):
    def act(self) -> str:
        joining.hand_back(joining=self.joining)
        return _("You don't pull it any more. You go on joining it.")


class LeaveView(JoiningAct):
    def act(self) -> str:
        joining.leave(joining=self.joining)
        return _("You don't join this idea any more. What we knew about that is gone.")

    def back(self) -> HttpResponse:
        slug = self.request.municipality.slug
        return redirect("buurtschouw:public-report", gemeente=slug, number=self.joining.report_id)


class LetterView(JoiningAct):
    """A message to everybody who joins; what is refused comes back with what was typed."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = LetterForm(request.POST)
        if not form.is_valid():
            return self.page(status=422, letter_form=form)
        try:
            joining.write(joining=self.joining, text=form.cleaned_data["text"])
        except IdeaRefused as refused:
            form.add_error("text", refused.message)
            return self.page(status=422, letter_form=form)
        messages.success(request, _("Your message is on its way to everybody who joins."))
        return self.back()
