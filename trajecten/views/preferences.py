"""How often somebody wants to hear of what: for who is signed in, and by the link in a mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from trajecten import registry
from trajecten.domain import participants
from trajecten.domain.links import NoSuchLink
from trajecten.domain.telling import preferences as choices
from trajecten.domain.telling import unsubscribing
from trajecten.forms.preferences import PreferencesForm
from trajecten.models import Participant, User
from trajecten.rules import roles_of
from trajecten.views.access import by_secret_link

METHODS = ["GET", "HEAD", "POST"]


@never_cache
@login_required
@require_http_methods(METHODS)
def preferences(request: HttpRequest, gemeente: str) -> HttpResponse:
    """What concerns a resident, and for who works here also what concerns the work."""
    participant = participants.known(municipality=request.municipality, user=request.user)
    forms = [_form(request, participant, for_staff=False, in_portal=True)]
    if roles_of(request.user).get(request.municipality.pk):
        forms.append(_form(request, request.user, for_staff=True, in_portal=True))
    return _page(request, forms)


@never_cache
@by_secret_link
@require_http_methods(METHODS)
def preferences_by_link(request: HttpRequest, gemeente: str, token: str) -> HttpResponse:
    """The same for a guest, without signing in: only mail."""
    try:
        participant = unsubscribing.read_preferences(token=token, municipality=request.municipality)
    except NoSuchLink as error:
        raise Http404 from error
    return _page(request, [_form(request, participant, for_staff=False, in_portal=False)])


def _form(
    request: HttpRequest, whose: Participant | User | None, *, for_staff: bool, in_portal: bool
) -> PreferencesForm:
    """``whose`` is None for who did nothing here yet: with what is usual in it."""
    categories = [each for each in registry.categories() if each.for_staff == for_staff]
    form = PreferencesForm(
        request.POST if request.method == "POST" else None,
        categories=categories,
        choices=choices.all_of(to=whose, municipality=request.municipality, categories=categories),
        in_portal=in_portal,
    )
    form.whose = whose
    form.title = _("For your work") if for_staff else ""
    return form


def _page(request: HttpRequest, forms: list[PreferencesForm]) -> HttpResponse:
    invalid = [form for form in forms if not form.is_valid()]
    if not invalid:
        _keep(request, forms)
        messages.success(request, _("Your choices have been kept."))
        return HttpResponseRedirect(request.path)
    context = {"forms": forms, "has_errors": request.method == "POST"}
    return render(
        request,
        "trajecten/preferences/preferences.html",
        context,
        status=422 if request.method == "POST" else 200,
    )


@transaction.atomic
def _keep(request: HttpRequest, forms: list[PreferencesForm]) -> None:
    for form in forms:
        whose = form.whose
        for category, channel, frequency in form.chosen():
            if whose is None and choices.is_usual(category.key, channel, frequency):
                continue
            whose = whose or participants.of_user(municipality=request.municipality, user=request.user)
            choices.choose(
                to=whose,
                municipality=request.municipality,
                category=category.key,
                channel=channel,
                frequency=frequency,
            )
