"""Per request: the language, the municipality, and the second factor of staff."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from trajecten import whereabouts
from trajecten.domain import memory
from trajecten.models import Municipality
from trajecten.rules import is_staff_anywhere

GetResponse = Callable[[HttpRequest], HttpResponse]


class LanguageMiddleware:
    """Dutch, unless the visitor chose otherwise. The browser's language decides nothing: it is often English
    on the phone of somebody who reads Dutch."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
        return response


class MunicipalityMiddleware:
    """Scope the request to the municipality in its address; 404 when that takes no part.

    ``request.municipality`` is that municipality (without its boundary), or None outside any. On a page of the
    account ``request.came_from`` is the one that the visitor came from, without its scope; None everywhere else.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.municipality = request.came_from = None
        with ExitStack() as request.scopes:
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, kwargs: dict[str, Any]
    ) -> None:
        if request.resolver_match and request.resolver_match.app_names[:1] == ["admin"]:
            _refuse_null_characters(request)
            request.scopes.enter_context(scopes_disabled())
        slug = kwargs.get("gemeente")
        if slug is not None:
            found = self._find(request, slug)
            if found is None:
                raise Http404
            whereabouts.enter(request, found)
        elif request.resolver_match and (request.resolver_match.view_name or "").startswith(
            whereabouts.ACCOUNT_VIEWS
        ):
            request.came_from = whereabouts.came_from(request)

    def _find(self, request: HttpRequest, slug: str) -> Municipality | None:
        """The municipality; who is signed in sees a change at once, others a moment later."""

        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            return whereabouts.named(slug)
        return memory.recall(f"municipality:{slug}", lambda: whereabouts.named(slug))


def _refuse_null_characters(request: HttpRequest) -> None:
    """The administrator's lists give what stands in the address to the database, which knows no such character."""
    if any("\0" in value for values in request.GET.lists() for value in values[1]):
        raise BadRequest


def _used_second_factor(request: HttpRequest) -> bool:
    return any(used["method"] == "mfa" for used in get_authentication_records(request, request.user))


def _ask_second_factor(request: HttpRequest) -> HttpResponse:
    """To the page that asks for it, and from there on to the page that was asked for."""
    query = {REDIRECT_FIELD_NAME: request.get_full_path()} if request.method == "GET" else None
    return redirect(reverse("mfa_reauthenticate", query=query))


class SecondFactorMiddleware:
    """Send officials, advisers and administrators without a second factor to where they set one up.

    Who has one must have used it in this session: one that was opened before the second factor was there, on any
    device, is asked for it first. Until then only their own account pages, signing out, the choice of a language,
    ``/gezond/`` and style sheets stay within reach; to see what everybody may see they can sign out.
    """

    OPEN_VIEWS = ("allauth", "mfa_", "account_", "set_language", "health", "static", "municipality-theme")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_args: object) -> HttpResponse | None:
        if not settings.STAFF_SECOND_FACTOR or self._is_open(request):
            return None
        user = request.user
        if not user.is_authenticated or not is_staff_anywhere(user):
            return None
        if is_mfa_enabled(user):
            return None if _used_second_factor(request) else _ask_second_factor(request)
        messages.warning(
            request, _("You work with data of residents, so you need a second factor to sign in.")
        )
        return redirect("mfa_index")

    def _is_open(self, request: HttpRequest) -> bool:
        """By the whole name: ``admin:account_…`` and ``admin:mfa_…`` are pages of administrators, not of one's own."""
        match = request.resolver_match
        return bool(match and match.view_name and match.view_name.startswith(self.OPEN_VIEWS))
