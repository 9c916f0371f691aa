"""Only in demo mode: the mail that the local sink caught, and the parts that pages are made of."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from trajecten.demo import styleguide as examples
from trajecten.domain import mailbox as caught


def mailbox(request: HttpRequest) -> HttpResponse:
    """The newest mail first."""
    return render(request, "trajecten/mailbox.html", {"mails": caught.newest()})


def message(request: HttpRequest, message: str) -> HttpResponse:
    """One mail as text, with its links to follow."""
    mail = caught.read(message)
    if mail is None:
        raise Http404
    return render(request, "trajecten/mailbox_message.html", {"mail": mail})


def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component with made-up values."""
    return render(request, "styleguide.html", examples.examples())
