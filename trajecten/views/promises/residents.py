"""A promise for the resident who keeps it: telling how it goes, saying that it is done, and being named or not."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from trajecten.domain.promises import chains, progress, promised, residents, turns
from trajecten.domain.promises.refusals import CommitmentChanged, PromiseRefused
from trajecten.forms.promises.residents import KeeperForm, NameForm
from trajecten.models import Commitment
from trajecten.rules import is_keeper
from trajecten.transitions import TransitionRefused
from trajecten.views.promises import photos
from trajecten.views.promises.public import history


def _own(request: HttpRequest, pk: int) -> Commitment:
    """The promise, for who keeps it; to others it does not exist."""
    found = get_object_or_404(Commitment.objects.with_names(), pk=pk)
    if not is_keeper(request.user, found):
        raise Http404
    return found


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest, gemeente: str, pk: int) -> HttpResponse:
    """How it stands, with the form to tell more. ``?status=done`` has the form filled in for that."""
    promise = _own(request, pk)
    if request.method == "POST":
        return _tell(request, promise)
    return _page(
        request, promise, KeeperForm(commitment=promise, initial={"status": request.GET.get("status")})
    )


def _tell(request: HttpRequest, promise: Commitment) -> HttpResponse:
    form = KeeperForm(request.POST, commitment=promise)
    photos.keep(request, form)
    if not form.is_valid():
        return _page(request, promise, form, status=422)
    given = dict(form.cleaned_data)
    by = promise.owner_participant
    assert by is not None  # noqa: S101  is_keeper looked at it
    try:
        residents.tell(commitment=promise, by=by, draft_key=given.pop("key"), **given)
    except CommitmentChanged as changed:
        if progress.is_repeated(commitment=promise, by=by, **given):
            return _back(promise)
        news = {"changes": list(turns.newer_than(promise, given["version"]))}
        return _page(request, changed.commitment, form.renewed(changed.commitment), status=409, **news)
    except TransitionRefused as refused:
        form.add_error("status", refused.message)
    except PromiseRefused as refused:
        form.add_error(refused.field, refused.message)
    else:
        messages.success(
            request, _("Thank you. The municipality reads this first, then others can read it too.")
        )
        return _back(promise)
    return _page(request, promise, form, status=422)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest, gemeente: str, pk: int) -> HttpResponse:
    """Say whether others see the own name. A GET, such as after signing in again, shows the promise."""
    promise = _own(request, pk)
    form = NameForm(request.POST)
    by = promise.owner_participant
    if request.method == "POST" and by is not None and form.is_valid():
        residents.show_name(commitment=promise, by=by, **form.cleaned_data)
        messages.success(request, _("Your choice has been kept."))
    return _back(promise)


def _back(promise: Commitment) -> HttpResponse:
    return redirect("promise-keep", gemeente=promise.municipality.slug, pk=promise.pk)


def _page(
    request: HttpRequest, promise: Commitment, form: KeeperForm, status: int = 200, **more: Any
) -> HttpResponse:
    promised.with_public_words([promise])
    context = {
        "promise": promise,
        "chain": chains.chain_of(promise),
        "history": history(promise, public=True, own=True),
        "form": form,
        "name_form": NameForm(initial={"named": promise.owner_is_named}),
        **photos.waiting(form),
        **more,
    }
    return render(request, "trajecten/promises/keep.html", context, status=status)
