"""One's own page of a promise, by a secret link: what was promised, and whether it was kept."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from trajecten.domain.links import NoSuchLink
from trajecten.domain.promises import chains, judging, promised
from trajecten.enums import VerdictValue
from trajecten.forms.promises.judging import JudgementForm
from trajecten.models import Commitment, Participant, Verdict
from trajecten.views.access import by_secret_link


def _read(request: HttpRequest, token: str) -> tuple[Commitment, Participant]:
    try:
        return judging.read(token=token, municipality=request.municipality)
    except NoSuchLink as error:
        raise Http404 from error


@never_cache
@by_secret_link
@require_safe
def mine(request: HttpRequest, gemeente: str, token: str) -> HttpResponse:
    """What this person said of it, with how to change that while the promise counts as done."""
    commitment, participant = _read(request, token)
    given = judging.given(commitment=commitment, participant=participant)
    said = {"value": given.value, "words": given.words} if given else {}
    context = {
        "promise": commitment,
        "words": promised.words_for(commitment=commitment, participant=participant),
        "chain": chains.chain_of(commitment),
        "given": given,
        "token": token,
        "value": given.value if given else VerdictValue.YES,
        "form": JudgementForm(initial=said),
    }
    return render(request, "trajecten/promises/mine.html", context)


@never_cache
@by_secret_link
@require_http_methods(["GET", "HEAD", "POST"])
def verdict(request: HttpRequest, gemeente: str, token: str, round_number: int, value: str) -> HttpResponse:
    """One click from the mail. Only POST records: mail scanners follow links too. The page posts by itself
    where JavaScript runs, and has one large button where it does not."""
    commitment, participant = _read(request, token)
    if request.method != "POST":
        form = JudgementForm(initial={"value": value})
        return _page(request, commitment, participant, form)
    form = JudgementForm({"value": request.POST.get("value", value), "words": request.POST.get("words", "")})
    if not form.is_valid():
        return _page(request, commitment, participant, form, status=422)
    try:
        given = judging.judge(
            commitment=commitment, participant=participant, round_number=round_number, **form.cleaned_data
        )
    except judging.VerdictRefused as refused:
        messages.warning(request, refused.message)
    else:
        messages.success(request, _thanks(commitment, given))
    return redirect("promise-mine", gemeente=gemeente, token=token)


def _page(
    request: HttpRequest,
    commitment: Commitment,
    participant: Participant,
    form: JudgementForm,
    status: int = 200,
) -> HttpResponse:
    words = promised.words_for(commitment=commitment, participant=participant)
    context = {"promise": commitment, "words": words, "form": form}
    return render(request, "trajecten/promises/verdict.html", context, status=status)


def _thanks(commitment: Commitment, given: Verdict) -> str:
    commitment.refresh_from_db(fields=["status"])
    if commitment.is_open:
        return _("Thank you. The promise is open again, and the one who looks after it hears that.")
    return _("Thank you for your answer. It counts on the page “Promised and done”.")
