"""Taking in a report, from the page's form or as JSON, with the same form behind both."""

import io
import json
import uuid
from typing import Any

from django.contrib import messages
from django.contrib.gis.geos import Point
from django.core.exceptions import NON_FIELD_ERRORS, RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.generic import FormView

from buurtschouw.browser_texts import REPORT_LABELS
from buurtschouw.domain import intake as intake_domain
from buurtschouw.domain import report_photos, schouwen
from buurtschouw.domain.queries import near
from buurtschouw.domain.questions import FIRST_CODE
from buurtschouw.enums import ReportKind
from buurtschouw.forms.questions import name_of
from buurtschouw.forms.reporting import NearbyForm, ReportForm, ReportPageForm
from buurtschouw.models import Category, Report, Schouw
from buurtschouw.views import allowances
from trajecten import bodies
from trajecten.browser_texts import as_json
from trajecten.domain import memory, throttle
from trajecten.domain.photos import attachments, cleaning

MAX_NEARBY = 5
PHOTOS_PER_REPORT = cleaning.MAX_PHOTOS


def _schouw(request: HttpRequest, pk: int) -> Schouw:
    schouw = get_object_or_404(Schouw.objects.select_related("trajectory"), pk=pk)
    schouw.municipality = request.municipality
    return schouw


def _walk(request: HttpRequest, pk: int) -> tuple[Schouw, dict[str, Category]]:
    """The walk and its themes by their keys, as they come in JSON."""
    schouw = _schouw(request, pk)
    return schouw, {str(theme.pk): theme for theme in schouw.themes().prefetch_related("questions")}


def _receive(
    request: HttpRequest, schouw: Schouw, form: ReportForm, *, photos_first: bool = False
) -> intake_domain.Received:
    """Take in a valid form; who is not signed in may send so many an hour."""
    given = form.report()
    limits = (allowances.reports(request), allowances.mails(request, given["email"]))
    received = intake_domain.receive(
        schouw=schouw,
        by=request.user if request.user.is_authenticated else None,
        photos_first=photos_first,
        may_send=lambda: throttle.spend(*limits),
        **given,
    )
    if not received.is_new:
        throttle.give_back(*limits)
    return received


def _too_many(throttled: throttle.Throttled) -> tuple[str, str]:
    """The field that the limit is about, and what to do."""
    if throttled.act == allowances.MAIL:
        return "email", allowances.too_many_mails()
    return NON_FIELD_ERRORS, _(
        "Many reports came from your connection in the last hour. Nothing is lost: try again later."
    )


def too_many_photos() -> str:
    return _("Many photos came from your connection in the last hour. Try again later, or send it without.")


def sent_before() -> str:
    return _("This report was sent before with another text. Open a new report for something else.")


