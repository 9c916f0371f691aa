"""What every call has: who asks and how often, what is wrong with it, and its answer in the form that was asked."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from buurtschouw.domain.open311 import keys
from buurtschouw.models import ApiKey
from buurtschouw.views.open311.documents import CONTENT_TYPES, Document, written
from trajecten import bodies
from trajecten.domain import throttle

FORM_ENCODED = "application/x-www-form-urlencoded"
MINUTES = 5 * 60


class Failed(Exception):
    """The call can't be answered. ``reasons`` are pairs of a code, more exact than the status, and what is wrong."""

    def __init__(self, status: int, *reasons: str | tuple[int, str], retry_after: int = 0) -> None:
        super().__init__(status)
        self.status = status
        self.reasons = [reason if isinstance(reason, tuple) else (status, reason) for reason in reasons]
        self.retry_after = retry_after


# Who asks proves it by a key, not by a cookie: there is nothing that another site could make a browser do.
@method_decorator(csrf_exempt, name="dispatch")
class Call(View):
    """Base of the calls. ``kwargs["form"]`` is the form of the answer.

    Reading needs no key; one that is sent has to be right, and has a limit of its own. Sending needs one that may.
    """

    # What a key has to be allowed, by the method; a call without a key is refused where ``needs_key``.
    rights = {"GET": "may_read", "HEAD": "may_read"}
    needs_key = frozenset({"POST"})
    # How long others may keep what is read; 0 asks them to look whether it is still so.
    kept_for = 0
    http_method_names = ["get", "head", "options"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.form = kwargs["form"]
        try:
            if request.method.lower() not in self.http_method_names:
                raise self._not_allowed()
            self.given = self._given()
            self._let_in()
            self._check_jurisdiction()
            return super().dispatch(request, *args, **kwargs)
        except Failed as failed:
            return self._failure(failed)

    def _not_allowed(self) -> Failed:
        return Failed(405, _("This address takes %(methods)s only.") % {"methods": self._methods()})

    def _methods(self) -> str:
        return ", ".join(name.upper() for name in self.http_method_names)

    def _given(self) -> QueryDict:
        """The parameters, without empty ones. A body that is none of ours is refused before anything else."""
        if self.request.method != "POST":
            return _without_empty(self.request.GET)
        if self.request.content_type != FORM_ENCODED:
            raise Failed(415, _("Send the body as %(type)s.") % {"type": FORM_ENCODED})
        try:
            return _without_empty(self.request.POST)
        except RequestDataTooBig as error:
            bodies.read_away(self.request)
            raise Failed(413, _("This body is too large.")) from error
        except TooManyFieldsSent as error:
            raise Failed(400, _("These are too many parameters.")) from error
        except BadRequest as error:
            raise Failed(400, _("Send the body in UTF-8.")) from error

    def _let_in(self) -> None:
        words = self.given.get("api_key", "")
        self.key: ApiKey | None = keys.recognise(words) if words else None
        self._spend()
        if words and self.key is None:
            raise Failed(403, _("This api_key is not known here, or has been revoked."))
        if self.key:
            self.key.municipality = self.request.municipality
        if self.key is None and self.request.method in self.needs_key:
            raise Failed(403, _("Send an api_key. The municipality gives them out."))
        if self.key and not getattr(self.key, self.rights.get(self.request.method, ""), True):
            raise Failed(403, _("This api_key may not do this."))

    def _spend(self) -> None:
        """Count the call: with a key by that key, without one or with a wrong one by its sender."""
        limit = self.key.requests_per_minute if self.key else settings.OPEN311_REQUESTS_PER_MINUTE
        whose = self.key.prefix if self.key else self.request
        try:
            throttle.Allowance("open311", whose, limit, throttle.MINUTE).spend()
        except throttle.Throttled as throttled:
            message = _("These are more than %(n)s calls in a minute.") % {"n": limit}
            raise Failed(429, message, retry_after=throttled.retry_after) from throttled

    def _check_jurisdiction(self) -> None:
        given = self.given.get("jurisdiction_id", "")
        if given and given.upper() != self.request.municipality.code:
            message = _("This address serves the jurisdiction_id %(code)s only.")
            raise Failed(404, message % {"code": self.request.municipality.code})

    def answer(self, document: Document, *, status: int = 200, link: str = "") -> HttpResponseBase:
        """The document; what was read may be kept, and need not be sent again while it is the same."""
        response = self._written(document, status)
        if self.request.method not in ("GET", "HEAD"):
            response.headers["Cache-Control"] = "no-store"
            return response
        if link:
            response.headers["Link"] = f'<{link}>; rel="next"'
        mine = "private" if self.key else "public"
        response.headers["Cache-Control"] = f"{mine}, max-age={self.kept_for}"
        etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        response.headers["ETag"] = etag
        return get_conditional_response(self.request, etag=etag, response=response) or response

    def _failure(self, failed: Failed) -> HttpResponse:
        reasons = [{"code": code, "description": description} for code, description in failed.reasons]
        response = self._written(Document("errors", reasons), failed.status)
        response.headers["Cache-Control"] = "no-store"
        if failed.retry_after:
            response.headers["Retry-After"] = str(failed.retry_after)
        if failed.status == 405:
            response.headers["Allow"] = self._methods()
        return response

    def _written(self, document: Document, status: int) -> HttpResponse:
        """Any site may read what is read without a cookie or a key; sending is for servers."""
        response = HttpResponse(
            written(document, self.form), content_type=CONTENT_TYPES[self.form], status=status
        )
        if self.request.method in ("GET", "HEAD"):
            response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    def absolute(self, name: str) -> str:
        """The whole address of a page of this municipality."""
        return settings.BASE_URL + reverse(name, kwargs={"gemeente": self.request.municipality.slug})


def _without_empty(given: QueryDict) -> QueryDict:
    """An empty parameter is an absent one."""
    kept = QueryDict(mutable=True)
    for name, values in given.lists():
        full = [value for value in values if value.strip()]
        if full:
            kept.setlist(name, full)
    return kept


def reasons_of(form: BaseForm, names: Iterable[tuple[str, str]] = ()) -> list[str]:
    """What is wrong with a form, each reason with the parameter that it is about; ``names`` are those of fields."""
    known = dict(names)
    return [
        message if field == "__all__" else f"{known.get(field, field)}: {message}"
        for field, messages in form.errors.items()
        for message in messages
    ]


@method_decorator(csrf_exempt, name="dispatch")
class Nothing(Call):
    """An address that there is not, below that of the server."""

    http_method_names = ["get", "head", "options", "post", "put", "patch", "delete"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.form = "json" if kwargs["rest"].endswith(".json") else "xml"
        message = _("There is nothing at this address. Calls end in .xml or .json.")
        return self._failure(Failed(404, message))
