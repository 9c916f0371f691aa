"""What people outside say about moderation: this should not be there, and this should."""

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from trajecten import registry
from trajecten.domain import participants, throttle
from trajecten.domain.links import NoSuchLink
from trajecten.domain.moderation import abuse, deciding, objecting
from trajecten.forms.moderation import AbuseForm, ObjectionForm
from trajecten.models import Contribution, Participant
from trajecten.views.access import by_secret_link


@never_cache
@by_secret_link
@require_http_methods(["GET", "HEAD", "POST"])
def objection(request: HttpRequest, gemeente: str, token: str) -> HttpResponse:
    """The author's page, reached by the link in the mail: why it is hidden, and room to say something to it once."""
    try:
        contribution = objecting.read(token=token, municipality=request.municipality)
    except NoSuchLink as error:
        raise Http404 from error
    form = ObjectionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            objecting.object_to_hiding(contribution=contribution, words=form.cleaned_data["words"])
        except deciding.ModerationRefused as refused:
            form.add_error(refused.field, refused.message)
        else:
            messages.success(request, _("Thank you. A coordinator reads it and answers you."))
            return redirect("objection", gemeente=gemeente, token=token)
    decision = deciding.hidden_by(contribution)
    kind = registry.contribution_kind(type(contribution))
    context = {
        "title": kind.title(contribution),
        "own_url": kind.own_url(contribution),
        "decision": decision,
        "reason": deciding.SENTENCES[decision.reason] if decision else "",
        "said": getattr(decision, "objection", None),
        "form": form,
    }
    return render(request, "trajecten/moderation/objection.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def report_abuse(request: HttpRequest, gemeente: str, kind: str, pk: int) -> HttpResponse:
    """Say that a contribution should not be there; without account too, so many an hour."""
    try:
        known = registry.contribution_kind_of(kind)
        contribution = known.load([pk])[pk]
    except KeyError as error:
        raise Http404 from error
    is_guest = not request.user.is_authenticated
    form = AbuseForm(request.POST if request.method == "POST" else None, is_guest=is_guest)
    if request.method == "POST" and form.is_valid() and _reported(request, contribution, form):
        messages.success(request, _("Thank you. An official looks at it."))
        return redirect(known.public_url(contribution))
    context = {
        "form": form,
        "title": known.public_title(contribution),
        "public_url": known.public_url(contribution),
    }
    return render(
        request, "trajecten/moderation/report_abuse.html", context, status=422 if form.errors else 200
    )


def _reported(request: HttpRequest, contribution: Contribution, form: AbuseForm) -> bool:
    """Whether it was taken; what was refused stands in the form."""
    given, device = form.cleaned_data, _device(request)
    try:
        _spend(request)
        with transaction.atomic():
            abuse.report(
                contribution=contribution,
                reason=given["reason"],
                words=given["words"],
                by=_reporter(request, given.get("email", "")),
                device=device,
            )
    except abuse.AbuseRefused as refused:
        form.add_error(refused.field, refused.message)
    except throttle.Throttled:
        form.add_error(None, _("Much was reported from your connection in the last hour. Try again later."))
    return not form.errors


def _spend(request: HttpRequest) -> None:
    """As many as reports; who is signed in has proved an address, and has no limit."""
    limit = 0 if request.user.is_authenticated else settings.ANONYMOUS_REPORTS_PER_HOUR
    throttle.Allowance("abuse", request, limit).spend()


def _reporter(request: HttpRequest, email: str) -> Participant | None:
    if request.user.is_authenticated:
        return participants.of_user(municipality=request.municipality, user=request.user)
    if not email:
        return None
    guest = participants.guest(municipality=request.municipality, email=email, language=request.LANGUAGE_CODE)
    participants.allow_contact(participant=guest)
    return guest


def _device(request: HttpRequest) -> str:
    """What stands for this visitor: a hash of the account, or of the session, which is made if there is none."""
    if request.user.is_authenticated:
        return salted_hmac("trajecten.abuse", f"user:{request.user.pk}").hexdigest()
    if not request.session.session_key:
        request.session.create()
    return salted_hmac("trajecten.abuse", request.session.session_key).hexdigest()