@method_decorator(require_http_methods(["GET", "HEAD", "POST"]), name="dispatch")
class ReportFormView(FormView):
    """The page on which a resident reports. Works as a plain form; ``static/src/js/report.js`` adds to it."""

    form_class = ReportPageForm
    template_name = "buurtschouw/report_form.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.schouw = _schouw(request, kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        signed_in = self.request.user.is_authenticated
        return {**super().get_form_kwargs(), "schouw": self.schouw, "signed_in": signed_in}

    def get_initial(self) -> dict[str, Any]:
        """The kind that the address asks for, when there is such a kind."""
        kind = self.request.GET.get("kind")
        return {**super().get_initial(), **({"kind": kind} if kind in ReportKind.values else {})}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        form.is_valid()
        repeated = form.repeated()
        self._keep_photos(form)
        received = repeated and intake_domain.received_before(
            schouw=self.schouw, photos_first=True, **repeated
        )
        if received:
            return self._received(received)
        return self.form_valid(form) if not form.errors else self.form_invalid(form)

    def form_valid(self, form: ReportForm) -> HttpResponse:
        try:
            return self._received(_receive(self.request, self.schouw, form, photos_first=True))
        except intake_domain.IntakeRefused as refused:
            form.add_error("address" if refused.field == "place" else refused.field, refused.message)
        except intake_domain.KeyConflict:
            form.add_error(None, sent_before())
        except throttle.Throttled as throttled:
            form.add_error(*_too_many(throttled))
        return self.form_invalid(form)

    def _received(self, received: intake_domain.Received) -> HttpResponse:
        """On to the report's own page; which says so when photos came too late to be added."""
        late = "" if received.is_new else report_photos.refusal(received.report)
        if late and self.request.FILES:
            messages.warning(self.request, late)
        return HttpResponseRedirect(tracking_path(received.report, just_sent=True))

    def _keep_photos(self, form: ReportForm) -> None:
        """Store the good ones at once, so that a form that comes back has them still."""
        key, uploads = form.cleaned_data.get("key"), self.request.FILES.getlist("photos")
        if not key or not uploads or not self._takes_photos(key):
            return
        for upload in uploads[:PHOTOS_PER_REPORT]:
            try:
                self._keep(upload, key)
            except attachments.AttachmentRefused as refused:
                form.add_error("photos", f"{upload.name}: {refused.message}")
            except throttle.Throttled:
                form.add_error("photos", too_many_photos())
                return
        if len(uploads) > PHOTOS_PER_REPORT:
            form.add_error("photos", attachments.too_many().message)

    def _takes_photos(self, key: uuid.UUID) -> bool:
        return self.schouw.accepts_reports or intake_domain.is_known(schouw=self.schouw, key=key)

    def _keep(self, upload: UploadedFile, key: uuid.UUID) -> None:
        attachments.add(
            municipality=self.request.municipality,
            draft_key=key,
            upload=upload,
            name=upload.name,
            size=upload.size,
            may_add=allowances.photos(self.request).spend,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        key = form_key(context["form"])
        return {
            **context,
            "schouw": self.schouw,
            "closed": schouwen.why_closed(self.schouw),
            "kept_photos": attachments.drafts(key) if key and context["form"].is_bound else [],
            "answer_by": intake_domain.term(self.schouw),
            "max_photos": PHOTOS_PER_REPORT,
            "max_bytes": cleaning.MAX_BYTES,
            "labels": as_json(REPORT_LABELS),
        }


def form_key(form: ReportForm) -> uuid.UUID | None:
    """The key of the report in this form, also when the rest of the form is not valid."""
    try:
        return uuid.UUID(str(form["key"].value()))
    except ValueError:
        return None


def tracking_path(report: Report, *, just_sent: bool = False) -> str:
    path = reverse("buurtschouw:track", kwargs={"gemeente": report.municipality.slug, "token": report.token})
    return f"{path}?ontvangen" if just_sent else path


@csrf_exempt  # JSON can't be sent from another site without CORS, which the portal does not allow.
@require_POST
def intake(request: HttpRequest, gemeente: str, pk: int) -> JsonResponse:
    """A report as JSON, with ``Idempotency-Key`` (a UUID made by the sender) in the header.

    201 with where to follow it; 200 with the same answer when it comes again; 409 for other content under
    the same key; 413 above 1 MB; 415 for what is not JSON; 422 with ``errors`` per field; 429 with
    ``Retry-After``, and with ``errors`` when it is about one field.
    """
    schouw, themes = memory.recall(f"walk:{request.municipality.pk}:{pk}", lambda: _walk(request, pk))
    if request.content_type != "application/json":
        return refusal(415, _("Send the report as application/json."))
    try:
        given = json_data(request)
    except RequestDataTooBig:
        bodies.read_away(request)
        return refusal(
            413, _("This report is too large. Send the words first, and then each photo by itself.")
        )
    form = ReportForm(given, schouw=schouw, themes=themes, signed_in=request.user.is_authenticated)
    if form.is_valid():
        return _answer(request, schouw, form)
    repeated = form.repeated()
    received = repeated and intake_domain.received_before(schouw=schouw, **repeated)
    if received:
        return JsonResponse(receipt(request, received.report))
    return JsonResponse({"errors": form.errors}, status=422)


def _answer(request: HttpRequest, schouw: Schouw, form: ReportForm) -> JsonResponse:
    try:
        received = _receive(request, schouw, form)
    except intake_domain.IntakeRefused as refused:
        field = "address" if refused.field == "place" else NON_FIELD_ERRORS
        return JsonResponse({"errors": {field: [refused.message]}}, status=422)
    except intake_domain.KeyConflict:
        return refusal(409, sent_before())
    except throttle.Throttled as throttled:
        field, message = _too_many(throttled)
        errors = {} if field == NON_FIELD_ERRORS else {"errors": {field: [message]}}
        return refusal(429, message, retry_after=throttled.retry_after, **errors)
    return JsonResponse(receipt(request, received.report), status=201 if received.is_new else 200)


def json_data(request: HttpRequest) -> dict[str, Any]:
    """The body's texts and numbers as a form would send them, with the key of the header.

    A body that is no object counts as empty. ``facts`` holds the answers to the questions of the theme by their codes,
    a list where several may be chosen; ``extra_answer`` is that to the first question of pages that are open since
    before a theme could have more.
    """
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        body = None
    given = body if isinstance(body, dict) else {}
    plain: dict[str, Any] = {name: _text(value) for name, value in given.items() if _is_plain(value)}
    theme = plain.get("category", "")
    facts = given.get("facts")
    answers = {FIRST_CODE: plain.pop("extra_answer", ""), **(facts if isinstance(facts, dict) else {})}
    for code, value in answers.items():
        many = [_text(each) for each in (value if isinstance(value, list) else [value]) if _is_plain(each)]
        if any(many):
            plain[name_of(theme, code)] = many if isinstance(value, list) else many[0]
    return {**plain, "key": request.headers.get("Idempotency-Key", "")}


def _is_plain(value: object) -> bool:
    return isinstance(value, (str, int, float)) and not isinstance(value, bool)


def _text(value: object) -> str:
    """Half a character, which JSON can write and no text can hold, becomes the sign for what can't be read."""
    return str(value).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def receipt(request: HttpRequest, report: Report) -> dict[str, Any]:
    path = tracking_path(report)
    return {
        "number": report.pk,
        "tracking_url": f"{path}?ontvangen",
        "photos_url": f"{path}fotos",
        "answer_by": report.answer_by.isoformat(),
        "message": _("You will hear from us by %(date)s.") % {"date": date_format(report.answer_by, "j F")},
    }


def refusal(status: int, detail: str, *, retry_after: int | None = None, **more: Any) -> JsonResponse:
    headers = {"Retry-After": str(retry_after)} if retry_after else None
    return JsonResponse({"detail": detail, **more}, status=status, headers=headers)


@csrf_exempt  # PUT can't be sent from another site without CORS; who may add is who has the tracking token.
@require_http_methods(["PUT"])
def add_photo(request: HttpRequest, gemeente: str, token: str, photo: uuid.UUID) -> JsonResponse:
    """One photo as the body of the request, under an id made by the sender: sending again is harmless.

    201, also when it was there already; 409 for other content under the same id; 413 above the limit; 422 for a photo
    that can't be taken, with what to do about it; 429 with ``Retry-After``.
    """
    report = get_object_or_404(Report.objects.select_related("author").defer("search"), token=token)
    report.municipality = request.municipality
    if int(request.headers.get("Content-Length") or 0) > cleaning.MAX_BYTES:
        bodies.read_away(request)
        return refusal(413, _("This photo is too large. A photo may be at most 15 MB."))
    content = request.read(cleaning.MAX_BYTES + 1)
    try:
        report_photos.add(
            report=report,
            by=report.author,
            photo_id=photo,
            upload=io.BytesIO(content),
            size=len(content),
            may_add=allowances.photos_of(request, report).spend,
        )
    except attachments.AttachmentRefused as refused:
        return refusal(409 if refused.code == "conflict" else 422, refused.message)
    except throttle.Throttled as throttled:
        return refusal(429, too_many_photos(), retry_after=throttled.retry_after)
    return JsonResponse({"photo": str(photo)}, status=201)


@require_safe
def nearby(request: HttpRequest, gemeente: str, pk: int) -> HttpResponse:
    """Open reports near the place, as a fragment: "is it this one?" Empty when there are none."""
    form = NearbyForm(request.GET, schouw=_schouw(request, pk))
    if not form.is_valid():
        return HttpResponse(status=204)
    point = Point(form.cleaned_data["lon"], form.cleaned_data["lat"], srid=4326)
    found = near.to_point(point=point, category=form.cleaned_data["category"], kind=form.cleaned_data["kind"])
    found = found.select_related("category").defer("search")[:MAX_NEARBY]
    return render(request, "buurtschouw/_nearby.html", {"reports": found})
