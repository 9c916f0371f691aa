"""What the app of a walker sends: observations, scores and, of officials, answers on the spot. All of it JSON.

The secret address says who it is, so nobody has to be signed in and no token against forgery is needed: a page of
another site doesn't know the address. Only the answers of officials ask for both.
"""

import json
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from buurtschouw.domain import answering, intake, scoring, walk_state, walking
from buurtschouw.enums import ReportStatus
from buurtschouw.forms.handling import AnswerForm
from buurtschouw.forms.walking import MarkForm, ObservationForm, as_form_data
from buurtschouw.models import Report, Schouw
from buurtschouw.views import allowances
from buurtschouw.views.reporting import json_data, receipt, refusal, sent_before
from buurtschouw.views.walk_app import find, may_answer
from trajecten import bodies
from trajecten.domain import throttle
from trajecten.models import Enrolment
from trajecten.transitions import TransitionRefused

MAX_MARKS = 500


@csrf_exempt
@require_POST
def observe(request: HttpRequest, gemeente: str, token: str) -> HttpResponse:
    """One observation, with ``Idempotency-Key`` (a UUID made by the phone) in the header.

    Answers as ``reporting.intake`` does: 201 with where to send its photos; 200 with the same when it comes again;
    409 for other content under the same key; 413 and 415; 422 with ``errors`` per field; 429 with ``Retry-After``.
    """
    walker, schouw = find(request, token)
    if request.content_type != "application/json":
        return refusal(415, _("Send the observation as application/json."))
    try:
        given = json_data(request)
    except RequestDataTooBig:
        bodies.read_away(request)
        return refusal(413, _("This is too large. Send the words first, and then each photo by itself."))
    form = ObservationForm(given, schouw=schouw)
    form.is_valid()
    sent = form.sent()
    known = sent and intake.received_before(schouw=schouw, **sent)
    if known:
        return JsonResponse(receipt(request, known.report))
    if form.errors:
        return JsonResponse({"errors": form.errors}, status=422)
    return _taken_in(request, walker, schouw, form)


def _taken_in(request: HttpRequest, walker: Enrolment, schouw: Schouw, form: ObservationForm) -> HttpResponse:
    allowance = allowances.observations(walker)
    given = form.report()
    try:
        received = walking.observe(walker=walker, schouw=schouw, may_send=allowance.spend, **given)
    except intake.IntakeRefused as refused:
        field = "address" if refused.field == "place" else NON_FIELD_ERRORS
        return JsonResponse({"errors": {field: [refused.message]}}, status=422)
    except intake.KeyConflict:
        return refusal(409, sent_before())
    except throttle.Throttled as throttled:
        message = _("That is very much in one hour. Nothing is lost: it is sent later by itself.")
        return refusal(429, message, retry_after=throttled.retry_after)
    if not received.is_new:
        allowance.give_back()
    return JsonResponse(receipt(request, received.report), status=201 if received.is_new else 200)


@csrf_exempt
@require_http_methods(["PUT"])
def score(request: HttpRequest, gemeente: str, token: str) -> HttpResponse:
    """Scores of this walker, ``{"scores": [{"stop", "statement", "value", "scored_at"}]}``, at most ``MAX_MARKS``.

    200 with which were ``kept`` and which ``refused`` with a ``message``, by their place in the list; sending again is
    harmless. 413, 415, and 422 for what is no such list.
    """
    walker, schouw = find(request, token)
    if request.content_type != "application/json":
        return refusal(415, _("Send the scores as application/json."))
    try:
        given = json.loads(request.body)
    except RequestDataTooBig:
        bodies.read_away(request)
        return refusal(413, _("These are too many scores at once."))
    except (ValueError, RecursionError):
        given = None
    rows = given.get("scores") if isinstance(given, dict) else None
    if not isinstance(rows, list) or len(rows) > MAX_MARKS:
        return refusal(422, _("Send a list of at most %(n)d scores.") % {"n": MAX_MARKS})
    return JsonResponse(_recorded(walker, schouw, rows))


def _recorded(walker: Enrolment, schouw: Schouw, rows: list[Any]) -> dict[str, Any]:
    forms = [MarkForm(as_form_data(row)) for row in rows]
    odd = [
        {"place": place, "message": _("This score can't be read.")}
        for place, form in enumerate(forms)
        if not form.is_valid()
    ]
    marks = {place: form.mark() for place, form in enumerate(forms) if form.is_valid()}
    recorded = scoring.record(
        schouw=schouw, walker=walker.participant, marks=marks.values(), left_at=walker.left_at
    )
    reasons = {id(mark): message for mark, message in recorded.refused}
    refused = [
        {"place": place, "message": reasons[id(mark)]} for place, mark in marks.items() if id(mark) in reasons
    ]
    kept = [place for place, mark in marks.items() if id(mark) not in reasons]
    return {"kept": kept, "refused": [*odd, *refused]}


@require_POST
def answer(request: HttpRequest, gemeente: str, token: str, number: int) -> HttpResponse:
    """An official who walks along answers a report of this walk, as on its page.

    200 with how the report is now; 403 for who may not; 409 with the report as it is when somebody was first; 422
    with ``errors`` per field.
    """
    walker, schouw = find(request, token)
    if not may_answer(request, walker, schouw):
        return refusal(403, _("Sign in as an official who answers reports."))
    report = get_object_or_404(Report.objects.with_names(), pk=number, schouw=schouw)
    form = AnswerForm(json_data(request), report=report)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    try:
        answering.answer(report=report, by=request.user, **form.cleaned_data)
    except answering.ReportChanged as changed:
        message = _("Somebody else was first. It now has the status “%(status)s”. Your text is still here.")
        status = capfirst(ReportStatus(changed.report.status).label)
        return refusal(409, message % {"status": status}, to_answer=walk_state.to_answer(schouw))
    except TransitionRefused as refused:
        return JsonResponse({"errors": {"status": [refused.message]}}, status=422)
    except answering.AnswerRefused as refused:
        return JsonResponse({"errors": {refused.field: [refused.message]}}, status=422)
    return JsonResponse({"to_answer": walk_state.to_answer(schouw)})
