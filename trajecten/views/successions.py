"""What is prepared for another method: its list and page for officials, and the question whether one goes along."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django.views.generic import TemplateView, View

from trajecten import registry
from trajecten.domain import lookups
from trajecten.domain.links import NoSuchLink
from trajecten.domain.successions import asking, preparing
from trajecten.domain.successions.refusals import SuccessionRefused
from trajecten.enums import Along
from trajecten.forms.successions import AlongForm, SuccessionFilterForm
from trajecten.models import Companion, Succession, Trajectory
from trajecten.transitions import TransitionRefused
from trajecten.views.access import StaffMixin, by_secret_link
from trajecten.views.paging import LongPaginator

PER_PAGE = 50


class SuccessionListView(StaffMixin, TemplateView):
    """All of the municipality; an adviser sees those of the trajectory that is filtered on, if it is theirs."""

    permission = "trajecten.view_succession"
    template_name = "trajecten/successions/list.html"
    request: HttpRequest

    def permission_object(self) -> Any:
        self.form = SuccessionFilterForm(self.request.GET)
        self.may_list = self.request.user.has_perm(self.permission, self.request.municipality)
        if not self.may_list:
            self.form.keep_to(Trajectory.objects.filter(adviser=self.request.user.pk))
        self.asked = self.form.asked()
        return self.asked.get("trajectory") or self.request.municipality

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = preparing.in_state(self.asked.get("state", ""))
        if self.asked.get("trajectory"):
            rows = rows.filter(trajectory=self.asked["trajectory"])
        page = LongPaginator(rows, PER_PAGE, self.request.GET.get("page")).shown()
        return {
            **super().get_context_data(**kwargs),
            "form": self.form,
            "query": self.form.query(),
            "page": page,
            "rows": [{"succession": row, "becomes": registry.successor(row.target)} for row in page],
        }


def _load(number: int) -> Succession:
    rows = Succession.objects.select_related("trajectory", "area", "prepared_by", "settled_by")
    return get_object_or_404(rows.defer("area__geometry"), pk=number)


class SuccessionPage(StaffMixin, View):
    """What was prepared, who was asked to go along and what they said, with taking back and picking up."""

    permission = "trajecten.view_succession"
    request: HttpRequest

    def permission_object(self) -> Succession:
        self.succession = _load(self.kwargs["pk"])
        return self.succession

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        lookups.record(target=self.succession, by=request.user)
        return render(request, "trajecten/successions/page.html", self.context())

    def context(self) -> dict[str, Any]:
        found = self.succession
        kind = registry.contribution_kind(type(found.origin)) if found.origin else None
        origin = kind.load([found.object_id]).get(found.object_id) if kind else None
        companions = Companion.objects.filter(succession=found).select_related("participant")
        becomes = registry.successor(found.target)
        may_change = self.request.user.has_perm("trajecten.change_succession", found)
        return {
            "succession": found,
            "becomes": becomes,
            "origin_url": kind.staff_url(origin) if kind and origin else "",
            "origin_title": kind.title(origin) if kind and origin else "",
            "may_list": self.request.user.has_perm(self.permission, self.request.municipality),
            "companions": companions.order_by("-leads", "pk"),
            "may_take_back": may_change and found.is_prepared,
            "may_begin": may_change and found.is_prepared and becomes.begin is not None,
        }


class SettleView(SuccessionPage):
    """One act on what is prepared. A GET, such as after signing in again, shows the page."""

    permission = "trajecten.change_succession"
    done: Any = ""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._back()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            self.act()
        except (SuccessionRefused, TransitionRefused) as refused:
            messages.warning(request, refused.message)
        else:
            messages.success(request, self.done)
        return self._back()

    def _back(self) -> HttpResponse:
        slug = self.request.municipality.slug
        return redirect("succession", gemeente=slug, pk=self.succession.pk)

    def act(self) -> None:
        raise NotImplementedError


class TakeBackView(SettleView):
    done = gettext_lazy("It has been taken back. Who was asked to go along hears that.")

    def act(self) -> None:
        preparing.take_back(succession=self.succession, by=self.request.user)


class BeginView(SettleView):
    done = pgettext_lazy("succession", "It has been picked up. Who goes along hears that.")

    def act(self) -> None:
        preparing.begin(succession=self.succession, by=self.request.user)


@never_cache
@by_secret_link
@require_http_methods(["GET", "HEAD", "POST"])
def along(request: HttpRequest, gemeente: str, token: str) -> HttpResponse:
    """Whether one goes along, by the link in the mail. Only POST records: mail scanners follow links too."""
    try:
        companion = asking.read(token=token, municipality=request.municipality)
    except NoSuchLink as error:
        raise Http404 from error
    said = "" if companion.answer == Along.ASKED else companion.answer
    form = AlongForm(request.POST if request.method == "POST" else None, initial={"answer": said})
    if request.method == "POST" and form.is_valid():
        try:
            asking.answer(companion=companion, goes=form.cleaned_data["answer"] == Along.YES)
        except SuccessionRefused as refused:
            messages.warning(request, refused.message)
        else:
            messages.success(request, _thanks(form.cleaned_data["answer"]))
        return redirect("succession-along", gemeente=gemeente, token=token)
    context = {
        "companion": companion,
        "succession": companion.succession,
        "becomes": registry.successor(companion.succession.target),
        "form": form,
    }
    return render(request, "trajecten/successions/along.html", context, status=422 if form.errors else 200)


def _thanks(answer: str) -> str:
    if answer == Along.YES:
        return _("Thank you. You go along; you hear when it begins.")
    return _("Thank you for your answer. You don't go along, and nothing of you is passed on.")
