"""Pages on which somebody presses a button: a form without fields."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse

from trajecten.refusals import Refused


class Button:
    """One button of a page, to be named before the page, which says where ``back`` is.

    ``act`` does it and gives the answer. A GET, such as by going back or after signing in again, shows the page; so
    does a refusal, with the reason. ``vanished`` is what ``act`` raises for what was taken away in another window
    meanwhile: the page tells that itself.
    """

    request: HttpRequest
    vanished: tuple[type[ObjectDoesNotExist], ...] = ()

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.back()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            return self.act()
        except Refused as refused:
            messages.warning(request, refused.message)
        except self.vanished:
            pass
        return self.back()

    def act(self) -> HttpResponse:
        raise NotImplementedError

    def done(self, message: str) -> HttpResponse:
        messages.success(self.request, message)
        return self.back()
