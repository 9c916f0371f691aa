"""What a report became: for its reporter (by the tracking link), and for everybody."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from buurtschouw.domain import following, waiting
from buurtschouw.domain.chain import chain_of
from buurtschouw.domain.history import history
from buurtschouw.enums import ReportKind
from buurtschouw.forms.reporting import SupportForm, VerdictForm
from buurtschouw.forms.waiting import ReplyForm
from buurtschouw.models import Report
from buurtschouw.notifications.reports import tracking_url
from buurtschouw.views import allowances, ideas
from trajecten.domain import participants, throttle, verdicts
from trajecten.domain.moderation import deciding
from trajecten.domain.photos import attachments, cleaning
from trajecten.enums import VerdictValue
from trajecten.models import Participant, Verdict

# As long as the page of a report says that it has just arrived: the link with it is kept and opened later.
JUST_SENT = timedelta(hours=1)
# In the session: the reports that this visitor supports, each with whether they are told how it ends.
SUPPORTED = "supported"


def by_token(token: str) -> Report:
    return get_object_or_404(
        Report.objects.with_names()
        .select_related("author", "schouw", "municipality")
        .defer("municipality__boundary"),
        token=token,
    )


@never_cache
def track(request: HttpRequest, gemeente: str, token: str) -> HttpResponse:
    """The reporter's own page: the whole history, the photos, and the question whether it is solved."""
    return tracked(request, by_token(token))


