"""The calls that take something in: service requests and their updates. The same addresses read them."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtschouw.domain import intake
from buurtschouw.domain.answering import AnswerRefused
from buurtschouw.domain.open311 import requests, services, taking_in, updates
from buurtschouw.forms.open311 import RequestForm, UpdateForm, WindowForm, number_of
from buurtschouw.forms.questions import name_of
from buurtschouw.models import Category, Report
from buurtschouw.views import allowances
from buurtschouw.views.open311.calls import Call, Failed, reasons_of
from buurtschouw.views.open311.documents import Document
from buurtschouw.views.open311.reading import requests_found
from trajecten.domain import throttle
from trajecten.transitions import TransitionRefused

# What a key that was used for something else is called in the body; the status is that of any other mistake.
CONFLICT = 409


class Requests(Call):
    """Service requests: those of the filter, and a new one."""

    http_method_names = ["get", "head", "post", "options"]
    rights = {**Call.rights, "POST": "may_report"}

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        return requests_found(self)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """201 with the number of a new request, 200 with the same when it comes again."""
        theme = self._theme()
        form = RequestForm(self.given, theme=theme)
        if not form.is_valid():
            raise Failed(400, *reasons_of(form, _parameters(theme)))
        taken = self._taken(form)
        told = {
            "service_request_id": str(taken.report.pk),
            "service_notice": _notice(taken),
            "account_id": form.cleaned_data["account_id"] or None,
        }
        return self.answer(Document("service_requests", [told]), status=201 if taken.is_new else 200)

    def _theme(self) -> Category:
        code = self.given.get("service_code", "")
        if not code:
            raise Failed(400, _("Send a service_code."))
        theme = services.service(code)
        if theme is None:
            raise Failed(404, _("There is no service with this code: %(codes)s.") % {"codes": code})
        return theme

    def _taken(self, form: RequestForm) -> taking_in.Taken:
        assert self.key is not None  # noqa: S101  checked before
        given = form.request()
        limits = (
            throttle.Allowance("open311-report", self.key.prefix, self.key.reports_per_hour),
            allowances.mails(self.request, given["email"]),
        )
        try:
            taken = taking_in.take_in(
                key=self.key,
                sent_key=self.request.headers.get("Idempotency-Key", "").strip()[:255],
                may_send=lambda: throttle.spend(*limits),
                **given,
            )
        except intake.IntakeRefused as refused:
            raise Failed(400, refused.message) from refused
        except intake.KeyConflict as conflict:
            message = _("This Idempotency-Key was used before for another request.")
            raise Failed(400, (CONFLICT, message)) from conflict
        except throttle.Throttled as throttled:
            raise Failed(429, self._too_many(throttled), retry_after=throttled.retry_after) from throttled
        if not taken.is_new:
            throttle.give_back(*limits)
        return taken

    def _too_many(self, throttled: throttle.Throttled) -> str:
        if throttled.act == allowances.MAIL:
            return allowances.too_many_mails()
        return _("These are more reports in an hour than this api_key may send.")


def _parameters(theme: Category) -> list[tuple[str, str]]:
    """What the fields of the questions are called by who sends them."""
    return [
        (name_of(theme.pk, question.code), f"attribute[{question.code}]")
        for question in theme.questions.all()
    ]


def _notice(taken: taking_in.Taken) -> str:
    day = date_format(taken.report.answer_by, "j F Y")
    notice = _("You hear from the municipality by %(date)s.") % {"date": day}
    if taken.photo_awaited is False:
        notice += " " + _("The photo was not taken: photos of its server are not fetched for this key.")
    return notice


class Updates(Call):
    """Updates of service requests: what was answered, and an answer of another system."""

    http_method_names = ["get", "head", "post", "options"]
    rights = {**Call.rights, "POST": "may_update"}

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form = WindowForm(self.given)
        if not form.is_valid():
            raise Failed(400, *reasons_of(form))
        given = form.cleaned_data
        rows = updates.found(given["since"], given["until"])[: requests.MOST]
        return self.answer(Document("service_request_updates", updates.told(rows)))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        assert self.key is not None  # noqa: S101  checked before
        form = UpdateForm(self.given)
        if not form.is_valid():
            raise Failed(400, *reasons_of(form))
        try:
            number = updates.take_in(key=self.key, report=self._report(form), **form.update())
        except updates.UpdateRefused as refused:
            if refused.code == "owner":
                raise Failed(403, refused.message) from refused
            raise Failed(400, (CONFLICT, refused.message)) from refused
        except (AnswerRefused, TransitionRefused) as refused:
            raise Failed(400, str(refused)) from refused
        return self.answer(Document("service_request_updates", [{"update_id": number}]))

    def _report(self, form: UpdateForm) -> Report:
        number = number_of(form.cleaned_data["service_request_id"])
        report = requests.requests().filter(pk=number).first() if number else None
        if report is None:
            raise Failed(404, _("There is no service request with this number."))
        return report
