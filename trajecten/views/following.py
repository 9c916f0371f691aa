"""What somebody follows."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from trajecten.domain import participants
from trajecten.domain.telling import following
from trajecten.forms.following import FollowForm

NEWEST = 5


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, gemeente: str) -> HttpResponse:
    """The list with the ways to stop; a POST begins or stops. What is not there or not public gives 404.

    Asked for by htmx, from "my overview", it is the newest few, each with when something happened with it last.
    """
    if request.method == "POST":
        return _change(request)
    participant = participants.known(municipality=request.municipality, user=request.user)
    followed = following.followed_by(participant) if participant else []
    if request.headers.get("HX-Request"):
        newest = following.with_news(followed[:NEWEST])
        response = render(request, "trajecten/my_overview/_newest_followed.html", {"followed": newest})
    else:
        context = {"followed": followed, "here": request.municipality}
        response = render(request, "trajecten/following/following.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _change(request: HttpRequest) -> HttpResponse:
    form = FollowForm(request.POST)
    if not form.is_valid():
        raise Http404
    wanted = form.cleaned_data
    try:
        target = following.find(kind=wanted["kind"], number=wanted["number"])
        if wanted["follow"]:
            _follow(request, target)
            messages.success(request, _("You follow this now. You hear when something happens."))
        else:
            _unfollow(request, target)
            messages.success(request, _("You no longer follow this."))
    except following.FollowRefused as refused:
        raise Http404 from refused
    return HttpResponseRedirect(_back(request, wanted["next"]))


@transaction.atomic
def _follow(request: HttpRequest, target: object) -> None:
    """In one transaction, so that what is refused makes nobody a participant."""
    participant = participants.of_user(municipality=request.municipality, user=request.user)
    following.follow(participant=participant, target=target)


def _unfollow(request: HttpRequest, target: Any) -> None:
    participant = participants.known(municipality=request.municipality, user=request.user)
    if participant:
        following.unfollow(participant=participant, target=target)


def _back(request: HttpRequest, page: str) -> str:
    """The page that the button stood on, if it is the portal's; else the list."""
    if url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure()):
        return page
    return reverse("follow", kwargs={"gemeente": request.municipality.slug})