def tracked(request: HttpRequest, report: Report, *, status: int = 200, **more: object) -> HttpResponse:
    """The reporter's page; ``more`` is what a form on it has to say."""
    given = verdicts.of(report).filter(round=report.round).last() if report.round else None
    said = {"value": given.value, "words": given.words} if given else {}
    context = {
        "report": report,
        "chain": chain_of(report),
        "history": history(report, own=True),
        "photos": attachments.of(report),
        "just_sent": "ontvangen" in request.GET and timezone.now() - report.created_at < JUST_SENT,
        "own_url": tracking_url(report),
        "verdict": given,
        "hidden": deciding.hidden_by(report),
        "verdict_form": VerdictForm(initial=said, report=report),
        "asked": waiting.unanswered(report),
        "reply_form": ReplyForm(),
        "max_photos": cleaning.MAX_PHOTOS,
        **more,
    }
    return render(request, "buurtschouw/track.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verdict(request: HttpRequest, gemeente: str, token: str, round_number: int, value: str) -> HttpResponse:
    """One click from the mail. Only POST records: mail scanners follow links too. The page posts by itself
    where JavaScript runs, and has one large button where it does not."""
    report = by_token(token)
    if not report.means.asks_verdict:
        raise Http404
    if request.method != "POST":
        form = VerdictForm(initial={"value": value}, report=report)
        return render(request, "buurtschouw/verdict.html", {"report": report, "form": form})
    typed = {"value": request.POST.get("value", value), "words": request.POST.get("words", "")}
    form = VerdictForm(typed, report=report)
    if not form.is_valid():
        return render(request, "buurtschouw/verdict.html", {"report": report, "form": form}, status=422)
    try:
        given = following.judge(report=report, round_number=round_number, **form.cleaned_data)
    except following.VerdictRefused as refused:
        messages.warning(request, refused.message)
    else:
        messages.success(request, _thanks(report, given))
    return redirect("buurtschouw:track", gemeente=gemeente, token=token)


def _thanks(report: Report, given: Verdict) -> str:
    if given.value != VerdictValue.NO:
        return _("Thank you for your answer. Others can see how the municipality is doing by it.")
    report.refresh_from_db(fields=["due_on"])
    thanks = (
        _("Thank you. The municipality reads your explanation. You will hear from us by %(date)s.")
        if given.words
        else _("Thank you. Your report is open again. You will hear from us by %(date)s.")
    )
    return thanks % {"date": date_format(report.due_on, "j F")}


def public_report(request: HttpRequest, gemeente: str, number: int) -> HttpResponse:
    """What everybody may see of a report: theme, place, answers; the words and photos once they are public."""
    report = get_object_or_404(Report.objects.with_names(), pk=number)
    return public_report_page(request, report)


def public_report_page(
    request: HttpRequest,
    report: Report,
    *,
    status: int = 200,
    support_form: SupportForm | None = None,
    **forms: Any,
) -> HttpResponse:
    """The same page, also with a form of it that was refused."""
    context = {
        "report": report,
        "chain": chain_of(report, own=False),
        "history": history(report, public=True) if report.is_public else [],
        "photos": attachments.public_of(report) if report.is_public else [],
        "form": support_form or SupportForm(),
        "supported": request.session.get(SUPPORTED, {}).get(str(report.pk)),
        **ideas.idea_context(request, report, **forms),
    }
    return render(request, "buurtschouw/public_report.html", context, status=status)


@require_POST
def support(request: HttpRequest, gemeente: str, number: int) -> HttpResponse:
    """ "I see this too": once per person or visitor. With an address one hears what becomes of it."""
    report = get_object_or_404(Report.objects.defer("search"), pk=number)
    form = SupportForm(request.POST)
    if not form.is_valid():
        shown = get_object_or_404(Report.objects.with_names(), pk=number)
        return public_report_page(request, shown, status=422, support_form=form)
    _thank(request, report, form.cleaned_data["email"])
    page = reverse("buurtschouw:public-report", kwargs={"gemeente": gemeente, "number": number})
    return redirect(f"{page}#main")  # To what it says now: else the browser stays at the form's own #support.


def _thank(request: HttpRequest, report: Report, email: str) -> None:
    """Count it and say so. Whoever sends an address is not told whether that address supports it already."""
    try:
        is_new = _support(request, report, email=email)
    except following.SupportRefused as refused:
        messages.warning(request, refused.message)
    except throttle.Throttled as throttled:
        messages.warning(request, _too_many(throttled))
    else:
        _remember_support(request, report, is_told=bool(email or request.user.is_authenticated))
        if is_new or (email and not request.user.is_authenticated):
            messages.success(request, _supported_words(report))
        else:
            messages.info(request, _("You said so before; it counts once."))


def _supported_words(report: Report) -> str:
    if report.kind == ReportKind.PROBLEM:
        return _("Thank you. The municipality sees that you have this too.")
    return _("Thank you. It counts.")


def _too_many(throttled: throttle.Throttled) -> str:
    if throttled.act == allowances.MAIL:
        return allowances.too_many_mails()
    return _("Many people supported reports from your connection in the last hour. Try again later.")


def _support(request: HttpRequest, report: Report, *, email: str) -> bool:
    """Who is not signed in may do so many an hour; only what is new counts."""
    following.check_open(report)
    limits = (allowances.supports(request), allowances.mails(request, email))
    throttle.spend(*limits)
    is_new = _supported(request, report, email=email, device=_device(request))
    if not is_new:
        throttle.give_back(*limits)
    return is_new


def _remember_support(request: HttpRequest, report: Report, *, is_told: bool) -> None:
    """So that this browser is not asked again."""
    how = "told" if is_told else "counted"
    request.session[SUPPORTED] = {**request.session.get(SUPPORTED, {}), str(report.pk): how}


@transaction.atomic
def _supported(request: HttpRequest, report: Report, *, email: str, device: str) -> bool:
    """In one transaction, so that what is refused or was said before leaves no address behind."""
    is_new = following.support(report=report, by=_supporter(request, email), device=device)
    if not is_new:
        transaction.set_rollback(True)
    return is_new


def _supporter(request: HttpRequest, email: str) -> Participant | None:
    if request.user.is_authenticated:
        return participants.of_user(municipality=request.municipality, user=request.user)
    if not email:
        return None
    guest = participants.guest(municipality=request.municipality, email=email, language=request.LANGUAGE_CODE)
    participants.allow_contact(participant=guest)
    return guest


def _device(request: HttpRequest) -> str:
    """What stands for this visitor: a hash of the session, which is made if there is none."""
    if not request.session.session_key:
        request.session.create()
    return salted_hmac("buurtschouw.support", request.session.session_key).hexdigest()
