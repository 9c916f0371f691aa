"""Pages about the portal itself. ``?gemeente=`` names the municipality that the visitor came from."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from trajecten import registry, whereabouts
from trajecten.domain.retention import running

# Secret links, people's own pages, and the work of officials.
ROBOTS = """User-agent: *
Disallow: /account/
Disallow: /admin/
Disallow: /advies/
Disallow: /*/agenda/
Disallow: /*/bijeenkomsten/*/antwoord/
Disallow: /*/kerngroep/
Disallow: /*/beloofd-en-gedaan/oordeel/
Disallow: /voorstel/
Disallow: /*/geen-mail/
Disallow: /*/overzicht/
Disallow: /*/volg/
Disallow: /*/werk/
"""


def robots(request: HttpRequest) -> HttpResponse:
    """What search engines leave alone."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


def accessibility(request: HttpRequest) -> HttpResponse:
    return _page(request, "trajecten/accessibility.html")


def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, of whom and how long: in the days that this municipality chose."""
    _enter(request)
    terms = [{"rule": rule, "days": _days(request, rule)} for rule in registry.retention()]
    return render(request, "trajecten/privacy.html", {"terms": terms})


def _days(request: HttpRequest, rule: registry.RetentionRule) -> int:
    return running.days_of(rule, request.municipality) if request.municipality else rule.days


def about(request: HttpRequest) -> HttpResponse:
    return _page(request, "trajecten/about.html")


def _page(request: HttpRequest, template: str) -> HttpResponse:
    _enter(request)
    return render(request, template)


def _enter(request: HttpRequest) -> None:
    whereabouts.enter(request, whereabouts.named(request.GET.get("gemeente", "")))
