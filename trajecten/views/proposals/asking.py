"""The public page on which a municipality asks for a trajectory."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View
from django_scopes import scope

from trajecten import registry
from trajecten.domain import throttle
from trajecten.domain.proposals import asking
from trajecten.enums import Role
from trajecten.forms.requests import RequestForm
from trajecten.models import Municipality
from trajecten.rules import roles_of

MAIL = "request-mail"


@method_decorator(never_cache, name="dispatch")
class RequestFormView(View):
    """Ask for a trajectory. The link to follow it goes by mail, so it reaches only who reads that address."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        try:
            self.method = registry.method(kwargs["method"])
        except KeyError as error:
            raise Http404 from error
        self.own = _coordinated(request)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        asked = {"municipality": request.GET.get("gemeente", "")}
        return self._page(RequestForm(initial=asked, **self._visitor()))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = RequestForm(request.POST, **self._visitor())
        if form.is_valid():
            try:
                received = self._receive(form)
            except asking.RequestRefused as refused:
                form.add_error(None, refused.message)
            except throttle.Throttled as throttled:
                form.add_error(*_too_many(throttled))
            else:
                return self._thanks(received.request)
        return self._page(form, status=422)

    def _visitor(self) -> dict[str, Any]:
        user = self.request.user
        return {"user": user if user.is_authenticated else None, "own": self.own}

    def _receive(self, form: RequestForm) -> asking.Received:
        given = dict(form.cleaned_data)
        municipality = given.pop("municipality")
        user = self.request.user if self.request.user.is_authenticated else None
        limits = _limits(self.request, given["email"])
        with scope(municipality=municipality):
            return asking.receive(
                municipality=municipality,
                by=user,
                method_key=self.method.key,
                language=get_language() or settings.LANGUAGE_CODE,
                may_send=lambda: throttle.spend(*limits),
                **given,
            )

    def _thanks(self, asked: Any) -> HttpResponse:
        words = _("Your request has reached us. Its reference is %(reference)s.")
        messages.success(self.request, words % {"reference": asked.reference})
        answer = redirect("request", method=self.method.key)
        answer.headers["Location"] += "?ontvangen"
        return answer

    def _page(self, form: RequestForm, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "method": self.method,
            "is_received": "ontvangen" in self.request.GET and not form.is_bound,
        }
        return render(self.request, "trajecten/proposals/request_form.html", context, status=status)


def _coordinated(request: HttpRequest) -> list[Municipality]:
    """The municipalities of which the visitor is coordinator."""
    own = [key for key, roles in roles_of(request.user).items() if Role.COORDINATOR in roles]
    return list(Municipality.objects.filter(pk__in=own).defer("boundary")) if own else []


def _limits(request: HttpRequest, email: str) -> tuple[throttle.Allowance, throttle.Allowance]:
    is_known = request.user.is_authenticated
    return (
        throttle.Allowance("request", request, 0 if is_known else settings.ANONYMOUS_REQUESTS_PER_HOUR),
        throttle.Allowance(MAIL, email, 0 if is_known else settings.MAILS_PER_ADDRESS_PER_HOUR),
    )


def _too_many(throttled: throttle.Throttled) -> tuple[str | None, str]:
    """The field that the limit is about, and what to do."""
    if throttled.act == MAIL:
        return "email", _("Many mails went to this address in the last hour. Try again later.")
    return None, _(
        "Many requests came from your connection in the last hour. Nothing is lost: try again later."
    )
