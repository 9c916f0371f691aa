"""Who gets to see a page of staff. What a municipality does not show, it does not confirm either: 404."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import AccessMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django_htmx.http import reswap, retarget

from trajecten.rules import is_adviser, roles_of


def by_secret_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a page that is open to who has its link: search engines that find the link must not show it."""

    @wraps(view)
    def unlisted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return unlisted


@method_decorator(never_cache, name="dispatch")
class StaffMixin(AccessMixin):
    """Base of staff pages within a municipality.

    Anonymous visitors go to the sign-in page; in the middle of a page (htmx) that page stays and says so.
    Who has nothing to do with this municipality, official of another one, adviser of other trajectories or
    resident, gets 404. Who has, but may not do this, gets 403.
    ``permission`` is checked against ``permission_object``: the municipality, unless a page says otherwise.
    Nothing of it stays in a browser or a proxy.
    """

    permission: str = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _sign_in_again(request) if request.htmx else self.handle_no_permission()
        self.target = self.permission_object()
        if not request.user.has_perm(self.permission, self.target):
            if not self._belongs_here(request):
                raise Http404
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def permission_object(self) -> Any:
        return self.request.municipality

    def _belongs_here(self, request: HttpRequest) -> bool:
        has_role = bool(roles_of(request.user).get(request.municipality.pk))
        return has_role or is_adviser(request.user, self.target)


def for_adviser(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """For a page of advisers, outside any municipality. Who is no adviser gets 404; nothing stays in a browser."""

    @never_cache
    @login_required
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_adviser:
            raise Http404
        return view(request, *args, **kwargs)

    return checked


class AdviserMixin:
    """Base of the advisers' pages that are classes: ``for_adviser``. ``find`` looks up what the page is about."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return for_adviser(self._shown)(request, *args, **kwargs)

    def _shown(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.find()
        return super().dispatch(request, *args, **kwargs)

    def find(self) -> None:
        """Raises Http404 for what does not exist for this adviser."""


def _sign_in_again(request: HttpRequest) -> HttpResponse:
    """A word on the page that was open, instead of the sign-in page over what was typed there."""
    page = request.htmx.current_url_abs_path or "/"
    response = render(request, "trajecten/_signed_out.html", {"page": page}, status=401)
    return reswap(retarget(response, "#news"), "innerHTML")
