"""Only in demo mode: the mail that the local sink caught, and the parts that pages are made of."""

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin

from trajecten.demo import mailbox as caught
from trajecten.demo import styleguide as examples


def mailbox(request: HttpRequest) -> HttpResponse:
    """The newest mail first."""
    return render(request, "trajecten/mailbox.html", {"mails": caught.newest()})


def message(request: HttpRequest, message: str) -> HttpResponse:
    """One mail as it looks and as text, with its links to follow."""
    return render(request, "trajecten/mailbox_message.html", {"mail": _mail(message)})


@xframe_options_sameorigin
@csp_replace(
    {
        "default-src": [NONE],
        "style-src": [UNSAFE_INLINE],
        "img-src": [SELF, "data:"],
        "frame-ancestors": [SELF],
    }
)
def message_html(request: HttpRequest, message: str) -> HttpResponse:
    """The HTML of one mail, for the frame on its page; its links open in place of that page.

    Mail has its style in itself, which no other page may have; it may load nothing and run nothing.
    """
    html = _mail(message).html
    if not html:
        raise Http404
    return HttpResponse(html.replace("<head>", '<head><base target="_top">', 1))


def _mail(key: str) -> caught.CaughtMail:
    mail = caught.read(key)
    if mail is None:
        raise Http404
    return mail


def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component with made-up values."""
    return render(request, "styleguide.html", examples.examples())
