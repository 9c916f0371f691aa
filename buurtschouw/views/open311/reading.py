"""The calls that read: discovery, services, service requests, tokens and updates."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from buurtschouw.domain.open311 import requests, services, taking_in
from buurtschouw.forms.open311 import RequestsFilterForm, number_of
from buurtschouw.views.open311.calls import MINUTES, Call, Failed, reasons_of
from buurtschouw.views.open311.documents import CONTENT_TYPES, Document

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
CHANGED = "2026-11-28T12:00:00+01:00"


class Discovery(Call):
    """Where the server is and what it speaks."""

    kept_for = MINUTES

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        page = self.absolute("buurtschouw:open311")
        endpoint = {
            "specification": SPECIFICATION,
            "url": f"{page}v2",
            "changeset": CHANGED,
            "type": "production",
            "formats": [content_type.partition(";")[0] for content_type in CONTENT_TYPES.values()],
        }
        municipality = request.municipality
        told = {
            "changeset": CHANGED,
            "contact": f"{municipality.name}: {page}",
            "key_service": _("A key is asked of the municipality; how is on %(page)s") % {"page": page},
            "jurisdiction_id": municipality.code,
            "endpoints": [endpoint],
        }
        return self.answer(Document("discovery", told))


class Services(Call):
    """The themes that one can report about."""

    kept_for = MINUTES

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        return self.answer(Document("services", [services.told(theme) for theme in services.services()]))


class ServiceDefinition(Call):
    """The questions of one theme; 404 for a theme that asks nothing, as its ``metadata`` says."""

    kept_for = MINUTES

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        theme = services.service(kwargs["code"])
        if theme is None or not theme.asks:
            raise Failed(404, _("There is no service with this code that asks more."))
        return self.answer(Document("service_definition", services.definition(theme)))


class OneRequest(Call):
    """One service request."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        number = number_of(kwargs["number"])
        rows = list(requests.requests().filter(pk=number)) if number else []
        if not rows:
            raise Failed(404, _("There is no service request with this number."))
        extended = self.given.get("extensions", "").lower() == "true"
        told = requests.told(rows, request.municipality, extended=extended)
        return self.answer(Document("service_requests", told))


class Token(Call):
    """The number of the request that was sent with this Idempotency-Key."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        number = taking_in.by_token(kwargs["token"])
        if number is None:
            raise Failed(404, _("No service request came with this token."))
        told = {"service_request_id": str(number), "token": kwargs["token"]}
        return self.answer(Document("service_requests", [told]))


def requests_found(call: Call) -> HttpResponseBase:
    """The service requests of the filter, a page of them."""
    form = RequestsFilterForm(call.given)
    if not form.is_valid():
        raise Failed(400, *reasons_of(form))
    size = form.cleaned_data["page_size"] or requests.MOST
    page = form.cleaned_data["page"] or 1
    begin = (page - 1) * size
    rows = list(requests.found(form.asked())[begin : begin + size + 1])
    link = _next_page(call, page) if len(rows) > size else ""
    told = requests.told(rows[:size], call.request.municipality, extended=form.is_extended)
    return call.answer(Document("service_requests", told), link=link)


def _next_page(call: Call, page: int) -> str:
    query = call.given.copy()
    query["page"] = str(page + 1)
    query.pop("api_key", None)
    return call.request.build_absolute_uri(f"{call.request.path}?{query.urlencode()}")
