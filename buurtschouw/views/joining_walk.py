"""Coming in to walk along: by a name on the day, or with an account; and the QR code for who stands beside you."""

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import View

from buurtschouw.domain import walking
from buurtschouw.forms.walking import WalkAlongForm
from buurtschouw.models import Schouw
from trajecten.domain import throttle
from trajecten.domain.enrolment.refusals import EnrolmentRefused
from trajecten.models import Enrolment

# A whole group comes in by one network, of the community centre where it meets.
GROUP = 4


def find(request: HttpRequest, pk: int) -> Schouw:
    schouw = get_object_or_404(Schouw.objects.select_related("trajectory"), pk=pk)
    schouw.municipality = schouw.trajectory.municipality = request.municipality
    return schouw


@method_decorator(never_cache, name="dispatch")
class WalkAlongView(View):
    """Who has an account is in by a press of the button; who has none gives a name. Then on to the app."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, gemeente: str, pk: int) -> HttpResponse:
        schouw = find(request, pk)
        return _page(request, schouw, WalkAlongForm())

    def post(self, request: HttpRequest, gemeente: str, pk: int) -> HttpResponse:
        schouw = find(request, pk)
        form = WalkAlongForm(request.POST)
        try:
            if request.user.is_authenticated:
                return _to_app(gemeente, walking.join(schouw=schouw, user=request.user))
            if form.is_valid():
                return _to_app(gemeente, _join(request, schouw, form))
        except EnrolmentRefused as refused:
            return _page(request, schouw, form, refusal=refused.message)
        except throttle.Throttled as throttled:
            form.add_error(None, _too_many(throttled))
            return _page(request, schouw, form, status=429)
        return _page(request, schouw, form, status=422)


def _join(request: HttpRequest, schouw: Schouw, form: WalkAlongForm) -> Enrolment:
    given = form.cleaned_data
    throttle.spend(
        throttle.Allowance("walk_along", request, settings.ANONYMOUS_REPORTS_PER_HOUR * GROUP),
        throttle.Allowance(
            "mail", given["email"], settings.MAILS_PER_ADDRESS_PER_HOUR if given["email"] else 0
        ),
    )
    return walking.join_as_guest(schouw=schouw, language=request.LANGUAGE_CODE, **given)


def _too_many(throttled: throttle.Throttled) -> str:
    if throttled.act == "mail":
        return _("Many mails went to this address in the last hour. Leave it empty, or try again later.")
    return _("Many people came in from your connection in the last hour. Try again later.")


def _to_app(gemeente: str, walker: Enrolment) -> HttpResponse:
    return redirect("buurtschouw:walk", gemeente=gemeente, token=walker.token)


def _page(
    request: HttpRequest, schouw: Schouw, form: WalkAlongForm, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    refusal = refusal or ("" if form.is_bound else walking.why_nobody_joins(schouw))
    is_full = walking.is_full(schouw=schouw, user=request.user)
    context = {"schouw": schouw, "form": form, "refusal": refusal, "is_full": is_full}
    return render(request, "buurtschouw/walk_along.html", context, status=status)


@require_safe
@never_cache
def share(request: HttpRequest, gemeente: str, pk: int) -> HttpResponse:
    """A page to hold up to others, with the QR code that leads them in."""
    schouw = find(request, pk)
    context = {"schouw": schouw, "address": _address(request, schouw)}
    return render(request, "buurtschouw/walk_share.html", context)


@require_safe
def share_qr(request: HttpRequest, gemeente: str, pk: int) -> HttpResponse:
    """The QR code as SVG, black on white."""
    response = HttpResponse(content_type="image/svg+xml")
    drawing = segno.make(_address(request, find(request, pk)), error="m", micro=False)
    drawing.save(response, kind="svg", border=4, scale=8, dark="#000", light="#fff", xmldecl=False)
    return response


def _address(request: HttpRequest, schouw: Schouw) -> str:
    kwargs = {"gemeente": request.municipality.slug, "pk": schouw.pk}
    return request.build_absolute_uri(reverse("buurtschouw:walk-along", kwargs=kwargs))
