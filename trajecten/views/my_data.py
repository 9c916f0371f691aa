"""Somebody's own data in this municipality: seeing it, taking it along, withdrawing a consent, being erased."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from trajecten.domain import consents, participants
from trajecten.domain.my_data import erasing
from trajecten.domain.my_data import export as exporting
from trajecten.forms.my_data import ConsentForm, ErasureForm
from trajecten.models import Participant


def _me(request: HttpRequest) -> Participant | None:
    """Who I am here; None for who did nothing here yet. None of these pages makes anybody a participant."""
    return participants.known(municipality=request.municipality, user=request.user)


@never_cache
@login_required
def my_data(request: HttpRequest, gemeente: str) -> HttpResponse:
    """What this municipality keeps of me, in short, and my consents."""
    me = _me(request)
    if me is None:
        return render(request, "trajecten/my_data/nothing.html")
    parts = exporting.parts(me)
    context = {
        "me": me,
        "person": parts[0].kept[0],
        "counts": [(part.name, len(part.kept)) for part in parts[1:]],
        "consents": consents.of(me),
    }
    return render(request, "trajecten/my_data/my_data.html", context)


@never_cache
@login_required
def export(request: HttpRequest, gemeente: str) -> HttpResponseBase:
    """Everything, in a ZIP that is made while it is sent."""
    me = _me(request)
    if me is None:
        return redirect("my-data", gemeente=gemeente)
    name = f"mijn-gegevens-{gemeente}-{timezone.localdate():%Y-%m-%d}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    me.municipality = request.municipality
    return StreamingHttpResponse(exporting.archive(me), content_type="application/zip", headers=headers)


@login_required
@require_POST
def consent(request: HttpRequest, gemeente: str) -> HttpResponse:
    """Withdraw a consent, with effect at once, or be mailed again."""
    form, me = ConsentForm(request.POST), _me(request)
    if me is None or not form.is_valid():
        messages.error(request, _("This choice does not exist (any more). Choose another one."))
    elif form.cleaned_data["choice"] == "give":
        consents.give_contact(participant=me)
        messages.success(request, _("The municipality may mail you again."))
    else:
        consents.withdraw(participant=me, purpose=form.cleaned_data["purpose"])
        messages.success(request, _("You have withdrawn this. It counts from now on."))
    return redirect("my-data", gemeente=gemeente)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, gemeente: str) -> HttpResponse:
    """Ask for the name of the municipality first; then it is done at once, and can't be undone."""
    if request.method != "POST":
        form = ErasureForm(municipality=request.municipality)
        return render(request, "trajecten/my_data/erase.html", {"form": form})
    form = ErasureForm(request.POST, municipality=request.municipality)
    if not form.is_valid():
        return render(request, "trajecten/my_data/erase.html", {"form": form}, status=422)
    me = _me(request)
    if me:
        account_went = erasing.erase(participant=me, words=form.cleaned_data["words"])
    else:
        account_went = erasing.remove_unused(user=request.user)
    if account_went:
        logout(request)
    messages.success(request, _("Your data in this municipality have been erased."))
    return redirect("municipality", gemeente=gemeente)
